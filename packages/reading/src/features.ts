import type { Block } from '@proviso/documents';
import type { Analysis, Clause } from './analysis.ts';
import type { Judgement } from './judgement.ts';
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
  securityDensity: number;
  /** Clauses with a word that names a measure or the security of information by itself, log. */
  securityStrong: number;
  /** Clauses whose strong words are all about privacy, people, buildings or continuity, log. */
  securityNear: number;
  /** Clauses with weaker security words, log. */
  securityWeak: number;
  /** Different strong security words, log. */
  securityVariety: number;
  securityTitle: number;
  securitySections: number;
  /** Security clauses that demand, log. */
  securityDemands: number;
  /** Security clauses that are about handing in the offer, share. */
  securityBidding: number;
  /** Topics with at least one strong word, log. */
  securityTopics: number;
  /** Core mentions that are not boilerplate, log. */
  coreMentions: number;
}

const OPENING = 2500;

export function featuresOf(
  analysis: Analysis,
  judgements: readonly Judgement[],
  mentions: readonly Mention[],
): Features {
  const { document, clauses, words } = analysis;
  const sums = tally();
  const variety = {
    ict: new Set<string>(),
    procurement: new Set<string>(),
    security: new Set<string>(),
    topics: new Set<string>(),
  };
  const security = { strong: 0, near: 0, weak: 0, demands: 0, bidding: 0, any: 0 };
  const sections = new Set<number>();
  let rows = 0;
  let supplier = 0;
  const heading = titleEnd(analysis);
  for (const clause of clauses) {
    const judgement = judgements[clause.index] as Judgement;
    const block = document.blocks[clause.block] as Block;
    if (block.kind === 'row') rows++;
    const place = block.kind === 'heading' || block.kind === 'title' || clause.start < heading;
    for (const hit of clause.hits) {
      const { cue, weight } = hit.sign;
      if (cue === 'ict' || cue === 'othersubject' || cue === 'procurement' || cue === 'policy' || cue === 'security') {
        const part = sums[cue];
        part.all += weight;
        if (place) part.title += weight;
        if (hit.start < OPENING) part.opening += weight;
        if (weight === 3 && (cue === 'ict' || cue === 'procurement' || cue === 'security')) {
          if (cue !== 'security' || !NEAR.has(hit.sign.topic as Topic))
            variety[cue].add(document.text.slice(hit.start, hit.end).toLowerCase());
        }
      }
    }
    if (judgement.addressee === 'supplier' && judgement.modality === 'must') supplier++;
    const weight = securityWeight(clause);
    if (weight === 0) continue;
    security.any++;
    if (weight < 3) security.weak++;
    else if (isNear(clause)) security.near++;
    else security.strong++;
    if (judgement.bidding) security.bidding++;
    if (weight >= 3 && !isNear(clause) && isDemand(judgement)) security.demands++;
    if (clause.section.security) sections.add(clause.section.block);
    for (const hit of clause.hits) if (hit.sign.topic && hit.sign.weight === 3) variety.topics.add(hit.sign.topic);
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
    ictShare: (sums.ict.all + 1) / (sums.ict.all + 2 * sums.othersubject.all + 2),
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
    securityDensity: log(per(sums.security.all)),
    securityStrong: log(security.strong),
    securityNear: log(security.near),
    securityWeak: log(security.weak),
    securityVariety: log(variety.security.size),
    securityTitle: log(sums.security.title),
    securitySections: log(sections.size),
    securityDemands: log(security.demands),
    securityBidding: security.any === 0 ? 0 : security.bidding / security.any,
    securityTopics: log(variety.topics.size),
    coreMentions: log(mentions.filter((mention) => mention.core && mention.modality !== 'boilerplate').length),
  };
}

function tally(): Record<
  'ict' | 'othersubject' | 'procurement' | 'policy' | 'security',
  { all: number; title: number; opening: number }
> {
  const zero = () => ({ all: 0, title: 0, opening: 0 });
  return { ict: zero(), othersubject: zero(), procurement: zero(), policy: zero(), security: zero() };
}

/** Where the title ends in a document without one marked: the first lines. */
function titleEnd(analysis: Analysis): number {
  const { document } = analysis;
  const marked = document.blocks.slice(0, 8).some((block) => block.kind === 'heading' || block.kind === 'title');
  return marked ? 0 : Math.min(200, document.blocks[2]?.end ?? 200);
}

/** Topics that border on security: their words prove it only in company. */
const NEAR: ReadonlySet<Topic> = new Set<Topic>([
  'data-protection',
  'personnel',
  'physical',
  'continuity',
  'supply-chain',
]);

/** All strong security words of the clause are of bordering topics. */
function isNear(clause: Clause): boolean {
  return clause.hits.every(({ sign }) => sign.cue !== 'security' || sign.weight < 3 || NEAR.has(sign.topic as Topic));
}

/** 3 where a word names information security by itself, else the sum of the weaker words, at most 2. */
export function securityWeight(clause: Clause): number {
  let sum = 0;
  for (const { sign } of clause.hits) {
    if (sign.cue !== 'security') continue;
    if (sign.weight === 3) return 3;
    sum += sign.weight;
  }
  return Math.min(sum, 2);
}

export function isDemand(judgement: Judgement): boolean {
  return judgement.modality === 'must' || judgement.modality === 'should' || judgement.modality === 'negative';
}
