import type { Name } from '../wire/name.ts';
import type { Dnskey, Ds } from '../wire/rdata.ts';
import { ACCEPTED } from './algorithms.ts';
import { anchorsByZone, ROOT_ANCHORS, type TrustAnchor } from './anchors.ts';
import type { NotSecure } from './reason.ts';
import { type SignatureCache, WORK_LIMITS, Work, type WorkLimits } from './work.ts';

export interface ValidateOptions {
  /** Seconds since 1970 at which signatures are to be good: now, or the time of the recording. */
  at: number;
  /** Keys that are trusted; those of the root by default. Never taken from a recording. */
  anchors?: readonly TrustAnchor[];
  /** Algorithms that count; a zone signed with others only is insecure (RFC 4035 section 5.2). */
  algorithms?: readonly number[];
  limits?: WorkLimits;
  signatures?: SignatureCache;
  /**
   * Zones that were judged before, by the same anchors, at the same time and from the same recording; what is found is added. A validation
   * that takes trust from here has no `links` for it.
   */
  zones?: Map<Name, Trust>;
}

/** A zone whose keys are trusted. */
export interface SecureZone {
  status: 'secure';
  zone: Name;
  keys: readonly Dnskey[];
}

export type Trust = SecureZone | NotSecure;

/** One link of the chain, from the top: a zone, and by which record its keys are trusted. */
export interface Link {
  zone: Name;
  by: 'anchor' | 'ds';
  keyTag: number;
  algorithm: number;
  digestType: number;
}

/** What one validation knows so far. */
export interface Context {
  at: number;
  anchors: ReadonlyMap<Name, readonly Ds[]>;
  algorithms: readonly number[];
  work: Work;
  zones: Map<Name, Trust>;
  links: Link[];
}

export function newContext(options: ValidateOptions): Context {
  return {
    at: options.at,
    anchors: anchorsByZone(options.anchors ?? ROOT_ANCHORS),
    algorithms: options.algorithms ?? ACCEPTED,
    work: new Work(options.limits ?? WORK_LIMITS, options.signatures),
    zones: options.zones ?? new Map(),
    links: [],
  };
}
