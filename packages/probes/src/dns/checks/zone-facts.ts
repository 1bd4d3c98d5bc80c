import type { Observation } from '../../check.ts';
import type { Enquiry } from '../ask/ask.ts';
import type { ValidateOptions } from '../dnssec/context.ts';
import { goodSignatures } from '../dnssec/signature.ts';
import { type Validation, validate } from '../dnssec/validate.ts';
import { Work, WorkExceeded } from '../dnssec/work.ts';
import { type Name, parseName } from '../wire/name.ts';
import { type Rrsig, readDnskey, readEach } from '../wire/rdata.ts';
import { TYPE } from '../wire/types.ts';
import { observe } from './observe.ts';

/** Why a validation is not secure, as values of an observation. */
export function whyNot({ reason, name }: Validation): { reason: string; name: string } {
  return { reason: reason?.code ?? 'none', name: reason?.name ?? name };
}

/** What the signed zone around a name says about itself, each part validated; only `start` where that is not secure. */
export interface ZoneFacts {
  start: Validation;
  zone: Name | null;
  keys: Validation | null;
  ds: Validation | null;
}

export function* zoneFacts(subject: string, options: ValidateOptions): Enquiry<ZoneFacts> {
  const start = yield* validate(parseName(subject), TYPE.SOA, options);
  const { zone } = start;
  if (zone === null) return { start, zone, keys: null, ds: null };
  const keys = yield* validate(zone, TYPE.DNSKEY, options);
  return { start, zone, keys, ds: yield* validate(zone, TYPE.DS, options) };
}

/**
 * The signatures over a validated set that are good by the zone's keys. The set was validated, so this is a few
 * signatures; should a hostile answer hold hundreds, only those seen before the limit count.
 */
export function signaturesOver(
  validation: Validation,
  keys: Validation,
  algorithms: readonly number[],
  at: number,
): Rrsig[] {
  if (!validation.set || keys.status !== 'secure' || keys.zone === null) return [];
  const trusted = readEach(readDnskey, keys.set?.data ?? []);
  const set = { ...validation.set, signatures: validation.set.signatures.slice(0, MOST_SIGNATURES) };
  try {
    return goodSignatures(set, trusted, keys.zone, { at, algorithms, work: new Work() });
  } catch (error) {
    if (error instanceof WorkExceeded) return [];
    throw error;
  }
}

const MOST_SIGNATURES = 50;

/**
 * What a check of how a zone is signed says where the zone is not secure: nothing to look at where that is proved, else
 * it is unknown. Whether it should be signed is for `dnssec.signed` to say.
 */
export function unsecured(validation: Validation): Observation {
  return validation.status === 'insecure'
    ? observe('not-applicable', 'dnssec.insecure', whyNot(validation))
    : observe('inconclusive', 'dnssec.unknown', whyNot(validation));
}
