import type { Purchase } from '@proviso/procurement';
import type { RankingView } from 'proviso-server/contract';
import type { Words } from '../i18n/index.ts';

/** What every part of a lot's award is drawn from. */
export interface AwardParts {
  /** The purchase. */
  id: string;
  lot: string;
  view: RankingView;
}

/** A criterion's name: those of the method have words, others are named by who planned them. */
export function criterionName({ plan }: Purchase, id: string, t: Words): string {
  const kind = plan?.criteria.find((one) => one.id === id)?.kind;
  return kind === 'requirements' || kind === 'price' ? t(`criterion-${kind}`) : id;
}

/** The requirements of a lot that a contract makes clauses of: all that are demanded and were not found not applicable. */
export function clausesOf({ demand, lots, evaluation }: Purchase, lot: string): string[] {
  const own = lots.find(({ id }) => id === lot)?.requirements ?? null;
  return (demand?.lines ?? [])
    .map(({ id }) => id)
    .filter((id) => own === null || own.includes(id))
    .filter(
      (id) => !evaluation.notApplicable.some((one) => one.lot === lot && one.requirement === id && one.agreed !== null),
    );
}
