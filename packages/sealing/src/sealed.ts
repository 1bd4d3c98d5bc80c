import { checkHeader, decryptedSize, decryptStream, encryptedSize, encryptStream } from './age.ts';
import { SealingError } from './errors.ts';
import { bucketOf, framed, framedSize, LARGEST_CONTENT, unframed } from './padding.ts';
import { chunksOf, collected, streamOf } from './streams.ts';

// A sealed thing is an age file around content that is framed and padded: a part of an offer, a file, a draft.

/** Bytes of JSON in one part of an offer or a draft: 16 MiB with its frame. The longest answers of a large form are a third of it. */
export const LARGEST_JSON = 2 ** 24 - 8;

/** Bytes that `contentSize` bytes take when sealed. */
export function sealedSize(contentSize: number): number {
  return encryptedSize(framedSize(contentSize));
}

/**
 * What a server can tell of a sealed thing it may not read: that it is one, padded, of a size that is taken. To which key, it cannot tell.
 * @param head the first bytes, at least 1,627
 * @param size of all of it
 * @throws SealingError `not-sealed` or `too-big`, so that nobody stores answers in plain by mistake
 */
export function checkSealed(head: Uint8Array, size: number): void {
  checkHeader(head);
  if (size > sealedSize(LARGEST_CONTENT)) throw tooBig(LARGEST_CONTENT);
  const inside = decryptedSize(size);
  if (inside === null || bucketOf(inside) !== inside)
    throw new SealingError(
      'not-sealed',
      `Sealed things are padded, and none has ${size} bytes. Part of it is missing: send it again.`,
    );
}

/** Content, chunk by chunk, sealed to a public key. @throws SealingError `bad-recipient`, `too-big`, `file-changed` */
export function sealStream(
  recipient: string,
  chunks: AsyncIterable<Uint8Array>,
  size: number,
): Promise<ReadableStream<Uint8Array>> {
  return encryptStream(recipient, framed(chunks, size));
}

/** The content of a sealed stream, chunk by chunk; `expected` is its size where known. @throws SealingError as `decryptStream` and `unframed` */
export function openStream(
  identity: string,
  stream: ReadableStream<Uint8Array>,
  expected: number | null,
): AsyncGenerator<Uint8Array, void> {
  return unframed(decryptStream(identity, stream), expected);
}

/** A JSON text, sealed. @throws SealingError `too-big`, `bad-recipient` */
export async function sealJson(recipient: string, json: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new TextEncoder().encode(json);
  if (bytes.length > LARGEST_JSON) throw tooBig(LARGEST_JSON);
  return collected(chunksOf(await sealStream(recipient, once(bytes), bytes.length)));
}

/** The JSON text that was sealed. @throws SealingError `too-big`, `not-sealed`, `wrong-key`, `damaged`, `broken-identity` */
export async function openJson(identity: string, sealed: Uint8Array): Promise<string> {
  if (sealed.length > sealedSize(LARGEST_JSON)) throw tooBig(LARGEST_JSON);
  const bytes = await collected(openStream(identity, streamOf(once(sealed)), null));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new SealingError('damaged', 'What was sealed is not text. Ask for it again.');
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes;
}

function tooBig(limit: number): SealingError {
  return new SealingError('too-big', `More than ${limit} bytes. Put long texts into files of their own.`);
}
