import { armor, Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { SealingError } from './errors.ts';
import { chunksOf, collected, letGo, streamOf } from './streams.ts';

// The one place that speaks age (c2sp.org/age). Only one kind of file is made and taken: one hybrid recipient (ML-KEM-768 with X25519), so
// that a header has one length and one shape, and a hostile one is refused before the library sees it.

/** An age identity, the secret, and the recipient that belongs to it, the public key. */
export interface KeyPair {
  identity: string;
  recipient: string;
}

const HEADER =
  /^age-encryption\.org\/v1\n-> mlkem768x25519 [A-Za-z0-9+/]{1494}\n[A-Za-z0-9+/]{43}\n--- [A-Za-z0-9+/]{43}\n$/;

/** Bytes of the only header that is taken. */
export const HEADER_BYTES = 1_627;

const NONCE_BYTES = 16;
const TAG_BYTES = 16;
const CHUNK_BYTES = 65_536;

/** Bytes of the age file that holds `size` bytes. */
export function encryptedSize(size: number): number {
  return HEADER_BYTES + NONCE_BYTES + size + TAG_BYTES * Math.max(1, Math.ceil(size / CHUNK_BYTES));
}

/** Bytes in an age file of `size` bytes; null where no age file has that size. */
export function decryptedSize(size: number): number | null {
  const payload = size - HEADER_BYTES - NONCE_BYTES;
  const inside = payload - TAG_BYTES * Math.ceil(payload / (CHUNK_BYTES + TAG_BYTES));
  return inside >= 0 && encryptedSize(inside) === size ? inside : null;
}

export async function createKeyPair(): Promise<KeyPair> {
  const identity = await generateHybridIdentity();
  return { identity, recipient: await recipientOf(identity) };
}

/** The public key of an identity. @throws SealingError `broken-identity` */
export async function recipientOf(identity: string): Promise<string> {
  try {
    if (identity.startsWith('AGE-SECRET-KEY-PQ-1')) return await identityToRecipient(identity);
  } catch {
    // Said below, without the library's message, which repeats the secret.
  }
  throw brokenIdentity();
}

function brokenIdentity(): SealingError {
  return new SealingError('broken-identity', 'This is not a whole "AGE-SECRET-KEY-PQ-1…" identity. Copy all of it.');
}

function decrypterFor(identity: string): Decrypter {
  try {
    const decrypter = new Decrypter();
    if (identity.startsWith('AGE-SECRET-KEY-PQ-1')) {
      decrypter.addIdentity(identity);
      return decrypter;
    }
  } catch {
    // Said below.
  }
  throw brokenIdentity();
}

/** @throws SealingError `bad-recipient` for anything but a hybrid public key. */
export function checkRecipient(recipient: string): void {
  encrypterFor(recipient);
}

function encrypterFor(recipient: string): Encrypter {
  try {
    const encrypter = new Encrypter();
    if (recipient.startsWith('age1pq1')) {
      encrypter.addRecipient(recipient);
      return encrypter;
    }
  } catch {
    // Said below.
  }
  throw badRecipient();
}

function badRecipient(): SealingError {
  return new SealingError('bad-recipient', 'This is not a whole public key of the kind "age1pq1…". Copy all of it.');
}

/** Encrypts chunk by chunk. @throws SealingError `bad-recipient` */
export async function encryptStream(
  recipient: string,
  chunks: AsyncGenerator<Uint8Array, void>,
): Promise<ReadableStream<Uint8Array>> {
  const encrypter = encrypterFor(recipient);
  try {
    return await encrypter.encrypt(streamOf(chunks));
  } catch {
    // Before the first chunk is read only the key is used: it has the right length and is none.
    throw badRecipient();
  }
}

/**
 * Decrypts chunk by chunk. Each chunk that comes out is as it was encrypted; that nothing is missing is known only at the end.
 * @throws SealingError `not-sealed` when it is no age file of ours, `wrong-key` when it is for another key, `damaged`, `broken-identity`
 */
export async function* decryptStream(
  identity: string,
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  const chunks = chunksOf(stream);
  let failure: unknown;
  // The library swallows nothing, but says "damaged" and "the source broke" alike: the source's own error is kept apart.
  const source = async function* () {
    try {
      yield* withHeaderChecked(chunks);
    } catch (error) {
      failure = error;
      throw error;
    }
  };
  try {
    yield* chunksOf(await decrypterFor(identity).decrypt(streamOf(source())));
  } catch (error) {
    throw failure ?? (error instanceof SealingError ? error : refusal(error));
  } finally {
    // After a refusal the library leaves its source open. Not awaited: a source that hangs must not keep the refusal back.
    chunks
      .return()
      .then(() => letGo(stream))
      .catch(() => {});
  }
}

async function* withHeaderChecked(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let head: Uint8Array | null = new Uint8Array(0);
  for await (const chunk of chunks) {
    if (head === null) {
      yield chunk;
      continue;
    }
    head = await collected(listed([head, chunk]));
    if (head.length < HEADER_BYTES) continue;
    checkHeader(head);
    yield head;
    head = null;
  }
  if (head !== null) checkHeader(head);
}

async function* listed(chunks: Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* chunks;
}

/** @throws SealingError `not-sealed` unless the bytes begin with the one header that is taken. */
export function checkHeader(head: Uint8Array): void {
  if (HEADER.test(String.fromCharCode(...head.subarray(0, HEADER_BYTES)))) return;
  throw new SealingError(
    'not-sealed',
    'This is not sealed to a key of this kind, or its beginning is missing. Seal it again.',
  );
}

function refusal(error: unknown): SealingError {
  // The library has no codes; a test holds its words (age-encryption 0.3.1).
  return String(error).includes('no identity matched')
    ? new SealingError('wrong-key', 'This was sealed to another key. Use the identity that belongs to it.')
    : new SealingError(
        'damaged',
        'This was changed or cut short after it was sealed. Fetch it again from where it was stored.',
      );
}

/** A short text as an armoured age file. @throws SealingError `bad-recipient` */
export async function encryptText(recipient: string, text: string): Promise<string> {
  const bytes = listed([new TextEncoder().encode(text)]);
  return armor.encode(await collected(chunksOf(await encryptStream(recipient, bytes))));
}

/** Characters of an armoured text; a share for the most openers is a tenth of this. */
const LONGEST_ARMOUR = 200_000;

/** The bytes of an armoured age file, or null. */
export function unarmoured(text: string): Uint8Array | null {
  if (text.length > LONGEST_ARMOUR) return null;
  try {
    return armor.decode(text);
  } catch {
    return null;
  }
}

/** The text of an armoured age file. @throws SealingError as `decryptStream` does. */
export async function decryptText(identity: string, armoured: string): Promise<string> {
  const bytes = unarmoured(armoured);
  if (!bytes)
    throw new SealingError('not-sealed', 'This is not an armoured age file, or part of it is missing. Copy all of it.');
  const text = await collected(decryptStream(identity, streamOf(listed([bytes]))));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(text);
  } catch {
    throw new SealingError('damaged', 'What was sealed is not text. Ask for it again.');
  }
}
