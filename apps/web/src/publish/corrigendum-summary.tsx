import type { Plan, Purchase } from '@proviso/procurement';
import type { DemandView } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { changesBetween } from '../demand/changes.ts';
import { Badge, Deadline } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { ChangeList } from '../purchase/preview.tsx';
import type { CorrigendumDraft, Significance, Weighty } from './corrigendum-draft.ts';
import { usePlanFacts } from './plan-facts.ts';

/** All that a correction changes, before and after, as it is about to be sent. */
export function CorrigendumSummary(
  props: Weighty & {
    purchase: Purchase;
    draft: CorrigendumDraft;
    significance: Significance;
    standing: DemandView | null;
    next: DemandView | null;
  },
): ReactNode {
  const t = useWords('publish');
  const { purchase, draft, significance, standing, next, plan, lots } = props;
  const listed = (ids: readonly string[] | null): string => ids?.join(', ') ?? t('lot-asks-all');
  return (
    <>
      <p>{t('corrigendum-sure')}</p>
      <div>
        <Badge>{t(`weight-${significance}`)}</Badge>
      </div>
      {standing && next ? (
        <section className="stack-tight">
          <h3>{t('demand-to', { from: standing.n, to: next.n })}</h3>
          <ChangeList
            changes={changesBetween(standing.file.demand, next.file.demand)}
            derived={{
              before: { demand: standing.file.demand, words: standing.words },
              after: { demand: next.file.demand, words: next.words },
            }}
          />
        </section>
      ) : null}
      {plan ? (
        <section className="stack-tight">
          <h3>{t('changed-plan')}</h3>
          <PlanChanges before={purchase.plan} after={plan} />
        </section>
      ) : null}
      <ul className="small">
        {lots.map(({ id, requirements }) => {
          const lot = purchase.lots.find((one) => one.id === id);
          return (
            <li key={id}>
              {lot?.title ?? id}: {listed(lot?.requirements ?? null)} → {listed(requirements)}
            </li>
          );
        })}
        {draft.what.trim() === '' ? null : (
          <li>
            {draft.what}: {draft.from} → {draft.to}
          </li>
        )}
      </ul>
      {draft.closing === '' || !purchase.notice ? (
        <p>{t('closing-stays')}</p>
      ) : (
        <p>
          {t('new-closing')}: <Deadline at={purchase.notice.closing.instant} zone={purchase.notice.closing.zone} /> →{' '}
          {draft.closing.replace('T', ' ')} ({purchase.description.zone})
        </p>
      )}
    </>
  );
}

function PlanChanges({ before, after }: { before: Plan | null; after: Plan }): ReactNode {
  const factsOf = usePlanFacts();
  const [then, now] = [new Map(before ? factsOf(before) : []), new Map(factsOf(after))];
  const names = [...new Set([...then.keys(), ...now.keys()])].filter((name) => then.get(name) !== now.get(name));
  return (
    <ul className="small">
      {names.map((name) => (
        <li key={name}>
          {name}: {then.get(name) ?? '–'} → {now.get(name) ?? '–'}
        </li>
      ))}
    </ul>
  );
}
