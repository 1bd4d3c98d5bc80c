import { type Demanded, type DemandFile, type Language, type Worded, worded } from '@proviso/catalogue';

/** A requirement of a demand with its words in one language. */
export interface Entry {
  demanded: Demanded;
  words: Worded;
}

export interface Group {
  /** Letters of the domain; empty for what stands in none. */
  id: string;
  title: string;
  entries: Entry[];
}

/** The requirements of a demand by domain, in the order of the vocabulary. None is lost: what no domain holds comes last, as `rest`. */
export function grouped({ demand, catalogue }: DemandFile, language: Language, rest: string): Group[] {
  const domains = catalogue.vocabulary.domains;
  const entries = demand.requirements.map((demanded) => ({
    demanded,
    words: worded(demand, demanded, catalogue, language),
  }));
  const domainOf = ({ demanded }: Entry): string =>
    domains.find(({ id }) => demanded.id.startsWith(`${id}-`))?.id ?? '';
  return [...domains.map(({ id, text }) => ({ id, title: text[language] })), { id: '', title: rest }]
    .map((domain) => ({ ...domain, entries: entries.filter((entry) => domainOf(entry) === domain.id) }))
    .filter((group) => group.entries.length > 0);
}
