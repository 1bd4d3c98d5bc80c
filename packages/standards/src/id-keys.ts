/** Keys under which an id is found: as it is, and however loosely a person typed it. Hash tables of such keys, as typed arrays. */

/** FNV-1a over the UTF-16 code units; `seed` gives a second, independent hash. */
function hashText(text: string, seed = 0x811c9dc5): number {
  let h = seed;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h ^= h >>> 15;
  return (Math.imul(h, 0x2c1b3c6d) ^ (h >>> 13)) >>> 0;
}
const SECOND = 0x9747b28c;

/** National and regional bodies that put their mark before a number they adopt. */
const ADOPTERS =
  /^(?:(?:nen|din|bs|nf|une|uni|uni cei|cei|ds|ss|sn|ns|nbn|np|pn|csn|evs|sfs|lst|lvs|stn|msz|sr|bds|hrn|sist|elot|i\.?s\.?|abnt|nbr|as|nzs|asnzs|can|csa|jis q|onorm|ilnas|ks x?)[\s\-/]+)+(?=en\b|iso|iec)/;

/**
 * What is left of an id when spelling is taken away: case, accents, blanks, joiners, the marks of adopting bodies, `Std`, `PUB`, and
 * `v` or `version` before a number. `TLSv1.2`, `tls 1.2` and `TLS-1.2` have one key; so have `ISO27001:2013` and `NEN-ISO/IEC 27001:2013`.
 */
export function looseKey(text: string): string {
  let s = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\u00ad\u2010-\u2015]/g, '-')
    .trim();
  s = s.replace(ADOPTERS, '');
  s = s
    .replace(/\biso\s*\/\s*(?:iec|cei)(?:\s*\/\s*ieee)?\b/g, 'iso')
    .replace(/\bcei\b/g, 'iec')
    .replace(/\b(?:special publication)\b/g, 'sp')
    .replace(/\b(?:publication|pub|std|standard|recommendation|rec)\b\.?/g, '')
    .replace(/\bfederal information processing\b/g, 'fips')
    .replace(/\b(?:revision|rev|r)\.?\s*(?=\d)/g, 'rev')
    .replace(/(\d)r(\d+)$/, '$1rev$2')
    .replace(/\b(?:version|vers|ver|v)\.?\s*(?=\d)/g, '')
    .replace(/([a-z])v(?=\d)/g, '$1')
    .replace(/\+/g, 'plus');
  s = s
    .replace(/^en[\s-]+(?=iso|iec)/, '')
    .replace(/^ieee[\s-]*(?=802)/, '')
    .replace(/^(?:nist|etsi|3gpp|itu-t|itu|oasis|w3c)\s+(?=.*\d)/, '');
  return s.replace(/[^\p{L}\p{N}]+/gu, '');
}

/** A read-only table from key to a number. */
export interface KeyTable {
  /** The number, or -1. */
  find(key: string): number;
}

/** Packs the pairs: slots of (hash, second hash, value + 1). The first pair with a key wins. */
export function packKeys(pairs: Iterable<readonly [key: string, value: number]>, count: number): Uint32Array {
  let size = 8;
  while (size < count * 2) size *= 2;
  const slots = new Uint32Array(size * 3);
  for (const [key, value] of pairs) {
    const [a, b] = [hashText(key), hashText(key, SECOND)];
    let at = a & (size - 1);
    while (slots[at * 3 + 2] !== 0) {
      if (slots[at * 3] === a && slots[at * 3 + 1] === b) break;
      at = (at + 1) & (size - 1);
    }
    if (slots[at * 3 + 2] === 0) slots.set([a, b, value + 1], at * 3);
  }
  return slots;
}

/** Opens a packed table. Two keys are taken for one when both their hashes agree, which among 10^5 keys happens once in 10^9 tables. */
export function openKeys(slots: Uint32Array): KeyTable {
  const mask = slots.length / 3 - 1;
  return {
    find(key) {
      const [a, b] = [hashText(key), hashText(key, SECOND)];
      for (let at = a & mask; ; at = (at + 1) & mask) {
        const value = slots[at * 3 + 2] ?? 0;
        if (value === 0) return -1;
        if (slots[at * 3] === a && slots[at * 3 + 1] === b) return value - 1;
      }
    },
  };
}
