import { randomUUID } from 'node:crypto';
import type { Happened } from '@proviso/procurement';
import {
  getDelivery,
  insertDelivery,
  type JobHandler,
  listWebhooks,
  noteDelivery,
  type TenantScope,
  withTenant,
} from '@proviso/store';
import type { Deps } from '../http/deps.ts';
import { tenantOf } from './tenant.ts';
import { callWebhook } from './webhook-call.ts';

/** A webhook for everything. */
export const ALL_EVENTS = '*';
/** As many as the queue makes: the first and its retries. */
const ATTEMPTS = 11;

/** Leaves a call to each webhook that asked for an event, in the transaction of what happened. Ids and hashes only leave. */
export async function queueCalls(
  trx: TenantScope,
  { jobs }: Pick<Deps, 'jobs'>,
  events: readonly Happened[],
): Promise<void> {
  const hooks = await listWebhooks(trx);
  if (hooks.length === 0) return;
  const { id: tenant } = await tenantOf(trx);
  for (const event of events) {
    for (const hook of hooks) {
      if (!hook.events.includes(event.type) && !hook.events.includes(ALL_EVENTS)) continue;
      const id = randomUUID();
      const { type, purchase, at, ids, hashes } = event;
      await insertDelivery(trx, {
        id,
        webhook: hook.id,
        event: type,
        body: { id, event: type, tenant, purchase, at, ids, hashes },
      });
      await jobs.send('webhook', { tenant, delivery: id }, { trx });
    }
  }
}

/** Works on the queue `webhook`. A call that fails is tried again by the queue, later and later; the last failure is kept. */
export function webhookWorker(deps: Pick<Deps, 'store' | 'now'>, anywhere: boolean): JobHandler<'webhook'> {
  const within = <R>(tenant: string, work: (trx: TenantScope) => Promise<R>): Promise<R> =>
    withTenant(deps.store.db, tenant, work);
  return async ({ tenant, delivery }) => {
    const found = await within(tenant, (trx) => getDelivery(trx, delivery));
    // Taken away with its webhook, or done by a worker that died before it said so.
    if (found === undefined || found.state !== 'waiting') return;
    const { id, event, url, secret, attempts } = found;
    let status: number | null = null;
    let lastError: string | null = null;
    try {
      status = await callWebhook({ id, event, url, secret, body: JSON.stringify(found.body) }, deps.now(), anywhere);
      if (status < 200 || status > 299) lastError = `status ${status}`;
    } catch (error) {
      lastError = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    }
    const last = attempts + 1 >= ATTEMPTS;
    const state = lastError === null ? 'sent' : last ? 'failed' : 'waiting';
    await within(tenant, (trx) =>
      noteDelivery(trx, id, { state, status, lastError: lastError?.slice(0, 200) ?? null }),
    );
    if (state === 'waiting') throw new Error(`The webhook did not take the call: ${lastError}`);
  };
}
