import type { Message } from '../wire/message.ts';
import { isBelow, type Name, parentOf } from '../wire/name.ts';
import { readEach, readNsec, readNsec3 } from '../wire/rdata.ts';
import { type RRset, rrsetsOf } from '../wire/record.ts';
import { RCODE, TYPE } from '../wire/types.ts';
import type { Context, SecureZone } from './context.ts';
import { type Denial, isDenial, type Proof, type Refuted } from './denial.ts';
import { type NsecRecord, provesExpansion, provesNoData, provesNoName } from './nsec.ts';
import { HashedDenial, type Nsec3Record } from './nsec3.ts';
import { type NotSecure, notSecure, type ReasonCode } from './reason.ts';
import { verifyRRset } from './signature.ts';

/** The records of denial in a message whose signatures by this zone are good. */
interface Evidence {
  nsec: NsecRecord[];
  nsec3: HashedDenial;
  /** Why a record did not count, where one did not. */
  failure: ReasonCode | null;
}

function evidenceIn(message: Message, zone: SecureZone, context: Context): Evidence {
  const nsec: NsecRecord[] = [];
  const nsec3: Nsec3Record[] = [];
  let failure: ReasonCode | null = null;
  for (const set of rrsetsOf(message.authority)) {
    const hashed = set.type === TYPE.NSEC3;
    if (!hashed && set.type !== TYPE.NSEC) continue;
    // A hashed owner is one label below the apex; one that is not is of no use to a proof.
    if (hashed && !(isBelow(set.name, zone.zone) && parentOf(set.name) === zone.zone)) continue;
    const verified = verifyRRset(set, zone.keys, zone.zone, context);
    // Made from a wildcard, it would speak of a name that it was not written for.
    if (!verified.ok || verified.source !== null) {
      failure ??= verified.ok ? 'denial-wrong' : verified.code;
      continue;
    }
    if (hashed) nsec3.push(...readEach(readNsec3, set.data).map((one) => ({ owner: set.name, ...one })));
    else nsec.push(...readEach(readNsec, set.data).map((one) => ({ owner: set.name, ...one })));
  }
  return { nsec, nsec3: new HashedDenial(nsec3, zone.zone, context.work), failure };
}

/** A proof that held, or why the answer is not secure. */
export type Shown = Denial | NotSecure;

/**
 * What a message without the record proves about it: that the name has none, or that there is no such name. In: a
 * message from the zone, whose keys are trusted. @throws WorkExceeded
 */
export function showAbsence(message: Message, name: Name, type: number, zone: SecureZone, context: Context): Shown {
  const evidence = evidenceIn(message, zone, context);
  const noData = (): Proof =>
    first(provesNoData(evidence.nsec, name, type, zone.zone), () => evidence.nsec3.provesNoData(name, type));
  const noName = (): Proof =>
    first(provesNoName(evidence.nsec, name, zone.zone), () => evidence.nsec3.provesNoName(name));
  // Some servers say NXDOMAIN for a name that only has names below it: what is proved counts, not the code.
  const proof = message.rcode === RCODE.NXDOMAIN ? first(noName(), noData) : noData();
  return isDenial(proof) ? proof : refusal(proof, evidence, name, type);
}

/** Whether a set that a wildcard below `source` gave may stand for its name. @throws WorkExceeded */
export function showExpansion(message: Message, set: RRset, source: Name, zone: SecureZone, context: Context): Shown {
  const evidence = evidenceIn(message, zone, context);
  const proof = first(provesExpansion(evidence.nsec, set.name, source, zone.zone), () =>
    evidence.nsec3.provesExpansion(set.name, source),
  );
  return isDenial(proof) ? proof : refusal(proof, evidence, set.name, set.type);
}

const RANK: readonly Refuted[] = ['missing', 'wrong', 'iterations'];

/** The first proof where it holds, else the second; of two refusals the one that says more. */
function first(one: Proof, other: () => Proof): Proof {
  if (isDenial(one)) return one;
  const second = other();
  return isDenial(second) || RANK.indexOf(second) > RANK.indexOf(one) ? second : one;
}

function refusal(refuted: Refuted, evidence: Evidence, name: Name, type: number): NotSecure {
  if (refuted === 'iterations') return notSecure('nsec3-iterations', name, type);
  return notSecure(evidence.failure ?? (refuted === 'missing' ? 'denial-missing' : 'denial-wrong'), name, type);
}
