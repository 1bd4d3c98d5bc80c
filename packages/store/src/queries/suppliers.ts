import { sql } from 'kysely';
import { currentTenant, type TenantScope } from '../connect/tenant.ts';

export interface SupplierRow {
  id: string;
  name: string;
  email: string | null;
  country: string | null;
}

/** All suppliers of the tenant, by name. */
export async function listSuppliers(trx: TenantScope): Promise<SupplierRow[]> {
  return await trx
    .selectFrom('supplier')
    .select(['id', 'name', 'email', 'country'])
    .orderBy('name')
    .orderBy('id')
    .execute();
}

/** One supplier; undefined when this tenant has none of that id. */
export async function getSupplier(trx: TenantScope, id: string): Promise<SupplierRow | undefined> {
  return await trx
    .selectFrom('supplier')
    .select(['id', 'name', 'email', 'country'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Adds a supplier. */
export async function insertSupplier(trx: TenantScope, supplier: SupplierRow): Promise<void> {
  await trx
    .insertInto('supplier')
    .values({ ...supplier, tenant: currentTenant })
    .execute();
}

/** Suppliers whose links to a purchase still hold, each once, with the address for letters. */
export async function invitedSuppliers(trx: TenantScope, purchase: string): Promise<SupplierRow[]> {
  return await trx
    .selectFrom('supplier as s')
    .select(['s.id', 's.name', 's.email', 's.country'])
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('invitation as i')
          .select('i.id')
          .whereRef('i.tenant', '=', 's.tenant')
          .whereRef('i.supplier', '=', 's.id')
          .where('i.purchase', '=', purchase)
          .where('i.revoked', 'is', null),
      ),
    )
    .orderBy('s.name')
    .orderBy('s.id')
    .execute();
}

/**
 * Purchases that a supplier was invited to, the last first, with how many offers of theirs are there: none while others may still bid, since
 * who bids is nobody's to know then.
 */
export async function supplierHistory(
  trx: TenantScope,
  supplier: string,
): Promise<{ purchase: string; title: string; reference: string; state: string; invited: Date; offers: number }[]> {
  return await trx
    .selectFrom('invitation as i')
    .innerJoin('purchase as p', (join) => join.onRef('p.tenant', '=', 'i.tenant').onRef('p.id', '=', 'i.purchase'))
    .select(['p.id as purchase', 'p.title', 'p.reference', 'p.state'])
    .select(sql<Date>`min(i.created)`.as('invited'))
    .select(
      sql<number>`CASE WHEN p.state = 'published' THEN 0 ELSE
        (SELECT count(*) FROM offer o WHERE o.tenant = p.tenant AND o.purchase = p.id AND o.supplier = ${supplier}) END`.as(
        'offers',
      ),
    )
    .where('i.supplier', '=', supplier)
    .groupBy(['p.tenant', 'p.id', 'p.title', 'p.reference', 'p.state'])
    .orderBy('invited', 'desc')
    .execute();
}
