import type { Observation } from '../../check.ts';
import { resultOf } from '../../check.ts';
import { askOne, type Enquiry, messageOf } from '../ask/ask.ts';
import type { ValidateOptions } from '../dnssec/context.ts';
import { type Validation, validate } from '../dnssec/validate.ts';
import { nameBelow, parentOf, parseName } from '../wire/name.ts';
import { type Nsec3, readEach, readNsec3 } from '../wire/rdata.ts';
import { TYPE } from '../wire/types.ts';
import { consult, type DnsCheck, validateOptions } from './evidence.ts';
import { observe } from './observe.ts';
import type { DnsProfile } from './profile.ts';
import { unsecured, whyNot } from './zone-facts.ts';

/**
 * A name that no zone has: asked for to see how its absence is proved. Always the same, so that a recording can be
 * replayed.
 */
const ABSENT = 'proviso-probe-of-absence-4f1c';

interface Seen {
  start: Validation;
  absence: Validation | null;
  /** Hashed denial records of the proof; empty where it is by NSEC. */
  hashed: Nsec3[];
}

/**
 * How the zone proves absence: RFC 9276 section 3.1 wants no extra iterations, no salt, and opt-out only for large and
 * sparse zones.
 */
export const denialSettings: DnsCheck = {
  id: 'dnssec.nsec3',
  standards: ['RFC 9276', 'RFC 5155'],
  enquire: look,
  judge: (evidence, profile, subject) => {
    const seen = consult(evidence, look(subject, validateOptions(profile, evidence.at)));
    return resultOf('dnssec.nsec3', subject, settings(seen, profile));
  },
};

function* look(subject: string, options: ValidateOptions): Enquiry<Seen> {
  const start = yield* validate(parseName(subject), TYPE.SOA, options);
  const name = start.zone === null ? null : nameBelow([ABSENT], start.zone);
  if (name === null) return { start, absence: null, hashed: [] };
  const absence = yield* validate(name, TYPE.A, options);
  const message = messageOf(yield* askOne({ name, type: TYPE.A }));
  const records =
    typeof message === 'string'
      ? []
      : message.authority.filter((one) => one.type === TYPE.NSEC3 && parentOf(one.name) === start.zone);
  return {
    start,
    absence,
    hashed: readEach(
      readNsec3,
      records.map(({ rdata }) => rdata),
    ),
  };
}

function settings({ start, absence, hashed }: Seen, profile: DnsProfile): Observation[] {
  if (!absence)
    return [start.status === 'secure' ? observe('inconclusive', 'dnssec.unknown', whyNot(start)) : unsecured(start)];
  // Too many iterations or opt-out make the absence insecure: that is what is looked for here, not a reason to look
  // away.
  const expected = absence.reason?.code === 'nsec3-iterations' || absence.reason?.code === 'opt-out';
  if (absence.status !== 'secure' && !expected) return [observe('inconclusive', 'dnssec.unknown', whyNot(absence))];
  // A secure answer to such a name, a wildcard's too, holds a proof: by NSEC where none of it is hashed.
  if (hashed.length === 0) return [observe('pass', 'nsec3.good', { kind: 'NSEC' })];
  const iterations = Math.max(...hashed.map((one) => one.iterations));
  const octets = Math.max(...hashed.map(({ salt }) => salt.length));
  const found: Observation[] = [];
  if (iterations > profile.nsec3.mostIterations)
    found.push(observe('fail', 'nsec3.iterations', { iterations, most: profile.nsec3.mostIterations }));
  if (octets > 0) found.push(observe(profile.nsec3.salt, 'nsec3.salt', { octets }));
  if (hashed.some(({ flags }) => (flags & 1) !== 0)) found.push(observe(profile.nsec3.optOut, 'nsec3.opt-out'));
  return found.length > 0 ? found : [observe('pass', 'nsec3.good', { kind: 'NSEC3' })];
}
