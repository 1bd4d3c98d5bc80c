import type { Format, Problem } from '@proviso/documents';
import type { ResolvedMention } from '@proviso/standards';

/** Words a value rests on, and where they stand. Offsets are UTF-16 into the document's text; `text` is that slice. */
export interface Quote {
  text: string;
  page: number | null;
  /** Heading path, joined by ` › `; empty at the top. */
  section: string;
  start: number;
  end: number;
}

export type ScopeValue = 'none' | 'general' | 'chapter' | 'dedicated';
export type SecurityValue = 'none' | 'passing' | 'aspiration' | 'process' | 'requirement' | 'proof';
export type StandardsValue = 'none' | 'unnamed' | 'management' | 'named' | 'versioned' | 'tested';
export type Modality = 'must' | 'should' | 'may' | 'context' | 'negative' | 'boilerplate';
export type Addressee = 'supplier' | 'buyer' | 'both' | 'unclear';

export const TOPICS = [
  'access-control',
  'cryptography',
  'incident-handling',
  'vulnerability-management',
  'supply-chain',
  'personnel',
  'physical',
  'continuity',
  'logging-monitoring',
  'secure-development',
  'network-security',
  'data-protection',
  'audit-compliance',
  'certification',
  'end-of-life-support',
  'other',
] as const;
export type Topic = (typeof TOPICS)[number];

/** What the resolver says of a name, and how the sentence around it means it. */
export interface Mention extends Quote, Omit<ResolvedMention, keyof Quote> {
  modality: Modality;
  addressee: Addressee;
}

export interface Finding extends Quote {
  rule: string;
  level: 'error' | 'warning' | 'note';
  message: string;
  fix: string | null;
}

/** Something the document states of itself, with the words that state it; `quote` is null where it came from a manifest or file property. */
export interface Stated {
  value: string;
  from: 'text' | 'property' | 'manifest';
  quote: Quote | null;
}

export interface Source {
  path: string;
  sha256: string;
  bytes: number;
  format: Format;
  language: string | null;
  title: string | null;
  pages: number | null;
  date: string | null;
  country: string | null;
  publisher: string | null;
  type: string | null;
  /** Where date, country, publisher and type were taken from. */
  stated: Partial<Record<'date' | 'country' | 'publisher' | 'type', Stated>>;
  /** Path of the first document of a group of near-identical ones. */
  duplicateOf: string | null;
}

/** One line of `proviso read --format ndjson`. A value is null where the document could not be read. */
export interface Reading {
  schema: 'proviso.reading/1';
  engine: string;
  codebook: string;
  registry: string;
  /** What counted as today. */
  asOf: string;
  source: Source;
  scope: { value: ScopeValue | null; concernsIct: boolean | null; isProcurement: boolean | null; evidence: Quote[] };
  security: {
    value: SecurityValue | null;
    topics: { topic: Topic; evidence: Quote[] }[];
    sections: { heading: string; page: number | null }[];
    /** Best first: the first quote is one that makes the value. */
    evidence: Quote[];
  };
  standards: { value: StandardsValue | null; delegatedTo: string[]; mentions: Mention[] };
  findings: Finding[];
  problems: Problem[];
  /** Only with `--with-text`. */
  text?: string;
}
