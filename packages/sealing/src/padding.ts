import { SealingError } from './errors.ts';

/** Nothing that is sealed is smaller, so that a short and a usual offer look the same. */
export const SMALLEST_BUCKET = 65_536;

/** Bytes of content in one sealed thing: 256 MiB with its frame. */
export const LARGEST_CONTENT = 2 ** 28 - 8;

/** The length of the content as a big-endian number of 64 bits, before it. */
const FRAME = 8;

const ZEROS = new Uint8Array(SMALLEST_BUCKET);

/**
 * What `size` bytes are padded to: at least 64 KiB, above that one of four sizes a doubling, so at most a quarter more. What a size still
 * tells: which of the four. 64 KiB to 256 MiB is 49 sizes.
 */
export function bucketOf(size: number): number {
  if (size <= SMALLEST_BUCKET) return SMALLEST_BUCKET;
  const step = 2 ** (29 - Math.clz32(size - 1));
  return Math.ceil(size / step) * step;
}

/** Bytes that `contentSize` bytes take when framed and padded. */
export function framedSize(contentSize: number): number {
  return bucketOf(FRAME + contentSize);
}

/**
 * Content between its length and zeros up to the bucket.
 * @throws SealingError `too-big`; `file-changed` when there are more or fewer bytes than `size`, as when a file is written to meanwhile.
 */
export async function* framed(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array, void> {
  if (size > LARGEST_CONTENT) throw tooBig();
  const length = new Uint8Array(FRAME);
  new DataView(length.buffer).setBigUint64(0, BigInt(size));
  yield length;
  let seen = 0;
  for await (const chunk of chunks) {
    seen += chunk.length;
    if (seen > size) throw changed();
    yield chunk;
  }
  if (seen !== size) throw changed();
  for (let left = framedSize(size) - FRAME - size; left > 0; left -= ZEROS.length) yield ZEROS.subarray(0, left);
}

/**
 * The content out of its frame.
 * @param expected size of the content where it is known
 * @throws SealingError `wrong-file` when the content is not of the expected size, `too-big`, `damaged` when frame or padding are not as
 * `framed` writes them: hidden bytes are not let through.
 */
export async function* unframed(
  chunks: AsyncIterable<Uint8Array>,
  expected: number | null,
): AsyncGenerator<Uint8Array, void> {
  let head: Uint8Array = new Uint8Array(0);
  let size = -1;
  let seen = 0;
  for await (const chunk of chunks) {
    seen += chunk.length;
    let rest = chunk;
    if (size < 0) {
      head = joined(head, chunk);
      if (head.length < FRAME) continue;
      size = sizeIn(head, expected);
      rest = head.subarray(FRAME);
    }
    const before = seen - rest.length - FRAME;
    const content = Math.min(Math.max(size - before, 0), rest.length);
    if (seen > framedSize(size) || !isZero(rest.subarray(content))) throw badFrame();
    if (content > 0) yield rest.subarray(0, content);
  }
  if (size < 0 || seen !== framedSize(size)) throw badFrame();
}

function sizeIn(head: Uint8Array, expected: number | null): number {
  const size = Number(new DataView(head.buffer, head.byteOffset).getBigUint64(0));
  if (size > LARGEST_CONTENT) throw tooBig();
  if (expected !== null && size !== expected)
    throw new SealingError('wrong-file', `The file has ${size} bytes and should have ${expected}: it is another file.`);
  return size;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function isZero(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte !== 0) return false;
  return true;
}

function tooBig(): SealingError {
  return new SealingError('too-big', `More than ${LARGEST_CONTENT} bytes in one piece. Split it into smaller files.`);
}

function changed(): SealingError {
  return new SealingError('file-changed', 'The file changed while it was being read. Choose it again.');
}

function badFrame(): SealingError {
  return new SealingError('damaged', 'What was sealed is not framed and padded as it should be. Ask for it again.');
}
