/** What others may see of a purchase. */
import type { Actor } from './command.ts';
import { isRevealed, mayTouchOffers } from './guards.ts';
import { may } from './permissions.ts';
import type { ScoreRow } from './purchase/evaluation.ts';
import type { Purchase } from './purchase/purchase.ts';
import { compareInstants } from './time/deadline.ts';

export interface PublicQuestion {
  id: string;
  question: string;
  answer: string;
  answered: string;
}

/** Questions with their answers, as all suppliers see them: without who asked, in the order of the answers, unanswered ones left out. */
export function publicQuestions({ questions }: Purchase): PublicQuestion[] {
  return questions
    .flatMap(({ id, text, answer }) =>
      answer ? [{ id, question: answer.wording ?? text, answer: answer.text, answered: answer.at }] : [],
    )
    .sort((a, b) => compareInstants(a.answered, b.answered));
}

/** A supplier's own questions, answered or not. */
export function ownQuestions({ questions }: Purchase, supplier: string): Purchase['questions'] {
  return questions.filter((one) => one.supplier === supplier);
}

/** Scores that somebody may see now: evaluators only their own until all have finished, others none until
 * then; nobody who has a conflict or has not declared, but auditors. */
export function visibleScores(purchase: Purchase, rows: readonly ScoreRow[], { id, roles }: Actor): ScoreRow[] {
  if (!may(roles, 'score.read')) return [];
  const lotOf = new Map(purchase.offers.map((one) => [one.id, one.lot]));
  const open = new Map(purchase.lots.map((one) => [one.id, isRevealed(purchase, one.id)]));
  const shown = purchase.state === 'opened' ? open : new Map(purchase.lots.map((one) => [one.id, true]));
  const near = new Map(
    purchase.lots.map((one) => [one.id, roles.includes('auditor') || mayTouchOffers(purchase, id, one.id) === null]),
  );
  return rows.filter(({ evaluator, offer }) => {
    const lot = lotOf.get(offer) ?? '';
    return near.get(lot) === true && (evaluator === id || shown.get(lot) === true);
  });
}
