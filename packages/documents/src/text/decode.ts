import { utf16 } from '../encoding.ts';
import { guessEncoding } from './encoding-statistics.ts';

export interface Decoded {
  /** Line ends are `\n`, the byte-order mark is gone, NUL is a space. */
  text: string;
  /** WHATWG name of the encoding. */
  encoding: string;
  /** What the encoding was known from. */
  by: 'mark' | 'valid' | 'declared' | 'statistics' | 'mixed';
}

export interface DecodeHints {
  /** Where a declaration may stand in the bytes themselves. */
  markup?: 'html' | 'xml' | undefined;
  /** An encoding named outside the bytes (a mail header). */
  declared?: string | undefined;
}

/** Enough of a text to judge its encoding. */
const SAMPLE = 256 * 1024;

/**
 * Bytes to a string, in any encoding. In order: byte-order mark; UTF-16 by its zeros or spaces; valid UTF-8; the encoding the file
 * declares, when the bytes fit it; UTF-8 with a few broken places; letter statistics. Never throws.
 */
export function decode(bytes: Uint8Array, hints: DecodeHints = {}): Decoded {
  const found = find(bytes, hints);
  return { ...found, text: normalise(found.text) };
}

function find(bytes: Uint8Array, hints: DecodeHints): Decoded {
  const marked = byMark(bytes);
  if (marked !== null) return { text: decodeAs(bytes, marked), encoding: marked, by: 'mark' };
  const wide = utf16(bytes) ?? utf16BySpaces(bytes);
  if (wide !== null) return { text: decodeAs(bytes, wide), encoding: wide, by: 'statistics' };
  const declared = usable(hints.declared ?? declaration(bytes, hints.markup));
  if (isIso2022(bytes)) return { text: decodeAs(bytes, 'iso-2022-jp'), encoding: 'iso-2022-jp', by: 'statistics' };
  const utf8 = tryAs(bytes, 'utf-8');
  if (utf8 !== null) return { text: utf8, encoding: 'utf-8', by: 'valid' };
  if (declared !== null && declared !== 'utf-8') {
    const text = tryAs(bytes, declared);
    if (text !== null) return { text, encoding: declared, by: 'declared' };
  }
  const mixed = mostlyUtf8(bytes);
  if (mixed !== null) return { text: mixed, encoding: 'utf-8', by: 'mixed' };
  const encoding = guessEncoding(sampleOf(bytes));
  return { text: decodeAs(bytes, encoding), encoding, by: 'statistics' };
}

function byMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return bytes[2] === 0 && bytes[3] === 0 && bytes.length >= 4 ? 'utf-32le' : 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 0xfe && bytes[3] === 0xff) return 'utf-32be';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** UTF-16 in a script without zeros (Greek, Japanese): blanks and line ends stand as pairs with one zero, always on one side. */
function utf16BySpaces(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const end = Math.min(bytes.length, 8192) & ~1;
  if (end < 16) return null;
  let little = 0;
  let big = 0;
  let zeros = 0;
  for (let at = 0; at < end; at += 2) {
    const first = bytes[at] as number;
    const second = bytes[at + 1] as number;
    if (first === 0 || second === 0) zeros++;
    if (second === 0 && (first === 32 || first === 10 || first === 13)) little++;
    if (first === 0 && (second === 32 || second === 10 || second === 13)) big++;
  }
  if (zeros < 2 || little + big < zeros * 0.3) return null;
  const winner = little > big * 4 ? 'utf-16le' : big > little * 4 ? 'utf-16be' : null;
  if (winner === null) return null;
  return tryAs(bytes.subarray(0, end), winner) === null ? null : winner;
}

/** ISO-2022-JP switches alphabets with escapes that no other text holds. */
function isIso2022(bytes: Uint8Array): boolean {
  const limit = Math.min(bytes.length, SAMPLE);
  for (let at = bytes.indexOf(0x1b); at !== -1 && at < limit; at = bytes.indexOf(0x1b, at + 1)) {
    if (bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x42 || bytes[at + 2] === 0x40)) return true;
  }
  return false;
}

const XML_DECLARATION = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']/;
const HTML_DECLARATION = /<meta[^>]{1,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})/i;

function declaration(bytes: Uint8Array, markup: DecodeHints['markup']): string | undefined {
  if (markup === undefined) return undefined;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('latin1');
  return XML_DECLARATION.exec(head)?.[1] ?? (markup === 'html' ? HTML_DECLARATION.exec(head)?.[1] : undefined);
}

/** WHATWG name of an encoding named somewhere; null for an unknown one. */
function usable(name: string | undefined): string | null {
  if (name === undefined) return null;
  const known = name
    .trim()
    .toLowerCase()
    .replace(/^cp-?(125\d)$/, 'windows-$1')
    .replace(/^(cp|ibm)-?(850|437)$/, 'windows-1252');
  try {
    const encoding = new TextDecoder(known).encoding;
    return encoding.startsWith('utf-16') ? null : encoding;
  } catch {
    return null;
  }
}

function tryAs(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return null;
  }
}

function decodeAs(bytes: Uint8Array, encoding: string): string {
  if (encoding === 'utf-32le' || encoding === 'utf-32be') return decodeUtf32(bytes, encoding === 'utf-32le');
  return new TextDecoder(encoding).decode(bytes);
}

function decodeUtf32(bytes: Uint8Array, little: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: string[] = [];
  for (let at = 4; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, little);
    pieces.push(code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code));
  }
  return pieces.join('');
}

/** A UTF-8 text into which pieces in another encoding were pasted, or that was cut inside a letter; null for anything else. */
function mostlyUtf8(bytes: Uint8Array): string | null {
  const loose = new TextDecoder('utf-8').decode(bytes);
  let wrong = 0;
  for (let at = loose.indexOf('\ufffd'); at !== -1; at = loose.indexOf('\ufffd', at + 1)) wrong++;
  let right = 0;
  const limit = Math.min(loose.length, SAMPLE * 4);
  for (let at = 0; at < limit; at++) if (loose.charCodeAt(at) > 127) right++;
  right -= wrong;
  if (wrong * 3 > right) return null;
  return wrong > 10_000 ? loose : mend(bytes);
}

/** Decodes as UTF-8, and each byte that is not UTF-8 as windows-1252. */
function mend(bytes: Uint8Array): string {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const latin = new TextDecoder('windows-1252');
  const pieces: string[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    pieces.push(decodeRun(bytes.subarray(start, at), strict), latin.decode(bytes.subarray(at, at + 1)));
    at++;
    start = at;
  }
  pieces.push(decodeRun(bytes.subarray(start), strict));
  return pieces.join('');
}

function decodeRun(run: Uint8Array, strict: InstanceType<typeof TextDecoder>): string {
  try {
    return strict.decode(run);
  } catch {
    return new TextDecoder('utf-8').decode(run);
  }
}

/** Bytes of the UTF-8 character at `at`; 0 where none stands. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  const length =
    first >= 0xf0 && first <= 0xf4 ? 4 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xc2 && first < 0xe0 ? 2 : 0;
  for (let next = 1; next < length; next++) {
    if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

/** The parts of a long text around its non-ASCII bytes: the rest says nothing. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= SAMPLE) return bytes;
  const first = bytes.findIndex((byte) => byte > 127);
  const from = Math.max(0, first - 1024);
  return bytes.subarray(from, from + SAMPLE);
}

function normalise(text: string): string {
  let out = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (out.includes('\r')) out = out.replace(/\r\n?/g, '\n');
  if (out.includes('\u0000')) out = out.replaceAll('\u0000', ' ');
  if (out.includes('\u0085') || out.includes('\u2028')) out = out.replace(/[\u0085\u2028\u2029]/g, '\n');
  return out;
}
