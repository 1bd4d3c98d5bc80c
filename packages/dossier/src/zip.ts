import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A file of an archive; its bytes are asked for when its turn comes. */
export interface ZipFile {
  /** With slashes; must be safe to unpack: see `safeName`. */
  name: string;
  content: string | Uint8Array | (() => Promise<AsyncIterable<Uint8Array>>);
}

const UTF8_AND_DESCRIPTOR = 0x0808;
const DEFLATED = 8;
/** 1 January 1980: the same files give the same bytes. */
const DATE = 0x0021;
const FOUR_GB = 0xffffffff;

/**
 * An archive as a stream, file by file, so that memory stays bounded (PKWARE APPNOTE 6.3.10: data descriptors, section 4.3.9). Places beyond
 * 4 GB are written as zip64 (4.5.3); a single file of more than 4 GB is refused with an Error, since its descriptor could not say so.
 */
export async function* zipped(files: AsyncIterable<ZipFile> | Iterable<ZipFile>): AsyncGenerator<Buffer, void> {
  const directory: Buffer[] = [];
  let at = 0;
  let count = 0;
  for await (const { name, content } of files) {
    const written = Buffer.from(name);
    const start = at;
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(UTF8_AND_DESCRIPTOR, 6);
    head.writeUInt16LE(DEFLATED, 8);
    head.writeUInt16LE(DATE, 12);
    head.writeUInt16LE(written.length, 26);
    yield Buffer.concat([head, written]);
    at += head.length + written.length;
    const sums = { crc: 0, size: 0, packed: 0 };
    for await (const chunk of deflated(content, sums)) {
      sums.packed += chunk.length;
      yield chunk;
    }
    if (sums.size > FOUR_GB || sums.packed > FOUR_GB) throw new Error(`${name} has more than 4 GB.`);
    const descriptor = Buffer.alloc(16);
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(sums.crc, 4);
    descriptor.writeUInt32LE(sums.packed, 8);
    descriptor.writeUInt32LE(sums.size, 12);
    yield descriptor;
    at += sums.packed + descriptor.length;
    directory.push(entry(written, start, sums));
    count++;
  }
  const central = Buffer.concat(directory);
  yield central;
  yield directoryEnd(count, central.length, at);
}

/** The same in memory, for small archives. */
export async function collectZip(files: Iterable<ZipFile>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of zipped(files)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A name of others as one harmless name in an archive: no path, no drive, no dots at the ends, no name of a device. */
export function safeName(name: string, fallback: string): string {
  const plain = name
    .toWellFormed()
    .normalize('NFC')
    .replace(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[\\/:*?"<>|]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const short = [...plain].slice(0, 100).join('');
  return short === '' || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(short) ? fallback : short;
}

async function* deflated(
  content: ZipFile['content'],
  sums: { crc: number; size: number },
): AsyncGenerator<Buffer, void> {
  const counted = async function* () {
    const source =
      typeof content === 'function' ? await content() : [typeof content === 'string' ? Buffer.from(content) : content];
    for await (const chunk of source) {
      sums.crc = crc32(chunk, sums.crc);
      sums.size += chunk.length;
      yield chunk;
    }
  };
  const out = new PassThrough();
  const done = pipeline(counted(), createDeflateRaw(), out);
  done.catch((error: Error) => out.destroy(error));
  yield* out as AsyncIterable<Buffer>;
  await done;
}

function entry(
  name: Buffer,
  start: number,
  { crc, size, packed }: { crc: number; size: number; packed: number },
): Buffer {
  const far = start > FOUR_GB - 1;
  const extra = Buffer.alloc(far ? 12 : 0);
  if (far) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(8, 2);
    extra.writeBigUInt64LE(BigInt(start), 4);
  }
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(45, 4);
  head.writeUInt16LE(far ? 45 : 20, 6);
  head.writeUInt16LE(UTF8_AND_DESCRIPTOR, 8);
  head.writeUInt16LE(DEFLATED, 10);
  head.writeUInt16LE(DATE, 14);
  head.writeUInt32LE(crc, 16);
  head.writeUInt32LE(packed, 20);
  head.writeUInt32LE(size, 24);
  head.writeUInt16LE(name.length, 28);
  head.writeUInt16LE(extra.length, 30);
  head.writeUInt32LE(far ? FOUR_GB : start, 42);
  return Buffer.concat([head, name, extra]);
}

/** The end of the directory, with its zip64 form before it where the numbers need it. */
export function directoryEnd(count: number, size: number, start: number): Buffer {
  const large = count > 0xfffe || size > FOUR_GB - 1 || start > FOUR_GB - 1;
  const wide = Buffer.alloc(large ? 76 : 0);
  if (large) {
    wide.writeUInt32LE(0x06064b50, 0);
    wide.writeBigUInt64LE(44n, 4);
    wide.writeUInt16LE(45, 12);
    wide.writeUInt16LE(45, 14);
    wide.writeBigUInt64LE(BigInt(count), 24);
    wide.writeBigUInt64LE(BigInt(count), 32);
    wide.writeBigUInt64LE(BigInt(size), 40);
    wide.writeBigUInt64LE(BigInt(start), 48);
    wide.writeUInt32LE(0x07064b50, 56);
    wide.writeBigUInt64LE(BigInt(start + size), 64);
    wide.writeUInt32LE(1, 72);
  }
  const last = Buffer.alloc(22);
  last.writeUInt32LE(0x06054b50, 0);
  last.writeUInt16LE(large ? 0xffff : count, 8);
  last.writeUInt16LE(large ? 0xffff : count, 10);
  last.writeUInt32LE(large ? FOUR_GB : size, 12);
  last.writeUInt32LE(large ? FOUR_GB : start, 16);
  return Buffer.concat([wide, last]);
}
