import { sha256Hex } from './hash.ts';

/**
 * The fingerprint of a public key (or another text): SHA-256 of it, as sixteen groups of four hex digits that people can read to each other. It is
 * what `printf %s age1pq1… | sha256sum` prints, so that it can be checked without Proviso.
 */
export function fingerprintOf(recipient: string): string {
  return (sha256Hex(recipient).match(/.{4}/g) as string[]).join(' ');
}

/** Whether two fingerprints are the same, however they were typed: case, spaces, hyphens and colons do not count. */
export function sameFingerprint(one: string, other: string): boolean {
  const digits = bare(one);
  return /^[0-9a-f]{64}$/.test(digits) && digits === bare(other);
}

function bare(fingerprint: string): string {
  return fingerprint.replaceAll(/[\s:-]/g, '').toLowerCase();
}
