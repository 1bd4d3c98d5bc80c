import { createHash } from 'node:crypto';
import { isWithin, labelsOf, type Name, nameOf, nameToWire, parentOf, wildcardAt } from '../wire/name.ts';
import { type Denial, endsHere, listLacks, type Proof, type Refuted } from './denial.ts';
import type { Work } from './work.ts';

/** An NSEC3 record whose signature is good. */
export interface Nsec3Record {
  owner: Name;
  hashAlgorithm: number;
  flags: number;
  iterations: number;
  salt: Buffer;
  next: Buffer;
  types: ReadonlySet<number>;
}

const DIGITS = '0123456789abcdefghijklmnopqrstuv';

/** Base32 with the extended hex alphabet, lower case, no padding (RFC 4648 section 7, RFC 5155 section 3.3). */
export function base32hex(bytes: Buffer): string {
  let [text, bits, held] = ['', 0, 0];
  for (const octet of bytes) {
    held = (held << 8) | octet;
    for (bits += 8; bits >= 5; bits -= 5) text += DIGITS[(held >>> (bits - 5)) & 31];
    held &= 0xff;
  }
  return bits > 0 ? text + DIGITS[(held << (5 - bits)) & 31] : text;
}

/** The hash of a name (RFC 5155 section 5): SHA-1, `iterations` times more than once. */
export function nsec3Hash(name: Name, salt: Buffer, iterations: number): Buffer {
  let hash = createHash('sha1').update(nameToWire(name)).update(salt).digest();
  for (let run = 0; run < iterations; run += 1) hash = createHash('sha1').update(hash).update(salt).digest();
  return hash;
}

/**
 * Above this the zone counts as insecure (RFC 9276 section 3.2 lets the validator choose; resolvers of today draw the
 * line at 150 or lower).
 */
export const MOST_ITERATIONS = 150;

interface Encloser {
  /** The closest ancestor that exists. */
  name: Name;
  /** Does the hash span over the next longer name leave out unsigned delegations? */
  optOut: boolean;
}

/** One zone's hashed records of one answer, ready to be asked. All of one set of parameters (RFC 5155 section 8.2). */
export class HashedDenial {
  private readonly zone: Name;
  private readonly work: Work;
  private readonly records: Nsec3Record[];
  private readonly hashes = new Map<Name, Buffer>();
  private readonly first: Nsec3Record | undefined;

  constructor(records: readonly Nsec3Record[], zone: Name, work: Work) {
    this.zone = zone;
    this.work = work;
    // Unknown hashes and flags are passed over (RFC 5155 sections 8.1 and 8.2).
    const usable = records.filter(
      (one) =>
        one.hashAlgorithm === 1 && (one.flags & ~1) === 0 && one.next.length === 20 && parentOf(one.owner) === zone,
    );
    this.first = usable[0];
    this.records = usable.filter(
      (one) => one.iterations === this.first?.iterations && one.salt.equals(this.first.salt),
    );
  }

  /** `missing` without usable records, `iterations` where hashing would cost too much, null where it can be asked. */
  get refused(): Refuted | null {
    if (!this.first) return 'missing';
    return this.first.iterations > MOST_ITERATIONS ? 'iterations' : null;
  }

  private hash(name: Name): Buffer {
    const known = this.hashes.get(name);
    if (known) return known;
    const { salt, iterations } = this.first as Nsec3Record;
    this.work.hash(iterations + 1);
    const made = nsec3Hash(name, salt, iterations);
    this.hashes.set(name, made);
    return made;
  }

  private match(name: Name): Nsec3Record | undefined {
    const label = base32hex(this.hash(name));
    return this.records.find(({ owner }) => labelsOf(owner)[0] === label);
  }

  private cover(name: Name): Nsec3Record | undefined {
    const hash = base32hex(this.hash(name));
    return this.records.find(({ owner, next }) => {
      const [from, to] = [labelsOf(owner)[0] as string, base32hex(next)];
      // The alphabet keeps the order of the octets. The last record of the zone wraps round.
      return from < to ? from < hash && hash < to : hash > from || hash < to;
    });
  }

  /** The closest encloser of a name that does not exist, with the next closer name covered (RFC 5155 section 8.3). */
  private encloser(name: Name): Encloser | null {
    if (!isWithin(name, this.zone)) return null;
    let next = name;
    while (next !== this.zone) {
      const above = parentOf(next);
      const record = this.match(above);
      if (record) {
        const cover = endsHere(record.types) ? undefined : this.cover(next);
        return cover ? { name: above, optOut: (cover.flags & 1) !== 0 } : null;
      }
      next = above;
    }
    return null;
  }

  /** Does the zone prove that `name` has no record of this type (RFC 5155 sections 8.5 to 8.7)? @throws WorkExceeded */
  provesNoData(name: Name, type: number): Proof {
    if (this.refused) return this.refused;
    const exact = this.match(name);
    if (exact) {
      return listLacks(exact.types, name, type) ? { kind: 'no-data', types: exact.types, optOut: false } : 'wrong';
    }
    const encloser = this.encloser(name);
    if (!encloser) return 'wrong';
    const wildcard = this.match(wildcardAt(encloser.name));
    if (wildcard && listLacks(wildcard.types, wildcardAt(encloser.name), type))
      return { kind: 'no-data', types: null, optOut: encloser.optOut };
    // Without a wildcard only an opted-out span can leave a name out: an unsigned delegation, or what lies above one.
    return encloser.optOut ? { kind: 'no-data', types: null, optOut: true } : 'wrong';
  }

  /**
   * Does the zone prove that neither `name` nor a wildcard for it exists (RFC 5155 section 8.4)? @throws WorkExceeded
   */
  provesNoName(name: Name): Proof {
    if (this.refused) return this.refused;
    if (this.match(name)) return 'wrong';
    const encloser = this.encloser(name);
    if (!encloser || !this.cover(wildcardAt(encloser.name))) return 'wrong';
    return { kind: 'no-name', types: null, optOut: encloser.optOut };
  }

  /** May a wildcard below `source` answer for `name` (RFC 5155 section 8.8)? @throws WorkExceeded */
  provesExpansion(name: Name, source: Name): Proof {
    if (this.refused) return this.refused;
    const labels = labelsOf(name);
    const nextCloser = nameOf(labels.slice(labels.length - labelsOf(source).length - 1));
    const cover = this.cover(nextCloser);
    return cover ? ({ kind: 'no-name', types: null, optOut: (cover.flags & 1) !== 0 } satisfies Denial) : 'wrong';
  }
}
