import type { Observation } from '../../check.ts';
import { resultOf } from '../../check.ts';
import type { Enquiry } from '../ask/ask.ts';
import type { ValidateOptions } from '../dnssec/context.ts';
import { type Validation, validate } from '../dnssec/validate.ts';
import { type Name, parentOf, parseName, ROOT } from '../wire/name.ts';
import { type Caa, readCaa, readEach } from '../wire/rdata.ts';
import { TYPE } from '../wire/types.ts';
import { consult, type DnsCheck, validateOptions } from './evidence.ts';
import { observe } from './observe.ts';
import type { DnsProfile } from './profile.ts';
import { whyNot } from './zone-facts.ts';

/** The CAA records that hold for a name: `at` is where they were found, or where the climb ended. */
export interface CaaFound {
  at: Name;
  validation: Validation;
}

/**
 * Climbs from a name towards the root to the first CAA set (RFC 8659 section 3); ends early where an answer cannot be
 * believed.
 */
export function* findCaa(name: Name, options: ValidateOptions): Enquiry<CaaFound> {
  for (let at = name; ; at = parentOf(at)) {
    const validation = yield* validate(at, TYPE.CAA, options);
    const believed = validation.status === 'secure' || validation.status === 'insecure';
    if (!believed || validation.set || at === ROOT || parentOf(at) === ROOT) return { at, validation };
  }
}

/**
 * Do CAA records say who may issue certificates for the name (RFC 8659)? They need no DNSSEC, but a bogus answer fails.
 */
export const caa: DnsCheck = {
  id: 'dns.caa',
  standards: ['RFC 8659'],
  enquire: (subject, options) => findCaa(parseName(subject), options),
  judge: (evidence, profile, subject) => {
    const enquiry = findCaa(parseName(subject), validateOptions(profile, evidence.at));
    return resultOf('dns.caa', subject, restricted(consult(evidence, enquiry), profile));
  },
};

function restricted({ at, validation }: CaaFound, profile: DnsProfile): Observation[] {
  if (validation.status === 'bogus') return [observe('fail', 'caa.bogus', whyNot(validation))];
  if (validation.status === 'indeterminate') return [observe('inconclusive', 'caa.unknown', whyNot(validation))];
  if (!validation.set) return [observe(profile.caa.absent, 'caa.absent')];
  const records = readEach(readCaa, validation.set.data);
  const found: Observation[] = [];
  const issuers = new Set<string>();
  if (records.length < validation.set.data.length) found.push(observe('fail', 'caa.syntax', { name: at, tag: '?' }));
  for (const record of records) {
    const kind = KNOWN[record.tag.toLowerCase()];
    const issuer = kind === 'issuer' ? issuerOf(record) : null;
    if (!/^[a-z0-9]{1,255}$/i.test(record.tag) || (kind === 'issuer' && issuer === null))
      found.push(observe('fail', 'caa.syntax', { name: at, tag: shown(record) }));
    else if (kind === undefined && record.critical)
      found.push(observe('warn', 'caa.critical', { name: at, tag: shown(record) }));
    if (issuer) issuers.add(issuer);
  }
  if (!records.some(({ tag }) => tag.toLowerCase() === 'issue')) found.push(observe('fail', 'caa.open', { name: at }));
  const agreed = profile.caa.issuers?.map((one) => one.toLowerCase());
  for (const issuer of issuers)
    if (agreed && !agreed.includes(issuer)) found.push(observe('fail', 'caa.issuer', { name: at, issuer }));
  if (found.length > 0) return found;
  return [observe('pass', 'caa.good', { name: at, issuers: [...issuers].sort().join(', ') || '-' })];
}

/**
 * Properties in use: RFC 8659 section 4, RFC 9495, and contacts of the CA/Browser Forum's baseline requirements (the
 * latter recalled).
 */
const KNOWN: Readonly<Record<string, 'issuer' | 'other'>> = {
  issue: 'issuer',
  issuewild: 'issuer',
  issuemail: 'issuer',
  issuevmc: 'issuer',
  iodef: 'other',
  contactemail: 'other',
  contactphone: 'other',
};

/** An issuer's domain and parameters (RFC 8659 section 4.2). */
const ISSUER =
  /^[ \t]*(?<domain>[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)*)?[ \t]*(?:;(?<parameters>.*))?$/is;
const PARAMETER = /^[ \t]*[a-z0-9]+(?:-+[a-z0-9]+)*[ \t]*=[ \t]*[!-:<-~]*[ \t]*$/i;

/** The domain that may issue, empty for nobody, null where the value is malformed. */
function issuerOf({ value }: Caa): string | null {
  const text = value.toString('latin1');
  const parts = text.length > 1024 ? null : ISSUER.exec(text)?.groups;
  if (!parts) return null;
  const parameters = (parts.parameters ?? '').split(';').filter((one) => one.trim() !== '');
  return parameters.every((one) => PARAMETER.test(one)) ? (parts.domain ?? '').toLowerCase() : null;
}

/** A record's tag for people: what a zone holds may be anything. */
const shown = ({ tag }: Caa): string => tag.slice(0, 40).replace(/[^ -~]/g, '?');
