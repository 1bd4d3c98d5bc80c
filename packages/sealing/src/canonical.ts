import { SealingError } from './errors.ts';
import { sha256Hex } from './hash.ts';

/**
 * A value as canonical JSON (RFC 8785, JCS): the same value gives the same text everywhere. `JSON.stringify` already writes numbers and
 * strings as section 3.2.2 asks; what is added is the order of names (section 3.2.3: UTF-16 code units, as `sort` does) and refusals.
 * @throws SealingError `not-json` for what JSON cannot hold or a reader would get back changed: undefined, NaN, a date, half a surrogate pair.
 */
export function canonicalJson(value: unknown, at = ''): string {
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'string':
      if (!value.isWellFormed()) throw notJson(at, 'a text with half a surrogate pair');
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw notJson(at, String(value));
      return JSON.stringify(value);
    case 'object':
      return value === null ? 'null' : canonicalObject(value, at);
    default:
      throw notJson(at, typeof value);
  }
}

function canonicalObject(value: object, at: string): string {
  // Not `map`: it leaves the holes of a list out of the walk.
  if (Array.isArray(value)) return `[${Array.from(value, (one, i) => canonicalJson(one, `${at}[${i}]`)).join(',')}]`;
  const prototype = Object.getPrototypeOf(value);
  // A plain object of another realm (a page's frame, a worker) has another `Object`, whose prototype ends the chain as well.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw notJson(at, 'an object of a class');
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, one]) => `${canonicalJson(name, at)}:${canonicalJson(one, `${at}.${name}`)}`).join(',')}}`;
}

function notJson(at: string, what: string): SealingError {
  return new SealingError(
    'not-json',
    `The value at "${at || 'the top'}" is ${what}, which JSON cannot hold. Leave it out.`,
  );
}

/** SHA-256 of a value's canonical JSON, in hex. @throws SealingError `not-json` as `canonicalJson` does. */
export function canonicalHash(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}
