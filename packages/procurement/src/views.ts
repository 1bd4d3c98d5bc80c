/** What others may see of a purchase. */
import type { Actor } from './command.ts';
import { evaluatorsOf, hasFinished, isBarred, isRevealed, mayTouchOffers } from './guards.ts';
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

/**
 * Scores that somebody may see now: evaluators only their own until all have finished, others none until then; an evaluator who was named in
 * place of another afterwards only their own until they have finished too. Nobody who has a conflict; nobody who has not declared, but auditors.
 */
export function visibleScores(purchase: Purchase, rows: readonly ScoreRow[], { id, roles }: Actor): ScoreRow[] {
  if (!may(roles, 'score.read')) return [];
  const lotOf = new Map(purchase.offers.map((one) => [one.id, one.lot]));
  const isBlind = (lot: string): boolean =>
    purchase.state === 'opened' &&
    (!isRevealed(purchase, lot) || (evaluatorsOf(purchase, lot).includes(id) && !hasFinished(purchase, id, lot)));
  const shown = new Map(purchase.lots.map((one) => [one.id, !isBlind(one.id)]));
  const mayCome = (lot: string): boolean =>
    roles.includes('auditor') ? !isBarred(purchase, id, lot) : mayTouchOffers(purchase, id, lot) === null;
  const near = new Map(purchase.lots.map((one) => [one.id, mayCome(one.id)]));
  return rows.filter(({ evaluator, offer }) => {
    const lot = lotOf.get(offer) ?? '';
    return near.get(lot) === true && (evaluator === id || shown.get(lot) === true);
  });
}
