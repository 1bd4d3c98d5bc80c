import { isSignedBy, type SignatureAlgorithm } from './algorithms.ts';
import type { Certificate } from './certificate.ts';
import { bits, inside, read } from './der.ts';

/** Why there is no path to an anchor, the nearest miss first. */
export type ChainFault =
  | 'no-certificate'
  | 'self-signed'
  | 'incomplete'
  | 'unknown-root'
  | 'expired'
  | 'not-yet-valid'
  | 'not-a-ca'
  | 'path-too-long'
  | 'wrong-purpose'
  | 'bad-signature'
  | 'critical-extension';

export type ChainVerdict =
  | { trusted: true; path: Certificate[] }
  | { trusted: false; fault: ChainFault; detail: string };

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const ANY_PURPOSE = '2.5.29.37.0';
const DEPTH_LIMIT = 8;
const STEPS_LIMIT = 64;
/** A fault further down says more: a path that failed at its last step came nearer than one without a first. */
const NEARNESS: readonly ChainFault[] = [
  'critical-extension',
  'expired',
  'not-yet-valid',
  'wrong-purpose',
  'path-too-long',
  'not-a-ca',
  'bad-signature',
  'unknown-root',
  'self-signed',
  'incomplete',
];

/**
 * Looks for a path from the first certificate to an anchor over the others that were sent, in any order (RFC 5280 section 6.1, RFC 4158).
 * Name constraints and other critical extensions that are not understood end a path with a fault of their own: to skip them would trust
 * too much. Anchors are trusted as they are; their dates are not looked at (section 6.1.1 (d)).
 * @param at Milliseconds since 1970.
 */
export function judgeChain(sent: readonly Certificate[], anchors: readonly Certificate[], at: number): ChainVerdict {
  const [leaf, ...others] = sent;
  if (!leaf) return { trusted: false, fault: 'no-certificate', detail: 'No certificate was sent.' };
  const faults: { fault: ChainFault; detail: string }[] = [];
  let steps = 0;
  const miss = (fault: ChainFault, detail: string): null => {
    faults.push({ fault, detail });
    return null;
  };

  const extend = (path: Certificate[]): Certificate[] | null => {
    const last = path.at(-1) as Certificate;
    const fault = faultOf(last, path.length - 1, at);
    if (fault) return miss(fault, nameOf(last));
    if (anchors.some((anchor) => same(anchor.subject, last.subject) && same(anchor.spki, last.spki))) return path;
    const known = anchors.filter((anchor) => same(anchor.subject, last.issuer));
    for (const anchor of known) {
      if (isIssuedBy(last, anchor)) return [...path, anchor];
      miss('bad-signature', nameOf(last));
    }
    if (same(last.subject, last.issuer) && isIssuedBy(last, last)) {
      return miss(path.length === 1 ? 'self-signed' : 'unknown-root', nameOf(last));
    }
    const next = others.filter((one) => same(one.subject, last.issuer) && !path.includes(one));
    if (next.length === 0 && known.length === 0) miss('incomplete', nameOf(last));
    if (path.length >= DEPTH_LIMIT) return miss('path-too-long', nameOf(last));
    for (const issuer of next) {
      steps += 1;
      if (steps > STEPS_LIMIT) return miss('path-too-long', nameOf(last));
      if (!isIssuedBy(last, issuer)) miss('bad-signature', nameOf(last));
      else {
        const whole = extend([...path, issuer]);
        if (whole) return whole;
      }
    }
    return null;
  };

  const path = extend([leaf]);
  if (path) return { trusted: true, path };
  const [nearest] = faults.toSorted((a, b) => NEARNESS.indexOf(a.fault) - NEARNESS.indexOf(b.fault));
  return { trusted: false, ...(nearest ?? { fault: 'incomplete', detail: nameOf(leaf) }) };
}

/** What keeps a certificate from being part of a path, `depth` certificates above the leaf. */
function faultOf(one: Certificate, depth: number, at: number): ChainFault | null {
  if (at > one.notAfter) return 'expired';
  if (at < one.notBefore) return 'not-yet-valid';
  if (one.unknownCritical.length > 0) return 'critical-extension';
  if (one.purposes && !one.purposes.includes(SERVER_AUTH) && !one.purposes.includes(ANY_PURPOSE))
    return 'wrong-purpose';
  if (depth === 0) return null;
  if (!one.ca || !one.mayCertify) return 'not-a-ca';
  // The leaf does not count, nor do the certificates above.
  if (one.pathLength !== null && depth - 1 > one.pathLength) return 'path-too-long';
  return null;
}

/** Whether the signature on a certificate is by the key of that issuer. */
export function isIssuedBy(one: Certificate, issuer: Pick<Certificate, 'spki'>): boolean {
  const [tbs, , signature] = inside(read(one.der));
  return tbs !== undefined && isSignedBy(tbs.whole, bits(signature), one.signature as SignatureAlgorithm, issuer.spki);
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(b);
}

function nameOf(certificate: Certificate): string {
  return `serial ${certificate.serial}`;
}
