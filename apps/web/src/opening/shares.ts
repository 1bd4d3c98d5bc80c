import type { OpeningView } from 'proviso-server/contract';

export type Part = 'quality' | 'price';

/** A holder's own share of a part, opened. The holder is a person, or `recovery` for the share that is kept in reserve. */
async function ownShare(view: OpeningView, part: Part, holder: string, identity: string) {
  const sealing = await import('@proviso/sealing');
  const { keys } = view;
  const encrypted = view.shares.find((one) => one.part === part)?.encrypted;
  if (!keys || encrypted === undefined)
    throw new sealing.SealingError('not-a-holder', 'No share of this part is here.');
  const key = sealing.keyOf(keys, part);
  const expected = { purchase: keys.purchase, part, holder, fingerprint: key.fingerprint };
  return { sealing, key, share: await sealing.openShare(encrypted, identity, expected) };
}

/** My share for all other openers, encrypted to each. @throws SealingError as `openShare` and `passShare` */
export async function sharesToPass(
  view: OpeningView,
  part: Part,
  holder: string,
  identity: string,
): Promise<{ to: string; encrypted: string }[]> {
  const { sealing, share } = await ownShare(view, part, holder, identity);
  // Who had no key when the purchase's keys were made holds no share, and can be given none.
  const holders = new Set(share.holders.map(({ holder }) => holder));
  const others = view.openers.flatMap(({ id, recipient }) =>
    id !== holder && recipient !== null && holders.has(id) ? [{ id, recipient }] : [],
  );
  return (await sealing.passShare(share, others)).map(({ to, encrypted }) => ({ to, encrypted }));
}

/** The part's secret, from my share and one that was passed to me. @throws SealingError as `openPassedShare` and `combineShares` */
export async function combinedIdentity(
  view: OpeningView,
  part: Part,
  holder: string,
  identity: string,
): Promise<string> {
  const { sealing, share, key } = await ownShare(view, part, holder, identity);
  const passed = view.passed.filter((one) => one.part === part);
  let refused: unknown = new sealing.SealingError('same-share', 'Nobody has passed a share yet.');
  // One damaged share does not keep the offers closed where another opener has passed a good one.
  for (const { encrypted } of passed) {
    try {
      const other = await sealing.openPassedShare(encrypted, identity, share);
      return await sealing.combineShares(share, other, key.recipient);
    } catch (error) {
      refused = error;
    }
  }
  throw refused;
}
