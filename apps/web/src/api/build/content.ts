import {
  type Catalogue,
  type Demand,
  type Demanded,
  type Language,
  LEVELS,
  type Level,
  type Requirement,
  type Text,
  worded,
} from '@proviso/catalogue';

/** A term of the vocabulary, in one language. */
export interface Term {
  id: string;
  text: string;
  hint?: string;
}

/** What the questions about a purchase are made of: small, and needed on many pages. */
export type Vocabulary = Record<keyof Catalogue['vocabulary'], Term[]> & {
  laws: (Term & { note: string })[];
  explainReasons: (Term & { accepted: boolean })[];
  edition: string;
};

export interface RequirementEntry {
  id: string;
  title: string;
  domain: string;
  since: string;
  retired: string | null;
  applies: string[];
  knockout: boolean;
  burden: number;
  /** The sentence as it stands in a demand, at each level. */
  sentences: Record<Level, string>;
  why: string;
  question: string;
  choices: { text: string; meets: string }[];
  evidence: { type: string; text: string }[];
  clause: string;
  remedy: string;
  acceptance: string;
  exit: string | null;
  parameters: { id: string; label: string; unit: string; range: [number, number]; values: Record<Level, number> }[];
  standards: string[];
  checks: { id: string; title: string }[];
  origin: { kind: string; source: string; confidence: string };
  crosswalk: { source: string; ref: string; relation: string }[];
  /** Risks with a need that it answers. */
  risks: string[];
  /** A translation that nobody has signed. */
  draft: boolean;
}

export interface RiskEntry {
  id: string;
  title: string;
  threat: string;
  likelihood: number;
  impact: number;
  basis: string;
  confidence: string;
  services: string[];
  assets: string[];
  causes: string[];
  needs: { id: string; text: string; from: string; answers: string[] }[];
}

export interface StandardText {
  id: string;
  title: string;
  group: string;
  status: string;
  statusSource: string;
  scope: string;
  what: string;
  why: string;
  ask: string;
  howToCheck: string;
  specifications: string[];
  requirement: string;
}

/** The whole catalogue in one language, as the pages that browse it want it. */
export interface CatalogueContent {
  edition: { edition: string; date: string; licence: string; note: string };
  requirements: RequirementEntry[];
  risks: RiskEntry[];
  standards: StandardText[];
  laws: {
    id: string;
    title: string;
    citation: string;
    note: string;
    requires: { requirement: string; ref: string }[];
  }[];
  sources: { id: string; title: string; url: string }[];
}

/** The lists of the vocabulary with laws and reasons, in one language. */
export function vocabularyIn(catalogue: Catalogue, language: Language): Vocabulary {
  const lists = Object.entries(catalogue.vocabulary).map(([list, terms]) => [
    list,
    (terms as { id: string; text: Text; hint?: Text }[]).map(({ id, text, hint }) => ({
      id,
      text: text[language],
      ...(hint ? { hint: hint[language] } : {}),
    })),
  ]);
  return {
    ...(Object.fromEntries(lists) as Record<keyof Catalogue['vocabulary'], Term[]>),
    laws: catalogue.laws.map(({ id, title, note }) => ({ id, text: title[language], note: note[language] })),
    explainReasons: catalogue.explainReasons.map(({ id, title, accepted }) => ({
      id,
      text: title[language],
      accepted,
    })),
    edition: catalogue.edition.edition,
  };
}

/** The catalogue for its pages. Sentences are worded for a buyer under the law of the EU, with the values that each level has. */
export function catalogueIn(catalogue: Catalogue, language: Language): CatalogueContent {
  const { edition } = catalogue;
  return {
    edition: { edition: edition.edition, date: edition.date, licence: edition.licence, note: edition.note[language] },
    requirements: catalogue.requirements.map((one) => requirementIn(one, catalogue, language)),
    risks: catalogue.risks
      .filter(({ retired }) => retired === undefined)
      .map(({ id, title, threat, likelihood, impact, services, assets, causes, needs }) => ({
        id,
        title: title[language],
        threat: threat[language],
        likelihood: likelihood.prior,
        impact: impact.base,
        basis: likelihood.basis,
        confidence: likelihood.confidence,
        services,
        assets,
        causes,
        needs: needs.map(({ id: need, text, from, answers }) => ({ id: need, text: text[language], from, answers })),
      })),
    standards: catalogue.standards.map((one) => ({
      id: one.id,
      title: one.title[language],
      group: one.group,
      status: one.status,
      statusSource: one.statusSource,
      scope: one.scope[language],
      what: one.what[language],
      why: one.why[language],
      ask: one.ask[language],
      howToCheck: one.howToCheck[language],
      specifications: one.specifications,
      requirement: one.requirement,
    })),
    laws: catalogue.laws.map(({ id, title, citation, note, requires }) => ({
      id,
      title: title[language],
      citation,
      note: note[language],
      requires: requires.map(({ requirement, ref }) => ({ requirement, ref })),
    })),
    sources: catalogue.sources.map(({ id, title, url }) => ({ id, title, url })),
  };
}

function requirementIn(one: Requirement, catalogue: Catalogue, language: Language): RequirementEntry {
  const wordsAt = (level: Level) => worded(ANYWHERE, demandedAt(one, level), catalogue, language);
  const words = wordsAt('standard');
  return {
    id: one.id,
    title: words.title,
    domain: one.id.split('-')[0] ?? '',
    since: one.since,
    retired: one.retired ?? null,
    applies: one.applies,
    knockout: one.knockout,
    burden: one.burden,
    sentences: Object.fromEntries(LEVELS.map((level) => [level, wordsAt(level).sentence])) as Record<Level, string>,
    why: words.why,
    question: words.question,
    choices: words.choices.map(({ text, meets }) => ({ text, meets })),
    evidence: words.evidence,
    clause: words.clause,
    remedy: words.remedy,
    acceptance: words.acceptance,
    exit: words.exit,
    parameters: one.parameters.map(({ id, label, unit, range, values }) => ({
      id,
      label: label[language],
      unit,
      range,
      values,
    })),
    standards: one.standards,
    checks: one.checks.map((id) => ({
      id,
      title: catalogue.checks.find((check) => check.id === id)?.title[language] ?? id,
    })),
    origin: one.origin,
    crosswalk: one.crosswalk.map(({ source, ref, relation }) => ({ source, ref, relation })),
    risks: catalogue.risks
      .filter((risk) => risk.retired === undefined && risk.needs.some(({ answers }) => answers.includes(one.id)))
      .map(({ id }) => id),
    draft: words.draft,
  };
}

/** `worded` asks a demand for its country only. */
const ANYWHERE = { context: { country: 'BE' } } as Demand;

function demandedAt({ id, parameters }: Requirement, level: Level): Demanded {
  return {
    id,
    level,
    weight: 0,
    knockout: false,
    parameters: Object.fromEntries(parameters.map((one) => [one.id, one.values[level]])),
    reasons: [],
    notes: [],
    departures: [],
  };
}
