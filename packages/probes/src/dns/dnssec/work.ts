import { createHash } from 'node:crypto';
import type { Dnskey } from '../wire/rdata.ts';

/** A bound on the work for one answer was reached. The result is then indeterminate: nothing is said about the zone. */
export class WorkExceeded extends Error {
  override name = 'WorkExceeded';
}

export interface WorkLimits {
  /** Signatures checked for one question with its whole chain. */
  signatures: number;
  /** SHA-1 runs for hashed denial, in all (CVE-2023-50868). */
  hashes: number;
  /** Questions asked, aliases and delegations included. */
  questions: number;
}

export const WORK_LIMITS: WorkLimits = { signatures: 200, hashes: 20_000, questions: 150 };

/**
 * What was found of signatures checked before, by a hash over key, data and signature; shared between validations to
 * save time.
 */
export type SignatureCache = Map<string, boolean>;

const MOST_CACHED = 20_000;

/**
 * What was found of signatures in this process. Whether a signature fits is a matter of the three alone, never of who asks or when, so that
 * all validations can share it.
 */
const FOUND: SignatureCache = new Map();

/** Counts the work of one validation and stops it at the limits. */
export class Work {
  private signatures = 0;
  private hashes = 0;
  private questions = 0;
  private readonly limits: WorkLimits;
  private readonly cache: SignatureCache;

  constructor(limits: WorkLimits = WORK_LIMITS, cache: SignatureCache = FOUND) {
    this.limits = limits;
    this.cache = cache;
  }

  /** Checks one signature, or remembers it. @throws WorkExceeded */
  verify(
    key: Dnskey,
    data: Buffer,
    signature: Buffer,
    check: (key: Dnskey, data: Buffer, signature: Buffer) => boolean,
  ): boolean {
    this.signatures += 1;
    if (this.signatures > this.limits.signatures) throw new WorkExceeded('more signatures than are checked');
    // The lengths go in as well, so that no two triples make the same octets.
    const lengths = Buffer.from(`${key.data.length},${data.length},${signature.length},`);
    const id = createHash('sha256').update(lengths).update(key.data).update(data).update(signature).digest('base64');
    const known = this.cache.get(id);
    if (known !== undefined) return known;
    if (this.cache.size >= MOST_CACHED) this.cache.clear();
    const result = check(key, data, signature);
    this.cache.set(id, result);
    return result;
  }

  /** @throws WorkExceeded */
  hash(runs: number): void {
    this.hashes += runs;
    if (this.hashes > this.limits.hashes) throw new WorkExceeded('more hashing than is done');
  }

  /** @throws WorkExceeded */
  question(): void {
    this.questions += 1;
    if (this.questions > this.limits.questions) throw new WorkExceeded('more questions than are asked');
  }
}
