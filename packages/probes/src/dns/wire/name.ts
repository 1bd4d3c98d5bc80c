import { FormatError } from './format-error.ts';

/**
 * A domain name in the one spelling this room compares: lower case, labels joined by dots, no dot at the end, the root
 * as `.`; a dot or backslash inside a label and octets that are no printable ASCII are escaped as in a zone file (RFC
 * 1035 section 5.1). Two names are the same name (RFC 4343) exactly when the strings are equal.
 */
export type Name = string;

export const ROOT: Name = '.';

/** Most octets of a name on the wire, and most labels that fit in it (RFC 1035 section 3.1). */
const LONGEST = 255;

/**
 * The name that a person wrote. In: presentation format, with or without the last dot, any case.
 * @throws FormatError for an empty label, a label over 63 octets, a name over 255, or a broken escape.
 */
export function parseName(text: string): Name {
  if (text === '.' || text === '') return ROOT;
  const labels: string[] = [];
  let label = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (char === '.') {
      labels.push(label);
      label = '';
    } else if (char === '\\') {
      const digits = /^\d{3}/.exec(text.slice(at + 1, at + 4))?.[0];
      const code = digits ? Number(digits) : text.charCodeAt(at + 1);
      if (Number.isNaN(code) || code > 255) throw new FormatError(`the name "${text}" has a broken escape`);
      label += String.fromCharCode(code);
      at += digits ? 3 : 1;
    } else {
      if (char.charCodeAt(0) > 127) throw new FormatError(`the name "${text}" is not ASCII: give its A-label (xn--…)`);
      label += char;
    }
  }
  if (label !== '' || !text.endsWith('.')) labels.push(label);
  const length = labels.reduce((sum, one) => sum + one.length + 1, 1);
  if (length > LONGEST || labels.some((one) => one === '' || one.length > 63))
    throw new FormatError(`the name "${text}" has an empty label, one over 63 octets, or more than 255 in all`);
  return nameOf(labels);
}

/** The name with these labels: raw octets as one character each, topmost last. Lowers the case. */
export function nameOf(labels: readonly string[]): Name {
  return labels.length === 0 ? ROOT : labels.map(spell).join('.');
}

function spell(label: string): string {
  const low = label.replace(/[A-Z]/g, (char) => char.toLowerCase());
  if (/^[!-[\]-~]*$/.test(low) && !low.includes('.')) return low;
  return low.replace(/[^!-~]|[.\\]/g, (char) =>
    char === '.' || char === '\\' ? `\\${char}` : `\\${String(char.charCodeAt(0)).padStart(3, '0')}`,
  );
}

/** The labels as raw octets (one character each), topmost last; none for the root. */
export function labelsOf(name: Name): string[] {
  if (name === ROOT) return [];
  if (!name.includes('\\')) return name.split('.');
  return (name.match(/(?:\\\d{3}|\\.|[^.\\])+/g) ?? []).map((label) =>
    label.replace(/\\(\d{3}|.)/g, (_, code: string) => (code.length === 3 ? String.fromCharCode(Number(code)) : code)),
  );
}

/** The wire form, uncompressed and in lower case: the canonical form of RFC 4034 section 6.2. */
export function nameToWire(name: Name): Buffer {
  return labelsToWire(labelsOf(name));
}

/** The same of labels, in the case that they have. */
export function labelsToWire(labels: readonly string[]): Buffer {
  return Buffer.from(`${labels.map((label) => String.fromCharCode(label.length) + label).join('')}\0`, 'latin1');
}

/** A name made of labels on top of another, or null where it would be longer than a name can be. */
export function nameBelow(labels: readonly string[], name: Name): Name | null {
  const all = [...labels, ...labelsOf(name)];
  return all.reduce((sum, label) => sum + label.length + 1, 1) > LONGEST ? null : nameOf(all);
}

/** The name one label up; the root is its own parent. */
export function parentOf(name: Name): Name {
  return nameOf(labelsOf(name).slice(1));
}

/** Is `name` the ancestor itself or below it? */
export function isWithin(name: Name, ancestor: Name): boolean {
  if (ancestor === ROOT || name === ancestor) return true;
  if (!name.endsWith(`.${ancestor}`)) return false;
  // A dot that is escaped does not part labels; counting labels settles it.
  return !name.includes('\\') || commonAncestor(name, ancestor) === ancestor;
}

export function isBelow(name: Name, ancestor: Name): boolean {
  return name !== ancestor && isWithin(name, ancestor);
}

/** The longest name that both are within. */
export function commonAncestor(one: Name, other: Name): Name {
  const [a, b] = [labelsOf(one), labelsOf(other)];
  let shared = 0;
  while (shared < a.length && shared < b.length && a[a.length - 1 - shared] === b[b.length - 1 - shared]) shared += 1;
  return nameOf(a.slice(a.length - shared));
}

/** Canonical order of names (RFC 4034 section 6.1): negative, zero or positive as for `sort`. */
export function compareNames(one: Name, other: Name): number {
  const [a, b] = [labelsOf(one).reverse(), labelsOf(other).reverse()];
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    // One character an octet, so the order of strings is the order of octets.
    const [left, right] = [a[at] as string, b[at] as string];
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.length - b.length;
}

/** The wildcard directly below a name (RFC 4592 section 2.1.1). */
export function wildcardAt(name: Name): Name {
  return name === ROOT ? '*' : `*.${name}`;
}

/**
 * Number of labels as an RRSIG counts them: without the root and without a leading asterisk (RFC 4034 section 3.1.3).
 */
export function countLabels(name: Name): number {
  const labels = labelsOf(name);
  return labels[0] === '*' ? labels.length - 1 : labels.length;
}

/**
 * Reads a name, compressed or not (RFC 1035 section 4.1.4). A pointer may only go back before where the name began, so
 * that reading ends. Out: the labels as they are spelled there, and the offset after the name.
 * @throws FormatError where the name runs out of the message, is longer than 255 octets, or points forward.
 */
export function readLabels(bytes: Buffer, offset: number): { labels: string[]; end: number } {
  const labels: string[] = [];
  let [at, start, length, end] = [offset, offset, 1, -1];
  for (;;) {
    const size = bytes[at];
    if (size === undefined) throw new FormatError('a name runs past the end of the message');
    if (size >= 0xc0) {
      const low = bytes[at + 1];
      if (low === undefined) throw new FormatError('a name runs past the end of the message');
      const target = ((size & 0x3f) << 8) | low;
      if (target >= start) throw new FormatError('a compression pointer does not point back');
      if (end < 0) end = at + 2;
      at = target;
      start = target;
    } else if (size > 63) {
      throw new FormatError('a label has a reserved type');
    } else if (size === 0) {
      return { labels, end: end < 0 ? at + 1 : end };
    } else {
      length += size + 1;
      if (length > LONGEST) throw new FormatError('a name is longer than 255 octets');
      if (at + 1 + size > bytes.length) throw new FormatError('a name runs past the end of the message');
      labels.push(bytes.toString('latin1', at + 1, at + 1 + size));
      at += 1 + size;
    }
  }
}
