import { keyOctets } from './armor.ts';
import { type PublicKey, readKey } from './keys.ts';
import { PgpError, PgpUnsupported, readPackets, TAG } from './packets.ts';
import { isBy, KIND, readSignature, type Signature, type Verified, verifySignature } from './signature.ts';

/** A key with what was signed about it. */
interface Bound {
  key: PublicKey;
  signatures: Signature[];
}

/** A certificate: a primary key, what it says of itself and by whom it is called, and its subkeys (RFC 9580 section 10.1). */
export interface Certificate {
  primary: Bound;
  /** User ids with the signatures over them. */
  names: { hashed: Buffer; signatures: Signature[] }[];
  subkeys: Bound[];
}

/** Certificates that are read from one file. */
const MOST_CERTIFICATES = 20;

/**
 * The certificates of a file, armored or not. What is in them and not known is passed over. @throws PgpError where it is no such file,
 * PgpUnsupported where it is of a kind that is not known here
 */
export function readCertificates(bytes: Buffer): Certificate[] {
  const certificates: Certificate[] = [];
  /** Where signatures go that come next. */
  let into: Signature[] | null = null;
  let skipped = false;
  for (const { tag, body } of readPackets(keyOctets(bytes))) {
    const last = certificates.at(-1);
    if (tag === TAG.publicKey) {
      if (certificates.length >= MOST_CERTIFICATES) break;
      const key = known(() => readKey(body));
      skipped ||= key === null;
      into = key === null ? null : [];
      if (key && into) certificates.push({ primary: { key, signatures: into }, names: [], subkeys: [] });
    } else if (last === undefined) continue;
    else if (tag === TAG.userId) {
      into = [];
      last.names.push({ hashed: userHashed(body), signatures: into });
    } else if (tag === TAG.publicSubkey) {
      const key = known(() => readKey(body));
      into = key === null ? null : [];
      if (key && into) last.subkeys.push({ key, signatures: into });
    } else if (tag === TAG.userAttribute) into = null;
    else if (tag === TAG.signature && into !== null) {
      const signature = known(() => readSignature(body));
      if (signature) into.push(signature);
    }
  }
  if (certificates.length === 0 && skipped) throw new PgpUnsupported('a key of another version');
  if (certificates.length === 0) throw new PgpError('no key');
  return certificates;
}

/** What is read; null where it is of a kind that is not known here. */
export function known<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof PgpUnsupported) return null;
    throw error;
  }
}

/** A user id as it goes into what is signed about it (RFC 9580 section 5.2.4). */
function userHashed(body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(0xb4, 0);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** What a certificate says of one of its keys. `unsure`: nothing that could be verified here. */
export type Standing = 'good' | 'revoked' | 'expired' | 'not-for-signing' | 'unsure';

/** The flag of keys that may sign data (RFC 9580 section 5.2.3.29). */
const MAY_SIGN = 0x02;

/**
 * Whether a key of a certificate may sign at a time (RFC 9580 sections 5.2.1 and 10.1.5): it is bound by signatures of the primary key, none of which
 * was withdrawn, and has not expired. @param at seconds since 1970
 */
export function standingOf(certificate: Certificate, key: PublicKey, at: number): Standing {
  const { primary } = certificate;
  const { revoked, own } = sayingsOf(certificate);
  if (revoked) return 'revoked';
  const latest = latestOf(own, at);
  if (latest === null) return 'unsure';
  if (hasExpired(primary.key, latest, at)) return 'expired';
  if (key === primary.key) return maySign(latest) ? 'good' : 'not-for-signing';
  return standingOfSubkey(primary, certificate.subkeys, key, at);
}

/** What a primary key says of itself, and whether it was withdrawn. */
interface Sayings {
  revoked: boolean;
  own: Signature[];
}

/** Verified once a certificate, however many keys it has. */
const sayings = new WeakMap<Certificate, Sayings>();

function sayingsOf(certificate: Certificate): Sayings {
  const known = sayings.get(certificate);
  if (known) return known;
  const { primary, names } = certificate;
  const data = [primary.key.hashed];
  const made: Sayings = {
    revoked: isRevoked(primary, data, primary.signatures, KIND.keyRevocation),
    own: [
      ...good(primary, data, primary.signatures, [KIND.directKey]),
      ...names.flatMap(({ hashed, signatures }) => standingNames(primary, [primary.key.hashed, hashed], signatures)),
    ],
  };
  sayings.set(certificate, made);
  return made;
}

/** What was signed about a name, but for what was withdrawn since (RFC 9580 section 5.2.1.14). */
function standingNames(primary: Bound, data: readonly Buffer[], signatures: readonly Signature[]): Signature[] {
  const withdrawn = Math.max(
    ...byPrimary(primary, data, signatures, [KIND.certificationRevocation], ['good', 'weak']).map(
      ({ created }) => created ?? Number.POSITIVE_INFINITY,
    ),
  );
  return good(primary, data, signatures, KIND.certifications).filter(({ created }) => (created ?? 0) > withdrawn);
}

function standingOfSubkey(primary: Bound, subkeys: readonly Bound[], key: PublicKey, at: number): Standing {
  const bound = subkeys.find((one) => one.key === key);
  if (!bound) return 'unsure';
  const data = [primary.key.hashed, key.hashed];
  if (isRevoked(primary, data, bound.signatures, KIND.subkeyRevocation)) return 'revoked';
  const latest = latestOf(good(primary, data, bound.signatures, [KIND.subkeyBinding]), at);
  if (latest === null) return 'unsure';
  if (hasExpired(key, latest, at)) return 'expired';
  if (latest.keyFlags === null || !maySign(latest)) return 'not-for-signing';
  // Without a word of its own anybody could adopt another's key (section 5.2.1.9).
  return latest.embedded !== null && agrees(latest.embedded, key, data) ? 'good' : 'unsure';
}

function agrees(embedded: Buffer, key: PublicKey, data: readonly Buffer[]): boolean {
  try {
    const signature = readSignature(embedded);
    return signature.kind === KIND.primaryBinding && verifySignature(signature, key, data) === 'good';
  } catch (error) {
    if (error instanceof PgpError || error instanceof PgpUnsupported) return false;
    throw error;
  }
}

/** Most signatures of one key that are verified: whoever makes a certificate may add as many as they like. */
const MOST_VERIFIED = 50;

/** Signatures of those kinds that the primary key made over the data. Those that say they are by others, as many have by the hundred, do not count. */
function byPrimary(
  { key }: Bound,
  data: readonly Buffer[],
  signatures: readonly Signature[],
  kinds: readonly number[],
  wanted: readonly Verified[],
): Signature[] {
  return signatures
    .filter((one) => kinds.includes(one.kind) && (one.issuer === null || isBy(one, key)))
    .slice(0, MOST_VERIFIED)
    .filter((one) => wanted.includes(verifySignature(one, key, data)));
}

const good = (primary: Bound, data: readonly Buffer[], signatures: readonly Signature[], kinds: readonly number[]) =>
  byPrimary(primary, data, signatures, kinds, ['good']);

/** A key was withdrawn also where that was signed with a hash of old: who forged it could only have done its owner a favour. */
const isRevoked = (primary: Bound, data: readonly Buffer[], signatures: readonly Signature[], kind: number): boolean =>
  byPrimary(primary, data, signatures, [kind], ['good', 'weak']).length > 0;

/** The last of them that was made by then and holds then. */
function latestOf(signatures: readonly Signature[], at: number): Signature | null {
  const holding = signatures.filter(
    ({ created, expires }) => created !== null && created <= at && (!expires || created + expires > at),
  );
  return holding.toSorted((a, b) => (b.created ?? 0) - (a.created ?? 0))[0] ?? null;
}

const hasExpired = ({ created }: PublicKey, { keyExpires }: Signature, at: number): boolean =>
  keyExpires !== null && keyExpires > 0 && created + keyExpires <= at;

const maySign = ({ keyFlags }: Signature): boolean => keyFlags === null || (keyFlags & MAY_SIGN) !== 0;
