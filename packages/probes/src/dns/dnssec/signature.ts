import { countLabels, isWithin, labelsOf, type Name, nameOf, nameToWire } from '../wire/name.ts';
import { type Dnskey, type Rrsig, readEach, readRrsig } from '../wire/rdata.ts';
import type { RRset } from '../wire/record.ts';
import { isZoneKey, keyTag, verifies } from './keys.ts';
import type { ReasonCode } from './reason.ts';
import { type Work, WorkExceeded } from './work.ts';

/**
 * The octets that are signed (RFC 4034 section 3.1.8.1): head of the signature, then the records in canonical form and
 * order.
 */
export function signedData(set: RRset, signature: Rrsig): Buffer {
  const owner = nameToWire(signedOwner(set.name, signature));
  const parts: Buffer[] = [signature.head];
  for (const data of set.data) {
    const fixed = Buffer.alloc(10);
    fixed.writeUInt16BE(set.type, 0);
    fixed.writeUInt16BE(set.class, 2);
    fixed.writeUInt32BE(signature.originalTtl, 4);
    fixed.writeUInt16BE(data.length, 8);
    parts.push(owner, fixed, data);
  }
  return Buffer.concat(parts);
}

/** The owner as it was signed: itself, or the wildcard it was made from (RFC 4035 section 5.3.2). */
function signedOwner(name: Name, signature: Rrsig): Name {
  const labels = labelsOf(name);
  return countLabels(name) > signature.labels ? nameOf(['*', ...labels.slice(labels.length - signature.labels)]) : name;
}

/**
 * Is `time` within the signature's period? Seconds since 1970, compared in serial arithmetic (RFC 4034 section 3.1.5).
 */
export function periodOf(signature: Rrsig, time: number): 'valid' | 'expired' | 'not-yet-valid' {
  const now = time >>> 0;
  if (((signature.expiration - now) | 0) < 0) return 'expired';
  return ((now - signature.inception) | 0) < 0 ? 'not-yet-valid' : 'valid';
}

/** Seconds until the signature ends, negative once it has. */
export function secondsLeft(signature: Rrsig, time: number): number {
  return (signature.expiration - (time >>> 0)) | 0;
}

export type Verified =
  /** `source`: the name below which a wildcard was expanded, null where the set is what its owner holds. */
  { ok: true; signature: Rrsig; key: Dnskey; source: Name | null } | { ok: false; code: ReasonCode };

export interface VerifyOptions {
  /** Seconds since 1970. */
  at: number;
  algorithms: readonly number[];
  work: Work;
}

/**
 * Most keys of one tag and algorithm that are tried for a signature: real zones have one, an attacker's any number
 * (CVE-2023-50387).
 */
const SAME_TAG = 4;

/** Of several failures the one that says most about what went wrong. */
const TELLING: readonly ReasonCode[] = [
  'signature-expired',
  'signature-not-yet-valid',
  'signature-invalid',
  'signature-key-missing',
  'signature-malformed',
  'signature-missing',
];

/**
 * Is the set signed by one of the zone's keys at this time (RFC 4035 section 5.3)? One good signature suffices (RFC
 * 6840 section 5.4). In: the set, keys that are trusted already, the zone they are of, the algorithms that count,
 * seconds since 1970.
 * @throws WorkExceeded when the validation has checked more signatures than any honest answer needs.
 */
export function verifyRRset(set: RRset, keys: readonly Dnskey[], zone: Name, options: VerifyOptions): Verified {
  const failures = new Set<ReasonCode>(['signature-missing']);
  for (const raw of set.signatures) {
    const [signature] = readEach(readRrsig, [raw]);
    if (!signature) {
      failures.add('signature-malformed');
      continue;
    }
    const labels = countLabels(set.name);
    // RFC 4035 section 5.3.1; a wildcard above the zone's apex would be no name of the zone.
    if (signature.signer !== zone || !isWithin(set.name, zone)) continue;
    if (signature.labels > labels || signature.labels < labelsOf(zone).length) {
      failures.add('signature-malformed');
      continue;
    }
    if (!options.algorithms.includes(signature.algorithm)) continue;
    const period = periodOf(signature, options.at);
    if (period !== 'valid') {
      failures.add(`signature-${period}`);
      continue;
    }
    const candidates = keys.filter(
      (key) => isZoneKey(key) && key.algorithm === signature.algorithm && keyTag(key) === signature.keyTag,
    );
    failures.add(candidates.length > 0 ? 'signature-invalid' : 'signature-key-missing');
    if (candidates.length > SAME_TAG) throw new WorkExceeded('more keys of one tag than are tried');
    const data = signedData(set, signature);
    for (const key of candidates) {
      if (!options.work.verify(key, data, signature.signature, verifies)) continue;
      const all = labelsOf(set.name);
      const source = labels > signature.labels ? nameOf(all.slice(all.length - signature.labels)) : null;
      return { ok: true, signature, key, source };
    }
  }
  return { ok: false, code: TELLING.find((code) => failures.has(code)) ?? 'signature-missing' };
}

/**
 * Those of the set's signatures that are good, each looked at alone; what else stands beside them proves nothing.
 * @throws WorkExceeded
 */
export function goodSignatures(set: RRset, keys: readonly Dnskey[], zone: Name, options: VerifyOptions): Rrsig[] {
  return set.signatures.flatMap((raw) => {
    const verified = verifyRRset({ ...set, signatures: [raw] }, keys, zone, options);
    return verified.ok ? [verified.signature] : [];
  });
}

/** The zones that claim to have signed the set, the deepest first; only names that may be its zone. */
export function signersOf(set: RRset): Name[] {
  const signers = readEach(readRrsig, set.signatures).map(({ signer }) => signer);
  return [...new Set(signers)]
    .filter((signer) => isWithin(set.name, signer))
    .sort((one, other) => labelsOf(other).length - labelsOf(one).length);
}
