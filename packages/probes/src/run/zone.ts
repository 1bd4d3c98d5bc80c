import { askOne, type Enquiry, messageOf } from '../dns/ask/ask.ts';
import { isWithin, type Name } from '../dns/wire/name.ts';
import { TYPE } from '../dns/wire/types.ts';

/**
 * The zone that a name is in: the owner of the start of authority that its servers answer with, in the answer or beside a denial (RFC 2308
 * section 2.2.1). Null where none was given. It is not believed but only looked at: what is said of it is validated elsewhere.
 */
export function* findZone(name: Name): Enquiry<Name | null> {
  const message = messageOf(yield* askOne({ name, type: TYPE.SOA }));
  if (typeof message === 'string') return null;
  const starts = [...message.answer, ...message.authority].filter((one) => one.type === TYPE.SOA);
  const [zone] = starts
    .map((one) => one.name)
    .filter((owner) => isWithin(name, owner))
    .sort((one, other) => other.length - one.length);
  return zone ?? null;
}
