import { createHash, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { Tlsa } from '../wire/rdata.ts';
import { spkiOf } from './spki.ts';

/** Why a TLSA record cannot be used. */
export type Unusable = 'usage' | 'usage-smtp' | 'selector' | 'matching' | 'length' | 'not-a-certificate' | 'not-a-key';

const LENGTHS: Readonly<Record<number, number>> = { 1: 32, 2: 64 };

/**
 * Why a record counts for nothing (RFC 6698 section 4.1): unknown fields, or data that cannot be what it says; null
 * where it can be used. For mail between servers usages 0 and 1 are not to be used (RFC 7672 section 3.1.3).
 */
export function unusable({ usage, selector, matching, data }: Tlsa, forMail: boolean): Unusable | null {
  if (usage > 3) return 'usage';
  if (forMail && usage < 2) return 'usage-smtp';
  if (selector > 1) return 'selector';
  if (matching > 2) return 'matching';
  if (matching > 0) return data.length === LENGTHS[matching] ? null : 'length';
  return selector === 0 ? (certificateOf(data) ? null : 'not-a-certificate') : keyOf(data) ? null : 'not-a-key';
}

function certificateOf(der: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(der);
  } catch {
    return null;
  }
}

function keyOf(der: Buffer): KeyObject | null {
  try {
    return createPublicKey({ key: der, format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

export type Match =
  /**
   * `depth`: 0 for the server's own certificate; for a bare key that is above the chain, one more than its last
   * certificate.
   */
  { matched: true; depth: number } | { matched: false; reason: Unusable | 'no-chain' | 'differs' };

/** More certificates than a chain that is meant seriously has. */
const MOST_CERTIFICATES = 10;

/**
 * Does a TLSA record agree with what a server showed (RFC 6698 section 2.1, RFC 7671 section 5)? In: the record, and
 * the chain in DER, the server's own certificate first. Usages 1 and 3 look at that alone; 0 and 2 at certificates
 * above it that are authorities and verifiably signed what lies below them, or at a key that signed the last one (RFC
 * 7671 section 5.2). Says nothing of names, dates and, for 0 and 1, of public trust: RFC 7671 sections 5.1 to 5.4 say
 * which of these count. Never throws for content.
 */
export function matchTlsa(record: Tlsa, chain: readonly Uint8Array[]): Match {
  const reason = unusable(record, false);
  if (reason) return { matched: false, reason };
  const certificates = chain.slice(0, MOST_CERTIFICATES).map(certificateOf);
  const [own] = certificates;
  if (!own) return { matched: false, reason: 'no-chain' };
  if (record.usage === 1 || record.usage === 3)
    return agrees(record, chain[0] as Uint8Array) ? { matched: true, depth: 0 } : { matched: false, reason: 'differs' };
  let below = own;
  for (let depth = 1; depth < certificates.length; depth += 1) {
    const above = certificates[depth];
    // A list that is no chain any more gives no trust to what follows.
    if (!above?.ca || !below.checkIssued(above) || !signedBy(below, above.publicKey)) break;
    if (agrees(record, chain[depth] as Uint8Array)) return { matched: true, depth };
    below = above;
  }
  return matchAbove(record, certificates) ?? { matched: false, reason: 'differs' };
}

/**
 * An anchor in full that the server left out of its chain: whole certificate or bare key (RFC 7671 sections 5.2.2 and
 * 5.2.3).
 */
function matchAbove(record: Tlsa, certificates: readonly (X509Certificate | null)[]): Match | null {
  if (record.matching !== 0) return null;
  const anchor = record.selector === 0 ? certificateOf(record.data) : null;
  const key = anchor ? anchor.publicKey : keyOf(record.data);
  if (!key || (record.selector === 0 && !anchor?.ca)) return null;
  for (const [index, certificate] of certificates.entries()) {
    if (!certificate) return null;
    if (index > 0) {
      const below = certificates[index - 1] as X509Certificate;
      if (!certificate.ca || !below.checkIssued(certificate) || !signedBy(below, certificate.publicKey)) return null;
    }
    if ((!anchor || certificate.checkIssued(anchor)) && signedBy(certificate, key))
      return { matched: true, depth: index + 1 };
  }
  return null;
}

function signedBy(certificate: X509Certificate, key: KeyObject): boolean {
  try {
    return certificate.verify(key);
  } catch {
    return false;
  }
}

function agrees({ selector, matching, data }: Tlsa, der: Uint8Array): boolean {
  const content = selector === 0 ? Buffer.from(der) : spkiOf(Buffer.from(der));
  if (!content) return false;
  return (
    matching === 0
      ? content
      : createHash(matching === 1 ? 'sha256' : 'sha512')
          .update(content)
          .digest()
  ).equals(data);
}
