/** The matcher of one registry, opened once: trie, grammars, gates and word lists. */

import { nationalActs } from './grammar/acts.ts';
import { GRAMMARS, type GrammarName } from './grammar/anchors.ts';
import { euLaw } from './grammar/eu-law.ts';
import type { Grammar, Lookup } from './grammar/ground.ts';
import { ieee, ieeeNumber } from './grammar/ieee.ts';
import { ietf } from './grammar/ietf.ts';
import { iso, isoNumber } from './grammar/iso.ts';
import { nist, nistNumber } from './grammar/nist.ts';
import { etsi, gpp, itu } from './grammar/telecom.ts';
import { type MatcherFacts, openMatcher } from './matcher-facts.ts';
import type { Registry } from './registry.ts';
import type { Trie } from './trie.ts';
import { openWords, type Words } from './words.ts';

export interface Matcher {
  trie: Trie;
  facts: MatcherFacts;
  /** By their place in `GRAMMARS`. */
  grammars: readonly Grammar[];
  lookup: Lookup;
  words: Words;
  /** Compiled pattern of a series: sticky, or global for one that is tried everywhere. */
  series(index: number): RegExp;
}

const opened = new WeakMap<Registry, Matcher>();

/** The matcher kept in the registry's compiled file. */
export function matcherOf(registry: Registry): Matcher {
  const known = opened.get(registry);
  if (known) return known;
  const { trie, facts } = openMatcher(registry.container);
  const byName: Record<GrammarName, Grammar> = {
    ietf,
    nist,
    nistNumber,
    iso,
    isoNumber,
    ieee,
    ieeeNumber,
    etsi,
    gpp,
    itu,
    acts: nationalActs(facts.nationalActs),
    euLaw: euLaw(facts.actWords, new Map(Object.entries(facts.acts))),
  };
  const patterns: (RegExp | undefined)[] = [];
  const matcher: Matcher = {
    trie,
    facts,
    grammars: GRAMMARS.map((name) => byName[name]),
    lookup: lookupOf(registry, facts),
    words: openWords(facts.words, facts.bodies),
    series(index) {
      const one = facts.series[index];
      if (one === undefined) throw new RangeError(`no series ${index}`);
      patterns[index] ??= new RegExp(
        `(?<![\\p{L}\\p{N}])(?:${one.pattern})(?![\\p{L}\\p{N}])`,
        one.everywhere ? 'gu' : 'yu',
      );
      return patterns[index];
    },
  };
  opened.set(registry, matcher);
  return matcher;
}

function lookupOf(registry: Registry, facts: MatcherFacts): Lookup {
  const editions = new Map<string, readonly string[]>();
  return {
    get: registry.get,
    editions(family) {
      let known = editions.get(family);
      if (!known) {
        known = registry.family(family).members.map((member) => member.id);
        editions.set(family, known);
      }
      return known;
    },
    byNumber: (number) => (Object.hasOwn(facts.numbers, number) ? (facts.numbers[number] ?? []) : []),
  };
}
