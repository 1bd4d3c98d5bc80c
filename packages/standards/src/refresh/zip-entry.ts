/** The first file of a zip archive, read in memory with a bound on what it may become. */
import { inflateRawSync } from 'node:zlib';
import { FeedError } from './feed.ts';

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/** Bytes of the first entry. Throws FeedError on anything that is not a plain zip, or grows past `most` bytes. */
export function firstZipEntry(bytes: Uint8Array, most: number): Uint8Array {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The end record has a comment of at most 64 KiB after it.
  let end = view.length - 22;
  for (const least = Math.max(0, end - 0xffff); end >= least; end--) if (view.readUInt32LE(end) === END) break;
  if (end < 0 || view.readUInt32LE(end) !== END) throw new FeedError('not a zip archive');
  try {
    const central = view.readUInt32LE(end + 16);
    if (view.readUInt32LE(central) !== CENTRAL) throw new FeedError('a broken zip archive');
    const method = view.readUInt16LE(central + 10);
    const size = view.readUInt32LE(central + 20);
    const local = view.readUInt32LE(central + 42);
    if (view.readUInt32LE(local) !== LOCAL) throw new FeedError('a broken zip archive');
    const start = local + 30 + view.readUInt16LE(local + 26) + view.readUInt16LE(local + 28);
    const packed = view.subarray(start, start + size);
    if (method === 0) return packed;
    if (method === 8) return inflateRawSync(packed, { maxOutputLength: most });
  } catch (error) {
    throw error instanceof FeedError ? error : new FeedError(`a broken zip archive: ${(error as Error).message}`);
  }
  throw new FeedError('a zip archive packed in an unknown way');
}
