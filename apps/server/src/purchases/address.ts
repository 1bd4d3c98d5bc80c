import { getPurchase, type PurchaseRow, type TenantScope } from '@proviso/store';
import { z } from 'zod';
import { uuid } from '../contract/wire.ts';
import { HttpProblem } from '../http/problem.ts';

/** Of addresses below a tenant, and below one of its purchases. */
export const inTenant = z.object({ tenant: uuid });
export const ofPurchase = z.object({ tenant: uuid, id: uuid });

/** The row of a purchase. @throws HttpProblem 404 */
export async function purchaseRow(trx: TenantScope, id: string): Promise<PurchaseRow> {
  const row = await getPurchase(trx, id);
  if (!row) throw new HttpProblem(404, 'not-found');
  return row;
}
