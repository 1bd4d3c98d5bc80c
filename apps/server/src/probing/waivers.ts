import { createHash, randomUUID } from 'node:crypto';
import { mayProbe } from '@proviso/procurement';
import { endProbeWaiver, getProbeWaiver, giveProbeWaiver, type TenantScope } from '@proviso/store';
import type { z } from 'zod';
import type { waiverBody } from '../contract/proving.ts';
import type { Deps } from '../http/deps.ts';
import { HttpProblem, refused } from '../http/problem.ts';
import type { Actor } from '../http/route.ts';
import { tenantOf } from '../messages/tenant.ts';
import { readPurchase } from '../offers/read-purchase.ts';
import { deciderOf } from '../purchases/actors.ts';
import { carryOut } from '../purchases/commands.ts';
import { remindOfWaiver } from './waiver-reminder.ts';

/** Accepts a failing check of a name to the end of a day, in place of an earlier acceptance; gives its id. @throws HttpProblem 422 `unknown` */
export async function giveWaiver(
  trx: TenantScope,
  deps: Deps,
  actor: Actor,
  purchase: string,
  { supplier, name, check, until, reason }: z.output<typeof waiverBody>,
): Promise<{ id: string }> {
  const { checkIds } = await import('@proviso/probes');
  if (!checkIds().includes(check))
    throw new HttpProblem(422, 'unknown', { where: 'body.check', values: { id: check } });
  const id = randomUUID();
  const at = deps.now();
  await giveProbeWaiver(trx, { id, purchase, supplier, name, checkId: check, until, reason, by: actor.id, at });
  await remindOfWaiver(trx, deps, await tenantOf(trx), { id, purchase, until });
  const hash = createHash('sha256').update(reason).digest('hex');
  const input = { supplier, waiver: id, until, hash };
  await carryOut(trx, deps, actor, purchase, null, { type: 'probe.waive', input });
  return { id };
}

/** Takes an acceptance back: the check fails again. @throws HttpProblem 404 */
export async function endWaiver(
  trx: TenantScope,
  deps: Deps,
  actor: Actor,
  purchase: string,
  waiver: string,
): Promise<void> {
  const row = await getProbeWaiver(trx, waiver);
  if (row?.purchase !== purchase || row.ended !== null) throw new HttpProblem(404, 'not-found');
  const fault = mayProbe((await readPurchase(trx, purchase)).purchase, deciderOf(actor), row.supplier);
  if (fault) throw refused(fault);
  await endProbeWaiver(trx, waiver, deps.now());
  const input = { supplier: row.supplier, waiver };
  await carryOut(trx, deps, actor, purchase, null, { type: 'probe.unwaive', input });
}
