import { isStale, type Mention, type Modality, type Quote, TOPICS } from '@proviso/reading';
import { loadRegistry } from '@proviso/standards';
import { type Around, type KeptReading, withoutText } from './around.ts';
import type {
  NotCollected,
  Question,
  ReportAgreement,
  ReportChange,
  ReportConfirmation,
  ReportData,
  ReportDocument,
  ReportNaming,
  ReportPlace,
  ReportQuote,
  ReportStandard,
} from './data.ts';

/** The most places shown for one standard in one document; `ReportNaming.count` says how many there are. */
const PLACES = 6;
const QUOTES = 8;
const QUOTE_LENGTH = 600;

/** From most to least telling. */
const MODALITIES: readonly Modality[] = ['must', 'should', 'negative', 'may', 'context', 'boilerplate'];

export interface ReportOptions {
  asOf: string;
  title?: string;
  question?: string;
  kind?: 'folder' | 'study';
  /** People's codes by document: first by address or path, then by question. */
  confirmed?: ReadonlyMap<string, Partial<Record<Question, ReportConfirmation>>>;
  notCollected?: NotCollected[];
  agreement?: ReportAgreement[];
  changes?: ReportChange[];
  /** The day from which a standard has had its status, `2021-03`, or null; the registry's word where it is not given. */
  statusSince?: (standard: string) => string | null;
}

/**
 * Makes readings into what the report embeds. Quotes are cut at 600 characters, at most 8 an answer and 6 a standard and
 * document; what was left out is counted. Where readings carry their text, mentions get the words around them.
 */
export function reportDataOf(readings: readonly KeptReading[], options: ReportOptions): ReportData {
  const standards = new StandardTable(options.statusSince ?? statusSince);
  const documents = readings.map((reading) =>
    documentOf(reading, standards, options.confirmed?.get(reading.source.path) ?? {}),
  );
  const first = readings[0];
  return {
    title: options.title ?? '',
    question: options.question ?? '',
    asOf: options.asOf,
    engine: first?.engine ?? '',
    codebook: first?.codebook ?? '',
    registry: first?.registry ?? '',
    kind: options.kind ?? 'folder',
    standards: standards.all,
    topics: [...TOPICS],
    documents,
    notCollected: options.notCollected ?? [],
    agreement: options.agreement ?? [],
    changes: options.changes ?? [],
  };
}

/** What the registry says. */
export function statusSince(standard: string): string | null {
  return loadRegistry().get(standard)?.statusSince ?? null;
}

export function documentOf(
  reading: KeptReading,
  standards: StandardTable,
  confirmed: Partial<Record<Question, ReportConfirmation>>,
): ReportDocument {
  const { source, scope, security } = reading;
  return {
    path: source.path,
    sha256: source.sha256,
    format: source.format,
    language: source.language,
    title: source.title,
    pages: source.pages,
    date: source.date,
    country: source.country,
    publisher: source.publisher,
    type: source.type,
    duplicateOf: source.duplicateOf,
    stated: source.stated,
    concernsIct: scope.concernsIct,
    isProcurement: scope.isProcurement,
    scope: scope.value,
    security: security.value,
    standards: reading.standards.value,
    quotes: { scope: quotesOf(scope.evidence), security: quotesOf(security.evidence) },
    topics: security.topics.map(({ topic, evidence }) => ({ topic, quotes: quotesOf(evidence).slice(0, 3) })),
    sections: security.sections,
    delegatedTo: reading.standards.delegatedTo,
    named: namingsOf(reading, standards),
    findings: reading.findings.map(({ start: _start, end: _end, ...finding }) => finding),
    problems: reading.problems,
    confirmed,
  };
}

function quotesOf(quotes: readonly Quote[]): ReportQuote[] {
  return quotes.slice(0, QUOTES).map(({ text, page, section }) => ({ text: cut(text), page, section }));
}

function cut(text: string): string {
  if (text.length <= QUOTE_LENGTH) return text;
  return `${text.slice(0, text.lastIndexOf(' ', QUOTE_LENGTH) > 400 ? text.lastIndexOf(' ', QUOTE_LENGTH) : QUOTE_LENGTH)} …`;
}

function namingsOf(reading: KeptReading, standards: StandardTable): ReportNaming[] {
  const byStandard = new Map<number, (Mention & Around)[]>();
  const around = withoutText(reading).around ?? [];
  for (const [at, bare] of reading.standards.mentions.entries()) {
    const mention = { ...bare, ...around[at] };
    const index = standards.indexOf(mention);
    const group = byStandard.get(index);
    if (group) group.push(mention);
    else byStandard.set(index, [mention]);
  }
  return [...byStandard].map(([standard, mentions]) => ({
    standard,
    count: mentions.length,
    demanded: mentions.some((mention) => mention.modality === 'must' || mention.modality === 'should'),
    stale: mentions.some(isStale),
    places: mentions
      .toSorted(
        (a, b) =>
          Number(isStale(b)) - Number(isStale(a)) || MODALITIES.indexOf(a.modality) - MODALITIES.indexOf(b.modality),
      )
      .slice(0, PLACES)
      .map(placeOf),
  }));
}

function placeOf(mention: Mention & Around): ReportPlace {
  return {
    text: cut(mention.text),
    page: mention.page,
    section: mention.section,
    ...(mention.before !== undefined && { before: mention.before }),
    ...(mention.after !== undefined && { after: mention.after }),
    modality: mention.modality,
    addressee: mention.addressee,
    stale: isStale(mention),
    statusThen: mention.statusThen,
    minimum: mention.minimum,
    orEquivalent: mention.orEquivalent,
    reason: mention.reason,
  };
}

/** Every standard once, numbered as first named. */
export class StandardTable {
  readonly all: ReportStandard[] = [];
  readonly #index = new Map<string, number>();
  readonly #statusSince: (standard: string) => string | null;

  constructor(statusSince: (standard: string) => string | null) {
    this.#statusSince = statusSince;
  }

  indexOf(mention: Mention): number {
    const id = mention.standard ?? mention.text.replace(/\s+/g, ' ').trim();
    const known = mention.standard !== null;
    const key = `${known ? '1' : '0'}${id}`;
    const found = this.#index.get(key);
    if (found !== undefined) return found;
    this.#index.set(key, this.all.length);
    this.all.push({
      id,
      known,
      title: mention.title,
      status: mention.status,
      since: known && isStale(mention) ? this.#statusSince(id) : null,
      replacedBy: mention.replacedBy,
      succession: mention.succession,
      kind: mention.kind,
      core: mention.core,
    });
    return this.all.length - 1;
  }
}
