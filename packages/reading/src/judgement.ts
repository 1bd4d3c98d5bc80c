import type { Block } from '@proviso/documents';
import { type Analysis, type Clause, hasCue } from './analysis.ts';
import type { Addressee, Modality } from './types.ts';

/** How a clause speaks: what it demands, of whom, and with what behind it. */
export interface Judgement {
  modality: Modality;
  addressee: Addressee;
  /** Names evidence to be shown: audit, certificate, test, acceptance. */
  proof: boolean;
  /** Names what follows when it is not kept. */
  sanction: boolean;
  /** Is about handing in the offer, not about what is bought. */
  bidding: boolean;
}

/** RFC 2119 and 8174 declare words; a document that cites them for that does not demand them. */
const KEYWORD_BOILERPLATE = /\b(?:RFC\s?-?2119|RFC\s?-?8174|BCP\s?-?14)\b|MUST NOT["”',\s]+REQUIRED/;

/** German, Dutch and French put far from the verb what takes a leave back: "dürfen ihr Passwort nicht weitergeben", "ne pourra en aucun cas". */
const NEGATED = /(?<!\p{L})(?:nicht|kein(?:e[nmrs]?)?|niet|geen|ne\s+(?:peu[tv]|pou[rv]|saurai)\p{L}*)(?!\p{L})/iu;

/**
 * Judges every clause. A list item, table row or clause without a marker of its own takes the modality and addressee of the
 * sentence that introduces it ("The supplier shall:"), else of a heading that makes its section a demand.
 * `binds`: whether a clause without a marker obliges somebody all the same ("Der Auftragnehmer meldet …" in a contract).
 */
export function judge(analysis: Analysis, binds: (clause: Clause) => boolean = () => false): Judgement[] {
  const { document, clauses } = analysis;
  const judgements: Judgement[] = [];
  let lead: { clause: Clause; judgement: Judgement } | null = null;
  for (const clause of clauses) {
    const block = document.blocks[clause.block] as Block;
    const own = ownModality(clause, document.text, block);
    const judgement: Judgement = {
      modality: own ?? 'context',
      addressee: addresseeOf(clause),
      proof: hasCue(clause, 'proof'),
      sanction: hasCue(clause, 'sanction'),
      bidding: hasCue(clause, 'bidding'),
    };
    const listed = block.kind === 'item' || block.kind === 'row';
    if (lead && (lead.clause.section !== clause.section || (!listed && lead.clause.block !== clause.block))) {
      if (!(lead.clause.section === clause.section && lead.clause.block === clause.block - 1)) lead = null;
    }
    if (own === null && lead && !clause.section.context) judgement.modality = lead.judgement.modality;
    else if (own === null && clause.section.mandatory && !clause.section.context && block.kind !== 'heading')
      judgement.modality = 'must';
    else if (own === null && clause.section.context) judgement.modality = 'context';
    if (own === null && block.kind !== 'heading' && block.kind !== 'title' && binds(clause))
      judgement.modality = 'must';
    if (judgement.addressee === 'unclear' && lead) judgement.addressee = lead.judgement.addressee;
    judgements.push(judgement);
    if (document.text[clause.end - 1] === ':' && own !== null && own !== 'context') lead = { clause, judgement };
  }
  return judgements;
}

function ownModality(clause: Clause, text: string, block: Block): Modality | null {
  if (KEYWORD_BOILERPLATE.test(text.slice(clause.start, clause.end))) return 'boilerplate';
  if (hasCue(clause, 'forbidden')) return 'negative';
  if (hasStrong(clause, 'must')) return 'must';
  if (hasCue(clause, 'should')) return 'should';
  if (block.kind !== 'heading' && opensWithImperative(clause)) return 'should';
  if (hasCue(clause, 'must')) return 'must';
  if (hasCue(clause, 'may')) return NEGATED.test(text.slice(clause.start, clause.end)) ? 'negative' : 'may';
  return null;
}

function hasStrong(clause: Clause, cue: 'must'): boolean {
  return clause.hits.some((hit) => hit.sign.cue === cue && hit.sign.weight === 3);
}

/** "Encrypt …", "Zorg dat …": a verb of command among the first characters. */
function opensWithImperative(clause: Clause): boolean {
  return clause.hits.some((hit) => hit.sign.cue === 'imperative' && hit.start - clause.start < 6);
}

function addresseeOf(clause: Clause): Addressee {
  const supplier = hasCue(clause, 'supplier');
  const buyer = hasCue(clause, 'buyer');
  if (supplier) return buyer ? 'both' : 'supplier';
  return buyer ? 'buyer' : 'unclear';
}

/** Characters before a name within which "other than" takes it out. */
const INSTEAD_REACH = 8;
/** Characters before a name within which "without" turns a prohibition into a demand for it. */
const WITHOUT_REACH = 40;

/**
 * How a name in a clause is meant. A clause that forbids something may demand another ("TLS 1.2 must be used and SSLv3 disabled",
 * "must not be sent without TLS"): the nearest cue decides.
 */
export function modalityAt(clause: Clause, judgement: Judgement, start: number, end: number): Modality {
  const instead = clause.hits.some(
    (hit) => hit.sign.cue === 'instead' && hit.end <= start && start - hit.end < INSTEAD_REACH,
  );
  if (instead && judgement.modality !== 'boilerplate') return 'negative';
  if (judgement.modality !== 'negative') return judgement.modality;
  const forbidding = clause.hits.filter((hit) => hit.sign.cue === 'forbidden');
  const without = clause.hits.some(
    (hit) => hit.sign.cue === 'without' && hit.end <= start && start - hit.end < WITHOUT_REACH,
  );
  if (without) return 'must';
  const demanding = clause.hits.filter(
    (hit) =>
      hit.sign.cue === 'must' &&
      hit.sign.weight === 3 &&
      !forbidding.some((other) => hit.start < other.end && other.start < hit.end),
  );
  return nearest(demanding, start, end) < nearest(forbidding, start, end) ? 'must' : 'negative';
}

function nearest(hits: readonly { start: number; end: number }[], start: number, end: number): number {
  return Math.min(...hits.map((hit) => (hit.end <= start ? start - hit.end : Math.max(0, hit.start - end))));
}
