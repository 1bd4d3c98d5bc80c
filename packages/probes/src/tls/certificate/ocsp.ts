import { createHash } from 'node:crypto';
import { isSignedBy, type SignatureAlgorithm, signatureAlgorithm } from './algorithms.ts';
import { type Certificate, readCertificate } from './certificate.ts';
import { isIssuedBy } from './chain.ts';
import { bits, type Der, expect, inside, integer, oid, read, TAG, time } from './der.ts';

/** What a stapled OCSP response says of a certificate (RFC 6960). Times are milliseconds since 1970. */
export interface StapledStatus {
  status: 'good' | 'revoked' | 'unknown';
  thisUpdate: number;
  /** Null where the responder says that newer information is always there. */
  nextUpdate: number | null;
  /** Signed by the issuer, or by one to whom the issuer gave that purpose (section 4.2.2.2). */
  trusted: boolean;
}

const BASIC = '1.3.6.1.5.5.7.48.1.1';
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
const HASHES: Record<string, string> = { '1.3.14.3.2.26': 'sha1', '2.16.840.1.101.3.4.2.1': 'sha256' };

/**
 * Reads a response and looks for what it says about `certificate`. Null where it says nothing about it, or is no success.
 * @throws DerError where the bytes are no OCSP response.
 */
export function readStaple(
  response: Uint8Array,
  certificate: Certificate,
  issuer: Certificate | null,
): StapledStatus | null {
  const [status, bytes] = inside(read(response), TAG.sequence);
  if (integer(expect(status, TAG.enumerated)) !== 0) return null;
  const [type, content] = inside(inside(bytes)[0], TAG.sequence);
  if (oid(type) !== BASIC) return null;
  const [data, algorithm, signature, certificates] = inside(
    read(expect(content, TAG.octetString).content),
    TAG.sequence,
  );
  const fields = inside(data, TAG.sequence);
  const list = fields.findLast(({ tag }) => tag === TAG.sequence);
  for (const single of inside(list)) {
    const [id, state, thisUpdate, next] = inside(single, TAG.sequence);
    if (!isAbout(id, certificate, issuer)) continue;
    const trusted =
      issuer !== null &&
      isFromResponder(
        expect(data),
        bits(signature),
        signatureAlgorithm(expect(algorithm)),
        certificates,
        issuer,
        time(thisUpdate),
      );
    return {
      status: state?.context === 0 ? 'good' : state?.context === 1 ? 'revoked' : 'unknown',
      thisUpdate: time(thisUpdate),
      nextUpdate: next?.context === 0 ? time(inside(next)[0]) : null,
      trusted,
    };
  }
  return null;
}

/** Whether a CertID names that certificate: its serial, and where the issuer is known its name and key (section 4.1.1). */
function isAbout(id: Der | undefined, { serial }: Certificate, issuer: Certificate | null): boolean {
  const [algorithm, nameHash, keyHash, number] = inside(id, TAG.sequence);
  if (Buffer.from(expect(number, TAG.integer).content).toString('hex') !== serial) return false;
  const hash = HASHES[oid(inside(algorithm)[0])];
  if (!issuer) return true;
  if (!hash) return false;
  const hashed = (bytes: Uint8Array) => createHash(hash).update(bytes).digest();
  return (
    hashed(issuer.subject).equals(expect(nameHash).content) && hashed(issuer.keyBits).equals(expect(keyHash).content)
  );
}

function isFromResponder(
  data: Der,
  signature: Uint8Array,
  algorithm: SignatureAlgorithm,
  certificates: Der | undefined,
  issuer: Certificate,
  at: number,
): boolean {
  if (isSignedBy(data.whole, signature, algorithm, issuer.spki)) return true;
  const sent = certificates ? inside(inside(certificates)[0], TAG.sequence).slice(0, 4) : [];
  return sent.some(({ whole }) => {
    const delegate = readCertificate(whole);
    return (
      delegate.purposes?.includes(OCSP_SIGNING) === true &&
      at >= delegate.notBefore &&
      at <= delegate.notAfter &&
      isIssuedBy(delegate, issuer) &&
      isSignedBy(data.whole, signature, algorithm, delegate.spki)
    );
  });
}
