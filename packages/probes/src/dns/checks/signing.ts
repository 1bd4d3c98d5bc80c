import type { Observation } from '../../check.ts';
import { resultOf } from '../../check.ts';
import { algorithmName, delegationLevel, digestName, type Level, signingLevel } from '../dnssec/algorithms.ts';
import { keyBits, keyTag } from '../dnssec/keys.ts';
import { type Validation, validate } from '../dnssec/validate.ts';
import { parseName } from '../wire/name.ts';
import { readDnskey, readDs, readEach } from '../wire/rdata.ts';
import { TYPE } from '../wire/types.ts';
import { consult, type DnsCheck, validateOptions } from './evidence.ts';
import { observe } from './observe.ts';
import type { DnsProfile } from './profile.ts';
import { unsecured, whyNot, type ZoneFacts, zoneFacts } from './zone-facts.ts';

/** Is the name in a signed zone whose signatures are good as far as the trust anchor (RFC 4033 section 5)? */
export const signed: DnsCheck = {
  id: 'dnssec.signed',
  standards: ['RFC 4033', 'RFC 4034', 'RFC 4035', 'RFC 5155', 'RFC 6840', 'DNSSEC'],
  enquire: (subject, options) => validate(parseName(subject), TYPE.SOA, options),
  judge: (evidence, profile, subject) => {
    const enquiry = validate(parseName(subject), TYPE.SOA, validateOptions(profile, evidence.at));
    return resultOf('dnssec.signed', subject, [stateOf(consult(evidence, enquiry), profile)]);
  },
};

function stateOf(validation: Validation, profile: DnsProfile): Observation {
  const why = whyNot(validation);
  switch (validation.status) {
    case 'secure':
      return observe('pass', 'dnssec.secure', { zone: validation.zone ?? validation.name });
    case 'insecure':
      return why.reason === 'algorithm-not-accepted'
        ? observe(profile.unsigned, 'dnssec.unsupported', why)
        : observe(profile.unsigned, 'dnssec.insecure', why);
    case 'bogus':
      return observe('fail', 'dnssec.bogus', why);
    case 'indeterminate':
      return observe('inconclusive', 'dnssec.unknown', why);
  }
}

/** Algorithms of keys and DS records by the level that the registries of RFC 9904 give them, and sizes of RSA keys. */
export const algorithms: DnsCheck = {
  id: 'dnssec.algorithms',
  standards: ['RFC 9904', 'RFC 8624', 'RFC 9905', 'RFC 9906'],
  enquire: zoneFacts,
  judge: (evidence, profile, subject) => {
    const facts = consult(evidence, zoneFacts(subject, validateOptions(profile, evidence.at)));
    return resultOf('dnssec.algorithms', subject, used(facts, profile));
  },
};

/** RSA of all kinds; the other algorithms know one size. */
const RSA: readonly number[] = [1, 5, 7, 8, 10];

function used({ start, zone, keys: keySet, ds: dsSet }: ZoneFacts, profile: DnsProfile): Observation[] {
  if (!keySet || !dsSet) return [unsecured(start)];
  if (keySet.status !== 'secure') return [unsecured(keySet)];
  const found: Observation[] = [];
  const rate = (level: Level, algorithm: string, where: string): void => {
    const { mustNot, notRecommended } = profile.algorithms;
    if (level === 'must-not') found.push(observe(mustNot, 'algorithm.forbidden', { algorithm, where }));
    if (level === 'not-recommended') found.push(observe(notRecommended, 'algorithm.discouraged', { algorithm, where }));
    if (level === 'unknown') found.push(observe('warn', 'algorithm.unknown', { algorithm, where }));
  };
  const keys = readEach(readDnskey, keySet.set?.data ?? []);
  const inUse = [...new Set(keys.map((key) => key.algorithm))];
  for (const algorithm of inUse) rate(signingLevel(algorithm), algorithmName(algorithm), 'DNSKEY');
  // The root has no DS set; where it could not be seen that is said, not passed over.
  if (dsSet.status !== 'secure') found.push(unsecured(dsSet));
  const delegations = readEach(readDs, dsSet.set?.data ?? []);
  for (const digest of new Set(delegations.map(({ digestType }) => digestType)))
    rate(delegationLevel(digest), digestName(digest), 'DS');
  const { leastRsaBits, wantedRsaBits } = profile.algorithms;
  for (const key of keys) {
    if (!RSA.includes(key.algorithm)) continue;
    const [tag, bits] = [keyTag(key), keyBits(key) ?? 0];
    if (bits < leastRsaBits) found.push(observe('fail', 'algorithm.short-key', { tag, bits, least: leastRsaBits }));
    else if (bits < wantedRsaBits)
      found.push(observe('warn', 'algorithm.weak-key', { tag, bits, wanted: wantedRsaBits }));
  }
  const names = inUse.map(algorithmName).sort().join(', ');
  if (found.every(({ verdict }) => verdict === 'pass'))
    found.push(observe('pass', 'algorithm.good', { algorithms: names, zone: zone ?? '' }));
  return found;
}
