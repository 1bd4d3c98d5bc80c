import { endOfDay, may, mayProbe, type Purchase } from '@proviso/procurement';
import { probeWaiversEnding, type TenantScope } from '@proviso/store';
import type { Actor } from '../http/route.ts';
import { deciderOf } from '../purchases/actors.ts';
import { dayAfter, SOON_DAYS } from './view.ts';

/** Acceptances of failing checks that end soon or ended lately, for who can accept them further: each purchase once, with its next end. */
export async function waiversEnding(
  trx: TenantScope,
  actor: Actor,
  all: readonly { id: string; title: string; purchase: Purchase }[],
  at: string,
): Promise<{ purchase: string; title: string; what: 'waiver'; due: string }[]> {
  if (!may(actor.roles, 'probe.waive')) return [];
  const today = at.slice(0, 10);
  const span = { from: dayAfter(today, -SOON_DAYS), to: dayAfter(today, SOON_DAYS) };
  const rows = await probeWaiversEnding(
    trx,
    all.map(({ id }) => id),
    span,
  );
  return all.flatMap(({ id, title, purchase }) => {
    const next = rows.find((row) => row.purchase === id && mayProbe(purchase, deciderOf(actor), row.supplier) === null);
    if (next === undefined) return [];
    return [
      { purchase: id, title, what: 'waiver' as const, due: endOfDay(next.until, purchase.description.zone).instant },
    ];
  });
}
