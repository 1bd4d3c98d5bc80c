/** Minima kept of a text; with 128 a similarity is known to about ±0.04. */
const BINS = 128;
/** Minima that make one band. Two texts meet in a bucket when one band agrees: nearly surely from a similarity of 0.7 on. */
const ROWS = 4;
/**
 * Share of three-word sequences from which two texts count as the same document. Among 290 real ones, the same text in two formats
 * has 0.99, an amended tender 0.93 to 0.97, one form filled in for two purchases 0.78, two clause sets on one template 0.80.
 */
const SAME = 0.85;
/** Texts with fewer sequences than this are forms and covers: alike without being the same. */
const MIN_SEQUENCES = 12;
/** Documents compared with at most; keeps the cost linear where thousands share a template. */
const MAX_COMPARED = 48;

/**
 * A small fingerprint of what a text says, the same for all formats: minima of hashes over sequences of three words, by one
 * permutation (Li, Owen, Zhang 2012), empty bins filled from their neighbours. Numbers, punctuation and case do not count, since
 * a converter may add or lose them. Empty for a text too short to tell.
 */
export function signatureOf(text: string): number[] {
  const bins = new Uint32Array(BINS).fill(0xffffffff);
  let first = 0;
  let second = 0;
  let sequences = 0;
  for (const word of wordHashes(text)) {
    if (first !== 0) {
      const hash = mix(Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca77) ^ word);
      const bin = hash & (BINS - 1);
      const value = hash >>> 7;
      if (value < (bins[bin] ?? 0)) bins[bin] = value;
      sequences++;
    }
    first = second;
    second = word;
  }
  if (sequences < MIN_SEQUENCES) return [];
  return densify(bins);
}

/** Estimated share of word sequences two texts have in common, 0 to 1. */
export function similarity(a: readonly number[], b: readonly number[]): number {
  if (a.length !== BINS || b.length !== BINS) return 0;
  let same = 0;
  for (let i = 0; i < BINS; i++) if (a[i] === b[i]) same++;
  return same / BINS;
}

/** Finds, for documents added one after the other, the first one that says nearly the same. */
export class SimilarIndex {
  private readonly buckets = new Map<string, number[]>();
  private readonly originals: { name: string; signature: readonly number[] }[] = [];

  /** The name of the first document of the group this one belongs to; null where it is the first of its kind or too short to tell. */
  add(name: string, signature: readonly number[]): string | null {
    if (signature.length !== BINS) return null;
    const keys = bandKeys(signature);
    const seen = new Set<number>();
    let best = -1;
    let most = SAME;
    for (const key of keys) {
      for (const index of this.buckets.get(key) ?? []) {
        if (seen.has(index) || seen.size >= MAX_COMPARED) continue;
        seen.add(index);
        const share = similarity(signature, this.originals[index]?.signature ?? []);
        if (share > most || (share === most && best < 0)) {
          best = index;
          most = share;
        }
      }
    }
    if (best >= 0) return this.originals[best]?.name ?? null;
    const index = this.originals.push({ name, signature }) - 1;
    for (const key of keys) {
      const bucket = this.buckets.get(key);
      if (bucket === undefined) this.buckets.set(key, [index]);
      else if (bucket.length < MAX_COMPARED) bucket.push(index);
    }
    return null;
  }
}

function bandKeys(signature: readonly number[]): string[] {
  const keys: string[] = [];
  for (let at = 0; at < BINS; at += ROWS) keys.push(`${at}:${signature.slice(at, at + ROWS).join(',')}`);
  return keys;
}

/** Hashes of the words of a text, lower case; letters only. Scripts without spaces give one word a character. */
function* wordHashes(text: string): Generator<number> {
  const lower = text.toLowerCase();
  let hash = 0;
  let length = 0;
  for (let i = 0; i <= lower.length; i++) {
    const code = i < lower.length ? lower.charCodeAt(i) : 32;
    const wide = code >= 0x2e80 && code <= 0xd7a3;
    if (!wide && isLetter(code)) {
      hash = Math.imul(hash ^ code, 0x01000193) + 0x811c9dc5;
      length++;
      continue;
    }
    if (length > 1) yield mix(hash);
    hash = 0;
    length = 0;
    if (wide && code > 0x303f) yield mix(code);
  }
}

function isLetter(code: number): boolean {
  if (code < 128) return code >= 97 && code <= 122;
  return code >= 0xc0 && (code < 0x2000 || (code > 0x2bff && code < 0xe000)) && code !== 0xd7 && code !== 0xf7;
}

/** Spreads a 32-bit value over all its bits (the finaliser of MurmurHash3). */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** An empty bin takes the next full one's value, changed by the distance, so that short texts compare as well. */
function densify(bins: Uint32Array): number[] {
  return Array.from(bins, (value, at) => {
    if (value !== 0xffffffff) return value;
    for (let step = 1; step < BINS; step++) {
      const other = bins[(at + step) % BINS] ?? 0xffffffff;
      if (other !== 0xffffffff) return mix(other + Math.imul(step, 0x27d4eb2f));
    }
    return 0;
  });
}
