/** What the report embeds: readings made small, so that 1,000 documents stay a page that opens at once. */
import type { Problem } from '@proviso/documents';
import type { Addressee, Finding, Modality, ScopeValue, SecurityValue, StandardsValue, Stated } from '@proviso/reading';
import type { Kind, Status } from '@proviso/standards';

export type Question = 'scope' | 'security' | 'standards';

export interface ReportQuote {
  text: string;
  page: number | null;
  section: string;
  /** The rest of the sentence around `text`, where the document's text was at hand. */
  before?: string;
  after?: string;
}

/** A standard that some document names; `id` is the text as written where the registry has no record. */
export interface ReportStandard {
  id: string;
  known: boolean;
  title: string | null;
  status: Status;
  /** The day from which the status holds, where the registry knows. */
  since: string | null;
  replacedBy: string | null;
  succession: string[];
  kind: Kind | null;
  core: boolean;
}

export interface ReportPlace extends ReportQuote {
  modality: Modality;
  addressee: Addressee;
  stale: boolean;
  statusThen: Status | null;
  minimum: boolean;
  orEquivalent: boolean;
  reason: string;
}

/** All places of one document that name one standard; `count` is how many there are, `places` the most telling ones. */
export interface ReportNaming {
  /** Index into `ReportData.standards`. */
  standard: number;
  count: number;
  /** Named somewhere as a must or a should. */
  demanded: boolean;
  stale: boolean;
  places: ReportPlace[];
}

export interface ReportTopic {
  topic: string;
  quotes: ReportQuote[];
}

/** What people say of one answer: agreed or settled (`value` given), or still open between them (`value` null). */
export interface ReportConfirmation {
  value: string | null;
  coders: string[];
  /** `agreed`: all coders say the same; `settled`: someone decided; `open`: they differ. */
  how: 'single' | 'agreed' | 'settled' | 'open';
  quote: string;
  note: string;
}

export interface ReportDocument {
  path: string;
  sha256: string;
  format: string;
  language: string | null;
  title: string | null;
  pages: number | null;
  date: string | null;
  country: string | null;
  publisher: string | null;
  type: string | null;
  duplicateOf: string | null;
  stated: Partial<Record<'date' | 'country' | 'publisher' | 'type', Stated>>;
  concernsIct: boolean | null;
  isProcurement: boolean | null;
  scope: ScopeValue | null;
  security: SecurityValue | null;
  standards: StandardsValue | null;
  quotes: { scope: ReportQuote[]; security: ReportQuote[] };
  topics: ReportTopic[];
  sections: { heading: string; page: number | null }[];
  delegatedTo: string[];
  named: ReportNaming[];
  findings: Omit<Finding, 'start' | 'end'>[];
  problems: Problem[];
  confirmed: Partial<Record<Question, ReportConfirmation>>;
}

/** An address of the study's list of which there is no copy. Never counted as an answer. */
export interface NotCollected {
  address: string;
  title: string;
  country: string;
  publisher: string;
  type: string;
  language: string;
  /** What happened, and when it was last tried. */
  reason: string;
  at: string;
}

export interface ReportAgreement {
  question: Question;
  /** `people`: between coders; `machine`: machine against what people settled on. */
  between: 'people' | 'machine';
  /** Documents that both sides coded. */
  units: number;
  /** Shares from 0 to 1; null where it cannot be computed (no variation, or too few). */
  percent: number | null;
  kappa: number | null;
  weightedKappa: number | null;
  alpha: number | null;
}

export interface ReportChange {
  address: string;
  what: 'new' | 'changed' | 'vanished';
  from: string;
  to: string;
  /** Answers that differ, as values of the scales. */
  answers: { question: Question; from: string | null; to: string | null }[];
}

export interface ReportData {
  title: string;
  /** What the study asks, in its makers' words. */
  question: string;
  asOf: string;
  engine: string;
  codebook: string;
  registry: string;
  /** A plain folder, or a study with sources and coders. */
  kind: 'folder' | 'study';
  standards: ReportStandard[];
  /** Every security topic of the codebook, so that what nobody covers can be shown. */
  topics: string[];
  documents: ReportDocument[];
  notCollected: NotCollected[];
  agreement: ReportAgreement[];
  changes: ReportChange[];
}
