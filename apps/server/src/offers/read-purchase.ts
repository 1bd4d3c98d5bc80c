import type { Purchase } from '@proviso/procurement';
import { getPurchase, type TenantScope } from '@proviso/store';
import { HttpProblem } from '../http/problem.ts';
import { documentOf } from '../purchases/rows.ts';

/** A purchase with the version of its row. @throws HttpProblem 404 */
export async function readPurchase(trx: TenantScope, id: string): Promise<{ purchase: Purchase; version: number }> {
  const row = await getPurchase(trx, id);
  if (!row) throw new HttpProblem(404, 'not-found');
  return { purchase: documentOf(row), version: row.version };
}
