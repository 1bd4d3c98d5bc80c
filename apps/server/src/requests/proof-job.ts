import {
  getRequest,
  type JobHandler,
  noteRequestProof,
  notify,
  readRequests,
  requestProof,
  type TenantScope,
  withTenant,
} from '@proviso/store';
import type { KeptRequest } from '../contract/offering.ts';
import type { Deps } from '../http/deps.ts';
import { checkedFile } from '../opening/offer-files.ts';
import { CHANGED } from '../purchases/events.ts';

/**
 * Has the files of a purchase's requests looked at, where nobody has yet. Only once the requests may be known: what waits in a queue is counted
 * for all to see.
 */
export async function lookAtProof(
  trx: TenantScope,
  { jobs }: Pick<Deps, 'jobs'>,
  tenant: string,
  purchase: string,
): Promise<void> {
  const rows = await readRequests(trx, purchase);
  const looked = new Set(
    (
      await requestProof(
        trx,
        rows.map(({ id }) => id),
      )
    ).map(({ request, sha256 }) => `${request} ${sha256.toString('hex')}`),
  );
  for (const { id, said } of rows)
    if ((said as KeptRequest).files.some(({ sha256 }) => !looked.has(`${id} ${sha256}`)))
      await jobs.send('proof', { tenant, request: id }, { trx });
}

/**
 * Works on the queue `proof`: has the sandboxed reader look at each file of a request to take part, as at those of opened offers. What it finds is
 * shown with the request, and keeps nobody from saving the file.
 */
export function proofWorker(deps: Deps): JobHandler<'proof'> {
  return async ({ tenant, request }) => {
    const { db } = deps.store;
    const found = await withTenant(db, tenant, async (trx) => ({
      row: await getRequest(trx, request),
      looked: new Set((await requestProof(trx, [request])).map(({ sha256 }) => sha256.toString('hex'))),
    }));
    if (!found.row) return;
    const { files } = found.row.said as KeptRequest;
    for (const file of files) {
      if (found.looked.has(file.sha256)) continue;
      found.looked.add(file.sha256);
      const { problem } = await checkedFile(deps.files, { ...file, media: '', problem: null, kept: true });
      await withTenant(db, tenant, (trx) =>
        noteRequestProof(trx, request, { sha256: Buffer.from(file.sha256, 'hex'), problem, checked: deps.now() }),
      );
    }
    const { purchase } = found.row;
    const changed = { tenant, purchase, event: 'job', data: { id: request, done: true } };
    await withTenant(db, tenant, (trx) => notify(trx, CHANGED, changed));
  };
}
