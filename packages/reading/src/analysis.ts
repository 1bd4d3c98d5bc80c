import type { Block, Document } from '@proviso/documents';
import type { Cue, Lexicons, Sign } from './lexicon.ts';
import { type Segment, segment } from './segments.ts';
import type { TermMatcher } from './term-matcher.ts';
import type { Quote, Topic } from './types.ts';

export interface SignHit {
  sign: Sign;
  start: number;
  end: number;
  /** A longer security term that holds one for the security of information ("information security measures"). */
  explicit?: true;
}

/** A segment with the signs found in it, in order. */
export interface Clause extends Segment {
  index: number;
  language: string | null;
  hits: SignHit[];
  /** Of the section it stands in, nearest heading first. */
  section: Section;
}

/** The heading a clause stands under, and what the headings above it say about it. */
export interface Section {
  /** Index of the heading's block; -1 at the top of the document. */
  block: number;
  /** Heading path, joined by ` › `. */
  path: string;
  /** A heading of the path speaks of security. */
  security: boolean;
  /** A heading of the path makes what follows a demand. */
  mandatory: boolean;
  /** The nearest heading makes what follows background: glossary, introduction, references. */
  context: boolean;
}

/** A document with its signs: what every answer and rule looks at, made in one pass. */
export interface Analysis {
  document: Document;
  clauses: Clause[];
  /** By block index of the heading; the top is -1. */
  sections: Map<number, Section>;
  /** First clause of each block. */
  firstClause: Int32Array;
  words: number;
}

const TOP: Section = { block: -1, path: '', security: false, mandatory: false, context: false };

/** Cues of which a longer hit hides a shorter one inside it. */
const GROUPS: Partial<Record<Cue, number>> = {
  security: 1,
  ict: 2,
  procurement: 3,
  policy: 4,
  othersubject: 5,
  unnamed: 6,
};

/** Scans the whole document once. `language` overrides what was detected. */
export function analyse(document: Document, lexicons: Lexicons, language: string | null = null): Analysis {
  const segments = segment(document);
  const addresses = addressesIn(document.text);
  let address = 0;
  const clauses: Clause[] = [];
  const sections = new Map<number, Section>([[-1, TOP]]);
  const firstClause = new Int32Array(document.blocks.length + 1).fill(segments.length);
  let words = 0;
  for (let index = 0; index < segments.length; index++) {
    const piece = segments[index] as Segment;
    const block = document.blocks[piece.block] as Block;
    const spoken = language ?? block.language ?? document.language;
    if ((firstClause[piece.block] as number) > index) firstClause[piece.block] = index;
    const clause: Clause = {
      ...piece,
      index,
      language: spoken,
      hits: [],
      section: TOP,
    };
    while (address < addresses.length && (addresses[address] as Span).end <= piece.start) address++;
    clause.hits = signsIn(document.text, piece, lexicons.matcher(spoken), addresses, address);
    clauses.push(clause);
    words += countWords(document.text, piece.start, piece.end);
  }
  for (let index = document.blocks.length - 1; index >= 0; index--) {
    firstClause[index] = Math.min(firstClause[index] as number, firstClause[index + 1] as number);
  }
  const analysis: Analysis = { document, clauses, sections, firstClause, words };
  for (const clause of clauses) {
    const block = document.blocks[clause.block] as Block;
    clause.section = sectionOf(analysis, block.kind === 'heading' ? clause.block : (block.under ?? -1));
  }
  return analysis;
}

interface Span {
  start: number;
  end: number;
}

/** Web and mail addresses and host names: a word in an address is no statement. */
const ADDRESS =
  /(?:https?:\/\/|ftp:\/\/|www\.)[^\s<>"'|)\]]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|(?<![\w.-])[a-z0-9-]{2,63}(?:\.[a-z0-9-]{1,63}){0,3}\.(?:com|org|net|edu|gov|eu|info|io|uk|us|ca|fr|de|nl|be|it|es|pt|br|mx|ph|ee|dk|no|se|fi|pl|at|ch|jp)(?![\w-])(?:\/[^\s<>"'|)\]]*)?/g;

function addressesIn(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(ADDRESS)) spans.push({ start: match.index, end: match.index + match[0].length });
  return spans;
}

/** `from`: the first address that ends after the piece starts. */
function signsIn(
  text: string,
  piece: Span,
  matcher: TermMatcher<Sign>,
  addresses: readonly Span[],
  from: number,
): SignHit[] {
  const hits: SignHit[] = [];
  const masks: SignHit[] = [];
  let address = from;
  matcher.scan(text, piece.start, piece.end, (sign, start, end) => {
    while (address < addresses.length && (addresses[address] as Span).end <= start) address++;
    const inside = addresses[address];
    if (inside && inside.start < end) return;
    const hit = { sign, start, end };
    if (sign.cue === 'falsefriend') masks.push(hit);
    else hits.push(hit);
  });
  return hits.length === 0 ? hits : withoutHidden(hits, masks);
}

/** Of two signs on the same words, the one that tells more: heavier, then of a topic of its own. */
function tells(sign: Sign): number {
  return 2 * sign.weight + (sign.topic === 'other' ? 0 : 1);
}

/** Leaves out hits inside a false friend, and hits inside a longer one of the same kind. */
function withoutHidden(hits: SignHit[], masks: readonly SignHit[]): SignHit[] {
  const reach = [0, 0, 0, 0, 0, 0, 0];
  const longest = new Map<string, SignHit>();
  for (const hit of hits) {
    const key = `${GROUPS[hit.sign.cue] ?? hit.sign.cue}/${hit.start}`;
    const rival = longest.get(key);
    if (!rival || rival.end < hit.end || (rival.end === hit.end && tells(rival.sign) <= tells(hit.sign)))
      longest.set(key, hit);
  }
  const kept: SignHit[] = [];
  let security: SignHit | undefined;
  for (const hit of hits) {
    const group = GROUPS[hit.sign.cue];
    const hidden = longest.get(`${group ?? hit.sign.cue}/${hit.start}`) !== hit;
    if (group !== undefined && masks.some((mask) => mask.start <= hit.start && hit.end <= mask.end)) continue;
    if (hidden || (group !== undefined && hit.end <= (reach[group] as number))) {
      const holder = hidden ? longest.get(`${group}/${hit.start}`) : security;
      if (holder && hit.sign.topic === 'other' && hit.sign.weight === 3) holder.explicit = true;
      continue;
    }
    if (group !== undefined) reach[group] = hit.end;
    if (hit.sign.cue === 'security') security = hit;
    kept.push(hit);
  }
  return kept;
}

function sectionOf(analysis: Analysis, block: number): Section {
  const known = analysis.sections.get(block);
  if (known) return known;
  const { document, clauses, firstClause } = analysis;
  const heading = document.blocks[block] as Block;
  const parent = sectionOf(analysis, heading.under !== undefined && heading.under < block ? heading.under : -1);
  let security = parent.security;
  let mandatory = parent.mandatory;
  let context = false;
  for (let index = firstClause[block] as number; index < (firstClause[block + 1] ?? clauses.length); index++) {
    for (const { sign } of clauses[index]?.hits ?? []) {
      if (sign.cue === 'heading' || (sign.weight === 3 && makesSection(sign.topic))) security = true;
      if (sign.cue === 'mandatory') mandatory = true;
      if (sign.cue === 'context') context = true;
    }
  }
  const own = document.text
    .slice(heading.start, Math.min(heading.end, heading.start + LONGEST_HEADING))
    .replace(/\s+/g, ' ');
  const section: Section = {
    block,
    path: parent.path === '' ? own : `${parent.path} › ${own}`,
    security,
    mandatory,
    context,
  };
  analysis.sections.set(block, section);
  return section;
}

const LONGEST_HEADING = 160;

/** Topics whose words in a heading make its section one about security; "Backup" or a certificate's name may head anything. */
const SECTION_TOPICS: ReadonlySet<Topic> = new Set<Topic>([
  'access-control',
  'cryptography',
  'incident-handling',
  'vulnerability-management',
  'secure-development',
  'network-security',
  'data-protection',
  'audit-compliance',
  'other',
]);

function makesSection(topic: Topic | null): boolean {
  return topic !== null && SECTION_TOPICS.has(topic);
}

function countWords(text: string, start: number, end: number): number {
  let words = 0;
  let inWord = false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    const letter = code > 64 || (code > 47 && code < 58);
    if (letter && !inWord) words++;
    inWord = letter;
  }
  return words;
}

/** The words from `start` to `end` as a quote. */
export function quoteAt(analysis: Analysis, clause: Clause, start = clause.start, end = clause.end): Quote {
  const { document } = analysis;
  return {
    text: document.text.slice(start, end),
    page: document.blocks[clause.block]?.page ?? null,
    section: clause.section.path,
    start,
    end,
  };
}

/** Whether a clause ends as a sentence does: a line without a full stop describes ("Notification of incidents within 24 hours"). */
export function isSentence({ document }: Analysis, clause: Clause): boolean {
  const last = document.text[clause.end - 1];
  return last === '.' || last === ';';
}

/** Hits of one cue in a clause. */
export function cues(clause: Clause, cue: Cue): SignHit[] {
  return clause.hits.filter((hit) => hit.sign.cue === cue);
}

/** Whether a clause has a hit of a cue. */
export function hasCue(clause: Clause, cue: Cue): boolean {
  return clause.hits.some((hit) => hit.sign.cue === cue);
}

/** Topics of the security words in a clause, strongest first. */
export function topicsOf(clause: Clause): Topic[] {
  const weights = new Map<Topic, number>();
  for (const { sign } of clause.hits) {
    if (sign.topic) weights.set(sign.topic, (weights.get(sign.topic) ?? 0) + sign.weight);
  }
  return [...weights].sort((a, b) => b[1] - a[1]).map(([topic]) => topic);
}
