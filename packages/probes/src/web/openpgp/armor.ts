import { PgpError } from './packets.ts';

const BEGIN = /^-----BEGIN PGP ([A-Z ,/0-9]+)-----[ \t]*$/;
/** Octets of text that are read. */
const MOST_CHARACTERS = 512 * 1024;

/**
 * The octets of the first armored block of a kind (RFC 9580 section 6.2). Headers are passed over, and so is the checksum, which must not be
 * minded (section 6.1). @throws PgpError where there is none, or it is not whole
 */
export function unarmor(text: string, kind: 'SIGNATURE' | 'PUBLIC KEY BLOCK'): Buffer {
  if (text.length > MOST_CHARACTERS) throw new PgpError('too long');
  const lines = text.split(/\r?\n/);
  const begin = lines.findIndex((line) => BEGIN.exec(line)?.[1] === kind);
  const end = lines.findIndex((line, at) => at > begin && line.trimEnd() === `-----END PGP ${kind}-----`);
  if (begin < 0 || end < 0) throw new PgpError('no armor');
  const blank = lines.findIndex((line, at) => at > begin && line.trim() === '');
  if (blank < 0 || blank >= end) throw new PgpError('no blank line after the headers of the armor');
  if (!lines.slice(begin + 1, blank).every((line) => /^[!-9;-~]+: /.test(line))) throw new PgpError('a header');
  const body = lines
    .slice(blank + 1, end)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^=[A-Za-z0-9+/]{4}$/.test(line))
    .join('');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(body) || body === '')
    throw new PgpError('no base64');
  return Buffer.from(body, 'base64');
}

/** A key as people publish it: armored, or the octets themselves. @throws PgpError */
export function keyOctets(bytes: Buffer): Buffer {
  // No packet begins with an octet of ASCII.
  return (bytes[0] ?? 0) >= 0x80 ? bytes : unarmor(bytes.toString('latin1'), 'PUBLIC KEY BLOCK');
}
