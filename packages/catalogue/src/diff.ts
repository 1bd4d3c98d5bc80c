import type { Demand } from './derive.ts';
import type { Language, Level } from './scales.ts';
import type { Catalogue, Requirement, Text } from './schema.ts';
import { isText } from './text.ts';

/** What another catalogue, or another context, makes different in a demand. */
export interface DemandDiff {
  from: { edition: string; hash: string };
  to: { edition: string; hash: string };
  added: string[];
  removed: string[];
  levels: { id: string; from: Level; to: Level }[];
  parameters: { id: string; parameter: string; from: number | null; to: number | null }[];
  knockouts: { id: string; from: boolean; to: boolean }[];
  /** Requirements in both whose words, choices or checks differ: answers to the old question may not be re-used. */
  reworded: string[];
  risks: { id: string; from: number | null; to: number | null }[];
}

export interface DemandWithCatalogue {
  demand: Demand;
  catalogue: Catalogue;
}

/** Compares two demands; each is read with the catalogue or snapshot it was made from. */
export function diffDemands(before: DemandWithCatalogue, after: DemandWithCatalogue): DemandDiff {
  const old = new Map(before.demand.requirements.map((one) => [one.id, one]));
  const now = new Map(after.demand.requirements.map((one) => [one.id, one]));
  const both = [...old.keys()].filter((id) => now.has(id));
  const pairs = both.flatMap((id) => {
    const [a, b] = [old.get(id), now.get(id)];
    return a && b ? [{ id, a, b }] : [];
  });
  const scores = (demand: Demand): Map<string, number> => new Map(demand.risks.map(({ id, score }) => [id, score]));
  const [scoreThen, scoreNow] = [scores(before.demand), scores(after.demand)];
  return {
    from: before.demand.catalogue,
    to: after.demand.catalogue,
    added: [...now.keys()].filter((id) => !old.has(id)),
    removed: [...old.keys()].filter((id) => !now.has(id)),
    levels: pairs.flatMap(({ id, a, b }) => (a.level === b.level ? [] : [{ id, from: a.level, to: b.level }])),
    parameters: pairs.flatMap(({ id, a, b }) =>
      [...new Set([...Object.keys(a.parameters), ...Object.keys(b.parameters)])]
        .filter((parameter) => a.parameters[parameter] !== b.parameters[parameter])
        .map((parameter) => ({
          id,
          parameter,
          from: a.parameters[parameter] ?? null,
          to: b.parameters[parameter] ?? null,
        })),
    ),
    knockouts: pairs.flatMap(({ id, a, b }) =>
      a.knockout === b.knockout ? [] : [{ id, from: a.knockout, to: b.knockout }],
    ),
    reworded: both.filter((id) => !isSame(entry(before.catalogue, id), entry(after.catalogue, id))),
    risks: [...new Set([...scoreThen.keys(), ...scoreNow.keys()])]
      .sort()
      .filter((id) => scoreThen.get(id) !== scoreNow.get(id))
      .map((id) => ({ id, from: scoreThen.get(id) ?? null, to: scoreNow.get(id) ?? null })),
  };
}

/** Does the diff say that nothing is different? */
export function isUnchanged({ from: _, to: __, ...lists }: DemandDiff): boolean {
  return Object.values(lists).every((list) => list.length === 0);
}

/** What another edition makes different in the catalogue itself, in one language. */
export interface CatalogueDiff {
  from: { edition: string; hash: string };
  to: { edition: string; hash: string };
  added: string[];
  /** Gone, or retired. */
  removed: string[];
  changed: EntryDiff[];
}
export interface EntryDiff {
  id: string;
  /** Old and new words by their place in the entry; null where one has none. Both the same: another language differs. */
  words: { path: string; from: string | null; to: string | null }[];
  /** What is not words: values of levels, choices, references, whether it may be a knock-out. */
  values: { path: string; from: string | null; to: string | null }[];
}

/**
 * Compares what two catalogues hold. Of risks only those that both have: a kept snapshot has those of its purchase and no others, so that one
 * that is not there says nothing.
 */
export function diffCatalogues(before: Catalogue, after: Catalogue, language: Language): CatalogueDiff {
  const [old, now] = [standing(before.requirements), standing(after.requirements)];
  const [oldRisks, nowRisks] = [standing(before.risks), standing(after.risks)];
  const differing = <T extends { id: string }>(then: Map<string, T>, next: Map<string, T>): EntryDiff[] =>
    [...next].flatMap(([id, to]) => {
      const from = then.get(id);
      return from && !isSame(from, to) ? [entryDiff(id, from, to, language)] : [];
    });
  return {
    from: { edition: before.edition.edition, hash: before.hash },
    to: { edition: after.edition.edition, hash: after.hash },
    added: [...now.keys()].filter((id) => !old.has(id)),
    removed: [...old.keys()].filter((id) => !now.has(id)),
    changed: [...differing(old, now), ...differing(oldRisks, nowRisks)],
  };
}

function standing<T extends { id: string; retired?: string | undefined }>(entries: readonly T[]): Map<string, T> {
  return new Map(entries.filter(({ retired }) => retired === undefined).map((one) => [one.id, one]));
}

function entryDiff(id: string, before: object, after: object, language: Language): EntryDiff {
  const [old, now] = [new Map(leavesOf(before)), new Map(leavesOf(after))];
  const differing = [...new Set([...old.keys(), ...now.keys()])]
    .map((path) => ({ path, from: old.get(path) ?? null, to: now.get(path) ?? null }))
    .filter(({ from, to }) => !isSame(from, to));
  const said = (leaf: Leaf | null): string | null =>
    leaf === null ? null : typeof leaf === 'object' ? leaf[language] : String(leaf);
  const shown = differing.map(({ path, from, to }) => ({
    path,
    from: said(from),
    to: said(to),
    isWords: typeof (from ?? to) === 'object',
  }));
  const pick = (words: boolean) =>
    shown.filter(({ isWords }) => isWords === words).map(({ path, from, to }) => ({ path, from, to }));
  return { id, words: pick(true), values: pick(false) };
}

type Leaf = Text | string | number | boolean;

/** Every text and value of an entry by its path; members of lists by their id where they have one. */
function* leavesOf(value: unknown, path: readonly string[] = []): Generator<[path: string, leaf: Leaf]> {
  if (value === null || value === undefined) return;
  if (typeof value !== 'object') yield [path.join('.'), value as Leaf];
  else if (isText(value)) yield [path.join('.'), value];
  else if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) {
    if (value.length > 0) yield [path.join('.'), value.join(', ')];
  } else
    for (const [key, inner] of Object.entries(value)) {
      const own = Array.isArray(value) && typeof inner?.id === 'string' ? String(inner.id) : key;
      yield* leavesOf(inner, [...path, own]);
    }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function entry(catalogue: Catalogue, id: string): Requirement | null {
  return catalogue.requirements.find((one) => one.id === id) ?? null;
}
