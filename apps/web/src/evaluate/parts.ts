import type { Cell } from '@proviso/procurement';
import type { EvaluationView } from 'proviso-server/contract';

/** What every part of the evaluation of one lot is drawn from. */
export interface LotParts {
  /** The purchase. */
  id: string;
  /** Its lines are those of the lot. */
  view: EvaluationView;
  lot: EvaluationView['lots'][number];
  offers: EvaluationView['offers'];
  /** Offers that take part, by what still counts. */
  cells: Cell[];
}
