import { randomUUID } from 'node:crypto';
import { insertLetter, type TenantScope } from '@proviso/store';
import type { Deps } from '../http/deps.ts';
import type { Letter } from './letter.ts';
import { tenantOf } from './tenant.ts';

/**
 * Puts letters into the outbox, in the transaction of what they tell, and leaves a job to send them. A supplier without an address gets
 * none by mail: the letter is there to be handed on.
 */
export async function post(trx: TenantScope, { jobs }: Pick<Deps, 'jobs'>, letters: readonly Letter[]): Promise<void> {
  if (letters.length === 0) return;
  for (const { to, subject, body, hiddenUntil } of letters) {
    const letter = { id: randomUUID(), subject, body, hiddenUntil };
    if ('person' in to) await insertLetter(trx, { ...letter, toPerson: to.person });
    else if (to.address !== null) await insertLetter(trx, { ...letter, toAddress: to.address });
    else await insertLetter(trx, { ...letter, toAddress: to.supplier, state: 'failed', lastError: 'no-address' });
  }
  const { id } = await tenantOf(trx);
  await jobs.send('mail', { tenant: id }, { trx });
}
