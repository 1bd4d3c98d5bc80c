import {
  appendLog,
  expireConsentSigners,
  expireContent,
  getSetting,
  type JobHandler,
  listTenants,
  sweepFiles,
  withTenant,
} from '@proviso/store';
import type { Deps } from '../http/deps.ts';
import { SETTINGS } from '../purchases/settings.ts';

const DAY_MS = 86_400_000;
/** So long a file may wait to be named by what it was sent for. */
const GRACE_MS = DAY_MS;

/**
 * Erases what the log says in words, and who signed consents that are over, where an organisation has set for how long words are kept; hashes
 * and ids stay. Gives how many lost theirs.
 */
async function expireWords(store: Deps['store'], at: Date): Promise<number> {
  let erased = 0;
  for (const tenant of await store.asOwner(listTenants))
    erased += await withTenant(store.db, tenant, async (trx) => {
      const kept = SETTINGS.retention.safeParse((await getSetting(trx, 'retention'))?.value);
      if (!kept.success) return 0;
      const before = new Date(at.getTime() - kept.data.days * DAY_MS);
      const signers = await expireConsentSigners(trx, before);
      const words = await expireContent(trx, before);
      // Last, as everywhere: whoever appends waits for who appended, and must not hold what that one needs.
      if (signers > 0)
        await appendLog(trx, {
          actor: 'system',
          action: 'consent.signers-erased',
          subject: { type: 'tenant', id: tenant },
          content: { before: before.toISOString(), erased: signers },
        });
      return signers + words;
    });
  return erased;
}

/** Works on the queue `sweep`, each night: removes files that nothing has named for a day, and words whose time is over. */
export function sweepWorker({
  store,
  files,
  now,
  log,
}: Pick<Deps, 'store' | 'files' | 'now' | 'log'>): JobHandler<'sweep'> {
  return async () => {
    const { removed, halves } = await sweepFiles(store, files, new Date(now().getTime() - GRACE_MS));
    const erased = await expireWords(store, now());
    if (erased > 0) log(`Erased: what ${erased} entries of the log or consents said, at the end of their retention`);
    if (removed + halves > 0) log(`Swept: ${removed} files that nothing named, ${halves} uploads that broke off`);
  };
}
