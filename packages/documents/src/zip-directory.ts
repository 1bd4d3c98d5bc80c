import { UnreadableError } from './reader.ts';

/** One file of an archive, as its central directory states it. */
export interface ZipEntry {
  /** With `/` between folders; a name that ends in `/` is a folder. */
  name: string;
  /** Uncompressed bytes, as declared. */
  size: number;
  compressedSize: number;
  /** 0 stored, 8 deflated; others are not read. */
  method: number;
  encrypted: boolean;
  /** CRC-32 of the uncompressed bytes; null where the directory is lost. */
  crc: number | null;
  /** Byte offset of the local header. */
  offset: number;
  /** The bytes of the name as stored, to compare with the local header. */
  rawName: Uint8Array;
}

/** More files than any real tender folder holds; an archive with more is refused. */
const MAX_ENTRIES = 50_000;

const END = 0x06054b50;
const END64_LOCATOR = 0x07064b50;
const END64 = 0x06064b50;
const CENTRAL = 0x02014b50;
export const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const FULL32 = 0xffffffff;

/** Code page 437, upper half: what names are written in when neither the UTF-8 flag nor valid UTF-8 says otherwise. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/**
 * Reads the central directory (APPNOTE 4.3.12, zip64 4.3.14); null when there is none, as in a truncated file.
 * Throws `UnreadableError` for more than `MAX_ENTRIES` and for a split archive.
 */
export function readDirectory(bytes: Uint8Array): ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) return null;
  const { count, size } = end;
  if (count > MAX_ENTRIES) throw tooMany(count);
  // Archives with bytes put before them (self-extracting ones) keep offsets relative to the first local header.
  const plain = end.start + 4 <= bytes.length && view.getUint32(end.start, true) === CENTRAL;
  const shift = plain ? 0 : end.at - size - end.start;
  const entries: ZipEntry[] = [];
  let at = end.start + shift;
  for (let index = 0; index < count; index++) {
    if (at + 46 > end.at || view.getUint32(at, true) !== CENTRAL) return null;
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > end.at) return null;
    const entry = readCentral(view, bytes, at, nameLength, extraLength);
    entry.offset += shift;
    entries.push(entry);
    at = next;
  }
  return entries;
}

/** Finds what is left of an archive whose directory is lost, by walking its local headers. The last entry may be incomplete. */
export function scanLocalHeaders(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + 30 <= bytes.length && entries.length < MAX_ENTRIES) {
    if (view.getUint32(at, true) !== LOCAL) {
      at = nextSignature(bytes, at + 1);
      continue;
    }
    const flags = view.getUint16(at + 6, true);
    const nameLength = view.getUint16(at + 26, true);
    const data = at + 30 + nameLength + view.getUint16(at + 28, true);
    if (data > bytes.length) break;
    const rawName = bytes.subarray(at + 30, at + 30 + nameLength);
    const described = (flags & 8) !== 0;
    let compressedSize = view.getUint32(at + 18, true);
    let next = data + compressedSize;
    if (described || compressedSize === FULL32 || next > bytes.length) {
      next = nextSignature(bytes, data);
      compressedSize = Math.min(next, bytes.length) - data;
    }
    entries.push({
      name: decodeName(rawName, (flags & 0x800) !== 0),
      size: described ? FULL32 : view.getUint32(at + 22, true),
      compressedSize,
      method: view.getUint16(at + 8, true),
      encrypted: (flags & 1) !== 0,
      crc: null,
      offset: at,
      rawName,
    });
    at = next;
  }
  return entries;
}

function findEnd(view: DataView): { at: number; count: number; size: number; start: number } | null {
  const last = view.byteLength - 22;
  const first = Math.max(0, last - 0xffff);
  for (let at = last; at >= first; at--) {
    if (view.getUint32(at, true) !== END) continue;
    let count = view.getUint16(at + 10, true);
    let size = view.getUint32(at + 12, true);
    let start = view.getUint32(at + 16, true);
    let directoryEnd = at;
    if (view.getUint16(at + 4, true) !== view.getUint16(at + 6, true)) throw split();
    if ((count === 0xffff || size === FULL32 || start === FULL32) && at >= 20) {
      const locator = at - 20;
      if (view.getUint32(locator, true) === END64_LOCATOR) {
        const at64 = Number(view.getBigUint64(locator + 8, true));
        if (at64 + 56 > locator || view.getUint32(at64, true) !== END64) return null;
        count = Number(view.getBigUint64(at64 + 32, true));
        size = Number(view.getBigUint64(at64 + 40, true));
        start = Number(view.getBigUint64(at64 + 48, true));
        directoryEnd = at64;
      }
    }
    if (start + size > directoryEnd) continue;
    return { at: directoryEnd, count, size, start };
  }
  return null;
}

function readCentral(view: DataView, bytes: Uint8Array, at: number, nameLength: number, extraLength: number): ZipEntry {
  const flags = view.getUint16(at + 8, true);
  const rawName = bytes.subarray(at + 46, at + 46 + nameLength);
  const entry: ZipEntry = {
    name: decodeName(rawName, (flags & 0x800) !== 0),
    size: view.getUint32(at + 24, true),
    compressedSize: view.getUint32(at + 20, true),
    method: view.getUint16(at + 10, true),
    encrypted: (flags & 1) !== 0,
    crc: view.getUint32(at + 16, true),
    offset: view.getUint32(at + 42, true),
    rawName,
  };
  readExtra(view, bytes, at + 46 + nameLength, extraLength, entry);
  return entry;
}

/** Zip64 sizes (0x0001) and the Unicode name (0x7075). */
function readExtra(view: DataView, bytes: Uint8Array, from: number, length: number, entry: ZipEntry): void {
  const end = from + length;
  let at = from;
  while (at + 4 <= end) {
    const id = view.getUint16(at, true);
    const data = at + 4;
    const next = data + view.getUint16(at + 2, true);
    if (next > end) return;
    if (id === 1) {
      let field = data;
      const take = (): number => {
        if (field + 8 > next) return FULL32;
        const value = Number(view.getBigUint64(field, true));
        field += 8;
        return value;
      };
      if (entry.size === FULL32) entry.size = take();
      if (entry.compressedSize === FULL32) entry.compressedSize = take();
      if (entry.offset === FULL32) entry.offset = take();
    } else if (id === 0x7075 && next - data > 5) {
      entry.name = decodeName(bytes.subarray(data + 5, next), true);
    }
    at = next;
  }
}

/** Offset of the next header of any kind, or the length of the file. */
function nextSignature(bytes: Uint8Array, from: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = bytes.indexOf(0x50, from); at !== -1 && at + 4 <= bytes.length; at = bytes.indexOf(0x50, at + 1)) {
    const signature = view.getUint32(at, true);
    if (signature === LOCAL || signature === CENTRAL || signature === DESCRIPTOR || signature === END) return at;
  }
  return bytes.length;
}

function decodeName(raw: Uint8Array, utf8: boolean): string {
  let name: string;
  try {
    name = new TextDecoder('utf-8', { fatal: !utf8 }).decode(raw);
  } catch {
    name = Array.from(raw, (byte) => (byte < 128 ? String.fromCharCode(byte) : (CP437[byte - 128] ?? ''))).join('');
  }
  return name.replaceAll('\\', '/');
}

function tooMany(count: number): UnreadableError {
  return new UnreadableError({
    code: 'too-large',
    message: `The archive lists ${count} files; at most ${MAX_ENTRIES} are read. Unpack it and hand in the folder.`,
  });
}

function split(): UnreadableError {
  return new UnreadableError({
    code: 'unsupported',
    message: 'This is one part of an archive split over several files. Join the parts and hand in the whole.',
  });
}
