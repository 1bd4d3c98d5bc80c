import type { Block } from '@proviso/documents';
import type { Analysis } from './analysis.ts';
import type { Judgement } from './judgement.ts';
import { isNamed, isNamedStandard } from './mentions.ts';
import { ictShare, isNear, type Strength } from './statements.ts';
import type { Mention, Topic } from './types.ts';

/** Numbers about a document that the classifiers weigh. Densities are per 1,000 words; `log` means ln(1 + n). */
export interface Features {
  /** Words, log. */
  length: number;
  ictDensity: number;
  /** Different strong ICT words, log. */
  ictVariety: number;
  /** ICT weight in title and headings, log. */
  ictTitle: number;
  /** ICT density in the first 2,500 characters. */
  ictOpening: number;
  otherDensity: number;
  otherTitle: number;
  /** ICT weight over ICT and other subjects' weight. */
  ictShare: number;
  procurementDensity: number;
  procurementVariety: number;
  procurementTitle: number;
  procurementOpening: number;
  policyDensity: number;
  policyTitle: number;
  policyOpening: number;
  /** Demands made of a supplier, per 1,000 words. */
  supplierDensity: number;
  /** 1 for a notice or data of a procurement system. */
  notice: number;
  /** Share of clauses in table rows. */
  rows: number;
  /** Clauses about security, per 1,000 words. */
  securityDensity: number;
  /** Clauses by strength (`statements.ts`), log. */
  securityStrong: number;
  securityNear: number;
  securityWord: number;
  /** 1 where there is any clause of that strength. */
  securityHasStrong: number;
  securityHasNear: number;
  securityHasWord: number;
  /** Different strong security words that are not of a bordering topic, log. */
  securityVariety: number;
  /** Headings that speak of security, log. */
  securityTitle: number;
  /** Security clauses that demand, log: strong or word, and near. */
  securityDemands: number;
  securityNearDemands: number;
  /** Security clauses that are about handing in the offer, share. */
  securityBidding: number;
  /** Topics with at least one strong word, bordering ones left out, log. */
  securityTopics: number;
  /** Core mentions that are not boilerplate, log. */
  coreMentions: number;
}

const OPENING = 2500;
/** A protocol or a security standard says as much of the subject as a strong ICT word. */
export const TECHNICAL_WEIGHT = 3;

/** The numbers of a document; `judgements` and `strength` are by index of its clauses. */
export function featuresOf(
  analysis: Analysis,
  judgements: readonly Judgement[],
  strength: readonly Strength[],
  mentions: readonly Mention[],
): Features {
  const { document, clauses, words } = analysis;
  const sums = tally();
  const variety = { ict: new Set<string>(), procurement: new Set<string>() };
  let rows = 0;
  let supplier = 0;
  const heading = titleEnd(analysis);
  for (const clause of clauses) {
    const judgement = judgements[clause.index] as Judgement;
    const block = document.blocks[clause.block] as Block;
    if (block.kind === 'row') rows++;
    if (judgement.addressee === 'supplier' && judgement.modality === 'must') supplier++;
    const place = block.kind === 'heading' || block.kind === 'title' || clause.start < heading;
    for (const { sign, start, end } of clause.hits) {
      const { cue, weight } = sign;
      if (cue !== 'ict' && cue !== 'othersubject' && cue !== 'procurement' && cue !== 'policy') continue;
      const part = sums[cue];
      part.all += weight;
      if (place) part.title += weight;
      if (start < OPENING) part.opening += weight;
      if (weight === 3 && (cue === 'ict' || cue === 'procurement'))
        variety[cue].add(document.text.slice(start, end).toLowerCase());
    }
  }
  for (const mention of mentions) {
    if (!isNamedStandard(mention)) continue;
    sums.ict.all += TECHNICAL_WEIGHT;
    if (mention.start < heading) sums.ict.title += TECHNICAL_WEIGHT;
    if (mention.start < OPENING) sums.ict.opening += TECHNICAL_WEIGHT;
    variety.ict.add(mention.standard ?? mention.text.toLowerCase());
  }
  const per = (n: number): number => (1000 * n) / Math.max(words, 120);
  const opening = (n: number): number => (n * 1000) / Math.max(120, Math.min(words, OPENING / 6));
  const log = Math.log1p;
  return {
    length: log(words),
    ictDensity: log(per(sums.ict.all)),
    ictVariety: log(variety.ict.size),
    ictTitle: log(sums.ict.title),
    ictOpening: log(opening(sums.ict.opening)),
    otherDensity: log(per(sums.othersubject.all)),
    otherTitle: log(sums.othersubject.title),
    ictShare: ictShare(analysis),
    procurementDensity: log(per(sums.procurement.all)),
    procurementVariety: log(variety.procurement.size),
    procurementTitle: log(sums.procurement.title),
    procurementOpening: log(opening(sums.procurement.opening)),
    policyDensity: log(per(sums.policy.all)),
    policyTitle: log(sums.policy.title),
    policyOpening: log(opening(sums.policy.opening)),
    supplierDensity: log(per(supplier)),
    notice: document.format === 'xml' || document.format === 'json' ? 1 : 0,
    rows: clauses.length === 0 ? 0 : rows / clauses.length,
    ...securityFeatures(analysis, judgements, strength, per),
    coreMentions: log(mentions.filter(isNamed).length),
  };
}

type SecurityFeatures = { [Name in keyof Features as Name extends `security${string}` ? Name : never]: number };

function securityFeatures(
  analysis: Analysis,
  judgements: readonly Judgement[],
  strength: readonly Strength[],
  per: (n: number) => number,
): SecurityFeatures {
  const { document } = analysis;
  const count = { none: 0, strong: 0, near: 0, word: 0, demands: 0, nearDemands: 0, bidding: 0, titles: 0 };
  const words = new Set<string>();
  const topics = new Set<Topic>();
  for (const clause of analysis.clauses) {
    const how = strength[clause.index] as Strength;
    if (how === 'none') continue;
    count[how]++;
    const judgement = judgements[clause.index] as Judgement;
    const kind = document.blocks[clause.block]?.kind;
    if (kind === 'heading' || kind === 'title') count.titles++;
    else if (judgement.bidding) count.bidding++;
    else if (isDemand(judgement)) count[how === 'near' ? 'nearDemands' : 'demands']++;
    if (how !== 'strong') continue;
    for (const { sign, start, end } of clause.hits) {
      if (sign.cue !== 'security' || sign.weight < 3 || isNear(sign.topic as Topic)) continue;
      words.add(document.text.slice(start, end).toLowerCase());
      topics.add(sign.topic as Topic);
    }
  }
  const all = count.strong + count.near + count.word;
  const log = Math.log1p;
  return {
    securityDensity: log(per(all)),
    securityStrong: log(count.strong),
    securityNear: log(count.near),
    securityWord: log(count.word),
    securityHasStrong: Math.min(count.strong, 1),
    securityHasNear: Math.min(count.near, 1),
    securityHasWord: Math.min(count.word, 1),
    securityVariety: log(words.size),
    securityTitle: log(count.titles),
    securityDemands: log(count.demands),
    securityNearDemands: log(count.nearDemands),
    securityBidding: all === 0 ? 0 : count.bidding / all,
    securityTopics: log(topics.size),
  };
}

function tally(): Record<
  'ict' | 'othersubject' | 'procurement' | 'policy',
  { all: number; title: number; opening: number }
> {
  const zero = () => ({ all: 0, title: 0, opening: 0 });
  return { ict: zero(), othersubject: zero(), procurement: zero(), policy: zero() };
}

/** Where the title ends in a document without one marked: the first lines. */
function titleEnd(analysis: Analysis): number {
  const { document } = analysis;
  const marked = document.blocks.slice(0, 8).some((block) => block.kind === 'heading' || block.kind === 'title');
  return marked ? 0 : Math.min(200, document.blocks[2]?.end ?? 200);
}

/** The clause asks for something, or forbids it. */
export function isDemand(judgement: Judgement): boolean {
  return judgement.modality === 'must' || judgement.modality === 'should' || judgement.modality === 'negative';
}
