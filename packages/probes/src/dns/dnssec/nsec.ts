import { commonAncestor, compareNames, isBelow, isWithin, labelsOf, type Name, wildcardAt } from '../wire/name.ts';
import { TYPE } from '../wire/types.ts';
import { endsHere, listLacks, type Proof } from './denial.ts';

/** An NSEC record whose signature is good. */
export interface NsecRecord {
  owner: Name;
  next: Name;
  types: ReadonlySet<number>;
}

/**
 * Does the record show that `name` has no records? The last one of a zone points back to the apex (RFC 4034 section
 * 4.1.1).
 */
export function covers(record: NsecRecord, name: Name, zone: Name): boolean {
  if (!isWithin(record.owner, zone) || !isWithin(name, zone)) return false;
  if (isBelow(name, record.owner) && endsHere(record.types)) return false;
  if (compareNames(record.owner, name) >= 0) return false;
  return record.next === zone || compareNames(name, record.next) < 0;
}

/** The closest ancestor of a covered name that exists (RFC 4035 section 5.4, RFC 4592 section 3.3.1). */
function closestEncloser(record: NsecRecord, name: Name): Name {
  const [left, right] = [commonAncestor(name, record.owner), commonAncestor(name, record.next)];
  return labelsOf(left).length >= labelsOf(right).length ? left : right;
}

/** Is the name there without records, because something below it has some? */
const isEmptyNonTerminal = (record: NsecRecord, name: Name): boolean => isBelow(record.next, name);

/**
 * Does the zone prove that `name` has no record of this type (RFC 4035 section 5.4)? Directly, below it, or through a
 * wildcard.
 */
export function provesNoData(records: readonly NsecRecord[], name: Name, type: number, zone: Name): Proof {
  const exact = records.find(({ owner }) => owner === name);
  if (exact) {
    if (!listLacks(exact.types, name, type)) return 'wrong';
    // A name that does not exist can be denied as one without data (RFC 9824 section 2).
    const kind = exact.types.has(TYPE.NXNAME) ? 'no-name' : 'no-data';
    return { kind, types: exact.types, optOut: false };
  }
  const cover = records.find((record) => covers(record, name, zone));
  if (!cover) return records.length === 0 ? 'missing' : 'wrong';
  if (isEmptyNonTerminal(cover, name)) return { kind: 'no-data', types: null, optOut: false };
  const wildcard = wildcardAt(closestEncloser(cover, name));
  const held = records.find(({ owner }) => owner === wildcard);
  return held && listLacks(held.types, wildcard, type) ? { kind: 'no-data', types: null, optOut: false } : 'wrong';
}

/** Does the zone prove that neither `name` nor a wildcard for it exists (RFC 4035 section 5.4)? */
export function provesNoName(records: readonly NsecRecord[], name: Name, zone: Name): Proof {
  const cover = records.find((record) => covers(record, name, zone));
  if (!cover || isEmptyNonTerminal(cover, name)) return records.length === 0 ? 'missing' : 'wrong';
  const wildcard = wildcardAt(closestEncloser(cover, name));
  return records.some((record) => covers(record, wildcard, zone))
    ? { kind: 'no-name', types: null, optOut: false }
    : 'wrong';
}

/**
 * May a wildcard below `source` answer for `name`: does the zone prove that nothing closer exists (RFC 4035 section
 * 5.3.4)? The covering record must also give `source` as the closest encloser, so that no wildcard nearer to the name
 * was passed over.
 */
export function provesExpansion(records: readonly NsecRecord[], name: Name, source: Name, zone: Name): Proof {
  const cover = records.find((record) => covers(record, name, zone) && !isEmptyNonTerminal(record, name));
  if (!cover) return records.length === 0 ? 'missing' : 'wrong';
  return closestEncloser(cover, name) === source ? { kind: 'no-name', types: null, optOut: false } : 'wrong';
}
