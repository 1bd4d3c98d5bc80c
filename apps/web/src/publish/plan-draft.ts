import type { Criterion, Plan } from '@proviso/procurement';

/** A criterion as it is edited: every field there, numbers as they are typed. */
export interface CriterionDraft {
  key: number;
  kind: Criterion['kind'];
  id: string;
  weight: string;
  formula: FormulaKind;
  /** Of `linear-to-cap`, `fixed-line`: in the unit that people type, euros for a price. */
  cap: string;
  best: string;
  worst: string;
}

export const FORMULAS = ['lowest-ratio', 'linear-to-cap', 'points-minus', 'median', 'fixed-line'] as const;
export type FormulaKind = (typeof FORMULAS)[number];

/** The proposal for a purchase without criteria: security decides more than half, the price the rest, sealed apart. */
export function firstPlan(): { criteria: CriterionDraft[]; priceApart: boolean } {
  return {
    criteria: [
      { ...emptyCriterion(1, 'requirements'), id: 'security', weight: '60' },
      { ...emptyCriterion(2, 'price'), id: 'price', weight: '40' },
    ],
    priceApart: true,
  };
}

export function emptyCriterion(key: number, kind: Criterion['kind']): CriterionDraft {
  return {
    key,
    kind,
    id: kind === 'amount' ? '' : kind === 'price' ? 'price' : 'security',
    weight: '10',
    formula: kind === 'amount' ? 'fixed-line' : 'lowest-ratio',
    cap: '',
    best: '',
    worst: '',
  };
}

export function draftsOf({ criteria }: Plan): CriterionDraft[] {
  return criteria.map((one, i) => {
    const draft = { ...emptyCriterion(i + 1, one.kind), id: one.id, weight: String(one.weight) };
    if (one.kind === 'requirements') return draft;
    const shown = (amount: number): string => String(one.kind === 'price' ? amount / 100 : amount);
    const { formula } = one;
    return {
      ...draft,
      formula: formula.kind,
      cap: formula.kind === 'linear-to-cap' ? shown(formula.cap) : '',
      best: formula.kind === 'fixed-line' ? shown(formula.best) : '',
      worst: formula.kind === 'fixed-line' ? shown(formula.worst) : '',
    };
  });
}

/** The criterion that a draft means. Prices are typed in euros and kept in cents. What is no number stays out, and the server says so. */
export function criterionOf(draft: CriterionDraft): Criterion {
  const base = { id: draft.id.trim(), weight: Number(draft.weight) };
  if (draft.kind === 'requirements') return { ...base, kind: 'requirements' };
  const amount = (typed: string): number => Math.round(Number(typed) * (draft.kind === 'price' ? 100 : 1));
  const formula: Exclude<Criterion, { kind: 'requirements' }>['formula'] =
    draft.formula === 'linear-to-cap'
      ? { kind: 'linear-to-cap', cap: amount(draft.cap) }
      : draft.formula === 'fixed-line'
        ? { kind: 'fixed-line', best: amount(draft.best), worst: amount(draft.worst) }
        : { kind: draft.formula };
  return { ...base, kind: draft.kind, formula };
}

/** The rules of a plan as they are edited. */
export interface PlanDraft {
  criteria: CriterionDraft[];
  priceApart: boolean;
  /** Are lots drawn in the end? */
  draws: boolean;
  /** The criterion that decides between equal totals; none where it names none. */
  breaks: string;
  notApplicable: string[];
}

export function planDraftOf(plan: Plan | null): PlanDraft {
  const first = firstPlan();
  return {
    criteria: plan ? draftsOf(plan) : first.criteria,
    priceApart: plan?.priceApart ?? first.priceApart,
    draws: plan?.tieBreak.includes('draw') ?? true,
    breaks: plan ? (plan.tieBreak.find((one) => one !== 'draw') ?? '') : 'security',
    notApplicable: plan?.notApplicable ?? [],
  };
}

export function planOf({ criteria, priceApart, draws, breaks, notApplicable }: PlanDraft): Plan {
  const named = criteria.some(({ id }) => id.trim() === breaks);
  return {
    criteria: criteria.map(criterionOf),
    tieBreak: [...(named ? [breaks] : []), ...(draws ? ['draw'] : [])],
    notApplicable,
    priceApart: priceApart && criteria.some(({ kind }) => kind === 'price'),
  };
}

export interface PlanFault {
  id: 'weights' | 'weight' | 'name' | 'names' | 'cap' | 'line';
  criterion: number | null;
}

/** What keeps a plan from being sent, in the order of the form. The weights are per cent and add up. */
export function faultsOf(drafts: readonly CriterionDraft[]): PlanFault[] {
  const faults: PlanFault[] = [];
  const names = drafts.map(({ id }) => id.trim());
  for (const { key, kind, id, weight, formula, cap, best, worst } of drafts) {
    const whole = Number(weight);
    if (!Number.isInteger(whole) || whole < 1 || whole > 100) faults.push({ id: 'weight', criterion: key });
    if (!/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/.test(id.trim()) || id.trim() === 'draw')
      faults.push({ id: 'name', criterion: key });
    else if (names.filter((one) => one === id.trim()).length > 1) faults.push({ id: 'names', criterion: key });
    if (kind === 'requirements') continue;
    if (formula === 'linear-to-cap' && !(Number(cap) > 0)) faults.push({ id: 'cap', criterion: key });
    const line = [best, worst].map((one) => (one.trim() === '' ? Number.NaN : Number(one)));
    if (formula === 'fixed-line' && (line.some((one) => !(one >= 0)) || line[0] === line[1]))
      faults.push({ id: 'line', criterion: key });
  }
  const sum = drafts.reduce((total, { weight }) => total + (Number(weight) || 0), 0);
  if (sum !== 100) faults.push({ id: 'weights', criterion: null });
  return faults;
}
