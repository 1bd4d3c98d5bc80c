import { Reader, WireError } from './reader.ts';
import { join, number, vector } from './writer.ts';

/** Cipher kinds of SSL 2.0 (the SSL 0.2 protocol of 1995, as RFC 6176 has it; code points recalled). */
const KINDS: Record<number, string> = {
  65664: 'SSL_CK_RC4_128_WITH_MD5',
  131200: 'SSL_CK_RC4_128_EXPORT40_WITH_MD5',
  196736: 'SSL_CK_RC2_128_CBC_WITH_MD5',
  262272: 'SSL_CK_RC2_128_CBC_EXPORT40_WITH_MD5',
  327808: 'SSL_CK_IDEA_128_CBC_WITH_MD5',
  393280: 'SSL_CK_DES_64_CBC_WITH_MD5',
  458944: 'SSL_CK_DES_192_EDE3_CBC_WITH_MD5',
};

/** A CLIENT-HELLO of SSL 2.0 with every kind of cipher: 7 kinds, no session, a challenge of 16 bytes. */
export function writeSsl2Hello(random: Uint8Array): Uint8Array {
  const kinds = join(...Object.keys(KINDS).map((kind) => number(Number(kind), 3)));
  const head = join(number(1, 1), number(2, 2), number(kinds.length, 2), number(0, 2), number(16, 2));
  const hello = vector(2, head, kinds, random.subarray(0, 16));
  // The two bytes of length carry a mark: a record without padding.
  hello[0] = (hello[0] ?? 0) | 0x80;
  return hello;
}

/** Whether bytes are a CLIENT-HELLO of SSL 2.0: a proof tells so what was asked. */
export function isSsl2Hello(bytes: Uint8Array): boolean {
  return ((bytes[0] ?? 0) & 0x80) !== 0 && bytes[2] === 1 && bytes[3] === 0 && bytes[4] === 2;
}

/**
 * The kinds of cipher that a SERVER-HELLO of SSL 2.0 agrees to; null where the bytes are none, such as a TLS alert. DROWN needs no more than
 * such an answer, so an empty list counts as spoken too (RFC 6176 section 3 forbids it).
 */
export function readSsl2Hello(bytes: Uint8Array): string[] | null {
  try {
    const record = new Reader(bytes);
    const length = record.number(2);
    if ((length & 0x8000) === 0) return null;
    const hello = new Reader(record.take(Math.min(length & 0x7fff, record.left)));
    if (hello.number(1) !== 4) return null;
    hello.take(2);
    if (hello.number(2) !== 2) return null;
    const certificate = hello.number(2);
    const kinds = hello.number(2);
    hello.number(2);
    hello.take(Math.min(certificate, hello.left));
    const list = new Reader(hello.take(Math.min(kinds, hello.left)));
    const found: string[] = [];
    while (list.left >= 3) {
      const kind = list.number(3);
      found.push(KINDS[kind] ?? `kind ${kind}`);
    }
    return found;
  } catch (cause) {
    if (cause instanceof WireError) return null;
    throw cause;
  }
}
