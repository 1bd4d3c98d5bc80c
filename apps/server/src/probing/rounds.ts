import { randomUUID } from 'node:crypto';
import { type Purchase, probeDueAt, probesThrough } from '@proviso/procurement';
import {
  insertProbeRound,
  type JobHandler,
  lastProbeRounds,
  listTenants,
  type ProbeRoundRow,
  standingProbeConsent,
  type TenantScope,
  withTenant,
} from '@proviso/store';
import type { Deps } from '../http/deps.ts';
import { HttpProblem } from '../http/problem.ts';
import type { Actor } from '../http/route.ts';
import { tenantOf } from '../messages/tenant.ts';
import { carryOut } from '../purchases/commands.ts';
import { documentOf } from '../purchases/rows.ts';
import { probePlan } from './plan.ts';

/** A round that has not ended after so long never will: its worker was lost. */
const LOST_MS = 6 * 3_600_000;

/** Is a round under way? */
export function isRunning(round: ProbeRoundRow | undefined, now: Date): boolean {
  return round !== undefined && round.done === null && now.getTime() - round.at.getTime() < LOST_MS;
}

/**
 * Begins a round over all names that a supplier agreed to. By a person, or by the server's schedule.
 * @throws HttpProblem 409 `no-consent`, `probe-running`; what `probe.start` refuses
 */
export async function startRound(
  trx: TenantScope,
  deps: Deps,
  giver: Actor | 'system',
  purchase: string,
  supplier: string,
): Promise<{ round: string }> {
  const now = deps.now();
  const consent = await standingProbeConsent(trx, { purchase, supplier }, true);
  const last = (await lastProbeRounds(trx, purchase)).find((one) => one.supplier === supplier);
  const id = randomUUID();
  if (consent && !isRunning(last, now)) {
    const by = giver === 'system' ? null : giver.id;
    await insertProbeRound(trx, { id, purchase, supplier, consent: consent.id, by, at: now });
  }
  // Asked before it is said whether there is a consent: who may not see that learns nothing of it.
  const input = { supplier, consent: consent?.id ?? id, round: id };
  await carryOut(trx, deps, giver, purchase, null, { type: 'probe.start', input });
  if (!consent) throw new HttpProblem(409, 'no-consent');
  if (isRunning(last, now)) throw new HttpProblem(409, 'probe-running');
  const { id: tenant } = await tenantOf(trx);
  await deps.jobs.send('probe', { tenant, round: id }, { trx });
  return { round: id };
}

/** Purchases in which something may be due: a contract was signed, and a supplier's consent stands. */
async function candidates(trx: TenantScope): Promise<Purchase[]> {
  const rows = await trx
    .selectFrom('purchase as p')
    .select('p.document')
    .where('p.state', 'in', ['evaluated', 'awarded', 'contracted'])
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('probeConsent as c')
          .select('c.id')
          .whereRef('c.tenant', '=', 'p.tenant')
          .whereRef('c.purchase', '=', 'p.id')
          .where('c.ended', 'is', null),
      ),
    )
    .execute();
  return rows.map(documentOf);
}

/** Suppliers of a tenant whose names are due to be looked at. */
export async function dueRounds(trx: TenantScope, now: Date): Promise<{ purchase: string; supplier: string }[]> {
  const due: { purchase: string; supplier: string }[] = [];
  for (const purchase of await candidates(trx)) {
    const under = probesThrough(purchase, now.toISOString().slice(0, 10));
    if (under.length === 0) continue;
    const { every } = await probePlan(trx, purchase.id);
    const rounds = await lastProbeRounds(trx, purchase.id);
    for (const supplier of under) {
      const last = rounds.find((one) => one.supplier === supplier);
      const at = probeDueAt(last?.at.toISOString() ?? null, every);
      if (at === null || Date.parse(at) > now.getTime() || isRunning(last, now)) continue;
      if (await standingProbeConsent(trx, { purchase: purchase.id, supplier }))
        due.push({ purchase: purchase.id, supplier });
    }
  }
  return due;
}

/** Works on the queue `probes-due`, each night: begins the rounds that are due, each in a transaction of its own. */
export function dueWorker(deps: Deps, looks: boolean): JobHandler<'probes-due'> {
  return async () => {
    if (!looks) return;
    const { store, now, log } = deps;
    for (const tenant of await store.asOwner(listTenants)) {
      for (const { purchase, supplier } of await withTenant(store.db, tenant, (trx) => dueRounds(trx, now()))) {
        try {
          await withTenant(store.db, tenant, (trx) => startRound(trx, deps, 'system', purchase, supplier));
        } catch (error) {
          // Changed meanwhile: it is told, and the others go on.
          if (!(error instanceof HttpProblem)) throw error;
          log(`No probes of purchase ${purchase}: ${error.message}`);
        }
      }
    }
  };
}
