/** What the trie's targets lead to, as it is kept in the compiled file. */
import type { Container } from './container.ts';
import type { NationalActWords } from './grammar/acts.ts';
import { GRAMMARS, type GrammarName } from './grammar/anchors.ts';
import type { ActWords } from './grammar/eu-law.ts';
import type { Trie } from './trie.ts';
import type { Confidence, Kind } from './types.ts';
import type { WordLists } from './words.ts';

export interface NameTarget {
  /** Index of the record. */
  record: number;
  /** Index of the gate, -1 for none. */
  gate: number;
  /** Found with the `v` of a version glued on; means nothing unless a digit follows. */
  glued?: boolean;
}

export interface SeriesTarget {
  label: string;
  pattern: string;
  id: string;
  title: string;
  body: string;
  country?: string;
  kind: Kind;
  core: boolean;
  topics: string[];
  confidence: Confidence;
  gate: number;
  /** Its beginnings cannot be listed: it is tried over the whole text. */
  everywhere: boolean;
}

export interface MatcherFacts {
  names: NameTarget[];
  gates: { needs: string[]; not: string[] }[];
  series: SeriesTarget[];
  languages: string[];
  numbers: Record<string, string[]>;
  /** `regulation 2016/679` → id. */
  acts: Record<string, string>;
  actWords: ActWords;
  nationalActs: NationalActWords;
  words: WordLists;
  bodies: {
    national: { prefix: string; country: string; own: string[] }[];
    other: { prefix: string; own: string[] }[];
  };
}

const KINDS = 3;

/** A target as one number: what kind it is, and which. */
export const Target = {
  name: (index: number) => index * KINDS,
  series: (index: number) => index * KINDS + 1,
  grammar: (name: GrammarName) => GRAMMARS.indexOf(name) * KINDS + 2,
  kindOf: (target: number): 'name' | 'series' | 'grammar' =>
    (['name', 'series', 'grammar'] as const)[target % KINDS] ?? 'name',
  indexOf: (target: number) => Math.floor(target / KINDS),
};

/** The matcher's sections of a compiled file; throws ContainerError when it has none. */
export function openMatcher(container: Container): { trie: Trie; facts: MatcherFacts } {
  return {
    facts: JSON.parse(container.bytes('matcher.facts').toString('utf8')) as MatcherFacts,
    trie: {
      edges: container.i32('matcher.edges'),
      first: container.u32('matcher.first'),
      openFirst: container.u32('matcher.openFirst'),
      runs: container.u32('matcher.runs'),
      open: container.u32('matcher.open'),
      target: container.u32('matcher.target'),
      check: container.i32('matcher.check'),
      traits: container.u16('matcher.traits'),
    },
  };
}
