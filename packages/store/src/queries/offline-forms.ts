import type { Selectable } from 'kysely';
import type { Tables } from '../connect/tables.ts';
import { currentTenant, type TenantScope } from '../connect/tenant.ts';

export type OfflineFormRow = Omit<Selectable<Tables['offlineForm']>, 'tenant' | 'purchase'>;

/** Offline forms of a purchase as they were published, the newest version first, its languages in order. */
export async function offlineFormsOf(trx: TenantScope, purchase: string): Promise<OfflineFormRow[]> {
  return await trx
    .selectFrom('offlineForm')
    .select(['version', 'language', 'sha256', 'bytes', 'demand', 'closing', 'at'])
    .where('purchase', '=', purchase)
    .orderBy('version', 'desc')
    .orderBy('language')
    .execute();
}

/** Keeps the forms of one version. Their bytes must be named as files of the purchase (`namePurchaseFile`). For who holds the purchase. */
export async function insertOfflineForms(
  trx: TenantScope,
  purchase: string,
  forms: readonly (Omit<OfflineFormRow, 'closing' | 'at'> & { closing: Date; at: Date })[],
): Promise<void> {
  if (forms.length === 0) return;
  await trx
    .insertInto('offlineForm')
    .values(forms.map((form) => ({ ...form, tenant: currentTenant, purchase })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
