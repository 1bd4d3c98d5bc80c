/**
 * A trie over tokens, as typed arrays: edges in one open-addressed table, patterns in runs by node. It finds every name in
 * a text in one pass; what a name means, and whether it is meant here, is decided by others.
 */
import { BREAK, CUT, eachPrefix, exactHash, joinedHash, prefixHash, sieve, type Tokens, tokenize } from './tokens.ts';

/** One written form. */
export interface Pattern {
  /** As it is written. A trailing `*` lets the last token go on (`seadus*`). */
  name: string;
  /** What the caller wants to know when it is found. */
  target: number;
  /** The letters must stand in this case. */
  exact: boolean;
  /** Index of the language it is of, 0 for any. */
  language: number;
}

/** The arrays of a built trie. */
export interface Trie {
  /** Slots of the edge table, three numbers each: node, token hash, target node (0: empty). */
  edges: Int32Array;
  /** Bit set over the low bits of the hashes of first tokens. */
  first: Uint32Array;
  /** For each node, the index of its first pattern; one more at the end. */
  runs: Uint32Array;
  /** Bit set over `sieve` of the open-ended first tokens. */
  openFirst: Uint32Array;
  /** For each node, the lengths of the open-ended last tokens that start there, as bits. */
  open: Uint32Array;
  /** Per pattern. */
  target: Uint32Array;
  check: Int32Array;
  /** Bit 0: exact case; the rest: the language. */
  traits: Uint16Array;
}

const FIRST_BITS = 17;
const BREAK_MIX = 0x5bd1e995;
const OPEN_MIX = 0x3c6ef372;
/** An open-ended name of one token needs more letters than this; a shorter one is taken as it is written. */
const OPEN_LEAST = 3;

const slotOf = (node: number, hash: number, mask: number) => (hash ^ Math.imul(node, 0x9e3779b1)) & mask;
const mixed = (hash: number, flags: number) => (flags & BREAK ? hash ^ BREAK_MIX : hash);
const openMixed = (hash: number, length: number) => hash ^ Math.imul(OPEN_MIX, length);

/** Ways to read a name's punctuation: as written, and with none; `and` beside `&`. */
function variants(name: string): string[] {
  const out = [name];
  if (/[,;:()[\]"]/.test(name)) out.push(name.replace(/[,;:()[\]"]/g, ' '));
  if (name.includes(' and ')) out.push(...out.map((n) => n.replaceAll(' and ', ' & ')));
  if (name.includes(' & ')) out.push(...out.map((n) => n.replaceAll(' & ', ' and ')));
  return [...new Set(out)];
}

/** Builds the arrays. Throws on a name without a letter or digit. */
export function buildTrie(patterns: readonly Pattern[]): Trie {
  const children: Map<number, number>[] = [new Map()];
  const open: number[] = [0];
  const found: { node: number; target: number; check: number; traits: number }[] = [];
  const first = new Uint32Array(1 << (FIRST_BITS - 5));
  const openFirst = new Uint32Array(1 << 11);
  const note = (hash: number) => {
    const bit = hash & ((1 << FIRST_BITS) - 1);
    first[bit >> 5] = (first[bit >> 5] as number) | (1 << (bit & 31));
  };
  const step = (node: number, hash: number): number => {
    const known = children[node]?.get(hash);
    if (known !== undefined) return known;
    const made = children.length;
    children.push(new Map());
    open.push(0);
    children[node]?.set(hash, made);
    return made;
  };
  for (const pattern of patterns)
    for (const written of variants(pattern.name)) {
      const name = written.replace(/\*$/, '');
      const tokens = tokenize(name);
      if (tokens.count === 0) throw new Error(`a name without a letter or digit: ${JSON.stringify(pattern.name)}`);
      const openEnded = name !== written && (tokens.count > 1 || name.length > OPEN_LEAST);
      let node = 0;
      for (let i = 0; i < tokens.count; i++) {
        let hash = mixed(tokens.hash[i] as number, i === 0 ? 0 : (tokens.flags[i] as number));
        if (openEnded && i === tokens.count - 1) {
          const start = tokens.start[i] as number;
          const end = tokens.end[i] as number;
          const length = Math.min(end - start, 31);
          const flags = i === 0 ? 0 : (tokens.flags[i] as number);
          hash = mixed(openMixed(prefixHash(name, start, end, length) ?? 0, length), flags);
          open[node] = (open[node] as number) | (1 << length);
          if (i === 0) {
            const bit = sieve(name, start);
            openFirst[bit >> 5] = (openFirst[bit >> 5] as number) | (1 << (bit & 31));
          }
        } else if (i === 0) note(hash);
        node = step(node, hash);
      }
      const end = tokens.end[tokens.count - 1] as number;
      const check = pattern.exact ? exactHash(name, 0, end) : joinedHash(name, 0, end);
      found.push({ node, target: pattern.target, check, traits: (pattern.exact ? 1 : 0) | (pattern.language << 1) });
    }
  return { ...lay(children, open, found), first, openFirst };
}

function lay(
  children: Map<number, number>[],
  open: number[],
  found: { node: number; target: number; check: number; traits: number }[],
): Omit<Trie, 'first' | 'openFirst'> {
  let size = 1024;
  while (size < children.length * 2) size *= 2;
  const edges = new Int32Array(size * 3);
  children.forEach((of, node) => {
    for (const [hash, to] of of) {
      let slot = slotOf(node, hash, size - 1);
      while (edges[slot * 3 + 2] !== 0) slot = (slot + 1) & (size - 1);
      edges.set([node, hash, to], slot * 3);
    }
  });
  const seen = new Set<string>();
  const unique = found
    .sort((a, b) => a.node - b.node)
    .filter((p) => {
      const key = `${p.node} ${p.target} ${p.check} ${p.traits}`;
      return seen.has(key) ? false : seen.add(key);
    });
  const runs = new Uint32Array(children.length + 1);
  for (const p of unique) runs[p.node + 1] = (runs[p.node + 1] as number) + 1;
  for (let i = 0; i < children.length; i++) runs[i + 1] = (runs[i + 1] as number) + (runs[i] as number);
  return {
    edges,
    runs,
    open: Uint32Array.from(open),
    target: Uint32Array.from(unique, (p) => p.target),
    check: Int32Array.from(unique, (p) => p.check),
    traits: Uint16Array.from(unique, (p) => p.traits),
  };
}

function follow(trie: Trie, node: number, hash: number): number {
  const edges = trie.edges;
  const mask = edges.length / 3 - 1;
  let slot = slotOf(node, hash, mask);
  for (;;) {
    const at = slot * 3;
    const to = edges[at + 2] as number;
    if (to === 0) return 0;
    if (edges[at + 1] === hash && edges[at] === node) return to;
    slot = (slot + 1) & mask;
  }
}

/** Told of a name found: which pattern's target, its language, and the first and last token it covers. */
export type OnHit = (target: number, language: number, firstToken: number, lastToken: number, end: number) => void;

/** Finds every name in `text`, nested and overlapping ones too. */
export function scan(trie: Trie, text: string, tokens: Tokens, onHit: OnHit): void {
  const { hash, start, end, flags, count } = tokens;
  const { first, openFirst, runs, open } = trie;
  const low = (1 << FIRST_BITS) - 1;

  const report = (node: number, from: number, to: number, stop: number): void => {
    const last = runs[node + 1] as number;
    for (let p = runs[node] as number; p < last; p++) {
      const a = start[from] as number;
      const traits = trie.traits[p] as number;
      // Hashes of tokens may collide, and the trie itself does not see case. An open-ended token is checked as far as it is shared.
      const check = traits & 1 ? exactHash(text, a, stop) : joinedHash(text, a, stop);
      if (check !== trie.check[p]) continue;
      onHit(trie.target[p] as number, traits >> 1, from, to, end[to] as number);
    }
  };

  const walk = (node: number, i: number, from: number): void => {
    let at = node;
    let j = i;
    while (j < count) {
      const flag = j === from ? 0 : (flags[j] as number);
      if (open[at] !== 0) openEnded(at, j, from, flag);
      if (((flags[j] as number) & CUT) !== 0 && j + 1 < count) {
        const glued = mixed(joinedHash(text, start[j] as number, end[j + 1] as number), flag);
        const to = follow(trie, at, glued);
        if (to !== 0) {
          report(to, from, j + 1, end[j + 1] as number);
          walk(to, j + 2, from);
        }
      }
      const to = follow(trie, at, mixed(hash[j] as number, flag));
      if (to === 0) return;
      if (runs[to] !== runs[to + 1]) report(to, from, j, end[j] as number);
      at = to;
      j++;
    }
  };

  const openEnded = (node: number, j: number, from: number, flag: number): void => {
    const a = start[j] as number;
    eachPrefix(text, a, end[j] as number, open[node] as number, (prefix, length) => {
      const to = follow(trie, node, mixed(openMixed(prefix, length), flag));
      if (to !== 0) report(to, from, j, a + length);
    });
  };

  const anyOpen = open[0] !== 0;
  for (let i = 0; i < count; i++) {
    const bit = (hash[i] as number) & low;
    if ((((first[bit >> 5] as number) >>> (bit & 31)) & 1) !== 0 || ((flags[i] as number) & CUT) !== 0) walk(0, i, i);
    else if (anyOpen) {
      const a = start[i] as number;
      if ((end[i] as number) - a <= OPEN_LEAST) continue;
      const two = sieve(text, a);
      if ((((openFirst[two >> 5] as number) >>> (two & 31)) & 1) !== 0) openEnded(0, i, i, 0);
    }
  }
}
