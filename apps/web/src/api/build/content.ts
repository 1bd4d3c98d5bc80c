import {
  type Catalogue,
  type Language,
  type RequirementEntry,
  type RiskEntry,
  requirementIn,
  riskIn,
  type Text,
} from '@proviso/catalogue';

export type { RequirementEntry, RiskEntry } from '@proviso/catalogue';

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
    risks: catalogue.risks.filter(({ retired }) => retired === undefined).map((one) => riskIn(one, language)),
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
