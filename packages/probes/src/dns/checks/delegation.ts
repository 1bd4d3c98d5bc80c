import type { Observation } from '../../check.ts';
import { resultOf } from '../../check.ts';
import type { Enquiry } from '../ask/ask.ts';
import { algorithmName, delegationLevel, digestName, VERIFIABLE } from '../dnssec/algorithms.ts';
import type { ValidateOptions } from '../dnssec/context.ts';
import { isZoneKey, keyTag, matchesDs } from '../dnssec/keys.ts';
import { type Validation, validate } from '../dnssec/validate.ts';
import { ROOT } from '../wire/name.ts';
import { type Dnskey, type Ds, readDnskey, readDs, readEach } from '../wire/rdata.ts';
import { TYPE } from '../wire/types.ts';
import { consult, type DnsCheck, validateOptions } from './evidence.ts';
import { observe } from './observe.ts';
import type { DnsProfile } from './profile.ts';
import { signaturesOver, unsecured, type ZoneFacts, zoneFacts } from './zone-facts.ts';

interface Facts extends ZoneFacts {
  cds: Validation | null;
}

/**
 * Do the DS records at the parent and the keys of the zone belong together, and is there a wish to change them (RFC
 * 7344, RFC 8078)?
 */
export const delegation: DnsCheck = {
  id: 'dnssec.ds',
  standards: ['RFC 4035', 'RFC 6840', 'RFC 7344', 'RFC 8078'],
  enquire: look,
  judge: (evidence, profile, subject) => {
    const facts = consult(evidence, look(subject, validateOptions(profile, evidence.at)));
    return resultOf('dnssec.ds', subject, matched(facts, profile, evidence.at));
  },
};

function* look(subject: string, options: ValidateOptions): Enquiry<Facts> {
  const facts = yield* zoneFacts(subject, options);
  return { ...facts, cds: facts.zone === null ? null : yield* validate(facts.zone, TYPE.CDS, options) };
}

function matched({ start, zone, keys: keySet, ds: dsSet, cds }: Facts, profile: DnsProfile, at: number): Observation[] {
  if (zone === null || !keySet || !dsSet) return [unsecured(start)];
  if (zone === ROOT) return [observe('not-applicable', 'ds.root')];
  if (keySet.status !== 'secure') return [unsecured(keySet)];
  if (dsSet.status !== 'secure' || !dsSet.set) return [unsecured(dsSet)];
  const keys = readEach(readDnskey, keySet.set?.data ?? []).filter(isZoneKey);
  const all = readEach(readDs, dsSet.set.data);
  const found: Observation[] = [];
  // A DS ahead of its key is how a rollover starts (RFC 7583 section 3.3.1), so it only warns.
  for (const ds of all)
    if (!keys.some((key) => matchesDs(zone, key, ds))) found.push(observe('warn', 'ds.stray', { tag: ds.keyTag }));
  const verifiable = all.map((ds) => ds.algorithm).filter((algorithm) => VERIFIABLE.includes(algorithm));
  const good = signaturesOver(keySet, keySet, verifiable, at).map(({ algorithm }) => algorithm);
  for (const algorithm of new Set(verifiable))
    if (!good.includes(algorithm))
      found.push(observe('fail', 'ds.algorithm-unsigned', { algorithm: algorithmName(algorithm) }));
  found.push(...digestsOf(all, profile), ...wished(zone, cds, all, keys));
  return found.length > 0
    ? found
    : [
        observe('pass', 'ds.good', {
          tags: all
            .map(({ keyTag: tag }) => tag)
            .sort()
            .join(', '),
        }),
      ];
}

function digestsOf(all: readonly Ds[], profile: DnsProfile): Observation[] {
  const tags = new Set(all.map(({ keyTag: tag }) => tag));
  return [...tags].flatMap((tag) => {
    const types = all.filter((ds) => ds.keyTag === tag).map(({ digestType }) => digestType);
    const forbidden = types.every((type) => delegationLevel(type) === 'must-not');
    const digest = types.map(digestName).join(', ');
    return forbidden ? [observe(profile.algorithms.mustNot, 'ds.digest-forbidden', { tag, digest })] : [];
  });
}

/** What the zone asks for through CDS, where that is signed and differs from what is published. */
function wished(zone: string, cds: Validation | null, all: readonly Ds[], keys: readonly Dnskey[]): Observation[] {
  if (cds?.status !== 'secure' || !cds.set) return [];
  const wanted = readEach(readDs, cds.set.data);
  if (wanted.some(({ algorithm }) => algorithm === 0)) return [observe('warn', 'ds.cds-delete')];
  // By key, not by record: a parent may choose its own digests (RFC 7344 section 4.1).
  const tagsOf = (list: readonly Ds[]): string =>
    [...new Set(list.map((ds) => `${ds.keyTag}/${ds.algorithm}`))].sort().join(', ');
  const strange = wanted.some((ds) => !keys.some((key) => keyTag(key) === ds.keyTag && matchesDs(zone, key, ds)));
  return tagsOf(wanted) === tagsOf(all) && !strange
    ? []
    : [observe('warn', 'ds.cds-differs', { published: tagsOf(all), asked: tagsOf(wanted) })];
}
