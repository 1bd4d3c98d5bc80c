import { type Happened, type Purchase, procedureOf } from '@proviso/procurement';
import {
  fingerprintOf,
  type PurchaseKeys,
  RECOVERY,
  readPurchaseKeys,
  SealingError,
  sameFingerprint,
} from '@proviso/sealing';
import {
  appendLog,
  dropPassedShares,
  getKeys,
  holdPurchase,
  listOpenerKeys,
  namesOf,
  putKeys,
  type Round,
  shareHolders,
  type TenantScope,
} from '@proviso/store';
import type { z } from 'zod';
import type { keysBody } from '../contract/offering.ts';
import { HttpProblem } from '../http/problem.ts';
import type { Actor } from '../http/route.ts';
import { logActor } from '../purchases/actors.ts';
import { documentOf } from '../purchases/rows.ts';
import { holdersOf } from './able.ts';

const ARMOUR = '-----BEGIN AGE ENCRYPTED FILE-----';

/**
 * Keeps the keys of a purchase that the buyer's browser made, with a share for each opener (and the recovery share), in place of earlier
 * ones. Only before the publication, or the further round, that they are for. Whether a share opens, only its holder can tell.
 * @throws HttpProblem 422 `keys-late`, `keys-broken`, `keys-needed`, `keys-shares`, `opener-key-missing`, `opener-key-changed`
 */
export async function putPurchaseKeys(
  trx: TenantScope,
  actor: Actor,
  id: string,
  body: z.infer<typeof keysBody>,
): Promise<void> {
  if (actor.scopes !== null) throw new HttpProblem(403, 'not-for-keys');
  const row = await holdPurchase(trx, id, false);
  if (!row) throw new HttpProblem(404, 'not-found');
  const purchase = documentOf(row);
  const round = roundToCome(purchase);
  if (round === null) throw new HttpProblem(422, 'keys-late');
  const keys = keysIn(body.keys);
  if (keys.purchase !== id) throw new HttpProblem(422, 'keys-broken', { where: 'keys.purchase' });
  const parts = partsOf(purchase);
  if (keys.parts.length !== parts.length || !parts.every((part) => keys.parts.some((one) => one.part === part)))
    throw new HttpProblem(422, 'keys-needed', { where: 'keys', values: { parts: parts.join(', ') } });
  const given = body.shares.map(({ part, holder }) => `${part} ${holder}`);
  if (!sameSet(given, wantedShares(purchase)) || body.shares.some(({ encrypted }) => !encrypted.startsWith(ARMOUR)))
    throw new HttpProblem(422, 'keys-shares', { where: 'shares' });
  const own = new Map((await listOpenerKeys(trx)).map(({ person, recipient }) => [person, fingerprintOf(recipient)]));
  const personOf = (holder: string): string => (holder === RECOVERY ? (purchase.recovery ?? '') : holder);
  const holders = body.shares.map(({ holder, recipient }) => ({ person: personOf(holder), recipient }));
  await refuseHolders(
    trx,
    'opener-key-missing',
    holders.filter(({ person }) => !own.has(person)),
  );
  // Replaced while the browser worked: encrypted to a key that its owner has no more.
  await refuseHolders(
    trx,
    'opener-key-changed',
    holders.filter(({ person, recipient }) => !sameFingerprint(own.get(person) ?? '', recipient)),
  );
  await putKeys(
    trx,
    { purchase: id, round },
    {
      keys,
      by: actor.id,
      shares: body.shares.map(({ part, holder, encrypted }) => ({
        part,
        recipient: own.get(personOf(holder)) ?? null,
        holder: holder === RECOVERY ? null : holder,
        ciphertext: Buffer.from(encrypted),
      })),
    },
  );
  await appendLog(trx, {
    actor: logActor(actor),
    action: 'keys.made',
    subject: { type: 'purchase', id },
    content: { round, keys: keys.parts.map(({ part, fingerprint }) => ({ part, fingerprint })) },
  });
}

/**
 * A listener: nothing is published with keys other than those kept here, with a share missing for one who opens, or with a share for a key
 * that its holder has replaced since: that would show only at the opening.
 * @throws HttpProblem 422 `keys-needed`, `keys-shares`, `keys-differ`, `opener-key-missing`, `opener-key-changed`; the publication is then undone
 */
export async function checkPublishedKeys(
  trx: TenantScope,
  _: unknown,
  purchase: Purchase,
  events: readonly Happened[],
): Promise<void> {
  if (!events.some(({ type }) => type === 'purchase.published' || type === 'round.started')) return;
  const of = roundOf(purchase);
  const kept = await getKeys(trx, of);
  if (!kept) throw new HttpProblem(422, 'keys-needed', { values: { parts: partsOf(purchase).join(', ') } });
  const keys = readPurchaseKeys(kept.keys);
  const shares = (await shareHolders(trx, of)).map(({ part, holder }) => `${part} ${holder ?? RECOVERY}`);
  if (!sameSet(shares, wantedShares(purchase))) throw new HttpProblem(422, 'keys-shares');
  for (const { part, fingerprint } of purchase.notice?.keys ?? []) {
    const own = keys.parts.find((one) => one.part === part);
    if (!own || !sameFingerprint(own.fingerprint, fingerprint))
      throw new HttpProblem(422, 'keys-differ', { where: 'input.keys', values: { part } });
  }
  const holders = await holdersOf(trx, purchase);
  await refuseHolders(
    trx,
    'opener-key-missing',
    holders.filter(({ able }) => able === 'no-key'),
  );
  await refuseHolders(
    trx,
    'opener-key-changed',
    holders.filter(({ able }) => able === 'other-key'),
  );
}

/** A listener: passed shares have done their work when a second opener has confirmed what was opened. */
export async function forgetPassedShares(
  trx: TenantScope,
  _: unknown,
  purchase: Purchase,
  events: readonly Happened[],
): Promise<void> {
  for (const { type, ids } of events)
    if (type === 'opening.confirmed') await dropPassedShares(trx, roundOf(purchase), String(ids.part));
}

/** Refuses by name where anybody is among these. */
async function refuseHolders(
  trx: TenantScope,
  code: 'opener-key-missing' | 'opener-key-changed',
  holders: readonly { person: string }[],
): Promise<void> {
  if (holders.length === 0) return;
  const people = [...new Set(holders.map(({ person }) => person))];
  const names = await namesOf(trx, people);
  const [person = ''] = people;
  throw new HttpProblem(422, code, {
    values: { person, names: people.map((one) => names[one] ?? one).join(', ') },
  });
}

/** The round that a purchase is in, as keys and shares are kept by. */
export const roundOf = ({ id, round }: Purchase): Round => ({ purchase: id, round });

/** The round that new keys are for; null while offers are sealed to the present ones. */
function roundToCome({ state, round, description }: Purchase): number | null {
  if (state === 'drafted' || state === 'specified') return 1;
  const another = procedureOf(description.procedure).rounds && (state === 'opened' || state === 'evaluated');
  return another ? round + 1 : null;
}

function keysIn(value: unknown): PurchaseKeys {
  try {
    return readPurchaseKeys(value);
  } catch (error) {
    if (error instanceof SealingError) throw new HttpProblem(422, 'keys-broken', { where: 'keys' });
    throw error;
  }
}

/** The parts that the offers of a purchase are sealed in. */
const partsOf = ({ plan }: Purchase): ('quality' | 'price')[] =>
  plan?.priceApart ? ['quality', 'price'] : ['quality'];

/** One share of each part for each opener, and for the recovery where one was named. */
const wantedShares = (purchase: Purchase): string[] =>
  partsOf(purchase).flatMap((part) =>
    [...purchase.openers, ...(purchase.recovery === null ? [] : [RECOVERY])].map((holder) => `${part} ${holder}`),
  );

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((item) => other.includes(item)) && new Set(one).size === one.length;
