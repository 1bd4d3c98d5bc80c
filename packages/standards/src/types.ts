/** The words of this room. Ids are what a person would write: `RFC 9846`, `ISO/IEC 27001:2022`, `TLS 1.2`, `BIO`. */

/** `obsolete` is an RFC's own word; an obsolete RFC is replaced, not forbidden. `deprecated` means: do not use it any more. */
export type Status =
  | 'current'
  | 'superseded'
  | 'obsolete'
  | 'withdrawn'
  | 'historic'
  | 'deprecated'
  | 'draft'
  | 'unknown';

export type Kind =
  | 'standard'
  | 'protocol'
  | 'algorithm'
  | 'format'
  | 'law'
  | 'baseline'
  | 'certification'
  | 'scheme'
  | 'framework'
  | 'guideline'
  | 'list'
  | 'tool';

export type Confidence = 'high' | 'medium' | 'low';

/** One canonical record. Dates are ISO 8601, cut where the source is silent (`2013`, `2013-10`). */
export interface Standard {
  id: string;
  title: string;
  body: string;
  /** `2022`, `Rev. 5`, `1.3`, `V2.1.1`: what tells this edition from its siblings. */
  edition?: string;
  date?: string;
  status: Status;
  /** The day from which `status` holds where the source gives one (withdrawn or replaced on). */
  statusSince?: string;
  statusNote?: string;
  replaces: string[];
  replacedBy: string[];
  /** Id without edition; a mention without an edition means the family's current edition. */
  family?: string;
  kind: Kind;
  topics: string[];
  /** Security and internet standards, protocols, baselines, certifications, security law. */
  core: boolean;
  /** A maintained list that stands for its members (`Forum Standaardisatie list`): naming it delegates. */
  list?: boolean;
  /** Ids that define or belong to it (`DNSSEC` → `RFC 4033` …). */
  members?: string[];
  /** ISO 3166 alpha-2, `EU`, or absent for international. */
  country?: string;
  url?: string;
  source: string;
  confidence: Confidence;
}

/** What surrounds the text: language of the passage, date of the document, today. */
export interface ResolveContext {
  /** ISO 639-1 of the passage, when known. */
  language?: string;
  /** ISO 3166 alpha-2 of the document, when known: decides ambiguous national acronyms. */
  country?: string;
  /** Date of the document, for `statusThen`. */
  date?: string;
  /** What counts as today; the caller hands the clock in. */
  asOf: string;
}

/** One place in a text that names a standard. Offsets are UTF-16 into the text handed in; `text` is exactly that slice. */
export interface ResolvedMention {
  text: string;
  start: number;
  end: number;
  /** Null: clearly the name of a standard, and not in the registry. */
  standard: string | null;
  title: string | null;
  status: Status;
  /** Status on the document's date; null when the document has none. */
  statusThen: Status | null;
  /** The edition in force today, at the end of the chain; null when nothing replaced it. */
  replacedBy: string | null;
  /** Every hop from the named edition to `replacedBy`. */
  succession: string[];
  kind: Kind | null;
  topics: string[];
  core: boolean;
  /** An edition was written (`:2013`, `Rev. 4`, `v1.2`), or the number of a law. Only such a mention can be overtaken. */
  versioned: boolean;
  /** `or later`, `ou supérieur`: the least that will do. */
  minimum: boolean;
  orEquivalent: boolean;
  /** How the reading was decided: `id`, `alias`, `series`, `list`, `open`, and for gated names the words that opened the gate. */
  reason: string;
}
