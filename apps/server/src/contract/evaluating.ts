import type { AnswerValue, OfferForm } from '@proviso/catalogue';
import type { ConsensusRow, LowPrice, ScoreRow, ScoringResult, Spread, WeightSensitivity } from '@proviso/procurement';

/** GET …/purchases/{id}/evaluation?language= — answers of all offers side by side, and the scores that this person may see. */
export interface EvaluationView {
  lots: { id: string; title: string; revealed: boolean; frozen: boolean; finished: string[] }[];
  form: OfferForm;
  lines: {
    id: string;
    title: string;
    sentence: string;
    level: string;
    weight: number;
    knockout: boolean;
    scale: { score: number; text: string }[];
  }[];
  offers: {
    id: string;
    supplier: string;
    name: string;
    lot: string;
    answers: Record<string, AnswerValue>;
    /** What the answer says by the scale, before anybody judges it; by requirement. */
    claimed: Record<string, number | null>;
    files: { name: string; sha256: string; bytes: number; media: string; problem: string | null }[];
    price: number | null;
    /** Why the offer, or its price, could not be read; null where it was. */
    problem: string | null;
  }[];
  mine: ScoreRow[];
  others: ScoreRow[];
  consensus: ConsensusRow[];
  spreads: Spread[];
  evaluators: { id: string; name: string; declared: boolean; conflict: boolean; done: string[] }[];
}

/** GET …/purchases/{id}/offers/{offer}/files/{sha256} → the bytes of a file of an opened offer, to be saved. */

/** GET …/purchases/{id}/ranking?lot= */
export interface RankingView {
  result: ScoringResult;
  sensitivity: WeightSensitivity[];
  lowPrices: LowPrice[];
  names: Record<string, string>;
}

/** GET …/purchases/{id}/letters?lot= — a decision letter per supplier with its own reasons; GET …/letters/{offer}.docx */
export interface DecisionLetter {
  offer: string;
  supplier: string;
  subject: string;
  text: string;
}
