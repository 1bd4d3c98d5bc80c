import type { Plan, Purchase } from '@proviso/procurement';
import { idsIn } from '../purchase/ids-in.ts';
import { type PlanDraft, planOf } from './plan-draft.ts';

export const SIGNIFICANCE = ['minor', 'significant', 'fundamental'] as const;
export type Significance = (typeof SIGNIFICANCE)[number];

/** A correction as it is typed. */
export interface CorrigendumDraft {
  significance: Significance;
  reason: string;
  closing: string;
  what: string;
  from: string;
  to: string;
  /** The version of the requirements that is to stand; none where they stay. */
  version: string;
  /** Null where the criteria stay. */
  plan: PlanDraft | null;
  /** Requirements of lots that name their own, as they were typed. */
  lots: Readonly<Record<string, string>>;
}

export const EMPTY: CorrigendumDraft = {
  significance: 'minor',
  reason: '',
  closing: '',
  what: '',
  from: '',
  to: '',
  version: '',
  plan: null,
  lots: {},
};

type LotChange = { id: string; requirements: string[] | null };

/** What a correction changes that offers depend on. */
export interface Weighty {
  plan: Plan | null;
  lots: LotChange[];
}

/** Lots that name their requirements one by one: with others demanded, they have to be named anew. */
export const namedLots = ({ lots, cancelled }: Purchase): Purchase['lots'] =>
  lots.filter(({ id, requirements }) => requirements !== null && !cancelled.some(({ lot }) => lot === id));

/** What stays of a lot's requirements; shown until something else is typed. */
export const keptIn = ({ requirements }: Purchase['lots'][number], ids: readonly string[]): string[] =>
  (requirements ?? []).filter((id) => ids.includes(id));

/** `ids` are those of the requirements to come; null where they stay. */
export function weightyOf(purchase: Purchase, draft: CorrigendumDraft, ids: readonly string[] | null): Weighty {
  const before = purchase.plan;
  const typed = draft.plan ? planOf(draft.plan) : before;
  // What is demanded no more can neither be found not applicable nor stand in a lot.
  const plan = typed && {
    ...typed,
    notApplicable: typed.notApplicable.filter((id) => ids === null || ids.includes(id)),
  };
  const lots = (ids === null ? [] : purchase.lots).flatMap((lot): LotChange[] => {
    if (ids === null || lot.requirements === null) return [];
    const text = draft.lots[lot.id];
    const requirements = text === undefined ? keptIn(lot, ids) : idsIn(text);
    return JSON.stringify(requirements) === JSON.stringify(lot.requirements) ? [] : [{ id: lot.id, requirements }];
  });
  return { plan: isSame(plan, before) ? null : plan, lots };
}

/** In one order of their members: the server's and the form's need not be the same. */
function isSame(one: Plan | null, other: Plan | null): boolean {
  const text = (plan: Plan | null): string | null =>
    plan && JSON.stringify([plan.criteria.map(inOrder), plan.tieBreak, plan.notApplicable, plan.priceApart]);
  return text(one) === text(other);
}

const inOrder = (one: Plan['criteria'][number]): unknown[] => [
  one.id,
  one.kind,
  one.weight,
  'formula' in one ? Object.entries(one.formula).sort() : null,
];
