import { type DemandFile, type Language, requirementOf, worded } from '@proviso/catalogue';
import type { AnswerFile, AnswerValue } from '@proviso/catalogue/answers';
import { filesOf } from '@proviso/dossier';
import {
  claimedScore,
  countingOffers,
  evaluatorsOf,
  hasDeclared,
  isBarred,
  isFrozen,
  isRevealed,
  may,
  mayReadOffer,
  mayTouchOffers,
  message,
  openLots,
  type Purchase,
  scaleOf,
  spreads,
  visibleScores,
} from '@proviso/procurement';
import { namesOf, readOpenedOffers, scoresOf, type TenantScope } from '@proviso/store';
import type { EvaluationView } from '../contract/evaluating.ts';
import { HttpProblem } from '../http/problem.ts';
import type { Actor } from '../http/route.ts';
import { demandFile, formOfFile, onceEach } from '../offers/asked-form.ts';
import { readPurchase } from '../offers/read-purchase.ts';
import type { KeptAnswers, KeptPrice } from '../opening/open-offers.ts';
import { deciderOf } from '../purchases/actors.ts';

/**
 * The evaluation as one person may see it: offers only after the opening and the person's own declaration, others' scores only when all have
 * finished, prices only when they are open. What may not be seen is not in it.
 */
export async function evaluationView(
  trx: TenantScope,
  actor: Actor,
  id: string,
  asked?: Language,
): Promise<EvaluationView> {
  const { purchase } = await readPurchase(trx, id);
  const language = asked ?? purchase.description.language;
  const file = await demandFileOf(trx, purchase);
  const decider = deciderOf(actor);
  const readable = countingOffers(purchase).filter((offer) => mayReadOffer(purchase, decider, offer) === null);
  const rows = new Map((await readOpenedOffers(trx, id)).map((row) => [row.id, row]));
  const { scores, consensus } = await scoresOf(trx, id);
  const seen = visibleScores(purchase, scores, decider);
  const people = purchase.evaluators.map(({ person }) => person);
  const names = await namesOf(trx, [...people, ...readable.map(({ supplier }) => supplier)]);
  const agreedIn = new Set(
    openLots(purchase).flatMap(({ id: lot }) => (seesAgreed(purchase, actor, lot) ? [lot] : [])),
  );
  const mayPrice = may(actor.roles, 'price.read');
  const lotOf = new Map(purchase.offers.map((offer) => [offer.id, offer.lot]));
  return {
    lots: openLots(purchase).map((lot) => ({
      id: lot.id,
      title: lot.title,
      revealed: isRevealed(purchase, lot.id),
      frozen: isFrozen(purchase, lot.id),
      finished: purchase.evaluation.finished.filter((one) => one.lot === lot.id).map(({ evaluator }) => evaluator),
    })),
    form: formOfFile(file, language),
    lines: linesOfView(file, language),
    offers: readable.map((offer) => {
      const row = rows.get(offer.id);
      const kept = row?.answers as KeptAnswers | null | undefined;
      const answers = (kept?.answers as AnswerFile | null | undefined)?.values ?? {};
      return {
        id: offer.id,
        supplier: offer.supplier,
        name: names[offer.supplier] ?? '',
        lot: offer.lot,
        answers,
        claimed: claimedIn(file, answers),
        files: filesOf(row && (mayPrice ? row : { ...row, price: null })).map(
          ({ name, sha256, bytes, media, problem, kept: here }) => ({
            name,
            sha256,
            bytes,
            media,
            problem: here ? problem : (problem ?? 'not-sent'),
          }),
        ),
        price: mayPrice ? offer.price : null,
        problem: offer.opened?.problem ?? (row?.price as KeptPrice | null | undefined)?.problem ?? null,
      };
    }),
    mine: seen.filter(({ evaluator }) => evaluator === actor.id),
    others: seen.filter(({ evaluator }) => evaluator !== actor.id),
    consensus: consensus.filter(({ offer }) => agreedIn.has(lotOf.get(offer) ?? '')),
    spreads: spreads(seen.filter(({ offer }) => isRevealed(purchase, lotOf.get(offer) ?? ''))),
    evaluators: people.map((person) => ({
      id: person,
      name: names[person] ?? '',
      declared: hasDeclared(purchase, person, null),
      conflict: isBarred(purchase, person, null),
      done: purchase.evaluation.finished.filter(({ evaluator }) => evaluator === person).map(({ lot }) => lot),
    })),
  };
}

/** The demand that a purchase stands by. @throws HttpProblem 409 `no-demand` */
export async function demandFileOf(trx: TenantScope, { id, demand }: Purchase): Promise<DemandFile> {
  const file = demand && (await demandFile(trx, id, demand.hash));
  if (!file) throw new HttpProblem(409, 'no-demand');
  return file;
}

/** May this person see what a lot's evaluators agree on? From when their scores are known to each other. */
function seesAgreed(purchase: Purchase, { id, roles }: Actor, lot: string): boolean {
  if (!may(roles, 'score.read')) return false;
  const near = roles.includes('auditor') ? !isBarred(purchase, id, lot) : mayTouchOffers(purchase, id, lot) === null;
  if (!near || purchase.state !== 'opened') return near;
  // Who was named in place of another scores first.
  const scores = evaluatorsOf(purchase, lot).includes(id);
  const finished = purchase.evaluation.finished.some((one) => one.lot === lot && one.evaluator === id);
  return isRevealed(purchase, lot) && (!scores || finished);
}

/** What is asked, worded for evaluators; every one of them asks for it. */
const linesOfView = onceEach<EvaluationView['lines']>(({ demand, catalogue }, language) =>
  demand.requirements.map((demanded) => {
    const { title, sentence } = worded(demand, demanded, catalogue, language);
    const steps = scaleOf(requirementOf(catalogue, demanded.id), demanded);
    return {
      id: demanded.id,
      title,
      sentence,
      level: demanded.level,
      weight: demanded.weight,
      knockout: demanded.knockout,
      scale: steps.map(({ score, descriptor }) => ({ score, text: message(descriptor, language) })),
    };
  }),
);

/** What each answer says for itself; "not applicable" is no score, and neither is what only a person can tell. */
function claimedIn(
  { demand, catalogue }: DemandFile,
  answers: Record<string, AnswerValue>,
): Record<string, number | null> {
  return Object.fromEntries(
    demand.requirements.map((demanded) => {
      const claimed = claimedScore(requirementOf(catalogue, demanded.id), demanded, answers[demanded.id] ?? null);
      return [demanded.id, typeof claimed === 'number' ? claimed : null];
    }),
  );
}
