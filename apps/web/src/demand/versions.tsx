import type { DemandView } from 'proviso-server/contract';
import { type ReactNode, Suspense } from 'react';
import { useDemand } from '../api/index.ts';
import { Card, Select } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { ChangeList } from '../purchase/preview.tsx';
import { useAddress, Waiting } from '../shell/index.ts';
import { changesBetween } from './changes.ts';

/** Earlier versions of the requirements, each compared with the one that stands. Nothing is ever overwritten. */
export function Versions({ id, demand }: { id: string; demand: DemandView }): ReactNode {
  const t = useWords('demand');
  const [chosen, setChosen] = useAddress('version');
  const earlier = Array.from({ length: demand.n - 1 }, (_, i) => demand.n - 1 - i);
  return (
    <div className="stack prose">
      <p>{t('version-now', { n: demand.n })}</p>
      {earlier.length === 0 ? (
        <p className="muted">{t('version-only')}</p>
      ) : (
        <Select
          label={t('version-compare')}
          narrow
          empty={t('choose')}
          value={chosen}
          onChange={setChosen}
          options={earlier.map((n) => ({ id: String(n), text: t('version-n', { n }) }))}
        />
      )}
      {earlier.some((n) => String(n) === chosen) ? (
        <Suspense fallback={<Waiting />}>
          <Comparison id={id} n={Number(chosen)} now={demand} />
        </Suspense>
      ) : null}
    </div>
  );
}

function Comparison({ id, n, now }: { id: string; n: number; now: DemandView }): ReactNode {
  const t = useWords('demand');
  const formats = useFormats();
  const then = useDemand(id, n);
  if (!then) return null;
  return (
    <Card title={t('version-n', { n })} level={3}>
      <p className="muted">{t('version-made', { at: formats.moment(then.created), by: then.by })}</p>
      <ChangeList
        changes={changesBetween(then.file.demand, now.file.demand)}
        derived={{
          before: { demand: then.file.demand, words: then.words },
          after: { demand: now.file.demand, words: now.words },
        }}
      />
    </Card>
  );
}
