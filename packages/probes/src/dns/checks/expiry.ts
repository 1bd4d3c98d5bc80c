import type { Observation } from '../../check.ts';
import { resultOf } from '../../check.ts';
import type { Enquiry } from '../ask/ask.ts';
import { VERIFIABLE } from '../dnssec/algorithms.ts';
import type { ValidateOptions } from '../dnssec/context.ts';
import { secondsLeft } from '../dnssec/signature.ts';
import { type Validation, validate } from '../dnssec/validate.ts';
import { parseName } from '../wire/name.ts';
import { TYPE, typeName } from '../wire/types.ts';
import { consult, type DnsCheck, validateOptions } from './evidence.ts';
import { observe } from './observe.ts';
import type { DnsProfile } from './profile.ts';
import { signaturesOver, unsecured } from './zone-facts.ts';

/**
 * How long the signatures of a zone's own records still hold (RFC 6781 section 4.4.2). An expired one is bogus:
 * `dnssec.signed` says so.
 */
export const expiry: DnsCheck = {
  id: 'dnssec.expiry',
  standards: ['RFC 4034', 'RFC 6781'],
  enquire: look,
  judge: (evidence, profile, subject) => {
    const seen = consult(evidence, look(subject, validateOptions(profile, evidence.at)));
    return resultOf('dnssec.expiry', subject, margins(seen, profile, evidence.at));
  },
};

interface Seen {
  start: Validation;
  keys: Validation | null;
  others: Validation[];
}

function* look(subject: string, options: ValidateOptions): Enquiry<Seen> {
  const start = yield* validate(parseName(subject), TYPE.SOA, options);
  if (start.zone === null) return { start, keys: null, others: [] };
  const keys = yield* validate(start.zone, TYPE.DNSKEY, options);
  const others: Validation[] = [];
  for (const type of [TYPE.SOA, TYPE.NS]) others.push(yield* validate(start.zone, type, options));
  return { start, keys, others };
}

function margins({ start, keys, others }: Seen, profile: DnsProfile, at: number): Observation[] {
  if (!keys) return [unsecured(start)];
  const { leastHours, wantedHours } = profile.expiry;
  const found: Observation[] = [];
  let first = Number.POSITIVE_INFINITY;
  for (const validation of [keys, ...others]) {
    if (validation.status !== 'secure') {
      found.push(unsecured(validation));
      continue;
    }
    // While keys change a set has several signatures; it holds as long as the last good one of them.
    const left = signaturesOver(validation, keys, VERIFIABLE, at).map((signature) => secondsLeft(signature, at));
    const hours = Math.floor(Math.max(...left) / 3600);
    if (!validation.set || left.length === 0) continue;
    first = Math.min(first, hours);
    const type = typeName(validation.set.type);
    if (hours < leastHours) found.push(observe('fail', 'expiry.close', { type, hours, least: leastHours }));
    else if (hours < wantedHours) found.push(observe('warn', 'expiry.soon', { type, hours, wanted: wantedHours }));
  }
  if (found.length > 0) return found;
  return Number.isFinite(first)
    ? [observe('pass', 'expiry.good', { hours: first })]
    : [observe('inconclusive', 'expiry.none')];
}
