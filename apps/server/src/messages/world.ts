import type { Purchase } from '@proviso/procurement';
import { invitedSuppliers, listPeople, type SupplierRow, type TenantScope } from '@proviso/store';
import type { Deps } from '../http/deps.ts';
import type { World } from './draft-letter.ts';
import { tenantOf } from './tenant.ts';

/** What letters about a purchase are written from. */
export async function worldOf(
  trx: TenantScope,
  { baseUrl }: Pick<Deps, 'baseUrl'>,
  purchase: Purchase,
): Promise<World> {
  const tenant = await tenantOf(trx);
  const people = (await listPeople(trx)).map(({ id, name, roles }) => ({ id, name, roles: roles ?? [] }));
  const named = [...new Set([...purchase.offers, ...purchase.requests].map(({ supplier }) => supplier))];
  return {
    buyer: tenant.name,
    address: `${baseUrl}/t/${tenant.id}/purchases/${purchase.id}`,
    people,
    invited: await invitedSuppliers(trx, purchase.id),
    suppliers: new Map((await suppliersById(trx, named)).map((one) => [one.id, one])),
    // People of one organisation share the purchase's language; the workbench itself speaks each one's own.
    languageOf: () => purchase.description.language,
  };
}

async function suppliersById(trx: TenantScope, ids: readonly string[]): Promise<SupplierRow[]> {
  if (ids.length === 0) return [];
  return await trx.selectFrom('supplier').select(['id', 'name', 'email', 'country']).where('id', 'in', ids).execute();
}
