/** Makes the resolver's part of the compiled file: the trie of all names and anchors, and what each of them leads to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { actStarts, type NationalActWords } from './grammar/acts.ts';
import { GRAMMAR_ANCHORS, type GrammarName } from './grammar/anchors.ts';
import { type ActWords, actKey, readAct } from './grammar/eu-law.ts';
import { type MatcherFacts, type NameTarget, Target } from './matcher-facts.ts';
import type { NamedThing, Names } from './names.ts';
import type { RegistryRecord } from './records.ts';
import { anchorsOf } from './series-anchors.ts';
import { buildTrie, type Pattern } from './trie.ts';
import { bodyPrefixes, listWords, type Phrases } from './words.ts';

const WORDS = join(import.meta.dirname, '..', 'words');

/** A name without small letters is read in its own case only. */
const isExact = (name: string) => /\p{Lu}/u.test(name) && !/\p{Ll}/u.test(name);
/** One capital for another sign of its shape, as text recognition does. */
const SLIPS: [string, string][] = [
  ['O', '0'],
  ['I', 'l'],
  ['I', '1'],
];

function slips(name: string): string[] {
  if (!/^\p{Lu}{3,}$/u.test(name)) return [];
  return SLIPS.flatMap(([from, to]) =>
    name.includes(from) ? [name.replace(from, to), name.replaceAll(from, to)] : [],
  );
}

/** Every pattern of one written name: itself, its plural, its slips, and with the `v` of a version glued on (`TLSv1.2`). */
function patternsOf(name: string, target: number, versioned: number, language: number): Pattern[] {
  const exact = isExact(name);
  const out: Pattern[] = [{ name, target, exact, language }];
  if (!exact) return out;
  const single = /^[\p{Lu}\d/-]+$/u.test(name);
  if (single && /\p{Lu}{2}$/u.test(name)) {
    out.push({ name: `${name}s`, target, exact, language });
    out.push({ name: `${name}v`, target: versioned, exact, language });
  }
  for (const slip of slips(name)) out.push({ name: slip, target, exact: true, language });
  return out;
}

class Indexed<T> {
  readonly items: T[] = [];
  private readonly seen = new Map<string, number>();
  of(item: T): number {
    const key = JSON.stringify(item);
    const known = this.seen.get(key);
    if (known !== undefined) return known;
    this.seen.set(key, this.items.length);
    this.items.push(item);
    return this.items.length - 1;
  }
}

/** Family or undivided id by its number: `27001` → `ISO/IEC 27001`. */
function numbersOf(records: readonly RegistryRecord[]): Record<string, string[]> {
  const out = new Map<string, Set<string>>();
  for (const record of records) {
    const found = /^((?:ISO|IEC|CISPR)[A-Z/ a-z]*?) (\d{2,5})((?:-\d+)*)(?::\d{4})?$/.exec(record.id);
    if (!found) continue;
    const key = `${found[2]}${found[3]}`;
    const family = record.family ?? `${found[1]} ${key}`;
    out.set(key, (out.get(key) ?? new Set()).add(family));
  }
  return Object.fromEntries([...out].map(([key, ids]) => [key, [...ids]]));
}

function actsOf(things: readonly NamedThing[], words: ActWords): Record<string, string> {
  const out: Record<string, string> = {};
  for (const thing of things)
    for (const name of [thing.id, thing.name, ...Object.values(thing.names).flat()]) {
      // A reference inside a longer title is to another act.
      const act =
        readAct(words, name, 0) ??
        (/^Reg\b/.test(name) ? readAct(words, name.replace(/^Reg\b\.?/, 'Regulation'), 0) : null) ??
        (/^Dir\b/.test(name) ? readAct(words, name.replace(/^Dir\b\.?/, 'Directive'), 0) : null);
      if (act) out[actKey(act)] ??= thing.id;
    }
  return out;
}

/** Bodies whose ids are read by a grammar; the ids of all others are names of themselves. */
const BY_GRAMMAR = /^(?:RFC|BCP|STD|FYI|NIST|NBS|ISO|IEC|CISPR|ANSI\/IEEE|IEEE|ETSI|3GPP|ITU|W3C|OASIS) /;

/** The sections `matcher.*`, from the assembled records and the names. */
export function compileMatcher(
  records: readonly RegistryRecord[],
  names: Names,
): Record<string, Uint8Array | Uint16Array | Uint32Array | Int32Array> {
  const phrases = parse(readFileSync(join(WORDS, 'phrases.yaml'), 'utf8')) as Phrases;
  const bodies = parse(readFileSync(join(WORDS, 'bodies.yaml'), 'utf8')) as MatcherFacts['bodies'];
  const actWords = parse(readFileSync(join(WORDS, 'eu-law.yaml'), 'utf8')) as ActWords;
  const nationalActs = parse(readFileSync(join(WORDS, 'acts.yaml'), 'utf8')) as NationalActWords;
  const index = new Map(records.map((record, i) => [record.id, i]));
  const languages = new Indexed<string>();
  languages.of('*');
  const gates = new Indexed<{ needs: string[]; not: string[] }>();
  const targets = new Indexed<NameTarget>();
  const patterns: Pattern[] = [];

  for (const thing of names.things) {
    const record = index.get(thing.id);
    if (record === undefined) continue;
    const gated = thing.needs.length + thing.not.length > 0;
    const gate = gated ? gates.of({ needs: thing.needs, not: thing.not }) : -1;
    for (const [language, list] of Object.entries(thing.names))
      for (const name of list) {
        const closed = gated && (thing.gated.length === 0 || thing.gated.includes(name));
        const target = targets.of({ record, gate: closed ? gate : -1 });
        const versioned = targets.of({ record, gate: closed ? gate : -1, glued: true });
        patterns.push(...patternsOf(name, Target.name(target), Target.name(versioned), languages.of(language)));
      }
  }
  const named = new Set(names.things.map((thing) => thing.id));
  for (const [i, record] of records.entries()) {
    if (named.has(record.id) || BY_GRAMMAR.test(record.id) || !/[\p{L}]/u.test(record.id)) continue;
    const target = targets.of({ record: i, gate: -1 });
    patterns.push({ name: record.id, target: Target.name(target), exact: isExact(record.id), language: 0 });
  }

  const series: MatcherFacts['series'] = [];
  for (const one of names.series) {
    const anchors = anchorsOf(one.pattern);
    const { series: label, pattern, id, title, body, country, kind, core, topics, confidence } = one;
    const gate = one.needs.length + one.not.length > 0 ? gates.of({ needs: one.needs, not: one.not }) : -1;
    series.push({
      label,
      pattern,
      id,
      title,
      body,
      kind,
      core,
      topics,
      confidence,
      gate,
      everywhere: anchors === null,
      ...(country ? { country } : {}),
    });
    for (const anchor of anchors ?? [])
      patterns.push({ name: anchor, target: Target.series(series.length - 1), exact: false, language: 0 });
  }

  const words = listWords(phrases);
  const anchor = (name: string, grammar: GrammarName) => {
    patterns.push({ name, target: Target.grammar(grammar), exact: false, language: 0 });
    for (const slip of slips(name))
      patterns.push({ name: slip, target: Target.grammar(grammar), exact: true, language: 0 });
  };
  const numbers = numbersOf(records);
  for (const [grammar, list] of Object.entries(GRAMMAR_ANCHORS))
    for (const name of list) anchor(name, grammar as GrammarName);
  for (const prefix of bodyPrefixes(bodies)) anchor(prefix, 'iso');
  for (const [number, families] of Object.entries(numbers))
    if (/^\d{5}$/.test(number) && families.some((family) => coreFamily(records, family))) anchor(number, 'isoNumber');
  for (const kind of ['regulation', 'directive', 'decision', 'recommendation'] as const)
    for (const stem of new Set(actWords[kind])) anchor(`${stem}*`, 'euLaw');
  for (const word of actStarts(nationalActs)) anchor(word, 'acts');

  const facts: MatcherFacts = {
    names: targets.items,
    gates: gates.items,
    series,
    languages: languages.items,
    numbers,
    acts: actsOf(names.things, actWords),
    actWords,
    nationalActs,
    words,
    bodies,
  };
  const trie = buildTrie(patterns);
  return {
    'matcher.facts': Buffer.from(JSON.stringify(facts), 'utf8'),
    ...Object.fromEntries(Object.entries(trie).map(([name, array]) => [`matcher.${name}`, array])),
  };
}

const coreMade = new WeakMap<readonly RegistryRecord[], Set<string>>();

function coreFamily(records: readonly RegistryRecord[], family: string): boolean {
  let known = coreMade.get(records);
  if (!known) {
    known = new Set(records.filter((r) => r.core).map((r) => r.family ?? r.id));
    coreMade.set(records, known);
  }
  return known.has(family);
}
