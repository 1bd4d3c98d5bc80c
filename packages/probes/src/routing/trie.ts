import { bitAt, type Prefix } from './prefix.ts';

/** Numbers in one array that grows by half: a million take 4 to 6 MB rather than a million objects. */
class Numbers {
  #values = new Int32Array(1024);
  length = 0;

  push(value: number): number {
    if (this.length === this.#values.length) {
      const room = new Int32Array(Math.ceil(this.#values.length * 1.5));
      room.set(this.#values);
      this.#values = room;
    }
    this.#values[this.length] = value;
    this.length += 1;
    return this.length - 1;
  }

  get(at: number): number {
    return this.#values[at] ?? 0;
  }

  set(at: number, value: number): void {
    this.#values[at] = value;
  }
}

/**
 * One family: a binary tree without the nodes that only lead on (Morrison's PATRICIA). A node is a network: its bits in words of 32, its length, two
 * children of which each is longer, and the first of its entries. 0 is no node and no entry.
 */
class Tree {
  readonly #words: number;
  readonly #key = new Numbers();
  readonly #length = new Numbers();
  readonly #child = new Numbers();
  readonly #first = new Numbers();

  constructor(words: 1 | 4) {
    this.#words = words;
    const nothing = Array<number>(words).fill(0);
    // The place of "none", then the root.
    this.#node(nothing, 0);
    this.#node(nothing, 0);
  }

  #node(key: readonly number[], length: number): number {
    for (const word of key) this.#key.push(word);
    this.#child.push(0);
    this.#child.push(0);
    this.#length.push(length);
    return this.#first.push(0);
  }

  /** Puts an entry at a prefix; gives the one that was first there. */
  put({ bytes, length }: Prefix, entry: number): number {
    const key = wordsOf(bytes);
    let at = 1;
    while (this.#length.get(at) !== length) {
      const side = 2 * at + bitAt(bytes, this.#length.get(at));
      const child = this.#child.get(side);
      if (child === 0) {
        at = this.#node(key, length);
        this.#child.set(side, at);
        break;
      }
      const shared = this.#shared(key, child, length);
      if (shared < this.#length.get(child)) {
        // They part ways above the child: a node for what they share takes its place.
        const fork = this.#node(key, shared);
        this.#child.set(side, fork);
        this.#child.set(2 * fork + this.#bit(child, shared), child);
        at = fork;
      } else at = child;
    }
    const before = this.#first.get(at);
    this.#first.set(at, entry);
    return before;
  }

  /** The first entry of each prefix on the way to that one, shortest first, with its length. */
  *along({ bytes, length }: Prefix): Generator<[entry: number, length: number]> {
    const key = wordsOf(bytes);
    let at = 1;
    while (at !== 0) {
      const here = this.#length.get(at);
      const entry = this.#first.get(at);
      if (entry !== 0) yield [entry, here];
      if (here === length) return;
      const child = this.#child.get(2 * at + bitAt(bytes, here));
      at =
        this.#length.get(child) <= length && this.#shared(key, child, length) === this.#length.get(child) ? child : 0;
    }
  }

  /** How many first bits a key and a node share, up to the shorter of both. */
  #shared(key: readonly number[], node: number, length: number): number {
    const most = Math.min(length, this.#length.get(node));
    for (let word = 0; word * 32 < most; word += 1) {
      const differ = (key[word] ?? 0) ^ this.#key.get(node * this.#words + word);
      if (differ !== 0) return Math.min(most, word * 32 + Math.clz32(differ));
    }
    return most;
  }

  #bit(node: number, bit: number): number {
    return (this.#key.get(node * this.#words + (bit >> 5)) >>> (31 - (bit & 31))) & 1;
  }
}

function wordsOf(bytes: Uint8Array): number[] {
  const words: number[] = [];
  for (let at = 0; at < bytes.length; at += 4) {
    words.push(
      ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0),
    );
  }
  return words;
}

/** An entry that covers a prefix: its own length and the two numbers that it came with. */
export interface Covering {
  prefix: Prefix;
  origin: number;
  extra: number;
}

/**
 * Networks of both families with two numbers each, in typed arrays: 570,000 VRPs take about 50 MB. Finds all that cover an address or network by walking its bits.
 */
export class PrefixTrie {
  readonly #trees = { 4: new Tree(1), 16: new Tree(4) };
  readonly #next = new Numbers();
  readonly #origin = new Numbers();
  readonly #extra = new Numbers();

  constructor() {
    for (const list of [this.#next, this.#origin, this.#extra]) list.push(0);
  }

  get size(): number {
    return this.#next.length - 1;
  }

  /** @param origin An AS number, or another of 32 bits. @param extra A small number that goes with it. */
  add(prefix: Prefix, origin: number, extra = 0): void {
    const entry = this.#origin.push(origin | 0);
    this.#extra.push(extra);
    this.#next.push(0);
    this.#next.set(entry, this.#tree(prefix).put(prefix, entry));
  }

  /** All entries whose network holds that one, shortest first. */
  covering(prefix: Prefix): Covering[] {
    const found: Covering[] = [];
    for (const [first, length] of this.#tree(prefix).along(prefix)) {
      for (let entry = first; entry !== 0; entry = this.#next.get(entry)) {
        const bytes = prefix.bytes.map((byte, at) => byte & (0xff00 >> Math.min(8, Math.max(0, length - at * 8))));
        found.push({ prefix: { bytes, length }, origin: this.#origin.get(entry) >>> 0, extra: this.#extra.get(entry) });
      }
    }
    return found;
  }

  #tree({ bytes }: Prefix): Tree {
    return bytes.length === 4 ? this.#trees[4] : this.#trees[16];
  }
}

/** A network in text: IPv4 in dots, IPv6 in groups with the longest run of zeros left out (RFC 5952 section 4.2). */
export function prefixText({ bytes, length }: Prefix): string {
  if (bytes.length === 4) return `${bytes.join('.')}/${length}`;
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((bytes[2 * at] ?? 0) * 256 + (bytes[2 * at + 1] ?? 0)).toString(16),
  );
  const runs = [
    ...groups
      .map((group) => (group === '0' ? '0' : 'x'))
      .join('')
      .matchAll(/00+/g),
  ];
  const longest = runs.toSorted((a, b) => b[0].length - a[0].length)[0];
  if (!longest) return `${groups.join(':')}/${length}`;
  const after = longest.index + longest[0].length;
  return `${groups.slice(0, longest.index).join(':')}::${groups.slice(after).join(':')}/${length}`;
}
