import type { Observation } from '../../check.ts';
import { resultOf } from '../../check.ts';
import type { Enquiry } from '../ask/ask.ts';
import type { ValidateOptions } from '../dnssec/context.ts';
import { type Validation, validate } from '../dnssec/validate.ts';
import { FormatError } from '../wire/format-error.ts';
import { type Name, nameBelow, parseName } from '../wire/name.ts';
import { readEach, readTlsa, type Tlsa } from '../wire/rdata.ts';
import { TYPE } from '../wire/types.ts';
import { consult, type DnsCheck, validateOptions } from './evidence.ts';
import { observe } from './observe.ts';
import type { DnsProfile } from './profile.ts';
import { unusable } from './tlsa.ts';
import { whyNot } from './zone-facts.ts';

/** A service of a host: `mail.example.org:25`. */
export interface Service {
  host: Name;
  port: number;
}

/** @throws FormatError where the text is no host and port. */
export function parseService(text: string): Service {
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535)
    throw new FormatError(`"${text}" is no service: write host and port, as in mail.example.org:25`);
  const service = { host: parseName(host), port: Number(port) };
  if (nameBelow([`_${port}`, '_tcp'], service.host) === null)
    throw new FormatError(`the host of "${text}" is too long`);
  return service;
}

export interface TlsaFound {
  /** The name that was asked, with port and protocol. */
  name: Name;
  validation: Validation;
  /** Records that may be used, where the set is secure; otherwise none (RFC 6698 section 4.1). */
  records: Tlsa[];
}

/**
 * The TLSA records of a service over TCP. Where the host is a secure alias its target is asked first (RFC 7671 section
 * 7). Out: the first set found, or the last answer; where an answer cannot be believed the search ends.
 */
export function* findTlsa({ host, port }: Service, options: ValidateOptions): Enquiry<TlsaFound> {
  const target = yield* validate(host, TYPE.A, options);
  const bases = target.status === 'secure' && target.name !== host ? [target.name, host] : [host];
  // An alias may lead to a name that leaves no room for the two labels.
  const names = bases.flatMap((base) => nameBelow([`_${port}`, '_tcp'], base) ?? []);
  for (;;) {
    const name = names.shift() ?? host;
    const validation = yield* validate(name, TYPE.TLSA, options);
    const believed = validation.status === 'secure' || validation.status === 'insecure';
    const usable = readEach(readTlsa, validation.status === 'secure' ? (validation.set?.data ?? []) : []).filter(
      (record) => unusable(record, port === 25) === null,
    );
    if (!believed || validation.set || names.length === 0) return { name, validation, records: usable };
  }
}

/**
 * Has the service TLSA records that DNSSEC secures and that can be used (RFC 6698, 7671, 7672)? Whether they match is
 * seen at its TLS.
 */
export const dane: DnsCheck = {
  id: 'dane.tlsa',
  standards: ['RFC 6698', 'RFC 7671', 'RFC 7672', 'DANE'],
  enquire: (subject, options) => findTlsa(parseService(subject), options),
  judge: (evidence, profile, subject) => {
    const service = parseService(subject);
    const found = consult(evidence, findTlsa(service, validateOptions(profile, evidence.at)));
    return resultOf('dane.tlsa', subject, published(found, service, profile));
  },
};

function published(
  { name, validation, records: usable }: TlsaFound,
  { port }: Service,
  profile: DnsProfile,
): Observation[] {
  const { reason } = whyNot(validation);
  if (validation.status === 'bogus') return [observe('fail', 'dane.bogus', { name, reason })];
  if (validation.status === 'indeterminate') return [observe('inconclusive', 'dane.unknown', { name, reason })];
  const { absent, absentElsewhere } = profile.dane;
  if (!validation.set) return [observe(port === 25 ? absent : absentElsewhere, 'dane.absent', { name })];
  if (validation.status !== 'secure') return [observe('fail', 'dane.insecure', { name })];
  const all = readEach(readTlsa, validation.set.data);
  const found: Observation[] = [];
  for (const record of all) {
    const why = unusable(record, port === 25);
    if (why) found.push(observe('warn', 'dane.unusable', { record: spelled(record), reason: why }));
  }
  if (usable.length === 0) return [...found, observe('fail', 'dane.none-usable', { name })];
  if (usable.every(({ matching }) => matching === 2)) found.push(observe('warn', 'dane.no-sha256', { name }));
  return found.length > 0 ? found : [observe('pass', 'dane.good', { usable: usable.length, name })];
}

const spelled = ({ usage, selector, matching, data }: Tlsa): string =>
  `${usage} ${selector} ${matching} ${data.toString('hex').slice(0, 16)}…`;
