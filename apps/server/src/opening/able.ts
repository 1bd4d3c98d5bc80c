import { isBarred, type Purchase, type State, sealedParts } from '@proviso/procurement';
import { fingerprintOf, RECOVERY } from '@proviso/sealing';
import { listOpenerKeys, purchasesHeldBy, shareHolders, type TenantScope } from '@proviso/store';
import type { OpenerAble, PurchaseAtStake } from '../contract/offering.ts';
import { documentOf } from '../purchases/rows.ts';

/** Whoever is to open a purchase, and whether they can. */
export interface Holder {
  /** Under which name they hold their shares: a person's id, or `recovery`. */
  id: string;
  person: string;
  able: OpenerAble;
}

/** An opening takes two: the threshold that sealing splits every key with. */
const NEEDED = 2;
/** While a key of openers can still matter to a purchase. */
const UNTIL_OPENED: readonly State[] = ['drafted', 'specified', 'published', 'closed', 'opened'];

/**
 * Who opens the present round of a purchase, and whether they can: their shares were encrypted to the key that they have now, and no conflict
 * keeps them away. Empty before the keys of the purchase are made.
 */
export async function holdersOf(trx: TenantScope, purchase: Purchase): Promise<Holder[]> {
  const shares = await shareHolders(trx, { purchase: purchase.id, round: purchase.round });
  if (shares.length === 0) return [];
  const keys = new Map((await listOpenerKeys(trx)).map((one) => [one.person, fingerprintOf(one.recipient)]));
  const named = purchase.openers.map((person) => ({ id: person, person }));
  if (purchase.recovery !== null) named.push({ id: RECOVERY, person: purchase.recovery });
  return named.map(({ id, person }) => {
    const own = shares.filter(({ holder }) => (holder ?? RECOVERY) === id);
    const key = keys.get(person);
    // What is older than this column is believed: the opening itself will tell.
    const other = own.some(({ recipient }) => recipient !== null && recipient !== key);
    const able: OpenerAble =
      own.length === 0
        ? 'no-share'
        : key === undefined
          ? 'no-key'
          : other
            ? 'other-key'
            : isBarred(purchase, person, null)
              ? 'barred'
              : 'able';
    return { id, person, able };
  });
}

/**
 * Purchases that a person can help to open with the key of now, with who could open them without it. With `hold` they stay as they are until the
 * transaction is over: else one could be published with a key that is about to go.
 */
export async function purchasesOpenedBy(trx: TenantScope, person: string, hold = false): Promise<PurchaseAtStake[]> {
  const found: PurchaseAtStake[] = [];
  for (const row of await purchasesHeldBy(trx, person, UNTIL_OPENED, hold)) {
    const purchase = documentOf(row);
    const published = purchase.notice !== null;
    if (published && sealedParts(purchase).length === 0) continue;
    const able = (await holdersOf(trx, purchase)).filter((one) => one.able === 'able');
    if (!able.some((one) => one.person === person)) continue;
    const left = able.filter((one) => one.person !== person).length;
    const { title, reference } = purchase.description;
    found.push({ id: purchase.id, title, reference, published, left, lost: published && left < NEEDED });
  }
  return found;
}
