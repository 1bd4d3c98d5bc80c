import { dossierOf } from '@proviso/dossier';
import { may, mayProbe, mayReadRequests } from '@proviso/procurement';
import { withTenant } from '@proviso/store';
import type { Deps } from '../http/deps.ts';
import type { Actor } from '../http/route.ts';
import { readPurchase } from '../offers/read-purchase.ts';
import { deciderOf } from '../purchases/actors.ts';
import { visible } from '../purchases/view.ts';

/** The dossier of a purchase as one person may see it. @throws HttpProblem 404 */
export async function dossierFor(deps: Deps, actor: Actor, id: string): ReturnType<typeof dossierOf> {
  return await withTenant(deps.store.db, actor.tenant, async (trx) => {
    const { purchase: whole } = await readPurchase(trx, id);
    const made = deps.now().toISOString();
    const decider = deciderOf(actor);
    const purchase = visible(whole, decider, made);
    return await dossierOf(trx, deps.files, whole, {
      purchase,
      log: may(actor.roles, 'log.read'),
      requests: mayReadRequests(whole, decider, made) === null,
      liveChecks: (supplier) => may(actor.roles, 'probe.read') && mayProbe(whole, decider, supplier) === null,
      sealed: false,
      made,
    });
  });
}
