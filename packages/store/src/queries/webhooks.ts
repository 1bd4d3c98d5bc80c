import { type Selectable, sql } from 'kysely';
import type { Tables } from '../connect/tables.ts';
import { currentTenant, type TenantScope } from '../connect/tenant.ts';

export type WebhookRow = Omit<Selectable<Tables['webhook']>, 'tenant'>;
export type DeliveryRow = Omit<Selectable<Tables['webhookDelivery']>, 'tenant'>;

/** All webhooks of the tenant, the oldest first, with their secrets. */
export async function listWebhooks(trx: TenantScope): Promise<WebhookRow[]> {
  return await trx
    .selectFrom('webhook')
    .select(['id', 'url', 'secret', 'events', 'created'])
    .orderBy('created')
    .orderBy('id')
    .execute();
}

/** Adds a webhook. */
export async function insertWebhook(trx: TenantScope, webhook: Omit<WebhookRow, 'created'>): Promise<void> {
  await trx
    .insertInto('webhook')
    .values({ ...webhook, tenant: currentTenant })
    .execute();
}

/** Takes a webhook away with its deliveries. False when there is none of that id. */
export async function deleteWebhook(trx: TenantScope, id: string): Promise<boolean> {
  const { numDeletedRows } = await trx.deleteFrom('webhook').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Puts down that a webhook is to be called with this body. */
export async function insertDelivery(
  trx: TenantScope,
  { body, ...delivery }: { id: string; webhook: string; event: string; body: object },
): Promise<void> {
  await trx
    .insertInto('webhookDelivery')
    .values({ ...delivery, body: JSON.stringify(body), tenant: currentTenant })
    .execute();
}

/** A delivery with its webhook; undefined when it, or the webhook, is gone. */
export async function getDelivery(
  trx: TenantScope,
  id: string,
): Promise<(DeliveryRow & { url: string; secret: string }) | undefined> {
  return await trx
    .selectFrom('webhookDelivery as d')
    .innerJoin('webhook as w', (join) => join.onRef('w.tenant', '=', 'd.tenant').onRef('w.id', '=', 'd.webhook'))
    .select(['d.id', 'd.webhook', 'd.event', 'd.body', 'd.state', 'd.attempts', 'd.status', 'd.created', 'd.lastError'])
    .select(['w.url', 'w.secret'])
    .where('d.id', '=', id)
    .executeTakeFirst();
}

/** How an attempt went. `state` stays `waiting` while there will be another. */
export async function noteDelivery(
  trx: TenantScope,
  id: string,
  went: { state: DeliveryRow['state']; status: number | null; lastError: string | null },
): Promise<void> {
  await trx
    .updateTable('webhookDelivery')
    .set({ ...went, attempts: sql`attempts + 1` })
    .where('id', '=', id)
    .execute();
}

/** The last deliveries of a webhook, the newest first. */
export async function listDeliveries(trx: TenantScope, webhook: string, limit: number): Promise<DeliveryRow[]> {
  return await trx
    .selectFrom('webhookDelivery')
    .select(['id', 'webhook', 'event', 'body', 'state', 'attempts', 'status', 'created', 'lastError'])
    .where('webhook', '=', webhook)
    .orderBy('created', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}
