import type { DemandFile, Language } from '@proviso/catalogue';
import { getDemandVersion, type TenantScope } from '@proviso/store';
import { HttpProblem } from '../http/problem.ts';
import { purchaseRow } from '../purchases/address.ts';
import { documentOf } from '../purchases/rows.ts';

/** A version of the demand as it was kept; without a number the one that stands. @throws HttpProblem 404 */
export async function keptDemand(
  trx: TenantScope,
  purchase: string,
  n?: number,
): Promise<{ n: number; file: DemandFile; created: Date; by: string; of: Language | null }> {
  const { demand, description } = documentOf(await purchaseRow(trx, purchase));
  const row = await getDemandVersion(trx, purchase, n ?? demand?.version);
  if (!row) throw new HttpProblem(404, 'no-demand-yet');
  return { n: row.n, file: row.file as DemandFile, created: row.created, by: row.by, of: description.language };
}
