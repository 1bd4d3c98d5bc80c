import type { Insertable, Selectable } from 'kysely';
import type { Tables } from '../connect/tables.ts';
import { currentTenant, type TenantScope } from '../connect/tenant.ts';

export type RequestRow = Selectable<Tables['request']>;
export type NewRequest = Omit<Insertable<Tables['request']>, 'tenant' | 'said' | 'receipt'> & {
  said: object;
  receipt: object;
  files: readonly Buffer[];
};

/** Keeps a request to take part with the files that it names, which must be known (`recordFile`). Earlier ones of the supplier stay. */
export async function insertRequest(trx: TenantScope, { files, said, receipt, ...row }: NewRequest): Promise<void> {
  await trx
    .insertInto('request')
    .values({ ...row, said: JSON.stringify(said), receipt: JSON.stringify(receipt), tenant: currentTenant })
    .execute();
  if (files.length === 0) return;
  await trx
    .insertInto('requestFile')
    .values(files.map((sha256) => ({ tenant: currentTenant, request: row.id, sha256 })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** What was found wrong with files of requests that were looked at; those that nobody looked at yet are not among them. */
export async function requestProof(
  trx: TenantScope,
  requests: readonly string[],
): Promise<{ request: string; sha256: Buffer; problem: string | null }[]> {
  if (requests.length === 0) return [];
  return await trx
    .selectFrom('requestFile')
    .select(['request', 'sha256', 'problem'])
    .where('request', 'in', requests)
    .where('checked', 'is not', null)
    .execute();
}

/** Notes what was found wrong with a file of a request; null for nothing. */
export async function noteRequestProof(
  trx: TenantScope,
  request: string,
  { sha256, problem, checked }: { sha256: Buffer; problem: string | null; checked: Date },
): Promise<void> {
  await trx
    .updateTable('requestFile')
    .set({ problem, checked })
    .where('request', '=', request)
    .where('sha256', '=', sha256)
    .execute();
}

/** One request to take part; undefined when this tenant has none of that id. */
export async function getRequest(trx: TenantScope, id: string): Promise<RequestRow | undefined> {
  return await trx.selectFrom('request').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Requests to take part in a purchase, in the order they came; of one supplier, where it is named. */
export async function readRequests(trx: TenantScope, purchase: string, supplier?: string): Promise<RequestRow[]> {
  return await trx
    .selectFrom('request')
    .selectAll()
    .where('purchase', '=', purchase)
    .$if(supplier !== undefined, (query) => query.where('supplier', '=', supplier ?? ''))
    .orderBy('receivedAt')
    .orderBy('id')
    .execute();
}
