import type { Catalogue, Demand, Language } from '@proviso/catalogue';
import type { Level, Values } from '../../rules/rule.ts';
import type { Quote } from '../../types.ts';
import type { CoverageMatch, TenderFacts } from '../tender-facts.ts';

/** Several files that are one tender: what is absent is judged over all of them. */
export interface Dossier {
  parts: readonly TenderFacts[];
  /** What the catalogue would demand for this kind of purchase; null where that cannot be told. */
  demand: Demand | null;
  catalogue: Catalogue;
  /** The best match of a requirement in the whole dossier and the part it stands in, if any clause asks for it. */
  best(requirement: string): (CoverageMatch & { part: TenderFacts }) | null;
  /** The purchase was guessed from words, not described by the buyer. */
  guessed: boolean;
  /** Whether the requirement fits this kind of purchase at all. */
  applies(requirement: string): boolean;
  /** Little is bought: by the value that a part states, else by the purchase. */
  small: boolean;
  /** Of messages. */
  language: Language;
}

export interface DossierFound {
  /** Which part it is shown in. */
  part: TenderFacts;
  quote: Quote;
  variant?: string;
  values?: Values;
  /** 0 to 1, where the finding rests on matching clauses. */
  confidence?: number;
  /** The requirement of the catalogue whose clause would mend it. */
  requirement?: string;
  /** It is about what is not there: the words are only where it is shown. */
  absent?: true;
}

/** Files of a made-up tender, by name, and whether the rule finds something in it. */
export interface DossierExample {
  language: string;
  files: Readonly<Record<string, string>>;
  country?: string;
  /** The buyer has described the purchase: a web portal as a service. */
  described?: true;
}

/** A rule on a whole tender. `messages/` say what it means, why, and what to do. */
export interface DossierRule {
  id: string;
  level: Level;
  jurisdiction?: 'eu';
  good: readonly DossierExample[];
  bad: readonly DossierExample[];
  check(dossier: Dossier): DossierFound[];
}
