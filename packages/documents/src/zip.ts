import { constants, crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import type { Problem } from './model.ts';
import type { Limits } from './reader.ts';
import { UnreadableError } from './reader.ts';
import type { ZipEntry } from './zip-directory.ts';
import { LOCAL, readDirectory, scanLocalHeaders } from './zip-directory.ts';

export type { ZipEntry } from './zip-directory.ts';

/** Parts larger than this are inflated piece by piece. */
const STREAM_FROM = 4 * 1024 * 1024;

/**
 * A zip archive in memory. Nothing is inflated before it is asked for, all reads together stay within `limits.maxInflatedBytes`,
 * and what the headers say is never believed: sizes, checksums and places are checked against the data.
 */
export class Zip {
  /** In the order of the directory; folders left out. */
  readonly entries: readonly ZipEntry[];
  /** `truncated` when the directory was lost and the entries were found by their local headers. */
  readonly problems: readonly Problem[];
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly index: ZipIndex;
  private left: number;

  /** Throws `UnreadableError` (`corrupt`, `too-large`, `unsupported`) when there is no archive to read. */
  constructor(bytes: Uint8Array, limits: Pick<Limits, 'maxInflatedBytes'>) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.left = limits.maxInflatedBytes;
    this.index = indexOf(bytes);
    this.entries = this.index.entries;
    this.problems = this.index.recovered
      ? [
          {
            code: 'truncated',
            message: 'The end of the file is missing; what stands before the break was read. Ask for the file again.',
            fatal: false,
          },
        ]
      : [];
  }

  /** Finds a file by name, without regard to case or a leading slash, as package readers must (ECMA-376 part 2). */
  get(name: string): ZipEntry | undefined {
    return this.index.byName.get(fold(name));
  }

  /** Bytes that may still be inflated. */
  get remaining(): number {
    return this.left;
  }

  /**
   * The uncompressed bytes of one file. Throws `UnreadableError`: `encrypted`, `unsupported` (a method other than stored or
   * deflate), `too-large` (the budget is used up), `corrupt` (sizes or checksum do not match, overlapping data, two of one name).
   */
  read(entry: ZipEntry): Uint8Array {
    const data = this.data(entry);
    if (entry.method === 0) {
      this.spend(data.length);
      this.verify(entry, data.length, () => crc32(data));
      return data;
    }
    const bound = this.bound(entry);
    let out: Uint8Array;
    try {
      // One byte more than declared tells a lying header from an honest one.
      out = inflateRawSync(data, {
        maxOutputLength: Math.max(1, bound + 1),
        ...(this.index.recovered && { finishFlush: constants.Z_SYNC_FLUSH }),
      });
    } catch (error) {
      if (isTooLong(error)) throw this.lies(entry);
      throw corrupt(entry.name);
    }
    this.spend(out.length);
    this.verify(entry, out.length, () => crc32(out));
    return out;
  }

  /** Like `read`, in pieces, so that a large part never stands in memory whole. */
  async *stream(entry: ZipEntry): AsyncGenerator<Uint8Array> {
    if (entry.method === 0 || (entry.size < STREAM_FROM && !this.index.recovered)) {
      yield this.read(entry);
      return;
    }
    const data = this.data(entry);
    const bound = this.bound(entry);
    const inflate = createInflateRaw(this.index.recovered ? { finishFlush: constants.Z_SYNC_FLUSH } : {});
    inflate.end(data);
    let size = 0;
    let crc = 0;
    try {
      for await (const piece of inflate as AsyncIterable<Uint8Array>) {
        size += piece.length;
        if (size > bound) throw this.lies(entry);
        crc = crc32(piece, crc);
        yield piece;
      }
    } catch (error) {
      throw error instanceof UnreadableError ? error : corrupt(entry.name);
    } finally {
      inflate.destroy();
      this.left -= size;
    }
    this.verify(entry, size, () => crc);
  }

  private data(entry: ZipEntry): Uint8Array {
    if (entry.encrypted) {
      throw new UnreadableError({
        code: 'encrypted',
        message: `"${entry.name}" is protected with a password. Ask for a copy without one.`,
      });
    }
    if (entry.method !== 0 && entry.method !== 8) {
      throw new UnreadableError({
        code: 'unsupported',
        message: `"${entry.name}" is packed with method ${entry.method}, which is not read. Pack it again as an ordinary zip.`,
      });
    }
    if (this.index.overlapping.has(entry)) throw corrupt(entry.name);
    if (this.index.twice.has(entry.name)) throw ambiguous(entry.name);
    const at = entry.offset;
    if (at + 30 > this.bytes.length || this.view.getUint32(at, true) !== LOCAL) throw corrupt(entry.name);
    const nameEnd = at + 30 + this.view.getUint16(at + 26, true);
    if (!sameBytes(this.bytes.subarray(at + 30, nameEnd), entry.rawName)) throw corrupt(entry.name);
    const start = nameEnd + this.view.getUint16(at + 28, true);
    const end = start + entry.compressedSize;
    if (end > this.bytes.length) throw corrupt(entry.name);
    return this.bytes.subarray(start, end);
  }

  private bound(entry: ZipEntry): number {
    if (this.index.recovered) return this.left;
    if (entry.size > this.left) throw tooLarge(entry.name, entry.size);
    return entry.size;
  }

  private spend(size: number): void {
    if (size > this.left) throw tooLarge('', size);
    this.left -= size;
  }

  private verify(entry: ZipEntry, size: number, crc: () => number): void {
    if (this.index.recovered) return;
    if (size !== entry.size || (entry.crc !== null && crc() !== entry.crc)) throw corrupt(entry.name);
  }

  private lies(entry: ZipEntry): UnreadableError {
    return this.index.recovered ? tooLarge(entry.name, this.left) : corrupt(entry.name);
  }
}

/** What the directory of an archive says, looked through once. */
interface ZipIndex {
  entries: readonly ZipEntry[];
  byName: ReadonlyMap<string, ZipEntry>;
  /** Names that two entries have: programs differ in which of them they show. */
  twice: ReadonlySet<string>;
  overlapping: ReadonlySet<ZipEntry>;
  /** The directory was lost; the entries were found by their local headers. */
  recovered: boolean;
}

/** By the bytes themselves: an archive is opened anew for each of its files, and may list ten thousand. */
const indexes = new WeakMap<Uint8Array, ZipIndex>();

function indexOf(bytes: Uint8Array): ZipIndex {
  const known = indexes.get(bytes);
  if (known) return known;
  const listed = readDirectory(bytes);
  const all = listed ?? scanLocalHeaders(bytes);
  if (all.length === 0) {
    throw new UnreadableError(
      listed
        ? { code: 'empty', message: 'The archive holds no files.' }
        : { code: 'corrupt', message: 'The archive is damaged: no file can be found in it. Ask for it again.' },
    );
  }
  const entries = all.filter((entry) => !entry.name.endsWith('/'));
  const byName = new Map<string, ZipEntry>();
  const exact = new Set<string>();
  const twice = new Set<string>();
  for (const entry of entries) {
    if (!byName.has(fold(entry.name))) byName.set(fold(entry.name), entry);
    if (exact.has(entry.name)) twice.add(entry.name);
    exact.add(entry.name);
  }
  const index = { entries, byName, twice, overlapping: overlaps(all, bytes.length), recovered: listed === null };
  indexes.set(bytes, index);
  return index;
}

/** Entries whose data share bytes with another's: the way a small file is made to inflate many times. */
function overlaps(entries: readonly ZipEntry[], length: number): Set<ZipEntry> {
  const found = new Set<ZipEntry>();
  const sorted = [...entries].sort((a, b) => a.offset - b.offset);
  let reach = 0;
  let widest: ZipEntry | undefined;
  for (const entry of sorted) {
    // The local header repeats the name; its extra field may differ, so the least it can take is counted.
    const end = Math.min(length, entry.offset + 30 + entry.rawName.length + entry.compressedSize);
    if (widest && entry.offset < reach) {
      found.add(entry);
      found.add(widest);
    }
    if (end > reach) {
      reach = end;
      widest = entry;
    }
  }
  return found;
}

function fold(name: string): string {
  return (name.startsWith('/') ? name.slice(1) : name).toLowerCase();
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function isTooLong(error: unknown): boolean {
  return (
    error instanceof RangeError || (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
  );
}

function corrupt(name: string): UnreadableError {
  return new UnreadableError({
    code: 'corrupt',
    message: `"${name}" in the archive is damaged: its data do not match what the archive says of it. Ask for it again.`,
  });
}

function ambiguous(name: string): UnreadableError {
  return new UnreadableError({
    code: 'corrupt',
    message: `The archive holds two files named "${name}", and programs differ in which they show. Ask for it again.`,
  });
}

function tooLarge(name: string, size: number): UnreadableError {
  const what = name === '' ? 'The file' : `"${name}"`;
  return new UnreadableError({
    code: 'too-large',
    message: `${what} unpacks to ${Math.ceil(size / 1_048_576)} MB, more than is read. Hand in the part that matters.`,
  });
}
