import { type DemandFile, type Language, worded } from '@proviso/catalogue';
import {
  type Award,
  bidders,
  type Cell,
  type ConsensusRow,
  type CriterionPart,
  cellsOf,
  type Offer,
  type OfferResult,
  type Purchase,
  type ScoreRow,
} from '@proviso/procurement';
import type { DecisionLetter } from '../contract/evaluating.ts';
import { purchaseName, readable } from '../messages/letter.ts';
import { isWordId, oneLine, timeText, write } from '../messages/words.ts';

export interface LetterSource {
  purchase: Purchase;
  award: Award;
  file: DemandFile;
  /** Suppliers' names by supplier. */
  names: Readonly<Record<string, string>>;
  buyer: string;
  scores: readonly ScoreRow[];
  consensus: readonly ConsensusRow[];
}

type Cells = ReadonlyMap<string, Cell>;

/** Lines of each list in a letter at most; what is left out can be asked for, and the letter says so. */
const MOST_LINES = 200;

/**
 * A letter for each bidder of a lot in whatever round, in the purchase's language: its own reasons, the name and score of the chosen offer and in what that is
 * better, and until when the contract waits. Directive 2014/24/EU, Article 55(2); 89/665/EEC, Article 2a(2). Pure. Nothing of any offer but
 * the supplier's own and the chosen ones is in it.
 */
export function decisionLetters(source: LetterSource): DecisionLetter[] {
  const { purchase, award, scores, consensus } = source;
  const cells: Cells = new Map(
    cellsOf(purchase, award.lot, scores, consensus).map((cell) => [`${cell.offer} ${cell.requirement}`, cell]),
  );
  return bidders(purchase, award.lot).flatMap((supplier) => {
    const offer = lastOffer(purchase, award.lot, supplier);
    if (!offer) return [];
    const text = readable(paragraphs(offer, source, cells).join('\n\n'));
    return [{ offer: offer.id, supplier, subject: subjectOf(purchase), text }];
  });
}

/** The offer of a bidder that stood last. */
function lastOffer({ offers }: Purchase, lot: string, supplier: string): Offer | undefined {
  return offers.findLast(
    (one) => one.lot === lot && one.supplier === supplier && !one.late && !one.replacedBy && !one.withdrawn,
  );
}

function subjectOf({ description: { language, title } }: Purchase): string {
  return oneLine(write('decision.subject', language, { title: oneLine(title) }), 240);
}

function paragraphs(offer: Offer, source: LetterSource, cells: Cells): string[] {
  const { purchase, award, buyer } = source;
  const { language } = purchase.description;
  const lot = purchase.lots.find(({ id }) => id === award.lot)?.title ?? award.lot;
  const values = { buyer: oneLine(buyer), purchase: purchaseName(purchase, language), lot: oneLine(lot) };
  const result = award.result.offers.find(({ id }) => id === offer.id);
  const won = award.offers.includes(offer.id);
  return [
    write('decision.intro', language, values),
    write(won ? 'decision.won' : 'decision.lost', language),
    ...standingOf(offer, result, source),
    ...(won ? [] : winnersOf(source)),
    write('decision.reason', language, { reason: award.reason }),
    ...(result?.standing === 'ranked' ? pointsOf(offer, result, source, cells) : []),
    standstillOf(source),
    write('decision.remedy', language),
    write('frame.end', language, values),
  ];
}

/** Why an offer is not ranked, or where it came. */
function standingOf(offer: Offer, result: OfferResult | undefined, { purchase, award }: LetterSource): string[] {
  const { language } = purchase.description;
  const exclusion = purchase.evaluation.exclusions.find((one) => one.offer === offer.id);
  if (exclusion) {
    const id = `ground.${exclusion.ground}`;
    const ground = isWordId(id) ? write(id, language) : exclusion.ground;
    return [write('decision.excluded', language, { ground, reason: exclusion.reason })];
  }
  // Of an earlier round, and not invited further.
  if (offer.round < purchase.round) return [];
  if (!offer.opened?.contents) return [write('decision.unreadable', language)];
  if (result?.standing === 'knocked-out')
    return [write('decision.missed', language, { requirements: result.missed.join(', ') })];
  const count = award.result.offers.filter(({ standing }) => standing === 'ranked').length;
  return [
    write('decision.own', language, {
      total: pointsText(result?.total ?? '–', language),
      rank: result?.rank ?? '–',
      count,
    }),
  ];
}

function winnersOf({ purchase, award, names }: LetterSource): string[] {
  return award.offers.map((id) => {
    const supplier = purchase.offers.find((one) => one.id === id)?.supplier ?? '';
    const { language } = purchase.description;
    const total = pointsText(award.result.offers.find((one) => one.id === id)?.total ?? '–', language);
    return write('decision.winner', language, { winner: oneLine(names[supplier] ?? '–'), total });
  });
}

/** Points with the digits that the score has, and the sign between them that the language writes. */
function pointsText(points: string, language: Language): string {
  const digits = points.split('.')[1]?.length ?? 0;
  const value = Number(points);
  if (Number.isNaN(value)) return points;
  return value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** The points of each criterion, where points were lost and why, and where the chosen offer has more. */
function pointsOf(offer: Offer, result: OfferResult, source: LetterSource, cells: Cells): string[] {
  const { purchase, award } = source;
  const { language } = purchase.description;
  const points = (text: string): string => pointsText(text, language);
  const won = award.offers.includes(offer.id);
  const best = won ? undefined : award.result.offers.find(({ id }) => id === award.offers[0]);
  const titles = titlesOf(source.file, language);
  const parts = result.parts.map((part, i) => {
    const values = {
      criterion: criterionName(part, award, language),
      points: points(part.points),
      of: points(part.of),
    };
    const other = best?.parts[i]?.points;
    return other === undefined
      ? write('decision.part', language, values)
      : write('decision.part-winner', language, { ...values, other: points(other) });
  });
  const own = result.parts.flatMap(({ lines }) => lines);
  const others = new Map((best?.parts ?? []).flatMap(({ lines }) => lines.map((line) => [line.id, line] as const)));
  const lost = own
    .filter((line) => Number(line.points) < Number(line.of))
    .map((line) =>
      write('decision.line', language, {
        requirement: line.id,
        title: titles.get(line.id) ?? '',
        points: points(line.points),
        of: points(line.of),
        reason: reasonOf(cells.get(`${offer.id} ${line.id}`), language),
      }),
    );
  const advantages = own
    .filter((line) => Number(others.get(line.id)?.points ?? 0) > Number(line.points))
    .map((line) =>
      write('decision.advantage', language, {
        requirement: line.id,
        title: titles.get(line.id) ?? '',
        points: points(line.points),
        other: points(others.get(line.id)?.points ?? ''),
      }),
    );
  return [
    parts.join('\n'),
    ...list(write('decision.reasons-head', language), lost),
    ...list(write('decision.advantages-head', language), advantages),
  ];
}

const list = (head: string, lines: readonly string[]): string[] =>
  lines.length === 0
    ? []
    : [
        [
          head,
          ...lines.slice(0, MOST_LINES).map((line) => `– ${line}`),
          ...(lines.length > MOST_LINES ? ['– …'] : []),
        ].join('\n'),
      ];

/** Why a requirement of an offer got what it got: what the evaluators agreed, else what each wrote, without who. */
function reasonOf(cell: Cell | undefined, language: Language): string {
  if (!cell || cell.unfavourable) return write('decision.unanswered', language);
  const agreed = cell.consensus?.reason.trim() ?? '';
  if (agreed !== '') return agreed;
  const written = cell.scores.map(({ reason }) => reason?.trim() ?? '').filter((reason) => reason !== '');
  // In an order that tells nothing of who wrote which.
  if (written.length > 0) return [...new Set(written)].sort().join(' / ');
  return write('decision.no-reason', language, { score: cell.value ?? 0 });
}

function criterionName({ id }: CriterionPart, { input }: Award, language: Language): string {
  const kind = input.criteria.find((one) => one.id === id)?.kind;
  return kind === 'requirements' || kind === 'price' ? write(`decision.criterion.${kind}`, language) : id;
}

function titlesOf({ demand, catalogue }: DemandFile, language: Language): Map<string, string> {
  return new Map(demand.requirements.map((one) => [one.id, worded(demand, one, catalogue, language).title]));
}

function standstillOf({ purchase, award: { standstill } }: LetterSource): string {
  const { language } = purchase.description;
  if (!standstill) return write('decision.standstill-open', language);
  if (standstill.means === 'none') return write('decision.standstill-none', language);
  return write('decision.standstill', language, { end: timeText(standstill.end, language) });
}
