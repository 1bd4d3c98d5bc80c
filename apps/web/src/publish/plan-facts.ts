import type { Plan } from '@proviso/procurement';
import { useWords } from '../i18n/index.ts';

/** What a plan says, in names and what they are. */
export function usePlanFacts(): (plan: Plan) => [string, string][] {
  const t = useWords('publish');
  const nameOf = ({ kind, id }: Plan['criteria'][number]): string => (kind === 'amount' ? id : t(`kind-${kind}`));
  const breaker = (plan: Plan, wanted: string): string => {
    const found = plan.criteria.find(({ id }) => id === wanted);
    return found ? nameOf(found) : wanted;
  };
  return (plan) => [
    ...plan.criteria.map((one): [string, string] => [
      nameOf(one),
      `${one.weight} · ${one.kind === 'requirements' ? t('formula-scores') : formulaText(one.formula, one.kind, t)}`,
    ]),
    [
      t('tie-break'),
      plan.tieBreak.map((one) => (one === 'draw' ? t('tie-draw') : breaker(plan, one))).join(' → ') || '–',
    ],
    [t('price-apart'), plan.priceApart ? t('yes') : t('no')],
    [t('not-applicable'), plan.notApplicable.join(', ') || '–'],
  ];
}

type Formula = Exclude<Plan['criteria'][number], { kind: 'requirements' }>['formula'];

/** The formula with its figures: two plans that differ only there differ for suppliers. */
function formulaText(formula: Formula, kind: 'price' | 'amount', t: ReturnType<typeof useWords>): string {
  const shown = (amount: number): string => String(kind === 'price' ? amount / 100 : amount);
  const figures =
    formula.kind === 'linear-to-cap'
      ? ` (${shown(formula.cap)})`
      : formula.kind === 'fixed-line'
        ? ` (${shown(formula.best)} → ${shown(formula.worst)})`
        : '';
  return `${t(`formula-${formula.kind}`)}${figures}`;
}
