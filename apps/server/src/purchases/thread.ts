import { type AnswerValues, type DemandFile, type Language, type OfferForm, worded } from '@proviso/catalogue';
import { currentAward, mayReadOffer, type Purchase, visibleScores } from '@proviso/procurement';
import { readOpenedOffers, scoresOf, type TenantScope } from '@proviso/store';
import { z } from 'zod';
import type { Thread } from '../contract/purchasing.ts';
import { language } from '../contract/wire.ts';
import { keptDemand } from '../demand/kept.ts';
import { wordsOfDemand } from '../demand/words.ts';
import { sayOwn } from '../http/messages.ts';
import { HttpProblem } from '../http/problem.ts';
import { type Actor, type Route, route } from '../http/route.ts';
import { deciderOf } from './actors.ts';
import { ofPurchase, purchaseRow } from './address.ts';
import { documentOf } from './rows.ts';

type Step = Thread['steps'][number];

export const threadRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/thread/:requirement',
    access: { action: 'purchase.read' },
    summary: "One requirement's whole life, from its risks to its obligations",
    params: ofPurchase.extend({ requirement: z.string().regex(/^[A-Z]{2,4}-\d{2}$/) }),
    query: z.object({ language: language.optional() }),
    response: z.custom<Thread>(),
    handle: async ({ trx, actor, params: { id, requirement }, query }) => {
      const purchase = documentOf(await purchaseRow(trx, id));
      const { file, of } = await keptDemand(trx, id);
      const { offerFormOf } = await import('@proviso/publishing');
      const asked = query.language ?? of ?? actor.language;
      if (!file.demand.requirements.some((one) => one.id === requirement)) throw new HttpProblem(404, 'not-found');
      const answers = await readableAnswers(trx, purchase, actor);
      const { scores } = await scoresOf(trx, id);
      const seen = visibleScores(purchase, scores, deciderOf(actor)).filter((one) => one.requirement === requirement);
      return threadOf({
        purchase,
        requirement,
        file,
        form: offerFormOf(file, asked),
        answers,
        scores: seen,
        language: asked,
      });
    },
  }),
];

/** Answers of the opened offers that this person may read, by offer. */
async function readableAnswers(trx: TenantScope, purchase: Purchase, actor: Actor): Promise<Map<string, AnswerValues>> {
  const may = new Set(
    purchase.offers.filter((one) => mayReadOffer(purchase, deciderOf(actor), one) === null).map(({ id }) => id),
  );
  if (may.size === 0) return new Map();
  const rows = await readOpenedOffers(trx, purchase.id);
  return new Map(
    rows.flatMap(({ id, answers }) => {
      const { values } = (answers ?? {}) as { values?: AnswerValues };
      return may.has(id) && values ? [[id, values]] : [];
    }),
  );
}

export interface ThreadGround {
  purchase: Purchase;
  requirement: string;
  file: DemandFile;
  form: OfferForm;
  /** Only of the offers that may be read. */
  answers: ReadonlyMap<string, AnswerValues>;
  /** Only those that may be seen. */
  scores: readonly { offer: string; value: number; reason: string | null; at: string }[];
  language: Language;
}

/** The steps of a requirement in the order of the thread; what should be there and is not is a step too, `missing`. Pure. */
export function threadOf(ground: ThreadGround): Thread {
  const { purchase, requirement, file, language: asked } = ground;
  const demanded = file.demand.requirements.find(({ id }) => id === requirement);
  if (!demanded) throw new Error(`${requirement} is not demanded.`);
  const words = worded(file.demand, demanded, file.catalogue, asked);
  const all = wordsOfDemand(file, asked);
  const step = (kind: Step['kind'], title: string, text: string, more: Partial<Step> = {}): Step => ({
    kind,
    title,
    text,
    offer: null,
    at: null,
    missing: false,
    ...more,
  });
  const grounds = demanded.reasons.map((reason, i) => {
    const text = all.requirements[requirement]?.reasons[i] ?? '';
    if (reason.kind === 'risk') return step('risk', all.risks[reason.risk]?.title ?? reason.risk, text);
    if (reason.kind === 'law') return step('law', all.laws[reason.law] ?? reason.law, text);
    return reason.kind === 'own' ? step('own', text, '') : step('law', text, text);
  });
  const signed = purchase.contracts.map(({ offer }) => offer);
  return {
    requirement,
    title: words.title,
    steps: [
      ...grounds,
      step('requirement', words.title, words.sentence, { at: purchase.demand?.at ?? null }),
      step('question', words.question, words.evidence.map(({ text }) => text).join('; ')),
      ...[...ground.answers].flatMap(([offer, values]) => offerSteps(ground, offer, values, step)),
      ...purchase.lots.flatMap(({ id }) =>
        currentAward(purchase, id) ? [step('clause', words.title, words.clause)] : [],
      ),
      ...purchase.obligations
        .filter((one) => one.requirement === requirement)
        .map((one) =>
          step('obligation', words.title, one.instead ?? words.clause, {
            offer: one.offer,
            at: `${one.due}T00:00:00Z`,
          }),
        ),
      ...purchase.dropped
        .filter((one) => one.requirement === requirement && signed.includes(one.offer))
        .map((one) => finding(step, 'thread-dropped', asked, one.offer, { reason: one.reason })),
    ],
  };
}

type MakeStep = (kind: Step['kind'], title: string, text: string, more?: Partial<Step>) => Step;

/** Answer, proof and score of one offer: a question asked and never answered, or answered and never proved, is a finding. */
function offerSteps(
  { requirement, form, scores, purchase, language: asked }: ThreadGround,
  offer: string,
  values: AnswerValues,
  step: MakeStep,
): Step[] {
  const question = form.questions.find((one) => one.id === requirement);
  const value = values[requirement] ?? null;
  const shown = question?.choices.find(({ id }) => id === value)?.text ?? String(value ?? '');
  const proof = values[`${requirement}.evidence`];
  const given = scores.filter((one) => one.offer === offer);
  const at = purchase.offers.find(({ id }) => id === offer)?.at ?? null;
  return [
    value === null || value === ''
      ? finding(step, 'thread-unanswered', asked, offer)
      : step('answer', question?.label ?? requirement, shown, { offer, at }),
    ...(value === null || value === ''
      ? []
      : typeof proof === 'string' && proof.trim() !== ''
        ? [step('proof', question?.label ?? requirement, proof, { offer, at })]
        : [finding(step, 'thread-unproved', asked, offer)]),
    ...given.map((one) => step('score', String(one.value), one.reason ?? '', { offer, at: one.at })),
  ];
}

function finding(
  step: MakeStep,
  id: string,
  asked: Language,
  offer: string,
  values: Record<string, string> = {},
): Step {
  return step('finding', sayOwn(id, asked, values) ?? id, '', { offer, missing: true });
}
