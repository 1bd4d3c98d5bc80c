import { biddersKnown, decide, isRefusal, type Purchase } from '@proviso/procurement';
import { RECOVERY } from '@proviso/sealing';
import {
  listOpenerKeys,
  namesOf,
  openingRecords,
  partsPassedBy,
  passedTo,
  sharesOf,
  type TenantScope,
} from '@proviso/store';
import type { OpeningView } from '../contract/offering.ts';
import type { Deps } from '../http/deps.ts';
import type { Actor } from '../http/route.ts';
import { readPurchase } from '../offers/read-purchase.ts';
import { keysOf } from '../offers/view.ts';
import { deciderOf } from '../purchases/actors.ts';
import { holdersOf } from './able.ts';
import { roundOf } from './keys.ts';
import { holderOf } from './open.ts';
import type { SignedRecord } from './signed-record.ts';

/** The opening of a purchase as one person sees it: shares are those of this person alone. */
export async function openingView(
  trx: TenantScope,
  deps: Pick<Deps, 'now'>,
  actor: Actor,
  id: string,
): Promise<OpeningView> {
  const { purchase } = await readPurchase(trx, id);
  const at = deps.now().toISOString();
  const holds = purchase.openers.includes(actor.id) || purchase.recovery === actor.id;
  const holder = holderOf(purchase, actor.id);
  const shares = holds ? await sharesOf(trx, roundOf(purchase), holder) : [];
  const passed = holds ? await passedTo(trx, roundOf(purchase), holder) : [];
  const given = holds ? await partsPassedBy(trx, roundOf(purchase), actor.id) : [];
  const offers = biddersKnown(purchase, at) ? purchase.offers.filter(({ round }) => round === purchase.round) : [];
  const names = await namesOf(trx, [...purchase.openers, ...offers.map(({ supplier }) => supplier)]);
  const able = new Map((await holdersOf(trx, purchase)).map((one) => [one.id, one.able]));
  const keys = new Map((await listOpenerKeys(trx)).map(({ person, recipient }) => [person, recipient]));
  const records = (await openingRecords(trx, id)).map(({ round, part, record }) => ({
    round,
    part,
    ...(record as SignedRecord),
  }));
  const last = records.at(-1);
  return {
    state: purchase.state,
    may: { quality: mayAttend(purchase, actor, 'quality', at), price: mayAttend(purchase, actor, 'price', at) },
    present: purchase.openings
      .filter(({ round }) => round === purchase.round)
      .flatMap(({ part, present }) => present.map((one) => ({ part, ...one }))),
    keys: await keysOf(trx, purchase),
    shares: shares.map(({ part, ciphertext }) => ({ part, encrypted: ciphertext.toString('utf8') })),
    passed: passed.map(({ part, fromPerson, ciphertext }) => ({
      part,
      from: fromPerson,
      encrypted: ciphertext.toString('utf8'),
    })),
    given,
    openers: [
      ...purchase.openers.map((person) => ({
        id: person,
        name: names[person] ?? '',
        recipient: keys.get(person) ?? null,
        able: able.get(person) ?? null,
      })),
      // Whose key it is sealed to, the shares themselves know; an opener passes only to keys that were named when they were made.
      ...(purchase.recovery === null
        ? []
        : [
            {
              id: RECOVERY,
              name: '',
              recipient: keys.get(purchase.recovery) ?? null,
              able: able.get(RECOVERY) ?? null,
            },
          ]),
    ],
    offers: offers.map(({ id: offer, supplier, lot, at: received, late, hashes, opened }) => ({
      id: offer,
      supplier,
      name: names[supplier] ?? '',
      lot,
      at: received,
      late,
      hashes,
      opened: opened !== null,
      problem: opened?.problem ?? null,
    })),
    record: last ? { opening: last.opening, sha256: last.sha256, signature: last.signature, key: last.key } : null,
    records,
  };
}

/** May this person be at the opening of a part now? Asked of the decision itself. */
function mayAttend(purchase: Purchase, actor: Actor, part: 'quality' | 'price', at: string): boolean {
  const given = { by: deciderOf(actor), at, calendar: () => false };
  const decided = decide(purchase, { type: 'opening.attend', input: { part } }, given);
  return !isRefusal(decided) || decided.code === 'already-present';
}
