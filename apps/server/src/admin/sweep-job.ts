import { expireContent, getSetting, type JobHandler, listTenants, sweepFiles, withTenant } from '@proviso/store';
import type { Deps } from '../http/deps.ts';
import { SETTINGS } from '../purchases/settings.ts';

const DAY_MS = 86_400_000;
/** So long a file may wait to be named by what it was sent for. */
const GRACE_MS = DAY_MS;

/** Erases what the log says in words where an organisation has set for how long it is kept; hashes and ids stay. Gives how many entries lost theirs. */
async function expireLogs(store: Deps['store'], at: Date): Promise<number> {
  let erased = 0;
  for (const tenant of await store.asOwner(listTenants))
    erased += await withTenant(store.db, tenant, async (trx) => {
      const kept = SETTINGS.retention.safeParse((await getSetting(trx, 'retention'))?.value);
      if (!kept.success) return 0;
      return await expireContent(trx, new Date(at.getTime() - kept.data.days * DAY_MS));
    });
  return erased;
}

/** Works on the queue `sweep`, each night: removes files that nothing has named for a day, and words of the log whose time is over. */
export function sweepWorker({
  store,
  files,
  now,
  log,
}: Pick<Deps, 'store' | 'files' | 'now' | 'log'>): JobHandler<'sweep'> {
  return async () => {
    const { removed, halves } = await sweepFiles(store, files, new Date(now().getTime() - GRACE_MS));
    const erased = await expireLogs(store, now());
    if (erased > 0) log(`Erased: what ${erased} entries of the log said, at the end of their retention`);
    if (removed + halves > 0) log(`Swept: ${removed} files that nothing named, ${halves} uploads that broke off`);
  };
}
