import type { Level } from '@proviso/catalogue';
import type { DemandView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { Card, Field, Notice, ProblemNotice, Radios } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { ChangeList } from '../purchase/preview.tsx';
import { changesBetween } from './changes.ts';
import { useDerived } from './derived.ts';
import { contextFor } from './what-if-context.ts';

/** Tries fewer requirements, or lower ones, and shows what would be left open. Keeps nothing. */
export function WhatIf({ demand }: { demand: DemandView }): ReactNode {
  const t = useWords('demand');
  const s = useWords('shell');
  const now = demand.file.demand;
  const [cap, setCap] = useState<Level | null>(null);
  const [count, setCount] = useState('');
  const most = now.requirements.length;
  const wanted = count === '' ? null : Number(count);
  const wrong = wanted !== null && !(Number.isInteger(wanted) && wanted >= 1 && wanted <= most);
  const tries = (cap !== null || wanted !== null) && !wrong;
  const derived = useDerived(tries ? contextFor({ cap, count: wanted }, now) : null);
  const before = { demand: now, words: demand.words };
  const opened = (derived.data?.demand.open ?? []).filter(
    (one) => !now.open.some(({ risk, need }) => risk === one.risk && need === one.need),
  );
  return (
    <div className="columns">
      <Card title={t('what-if-title')}>
        <p className="muted">{t('what-if-text')}</p>
        <Radios
          label={t('what-if-cap')}
          options={[
            { id: 'none', text: t('what-if-no-cap') },
            { id: 'standard', text: s('level-standard') },
            { id: 'basic', text: s('level-basic') },
          ]}
          value={cap ?? 'none'}
          onChange={(value) => setCap(value === 'basic' || value === 'standard' ? value : null)}
        />
        <Field
          label={t('what-if-count')}
          hint={t('what-if-count-hint', { n: most })}
          error={wrong ? t('what-if-count-fault', { n: most }) : null}
          optional
          narrow
          type="number"
          min={1}
          max={most}
          value={count}
          onChange={setCount}
        />
      </Card>
      <div role="status" className="stack">
        <ProblemNotice error={tries ? derived.error : null} />
        {tries && derived.data ? (
          <Card title={t('what-if-result')}>
            <p>{t('what-if-count-result', { before: most, after: derived.data.demand.requirements.length })}</p>
            {opened.length > 0 ? (
              <Notice tone="warn" title={t('depart-opens')}>
                <ul>
                  {[...new Set(opened.map(({ risk }) => risk))].map((risk) => (
                    <li key={risk}>{demand.words.risks[risk]?.title ?? risk}</li>
                  ))}
                </ul>
              </Notice>
            ) : (
              <Notice tone="good">
                <p>{t('what-if-all-answered')}</p>
              </Notice>
            )}
            <ChangeList changes={changesBetween(now, derived.data.demand)} derived={{ before, after: derived.data }} />
          </Card>
        ) : (
          <Card>
            <p className="muted">{t('what-if-empty')}</p>
          </Card>
        )}
      </div>
    </div>
  );
}
