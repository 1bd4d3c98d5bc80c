import type { Language } from '@proviso/catalogue';
import {
  answersBy,
  countingOffers,
  currentAward,
  type Deadline,
  deadlineOf,
  type EventType,
  evaluatorsOf,
  type Happened,
  isFrozen,
  isRevealed,
  openLots,
  owedObligations,
  type Purchase,
} from '@proviso/procurement';
import {
  type Draft,
  lettersFrom,
  lotOf,
  members,
  nameOf,
  one,
  stillIn,
  supplierOf,
  team,
  times,
  type World,
  withRole,
} from './draft-letter.ts';
import type { Letter } from './letter.ts';
import { dayText, oneLine, timeText, type Values, write } from './words.ts';

type Writer = (purchase: Purchase, event: Happened, world: World) => Draft[];

const nothing: Writer = () => [];

/** Who must know of what. An event that is not here tells nobody by letter; the decision's own letters are in `evaluation/`. */
const WRITERS: Partial<Record<EventType, Writer>> = {
  'purchase.specified': (_, __, world) => [
    { id: 'approval-wanted', people: withRole(world, ['security', 'legal']), page: 'demand' },
  ],
  'demand.approved': (purchase, event, world) => [approval('approved', purchase, event, world)],
  'demand.objected': (purchase, event, world) => [approval('objected', purchase, event, world)],
  'purchase.published': (purchase, _, { invited }) => [
    {
      id: purchase.notice?.stage === 'selection' ? 'published-selection' : 'published',
      suppliers: invited,
      values: times(purchase),
    },
  ],
  'corrigendum.published': corrigendum,
  'question.asked': (purchase, { ids }, world) => {
    const asked = purchase.questions.find(({ id }) => id === ids.question);
    const { notice } = purchase;
    if (!asked || !notice) return [];
    const values = (language: Language): Values => ({
      question: asked.text,
      answersBy: timeText(answersBy(purchase, notice.closing), language),
    });
    return [{ id: 'question-asked', people: team(purchase, world), values, page: 'questions' }];
  },
  'question.answered': (purchase, { ids }, world) => {
    const asked = purchase.questions.find(({ id }) => id === ids.question);
    if (!asked?.answer) return [];
    const { text, wording, extended } = asked.answer;
    const values = (): Values => ({ question: wording ?? asked.text, answer: text });
    const more = (language: Language): string[] => (extended ? [later(purchase, extended.to, language)] : []);
    return [{ id: 'answer', suppliers: stillIn(purchase, world), values, more }];
  },
  'consultation.opened': (purchase, { ids }, { invited }) => {
    const found = purchase.consultations.find(({ id }) => id === ids.consultation);
    if (!found) return [];
    const values = (language: Language): Values => ({ until: timeText(found.until, language) });
    return [{ id: 'consultation-open', suppliers: invited, values }];
  },
  'consultation.closed': (purchase, { ids }, { invited }) => {
    const summary = purchase.consultations.find(({ id }) => id === ids.consultation)?.outcome?.summary;
    return summary === undefined
      ? []
      : [{ id: 'consultation-closed', suppliers: invited, values: () => ({ summary }) }];
  },
  'consultation.answered': (purchase, _, world) => [
    reply(purchase, world, 'reply-came.consultation', 'demand?part=consultation'),
  ],
  'request.submitted': (purchase, { ids, at, hashes }, world) => {
    const { notice, description } = purchase;
    const request = purchase.requests.find((row) => row.id === ids.request);
    if (!request || !notice) return [];
    const values = (language: Language): Values => ({
      at: timeText(deadlineOf(at, description.zone), language),
      hash: hashes[0] ?? '',
      closing: timeText(notice.closing, language),
    });
    // Once candidates are chosen, who asked to take part is no secret; before the closing it is.
    const hiddenUntil = notice.stage === 'selection' ? notice.closing.instant : null;
    const suppliers = one(world, request.supplier);
    if (!request.late) return [{ id: 'request-received', suppliers, values, hiddenUntil }];
    return [
      { id: 'request-late', suppliers, values, hiddenUntil },
      { id: 'late-request-came', people: team(purchase, world), values, page: 'candidates' },
    ];
  },
  'candidates.decided': (purchase, _, world) =>
    purchase.requests.flatMap(({ supplier, decision }): Draft[] => {
      if (!decision) return [];
      const values = (language: Language): Values => ({ ...times(purchase)(language), reason: decision.reason });
      const id = decision.verdict === 'invited' ? 'candidate-invited' : 'candidate-refused';
      return [{ id, suppliers: one(world, supplier), values }];
    }),
  'offer.submitted': (purchase, event, world) => offerLetter('offer-received', purchase, event, world),
  'offer.withdrawn': (purchase, event, world) => offerLetter('offer-withdrawn', purchase, event, world),
  'offer.late': (purchase, event, world) => {
    const letters = offerLetter('offer-late', purchase, event, world);
    const [{ values } = { values: undefined }] = letters;
    return [...letters, { id: 'late-came', people: team(purchase, world), page: 'opening', ...(values && { values }) }];
  },
  'purchase.closed': (purchase, { ids }, world) => {
    const { notice, openers, recovery } = purchase;
    if (!notice) return [];
    const values = (language: Language): Values => ({
      count: ids.offers ?? 0,
      opening: timeText(notice.opening, language),
    });
    const people = [
      ...openers,
      ...(recovery === null ? [] : [recovery]),
      ...purchase.evaluators.map(({ person }) => person),
    ];
    return [{ id: 'closed', people: members(world, [...people, ...team(purchase, world)]), values, page: 'opening' }];
  },
  'opening.attended': (purchase, { by, ids }, world) => {
    const present = purchase.openings.findLast(({ part }) => part === ids.part)?.present.map(({ person }) => person);
    const others = members(world, purchase.openers).filter((person) => !present?.includes(person));
    const values = (): Values => ({ person: nameOf(world, by) });
    return present?.length === 1 ? [{ id: 'opener-waits', people: others, values, page: 'opening' }] : [];
  },
  'offers.opened': (purchase, { ids }, world) => {
    const evaluators = purchase.evaluators.map(({ person }) => person);
    const people = members(world, [...evaluators, ...team(purchase, world)]);
    const opened: Draft = { id: 'opened', people, values: () => ({ count: ids.count ?? 0 }), page: 'evaluate' };
    return [opened, confirmation(purchase, 'quality', world)];
  },
  'price.opened': (purchase, _, world) => [confirmation(purchase, 'price', world)],
  'evaluation.finished': (purchase, { ids }, world) => {
    const lot = String(ids.lot);
    const people = members(world, [...evaluatorsOf(purchase, lot), ...team(purchase, world)]);
    return isRevealed(purchase, lot)
      ? [{ id: 'all-scored', people, values: lotOf(purchase, lot), page: 'evaluate' }]
      : [];
  },
  'quality.frozen': (purchase, _, world) =>
    purchase.plan?.priceApart && openLots(purchase).every(({ id }) => isFrozen(purchase, id))
      ? [{ id: 'price-ready', people: members(world, purchase.openers), page: 'opening' }]
      : [],
  'purchase.evaluated': (_, __, world) => [{ id: 'award-wanted', people: withRole(world, ['owner']), page: 'award' }],
  'explanation.asked': (purchase, { ids }, world) => {
    const until = purchase.evaluation.explanations.find(({ offer }) => offer === ids.offer)?.until;
    const more = (language: Language): string[] =>
      until ? [write('explanation-wanted.until', language, { until: timeText(until, language) })] : [];
    return [{ id: 'explanation-wanted', suppliers: one(world, supplierOf(purchase, ids.offer)), more }];
  },
  'explanation.replied': (purchase, _, world) => [reply(purchase, world, 'reply-came.explanation', 'evaluate')],
  'deviation.decided': (purchase, { ids }, world) => {
    const found = purchase.deviations.find((row) => row.offer === ids.offer && row.requirement === ids.requirement);
    if (found?.status !== 'countered') return [];
    const values = (): Values => ({ requirement: found.requirement, counter: found.counter ?? '' });
    return [{ id: 'counter', suppliers: one(world, supplierOf(purchase, ids.offer)), values }];
  },
  'deviation.replied': (purchase, { ids }, world) => [
    reply(purchase, world, 'reply-came.deviation', 'evaluate', { requirement: ids.requirement ?? '' }),
  ],
  'round.started': (purchase, _, world) => [
    { id: 'round', suppliers: stillIn(purchase, world), values: times(purchase) },
  ],
  'award.decided': (purchase, { ids }, world) => [
    { id: 'award-decided', people: team(purchase, world), values: lotOf(purchase, String(ids.lot)), page: 'award' },
  ],
  'award.withdrawn': (purchase, { ids }, world) => {
    const lot = String(ids.lot);
    const last = purchase.awards.findLast((award) => award.lot === lot && award.withdrawn !== null);
    // Only who was told of the decision hears that it is no more.
    if (!last?.standstill || currentAward(purchase, lot)) return [];
    const bidders = [...new Set(countingOffers(purchase, lot).map(({ supplier }) => supplier))];
    const values = (): Values => ({ ...lotOf(purchase, lot)(), reason: last.withdrawn?.reason ?? '' });
    return [{ id: 'award-withdrawn', suppliers: bidders.flatMap((id) => one(world, id)), values }];
  },
  'lot.cancelled': (purchase, { ids }, world) => {
    const found = purchase.cancelled.find(({ lot }) => lot === ids.lot);
    const values = (): Values => ({ ...lotOf(purchase, String(ids.lot))(), reason: found?.reason ?? '' });
    return [{ id: 'lot-cancelled', suppliers: stillIn(purchase, world), values }];
  },
  'purchase.stopped': ({ stopped, notice }, _, { invited }) =>
    // Nobody outside knows of a purchase that was never published.
    notice === null ? [] : [{ id: 'stopped', suppliers: invited, values: () => ({ reason: stopped?.reason ?? '' }) }],
  'contract.signed': (purchase, { ids }, world) => {
    const own = purchase.obligations.filter(({ lot, offer }) => lot === ids.lot && offer === ids.offer);
    return members(world, [...new Set(own.map(({ owner }) => owner))]).map((owner): Draft => {
      const theirs = own.filter((row) => row.owner === owner).map(({ due }) => due);
      const values = (language: Language): Values => ({
        count: theirs.length,
        due: dayText(theirs.sort()[0] ?? '', language),
      });
      return { id: 'obligations', people: [owner], values, page: 'contract' };
    });
  },
  'obligation.assigned': (purchase, { by, ids }, world) => {
    const found = purchase.obligations.find(({ id }) => id === ids.obligation);
    // Who takes something on need not be told.
    if (!found || found.owner === by) return [];
    const values = (language: Language): Values => ({
      person: nameOf(world, by),
      requirement: found.requirement,
      due: dayText(found.due, language),
    });
    return [{ id: 'obligation-given', people: members(world, [found.owner]), values, page: `contract/${found.id}` }];
  },
  'purchase.ended': (purchase, _, world) => {
    const owed = owedObligations(purchase);
    const people = members(world, [...owed.map(({ owner }) => owner), ...team(purchase, world)]);
    const values = (): Values => ({ reason: purchase.ended?.reason ?? '', count: owed.length });
    return [{ id: 'ended', people, values, page: 'contract' }];
  },
};

/** Does anybody get a letter when this happens? */
export const tells = (type: EventType): boolean => WRITERS[type] !== undefined;

/** The letters that tell of something that happened to a purchase: each recipient once, in its own language. Pure. */
export function lettersOf(purchase: Purchase, event: Happened, world: World): Letter[] {
  const drafts = (WRITERS[event.type] ?? nothing)(purchase, event, world);
  return drafts.flatMap((draft) => lettersFrom(purchase, draft, world));
}

/** Until when there is time now: for offers, or for requests to take part. */
function later({ notice }: Purchase, to: Deadline, language: Language): string {
  const id = notice?.stage === 'selection' ? 'answer.extended-requests' : 'answer.extended';
  return write(id, language, { closing: timeText(to, language) });
}

function corrigendum(purchase: Purchase, { ids }: Happened, world: World): Draft[] {
  const found = purchase.corrigenda.find(({ id }) => id === ids.corrigendum);
  if (!found) return [];
  const values = (language: Language): Values => ({
    reason: found.reason,
    changed: [
      ...found.changed.map(({ what, from, to }) =>
        what === 'demand' || what === 'plan'
          ? `– ${write(`corrigendum.${what}`, language)}`
          : `– ${oneLine(what)}: ${oneLine(from, 400)} → ${oneLine(to, 400)}`,
      ),
    ].join('\n'),
  });
  const more = (language: Language): string[] => [
    ...(found.closing ? [later(purchase, found.closing.to, language)] : []),
    ...(found.changed.some(({ what }) => what === 'demand') && purchase.notice?.stage === 'tender'
      ? [write('corrigendum.again', language)]
      : []),
  ];
  return [{ id: 'corrigendum', suppliers: stillIn(purchase, world), values, more }];
}

function approval(id: 'approved' | 'objected', purchase: Purchase, { by, ids }: Happened, world: World): Draft {
  const reason = purchase.approvals.findLast((row) => row.by === by)?.reason ?? '';
  const as = ids.as === 'legal' ? 'as.legal' : 'as.security';
  const values = (language: Language): Values => ({ person: nameOf(world, by), as: write(as, language), reason });
  return { id, people: team(purchase, world), values, page: 'demand' };
}

function offerLetter(
  id: 'offer-received' | 'offer-withdrawn' | 'offer-late',
  purchase: Purchase,
  { ids, at, hashes }: Happened,
  world: World,
): Draft[] {
  const { notice, description } = purchase;
  const offer = purchase.offers.find((row) => row.id === ids.offer);
  if (!offer || !notice) return [];
  const values = (language: Language): Values => ({
    ...lotOf(purchase, offer.lot)(),
    at: timeText(deadlineOf(at, description.zone), language),
    hash: hashes[0] ?? '',
    closing: timeText(notice.closing, language),
  });
  return [{ id, suppliers: one(world, offer.supplier), values, hiddenUntil: notice.closing.instant }];
}

/** Whoever was there beside the one who opened is to say that what was found is so. */
function confirmation({ openings, round }: Purchase, what: 'quality' | 'price', world: World): Draft {
  const session = openings.find(({ part, round: own }) => part === what && own === round);
  const others = (session?.present ?? []).map(({ person }) => person).filter((person) => person !== session?.done?.by);
  const values = (): Values => ({ person: nameOf(world, session?.done?.by ?? '') });
  return { id: 'confirm-wanted', people: members(world, others), values, page: 'opening' };
}

function reply(
  purchase: Purchase,
  world: World,
  what: 'reply-came.deviation' | 'reply-came.explanation' | 'reply-came.consultation',
  page: string,
  more: Values = {},
): Draft {
  const values = (language: Language): Values => ({ what: write(what, language, more) });
  return { id: 'reply-came', people: team(purchase, world), values, page };
}
