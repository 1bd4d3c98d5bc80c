import * as z from 'zod/mini';
import { type Part, SHA256, SIZE } from './checked.ts';
import { SealingError } from './errors.ts';
import { Hashing } from './hash.ts';
import { keyOf, type PurchaseKeys } from './purchase-keys.ts';
import { openStream, sealedSize, sealStream } from './sealed.ts';
import { chunksOf, letGo, streamOf } from './streams.ts';

/** SHA-256 and bytes of a ciphertext. */
export const SEALED_DIGEST = z.object({ sha256: SHA256, size: SIZE });

export const OFFER_FILE = z.object({
  /** As the supplier's machine names it: to be shown, never to be used as a path. */
  name: z.string().check(z.minLength(1), z.maxLength(255)),
  mediaType: z.string().check(z.maxLength(255)),
  size: SIZE,
  sha256: SHA256,
  sealed: SEALED_DIGEST,
});

/** A file of an offer: what it is, and the ciphertext that holds it. Travels inside the sealed part, so nobody can put another in its place. */
export type OfferFile = z.infer<typeof OFFER_FILE>;

/** What is sealed; a browser's `File` is one. */
export interface FileSource {
  name: string;
  type: string;
  size: number;
  stream(): ReadableStream<Uint8Array>;
}

export interface SealingFile {
  /** The ciphertext; made while it is read. */
  stream: ReadableStream<Uint8Array>;
  /** Bytes of the ciphertext, known beforehand. */
  size: number;
  /** What `sealOffer` takes; there once the stream was read to its end, refused when it was not. */
  file: Promise<OfferFile>;
}

/**
 * Seals one file to the key of a part, holding a few chunks of it at a time.
 * @throws SealingError `bad-input` for a name that is empty or too long, `wrong-part`, `bad-recipient`; the stream fails with `too-big` or
 * `file-changed`
 */
export async function sealFile(source: FileSource, keys: PurchaseKeys, part: Part): Promise<SealingFile> {
  if (source.name.length === 0 || source.name.length > 255)
    throw new SealingError('bad-input', 'The name of a file has between 1 and 255 characters. Rename it.');
  const { promise, resolve, reject } = Promise.withResolvers<OfferFile>();
  // Who reads only the stream hears of the fault there.
  promise.catch(() => {});
  const plain = new Hashing();
  const cipher = new Hashing();
  const content = async function* () {
    yield* hashed(chunksOf(source.stream()), plain);
  };
  const stream = await sealStream(keyOf(keys, part).recipient, content(), source.size);
  const watched = async function* () {
    try {
      yield* hashed(chunksOf(stream), cipher);
      const { name, type, size } = source;
      resolve({ name, mediaType: type.slice(0, 255), size, sha256: plain.digest().sha256, sealed: cipher.digest() });
    } catch (error) {
      reject(error);
      throw error;
    }
  };
  const cancelled = () => {
    reject(new SealingError('file-changed', 'The sealed file was not read to its end. Seal it again.'));
    return letGo(stream);
  };
  return { stream: streamOf(watched(), cancelled), size: sealedSize(source.size), file: promise };
}

/**
 * A sealed file opened, chunk by chunk. The stream fails at the end when it is not the very file that the offer names, so what was read
 * must not be used before the end.
 * @param file as the opened part names it
 * @throws in the stream: SealingError `wrong-file` for another file, `not-sealed`, `wrong-key`, `damaged`, `broken-identity`
 */
export function openFile(
  sealed: ReadableStream<Uint8Array>,
  identity: string,
  file: OfferFile,
): ReadableStream<Uint8Array> {
  const plain = new Hashing();
  const cipher = new Hashing();
  const opened = async function* () {
    const bounded = streamOf(hashed(upTo(file.sealed.size, chunksOf(sealed)), cipher), () => letGo(sealed));
    yield* hashed(openStream(identity, bounded, file.size), plain);
    if (cipher.digest().sha256 !== file.sealed.sha256 || plain.digest().sha256 !== file.sha256) throw wrongFile(file);
  };
  return streamOf(opened(), () => letGo(sealed));
}

async function* hashed(chunks: AsyncIterable<Uint8Array>, hashing: Hashing): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of chunks) {
    hashing.add(chunk);
    yield chunk;
  }
}

async function* upTo(size: number, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let seen = 0;
  for await (const chunk of chunks) {
    seen += chunk.length;
    if (seen > size)
      throw new SealingError('wrong-file', `The sealed file has more than the ${size} bytes it should have.`);
    yield chunk;
  }
}

function wrongFile({ name }: OfferFile): SealingError {
  return new SealingError(
    'wrong-file',
    `This is not the file "${name}" of this offer. Look for the one with the hash that the offer names.`,
  );
}
