import { type JobHandler, sweepFiles } from '@proviso/store';
import type { Deps } from '../http/deps.ts';

/** So long a file may wait to be named by what it was sent for. */
const GRACE_MS = 86_400_000;

/** Works on the queue `sweep`: removes files that nothing has named for a day. */
export function sweepWorker({
  store,
  files,
  now,
  log,
}: Pick<Deps, 'store' | 'files' | 'now' | 'log'>): JobHandler<'sweep'> {
  return async () => {
    const { removed, halves } = await sweepFiles(store, files, new Date(now().getTime() - GRACE_MS));
    if (removed + halves > 0) log(`Swept: ${removed} files that nothing named, ${halves} uploads that broke off`);
  };
}
