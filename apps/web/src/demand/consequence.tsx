import type { Departure } from '@proviso/catalogue';
import type { DemandView } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { Notice } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { ChangeList } from '../purchase/preview.tsx';
import { changesBetween } from './changes.ts';
import { useDerived } from './derived.ts';

/** What the demand would be, before anything is kept: also risks that nothing would answer any more. */
export function Consequence(props: {
  demand: DemandView;
  departures: Departure[];
  /** Whose sentence is shown as it would stand. */
  requirement: string;
  wait: boolean;
}): ReactNode {
  const t = useWords('demand');
  const { demand, departures, requirement, wait } = props;
  const { context } = demand.file.demand;
  // The explanation is not finished while one types; any words will do to derive.
  const tried = departures.map((one) => ({
    ...one,
    reason: one.reason || 'disproportionate',
    text: one.text || '…',
    owner: one.owner || '…',
    review: /^\d{4}-\d{2}-\d{2}$/.test(one.review) ? one.review : '2030-01-01',
  }));
  const derived = useDerived(wait ? null : { ...context, departures: tried });
  if (!derived.data) return null;
  const before = { demand: demand.file.demand, words: demand.words };
  const opened = derived.data.demand.open.filter(
    (one) => !before.demand.open.some(({ risk, need }) => risk === one.risk && need === one.need),
  );
  return (
    <div role="status" className="stack-tight">
      {derived.data.words.requirements[requirement] ? (
        <p className="demand-sentence">{derived.data.words.requirements[requirement].sentence}</p>
      ) : null}
      <ChangeList
        changes={changesBetween(before.demand, derived.data.demand)}
        derived={{ before, after: derived.data }}
      />
      {opened.length > 0 ? (
        <Notice tone="warn" title={t('depart-opens')}>
          <ul>
            {[...new Set(opened.map(({ risk }) => risk))].map((risk) => (
              <li key={risk}>{demand.words.risks[risk]?.title ?? risk}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </div>
  );
}
