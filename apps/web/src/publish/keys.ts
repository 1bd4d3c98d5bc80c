import type { OpeningView, PurchaseView } from 'proviso-server/contract';
import type { Tenant } from '../api/index.ts';

/** A person who is to open, and has made no key yet. */
export class NoOpenerKey extends Error {
  readonly names: string[];
  constructor(names: string[]) {
    super(names.join(', '));
    this.names = names;
  }
}

const RECOVERY = 'recovery';

/**
 * Makes keys for the publication or the further round to come in this browser, and hands the server the public ones with a share for each
 * opener, encrypted to them. The secret is split before it leaves, and not kept. Gives what the notice names.
 * @throws NoOpenerKey, ProblemError, SealingError
 */
export async function makeKeys(
  tenant: Tenant,
  { purchase }: PurchaseView,
): Promise<{ part: 'quality' | 'price'; fingerprint: string }[]> {
  const [{ openers }, { createPurchaseKeys }] = await Promise.all([
    tenant.api.get<OpeningView>(`/purchases/${purchase.id}/opening`),
    import('@proviso/sealing'),
  ]);
  const without = openers.filter(({ recipient }) => recipient === null);
  if (without.length > 0) throw new NoOpenerKey(without.map(({ id, name }) => name || id));
  const holders = openers.map(({ id, recipient }) => ({ id, recipient: recipient ?? '' }));
  const { keys, shares } = await createPurchaseKeys({
    purchase: purchase.id,
    openers: holders.filter(({ id }) => id !== RECOVERY),
    recovery: holders.find(({ id }) => id === RECOVERY)?.recipient ?? null,
    parts: purchase.plan?.priceApart ? ['quality', 'price'] : ['quality'],
  });
  await tenant.api.put(`/purchases/${purchase.id}/keys`, {
    keys,
    shares: shares.map(({ part, holder, recipient, encrypted }) => ({ part, holder, recipient, encrypted })),
  });
  return keys.parts.map(({ part, fingerprint }) => ({ part, fingerprint }));
}
