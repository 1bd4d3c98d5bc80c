import { unarmor } from './armor.ts';
import { type Certificate, known, readCertificates, standingOf } from './certificate.ts';
import { PgpError, PgpUnsupported, readPackets, TAG } from './packets.ts';
import { isBy, KIND, readSignature, type Signature, verifySignature } from './signature.ts';

/** What is to be said of a signature over a text, by a code for people. Only `good` says that it is a true one. */
export type SignatureState =
  | 'good'
  | 'false'
  | 'malformed'
  | 'weak'
  | 'expired'
  | 'future'
  | 'key-revoked'
  | 'key-expired'
  | 'key-unfit'
  | 'key-unsure'
  | 'key-missing'
  | 'unsupported';

export interface SignatureFound {
  state: SignatureState;
  /** Fingerprint, or id, of the key that it says it is by. */
  issuer: string | null;
  /** When it was made, milliseconds since 1970. */
  created: number | null;
}

/** A clock of theirs may be ahead of ours by so many seconds. */
const AHEAD = 86_400;
/** Signatures that are looked at. */
const MOST_SIGNATURES = 5;
/** Keys of one fingerprint that are tried: more of them are there to take our time. */
const MOST_CANDIDATES = 20;

/**
 * Judges a cleartext signature (RFC 9580 sections 5.2.4 and 7), with node:crypto for the mathematics. Pure; never throws for what is in it.
 * @param text what it covers, with CRLF between lines and no blanks at their ends
 * @param armored the block of the signature
 * @param keys files with keys, as they were found
 * @param now milliseconds since 1970: what expires is judged as of then
 * @returns of several signatures the best
 */
export function checkSignature(text: string, armored: string, keys: readonly Buffer[], now: number): SignatureFound {
  try {
    const bodies = readPackets(unarmor(armored, 'SIGNATURE'));
    if (bodies.length === 0 || bodies.some(({ tag }) => tag !== TAG.signature)) throw new PgpError('no signature');
    const certificates = keys.flatMap(certificatesIn);
    const found = bodies
      .slice(0, MOST_SIGNATURES)
      .map(({ body }) => judgeBody(body, text, certificates, Math.floor(now / 1000)));
    return found.find(({ state }) => state === 'good') ?? (found[0] as SignatureFound);
  } catch (error) {
    if (error instanceof PgpError) return { state: 'malformed', issuer: null, created: null };
    if (error instanceof PgpUnsupported) return { state: 'unsupported', issuer: null, created: null };
    throw error;
  }
}

/** What is no file of keys is as if it had not been found. */
function certificatesIn(bytes: Buffer): Certificate[] {
  try {
    return readCertificates(bytes);
  } catch (error) {
    if (error instanceof PgpError || error instanceof PgpUnsupported) return [];
    throw error;
  }
}

/** One of another version does not stand in the way of those beside it (RFC 9580 section 5.2). */
function judgeBody(body: Buffer, text: string, certificates: readonly Certificate[], at: number): SignatureFound {
  const signature = known(() => readSignature(body));
  if (signature === null) return { state: 'unsupported', issuer: null, created: null };
  return judgeOne(signature, text, certificates, at);
}

function judgeOne(
  signature: Signature,
  text: string,
  certificates: readonly Certificate[],
  at: number,
): SignatureFound {
  const { created, issuer, kind } = signature;
  const end = (state: SignatureState): SignatureFound => ({
    state,
    issuer,
    created: created === null ? null : created * 1000,
  });
  if (created === null || (kind !== KIND.text && kind !== KIND.binary)) return end('malformed');
  const candidates = certificates.flatMap((certificate) =>
    [certificate.primary, ...certificate.subkeys]
      .filter(({ key }) => isBy(signature, key))
      .map(({ key }) => ({ certificate, key })),
  );
  if (candidates.length === 0) return end('key-missing');
  if (candidates.length > MOST_CANDIDATES) return end('key-unsure');
  const data = [Buffer.from(text, 'utf8')];
  const verified = candidates.map((one) => ({ ...one, result: verifySignature(signature, one.key, data) }));
  const by = verified.filter(({ result }) => result === 'good');
  if (by.length === 0) {
    const [first] = verified;
    return end(first?.result === 'weak' ? 'weak' : first?.result === 'unsupported' ? 'unsupported' : 'false');
  }
  if (created > at + AHEAD) return end('future');
  if (signature.expires && created + signature.expires <= at) return end('expired');
  const standings = by.map(({ certificate, key }) => standingOf(certificate, key, at));
  // The same key may be there several times, as in a copy from before it was revoked.
  const [first = 'unsure'] = standings;
  const deciding = (['revoked', 'good'] as const).find((one) => standings.includes(one)) ?? first;
  return end(STATES[deciding]);
}

const STATES: Readonly<Record<ReturnType<typeof standingOf>, SignatureState>> = {
  good: 'good',
  revoked: 'key-revoked',
  expired: 'key-expired',
  'not-for-signing': 'key-unfit',
  unsure: 'key-unsure',
};
