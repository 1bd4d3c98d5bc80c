import type { Document } from '@proviso/documents';
import { type Analysis, type Clause, cues, isSentence, quoteAt } from '../analysis.ts';
import { isDemand } from '../features.ts';
import type { Judgement } from '../judgement.ts';
import type { Strength } from '../statements.ts';
import type { Modality, Quote } from '../types.ts';
import { annexesOf, annexKeysOfName } from './annexes.ts';
import type { Duration } from './durations.ts';
import { type Ignores, ignoresIn } from './ignores.ts';
import type { PhraseMatcher } from './phrases.ts';
import { asksProof, isInspected, withSupport } from './shown.ts';
import { says, type TenderHits, type TenderSigns } from './tender-signs.ts';
import type { TenderWords } from './tender-words.ts';

/** A clause that asks for what a requirement of the catalogue asks. */
export interface CoverageMatch {
  requirement: string;
  /** 0 to 1: how sure that the clause asks for it. */
  confidence: number;
  modality: Modality;
  quote: Quote;
}

/** A period that a clause sets for a duty. */
export interface DutyPeriod {
  requirement: string;
  hours: number;
  working: boolean;
  /** How often something is done ("every three years"), and not by when. */
  every: boolean;
  /** What tells periods of one duty apart: `critical`, `first`. Empty where the clause does not. */
  of: string;
  /** The phrase of the catalogue that the clause was known by. */
  phrase: number;
  quote: Quote;
}

/** What a document adds to its dossier; small, so that it can cross a process border. */
export interface TenderFacts {
  path: string;
  /** Null where the document is in a language that the tender rules do not know. */
  language: string | null;
  concernsIct: boolean;
  isProcurement: boolean;
  /** Speaks of security at all. */
  security: boolean;
  /** The best few matches of each requirement. */
  coverage: CoverageMatch[];
  periods: DutyPeriod[];
  /** Requirements asked for in a clause that states some period, in numbers or as "without delay". */
  statesPeriod: string[];
  /** What is asked as a wish or an option; the first place of each requirement and phrase. */
  wishes: { requirement: string; quote: Quote }[];
  annexes: { referred: { key: string; quote: Quote }[]; present: string[] };
  /** Types of purchase by vocabulary id, with how often and where first. */
  types: { id: string; count: number; quote: Quote }[];
  /** The supplier runs what is bought, by the words for it in a demand or where the subject is said. */
  hosted: boolean;
  /** A clause on subcontractors passes duties on to them, and does not only name or allow them. */
  flowsDown: boolean;
  /** A clause names what follows when a demand is not kept. */
  sanction: boolean;
  /** A clause about security asks for evidence to be shown. */
  proof: boolean;
  /** A plan by which the buyer looks at what is delivered speaks of its security. */
  inspected: boolean;
  /** Places that say that it runs in the buyer's own house. */
  ownHosting: number;
  /** Obliges suppliers, as a price sheet, a notice or a guide does not. */
  obliges: boolean;
  /** Clauses that oblige a supplier to something of security. */
  securityDuties: number;
  /** What kind of document the reading takes it to be; null where it does not say. */
  type: string | null;
  /** Written in articles and obliging no supplier: a law or regulation. */
  law: boolean;
  /** Registry ids named in the document, whatever the modality. */
  standards: string[];
  /** Where findings about what is absent are shown: the first security heading, else the title. */
  anchor: Quote | null;
  /** Findings that the document's author sets aside, with reasons. */
  ignores: Ignores;
  /** What the whole is roughly worth in euro, where a clause states it. */
  value: number | null;
}

/** Places that say a type as the subject from which a text is about it. */
const NAMED_OFTEN = 2;

/** A part that puts demands to suppliers of ICT. */
export function asksSuppliers({ isProcurement, concernsIct, types, obliges, type }: TenderFacts): boolean {
  // A text that says a portal is its subject is about ICT, whatever its other words.
  const ict = concernsIct || types.some(({ count }) => count >= NAMED_OFTEN);
  return isProcurement && ict && obliges && !buysNothing(type);
}

export interface TenderGround {
  words: TenderWords;
  hits: TenderHits;
  coverage: readonly (CoverageMatch & { clause: number })[];
  facts: TenderFacts;
}

export interface GroundInput {
  document: Document;
  analysis: Analysis;
  judgements: readonly Judgement[];
  strength: readonly Strength[];
  signs: TenderSigns;
  words: TenderWords;
  phrases: PhraseMatcher;
  path: string;
  concernsIct: boolean;
  isProcurement: boolean;
  security: boolean;
  /** The buyer says that it is a tender, and so no law. */
  isTender: boolean;
  /** As the reading has it. */
  type: string | null;
  standards: readonly string[];
  /** Comments of the file that its reader leaves out, as of HTML. */
  comments: readonly string[];
}

/** From here a wish is taken to be about the requirement. */
const SPEAKS = 0.3;
/** Kinds of document that ask for offers. */
const INVITES: ReadonlySet<string> = new Set(['rfq', 'rfp', 'technical-specification']);

/** Kinds of document that rule or advise and buy nothing. */
const BUYS_NOTHING: ReadonlySet<string> = new Set([
  'government-security-policy',
  'government-ict-policy',
  'standards-list',
  'procurement-guide',
  'procurement-law',
  'procurement-policy',
  'acquisition-plan',
  'report',
]);

/** Whether a document of this kind rules, advises or reports, and buys nothing. */
export function buysNothing(type: string | null): boolean {
  return BUYS_NOTHING.has(type ?? '');
}

/** Matches kept of each requirement for the dossier. */
const KEPT = 3;
/** From here a mere statement of a period ("Logs are kept for 12 months") may contradict another. */
const TOLD = 0.2;
/** The most that a statement which binds nobody can reach: below `COVERED`. */
const UNBOUND = 0.45;
/** From here a match counts as asking for the requirement. */
export const COVERED = 0.5;

/** Clauses that ask for what a requirement of the catalogue asks, by their index. */
export function covered({ coverage }: TenderGround): ReadonlySet<number> {
  return new Set(coverage.filter(({ confidence }) => confidence >= COVERED).map(({ clause }) => clause));
}

/** Reads a document for the tender rules: one more pass over its clauses. */
export function tenderGround(input: GroundInput): TenderGround {
  const { document, analysis, judgements, strength, words, phrases } = input;
  const { hits } = input.signs;
  const coverage: (CoverageMatch & { clause: number })[] = [];
  const periods: DutyPeriod[] = [];
  const statesPeriod = new Set<string>();
  const wishes = new Map<string, TenderFacts['wishes'][number]>();
  const known = new Set<string>();
  for (const clause of analysis.clauses) {
    const judgement = judgements[clause.index] as Judgement;
    const found = withSupport(phrases.find(document.text, clause.start, clause.end), input, clause);
    if (found.length === 0) continue;
    const all = words.durations.find(document.text, clause.start, clause.end);
    const deadlines = all.filter(({ every }) => !every);
    const durations = deadlines.length > 0 ? deadlines : all;
    for (const { requirement, parts, phrase } of found) {
      const confidence = confidenceOf(clause, judgement, strength[clause.index] ?? 'none', parts, input);
      if (confidence === 0) continue;
      const wish =
        confidence >= SPEAKS && isWish(clause, judgement, strength[clause.index] ?? 'none', hits[clause.index] ?? []);
      const key = `${requirement}/${phrase}`;
      if (wish && !wishes.has(key)) wishes.set(key, { requirement, quote: quoteAt(analysis, clause) });
      coverage.push({
        requirement,
        confidence,
        modality: wish ? 'may' : judgement.modality,
        quote: quoteAt(analysis, clause),
        clause: clause.index,
      });
      if (
        confidence >= COVERED &&
        (deadlines.length > 0 || words.durations.saysAtOnce(document.text, clause.start, clause.end))
      )
        statesPeriod.add(requirement);
      const [only, second] = durations;
      // Two periods in one clause tell their own story; which is which is not guessed.
      const told = isDemand(judgement) ? confidence >= COVERED : judgement.modality === 'context' && confidence >= TOLD;
      if (only && !second && told) {
        const period = { ...periodOf(requirement, only, hits[clause.index] ?? [], quoteAt(analysis, clause)), phrase };
        // The first place of each period tells all: a text that says it ten thousand times costs no more.
        const time = `${requirement}/${phrase}/${period.of}/${period.hours}/${period.working}/${period.every}`;
        if (!known.has(time)) periods.push(period);
        known.add(time);
      }
    }
  }
  return {
    words,
    hits,
    coverage,
    facts: factsOf(input, { coverage, periods, statesPeriod: [...statesPeriod], wishes: [...wishes.values()] }),
  };
}

/**
 * How sure it is that a clause asks for what its words are about. Words of the phrase first; then whether it demands, and whether it
 * speaks of security or ICT. A heading names a subject and asks nothing; a table of contents less.
 */
function confidenceOf(
  clause: Clause,
  judgement: Judgement,
  strength: Strength,
  parts: number,
  { document, analysis }: GroundInput,
): number {
  const kind = document.blocks[clause.block]?.kind;
  if (judgement.modality === 'boilerplate' || clause.section.context) return 0;
  let confidence = Math.min(0.3 + 0.1 * parts, 0.5);
  if (isDemand(judgement)) confidence += 0.3;
  // What the buyer may do, the supplier must bear: "The buyer may audit …".
  else if (judgement.modality === 'may')
    confidence += judgement.addressee === 'buyer' || judgement.addressee === 'both' ? 0.2 : -0.1;
  if (strength === 'strong') confidence += 0.15;
  else if (strength === 'word' || strength === 'near') confidence += 0.05;
  if (clause.section.security) confidence += 0.1;
  if (kind === 'heading' || kind === 'title') confidence = Math.min(confidence, 0.3);
  // "Der Auftragnehmer meldet …" binds like a demand, "Protokolle werden aufbewahrt." nearly so; other statements describe.
  if (judgement.modality === 'context') {
    if (judgement.addressee === 'supplier' || judgement.addressee === 'both') confidence += 0.15;
    else if (isSentence(analysis, clause) || kind === 'row' || kind === 'item') confidence += 0.05;
    else confidence = Math.min(confidence - 0.3, UNBOUND);
  }
  if (judgement.bidding) confidence -= 0.3;
  return Math.max(0, Math.min(0.95, Math.round(confidence * 100) / 100));
}

/** A wish, whatever the verb. An imperative ("Provide …") is a duty put shortly; "may" is mostly a leave, and counts where security is its subject. */
function isWish(
  { hits }: Clause,
  { modality, addressee }: Judgement,
  strength: Strength,
  own: TenderHits[number],
): boolean {
  if (own.some(({ sign }) => sign.cue === 'wish')) return true;
  // What the buyer may do is at its discretion, and no wish.
  if (addressee === 'buyer' || (modality === 'may' && addressee === 'both')) return false;
  return (
    strength !== 'none' &&
    (modality === 'should' || modality === 'may') &&
    hits.some(({ sign }) => sign.cue === modality)
  );
}

function periodOf(
  requirement: string,
  duration: Duration,
  hits: TenderHits[number],
  quote: Quote,
): Omit<DutyPeriod, 'phrase'> {
  const told = hits
    .filter(
      ({ sign: { cue, value } }) =>
        cue === 'severity' || (cue === 'stage' && (value !== 'erase' || requirement.startsWith('EXT'))),
    )
    .map(({ sign }) => sign.value);
  return {
    requirement,
    hours: duration.hours,
    working: duration.working,
    every: duration.every,
    of: [...new Set(told)].sort().join('+'),
    quote,
  };
}

function factsOf(
  input: GroundInput,
  {
    coverage,
    periods,
    statesPeriod,
    wishes,
  }: Pick<TenderFacts, 'periods' | 'statesPeriod' | 'wishes'> & {
    coverage: TenderGround['coverage'];
  },
): TenderFacts {
  const { document, analysis, judgements, strength, words, path, signs } = input;
  const { hits, demanded } = signs;
  const kept = new Map<string, CoverageMatch[]>();
  for (const { requirement, confidence, modality, quote } of coverage) {
    const own = kept.get(requirement) ?? [];
    own.push({ requirement, confidence, modality, quote });
    kept.set(requirement, own);
  }
  const annexes = annexesOf(document, words);
  const demands = analysis.clauses.filter((clause) => isDemand(judgements[clause.index] as Judgement));
  const duties = demands.filter((clause) => {
    const { modality, bidding } = judgements[clause.index] as Judgement;
    const party = (hits[clause.index] ?? []).some(({ sign }) => sign.cue === 'party');
    return modality === 'must' && !bidding && (party || demanded[clause.block] === 1);
  });
  const obliges =
    duties.length >= (analysis.clauses.length <= SHORT ? 1 : Math.max(DUTIES, analysis.clauses.length * SHARE));
  return {
    path,
    language: words.language,
    concernsIct: input.concernsIct,
    isProcurement: input.isProcurement,
    security: input.security,
    coverage: [...kept.values()].flatMap((list) => list.sort((a, b) => b.confidence - a.confidence).slice(0, KEPT)),
    periods,
    statesPeriod,
    wishes,
    annexes: {
      referred: annexes.referred.map(({ key, start, end }) => ({ key, quote: quoteIn(analysis, start, end) })),
      present: [...new Set([...annexes.present, ...annexKeysOfName(path, words)])],
    },
    types: typesIn(analysis, judgements, hits),
    hosted: hostedIn(analysis, judgements, hits),
    flowsDown: coverage.some(
      ({ requirement, confidence, clause }) =>
        requirement === 'SUP-01' &&
        confidence >= COVERED &&
        // "It binds them to …" may follow the sentence that names them.
        [clause, clause + 1, clause + 2].some(
          (index) =>
            analysis.clauses[index]?.section === analysis.clauses[clause]?.section && says(hits[index], 'flowDown'),
        ),
    ),
    sanction: demands.some(
      ({ index }) => (judgements[index]?.sanction || says(hits[index], 'refused')) && !judgements[index]?.bidding,
    ),
    proof: asksProof(input, coverage),
    inspected: isInspected(input),
    ownHosting: analysis.clauses.filter(({ index }) => says(hits[index], 'ownHosting')).length,
    obliges,
    law: !input.isTender && !obliges && articlesIn(document) >= ARTICLES,
    // In an invitation to tender "The system must …" is the supplier's to see to; in other papers it may be anybody's.
    securityDuties: (INVITES.has(input.type ?? '') ? demands : duties).filter(({ index }) => {
      const { modality, bidding } = judgements[index] as Judgement;
      return modality === 'must' && !bidding && (strength[index] === 'strong' || strength[index] === 'word');
    }).length,
    type: input.type,
    standards: [...input.standards],
    anchor: anchorOf(analysis),
    ignores: ignoresIn([
      document.text,
      ...document.asides.filter(({ kind }) => kind === 'comment').map(({ text }) => text),
      ...input.comments,
    ]),
    value: valueIn(document, analysis, judgements, hits),
  };
}

function quoteIn(analysis: Analysis, start: number, end: number): Quote {
  const clause = analysis.clauses.findLast((one) => one.start <= start) ?? (analysis.clauses[0] as Clause);
  return quoteAt(analysis, clause, start, end);
}

/** Clauses that oblige a supplier from which a file holds requirements; one will do in a short text. */
const DUTIES = 3;
const SHORT = 20;
/** Share of such clauses in a long text; a catalogue or report has a few by the way. */
const SHARE = 0.015;

/** Characters at the start of a document in which it says what it is about. */
const OPENING = 600;
/** Where its name stands; that alone says what is bought. */
const TITLE_PAGE = 160;

/**
 * What is bought, by the words for it where a text says its subject: headings, title, opening. A portal on which offers are handed in and
 * background say nothing of it; neither do demands, which name what it must work with.
 */
function typesIn(analysis: Analysis, judgements: readonly Judgement[], hits: TenderHits): TenderFacts['types'] {
  const types = new Map<string, { count: number; quote: Quote }>();
  for (const clause of analysis.clauses) {
    const judgement = judgements[clause.index] as Judgement;
    if (judgement.bidding || clause.section.context) continue;
    const kind = analysis.document.blocks[clause.block]?.kind;
    const subject = kind === 'heading' || kind === 'title' || clause.start < OPENING;
    const own = hits[clause.index] ?? [];
    if (!subject) continue;
    for (const { sign, start, end } of own) {
      if (sign.cue !== 'type') continue;
      const type = types.get(sign.value) ?? { count: 0, quote: quoteAt(analysis, clause, start, end) };
      type.count += kind === 'title' || clause.start < TITLE_PAGE ? 2 : 1;
      types.set(sign.value, type);
    }
  }
  return [...types].map(([id, one]) => ({ id, ...one })).sort((a, b) => b.count - a.count);
}

/** Whether the supplier runs what is bought: said in a demand, or where the text says its subject. */
function hostedIn(analysis: Analysis, judgements: readonly Judgement[], hits: TenderHits): boolean {
  return analysis.clauses.some((clause) => {
    const judgement = judgements[clause.index] as Judgement;
    if (judgement.bidding || clause.section.context) return false;
    const kind = analysis.document.blocks[clause.block]?.kind;
    const said = kind === 'title' || kind === 'heading' || clause.start < OPENING || judgement.modality === 'must';
    return said && (hits[clause.index] ?? []).some(({ sign }) => sign.cue === 'hosted');
  });
}

/** Articles or paragraphs of law from which a text is written as one. */
const ARTICLES = 5;

function articlesIn(document: Document): number {
  return document.blocks.filter(({ start }) =>
    /^\s*(?:§\s*\d|Art(?:icle|ikel|\.)?\s*\d)/.test(document.text.slice(start, start + 20)),
  ).length;
}

/** What is absent is shown at the heading of the security section, else at the title: never at a sentence it has nothing to do with. */
function anchorOf(analysis: Analysis): Quote | null {
  const { clauses, document } = analysis;
  const kind = (clause: Clause): string | undefined => document.blocks[clause.block]?.kind;
  const clause =
    clauses.find((one) => kind(one) === 'heading' && one.section.security && cues(one, 'heading').length > 0) ??
    clauses.find((one) => kind(one) === 'title' || kind(one) === 'heading') ??
    clauses[0];
  return clause ? quoteAt(analysis, clause) : null;
}

/** Rough worth of other money in euro, to tell a small purchase from a large one; not for any other use. */
const IN_EURO: Readonly<Record<string, number>> = {
  usd: 0.9,
  $: 0.9,
  gbp: 1.15,
  '£': 1.15,
  chf: 1.05,
  nok: 0.085,
  sek: 0.09,
  dkk: 0.134,
  pln: 0.23,
  czk: 0.04,
  huf: 0.0025,
  php: 0.016,
  '₱': 0.016,
  jpy: 0.006,
  inr: 0.011,
  mxn: 0.05,
  brl: 0.17,
  cad: 0.66,
  aud: 0.6,
  nzd: 0.55,
  zar: 0.05,
  kes: 0.007,
};
const MONEY =
  /(€|EUR|euros?|\$|USD|£|GBP|CHF|NOK|SEK|DKK|PLN|CZK|HUF|₱|PHP|JPY|INR|MXN|BRL|CAD|AUD|NZD|ZAR|KES)\s?([\d.,\u00a0\u202f ]{1,20}\d)|([\d][\d.,\u00a0\u202f ]{0,20})\s?(?:€|EUR|euros?)(?!\p{L})/giu;

/** The value that a clause states beside a word for it; the largest of several. */
function valueIn(
  document: Document,
  analysis: Analysis,
  judgements: readonly Judgement[],
  hits: TenderHits,
): number | null {
  let most: number | null = null;
  for (const clause of analysis.clauses) {
    // "A penalty of 350 euro a day, up to 10 % of the contract value" states no value.
    if (judgements[clause.index]?.sanction) continue;
    if (!(hits[clause.index] ?? []).some(({ sign }) => sign.cue === 'value')) continue;
    for (const [, money = '', after, before] of document.text.slice(clause.start, clause.end).matchAll(MONEY)) {
      const written = amountOf(after ?? before ?? '');
      const amount = written === null ? null : written * (IN_EURO[money.toLowerCase()] ?? 1);
      if (amount !== null && (most === null || amount > most)) most = amount;
    }
  }
  return most;
}

/** "45.000,00", "45,000.00", "45 000": the last mark with one or two digits behind it is the decimal mark. */
function amountOf(written: string): number | null {
  const plain = written.trim().replace(/[.,](\d{1,2})$/, '');
  const digits = plain.replace(/[^\d]/g, '');
  return digits === '' ? null : Number(digits);
}
