import { type Name, ROOT } from '../wire/name.ts';
import { TYPE } from '../wire/types.ts';

/**
 * What a proof of absence shows. `types`: the record types at the name, where the proof names it; null where the name
 * has no records of its own or does not exist. `optOut`: the name may be an unsigned delegation that is not listed (RFC
 * 5155 section 6), so nothing is proved secure.
 */
export interface Denial {
  kind: 'no-data' | 'no-name';
  types: ReadonlySet<number> | null;
  optOut: boolean;
}

/**
 * The proof is there but does not show it; `iterations`: it asks for more hashing than RFC 9276 section 3.2 lets a
 * validator do.
 */
export type Refuted = 'missing' | 'wrong' | 'iterations';

export type Proof = Denial | Refuted;

export const isDenial = (proof: Proof): proof is Denial => typeof proof !== 'string';

/**
 * Do the types listed at a name show that it has no record of this type? Not where the type or an alias is listed, nor
 * where the record is from the wrong side of a zone cut: the parent's says nothing but about DS, the child's nothing
 * about DS (RFC 6840 section 4.1, RFC 4035 section 5.2). `name` is the owner.
 */
export function listLacks(types: ReadonlySet<number>, name: Name, type: number): boolean {
  if (types.has(type) || types.has(TYPE.CNAME)) return false;
  if (type === TYPE.DS) return !types.has(TYPE.SOA) || name === ROOT;
  return !isDelegation(types);
}

/** A delegation as its parent lists it: name servers, and no start of authority. */
export const isDelegation = (types: ReadonlySet<number>): boolean => types.has(TYPE.NS) && !types.has(TYPE.SOA);

/** Names below such an owner are elsewhere, so it denies nothing about them (RFC 6840 section 4.1). */
export const endsHere = (types: ReadonlySet<number>): boolean => isDelegation(types) || types.has(TYPE.DNAME);
