import { checkSealed, LARGEST_CONTENT, LARGEST_JSON, SealingError, sealedSize } from '@proviso/sealing';
import { HttpProblem } from '../http/problem.ts';

/** Bytes of one sealed file at most, and of one sealed part of an offer or a draft. */
export const LARGEST_SEALED_FILE = sealedSize(LARGEST_CONTENT);
export const LARGEST_SEALED_JSON = sealedSize(LARGEST_JSON);
/** So many bytes tell whether a thing is sealed (1,627 do). */
const HEAD = 2_048;

/**
 * Passes a sealed file on, and fails where it is none: nobody shall store answers in plain by mistake. Nothing is passed on before its
 * head was looked at; the size is judged at the end, before the reader is told that it ends.
 * @throws HttpProblem 422 `not-sealed`, 413 `too-large`
 */
export async function* sealedOnly(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let head = Buffer.alloc(0);
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (head.length >= HEAD) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD) continue;
    // Of some right size: here only the head is judged.
    check(head, sealedSize(0));
    yield head;
  }
  check(head, size);
  if (head.length < HEAD) yield head;
}

/** The same for bytes in memory: a part of an offer, a draft. @throws as `sealedOnly` */
export function checkSealedBytes(bytes: Uint8Array): void {
  if (bytes.length > LARGEST_SEALED_JSON) throw new HttpProblem(413, 'too-large');
  check(bytes.subarray(0, HEAD), bytes.length);
}

function check(head: Uint8Array, size: number): void {
  try {
    checkSealed(head, size);
  } catch (error) {
    if (!(error instanceof SealingError)) throw error;
    throw error.code === 'too-big' ? new HttpProblem(413, 'too-large') : new HttpProblem(422, 'not-sealed');
  }
}
