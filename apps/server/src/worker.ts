import { mkdir } from 'node:fs/promises';
import { loadCatalogue } from '@proviso/catalogue';
import { connect, openJobs, type Place } from '@proviso/store';
import { loadSecrets } from './auth/secrets.ts';
import type { Environment } from './config.ts';
import { workersOf } from './messages/workers.ts';

export interface WorkerProcessOptions {
  /** Another PostgreSQL, and files that the servers reach as well: `placeFrom` of the store. */
  place: Place;
  environment: Environment;
  log(line: string): void;
}

/**
 * Starts a process that works on jobs and serves no pages, beside servers on this or other hosts. Gives what ends it: jobs under way are
 * finished first.
 * @throws StoreError where the database will not do; Error that says which setting is missing
 */
export async function startWorker({ place, environment, log }: WorkerProcessOptions): Promise<() => Promise<void>> {
  if (!('url' in place.database))
    throw new Error('--worker works beside servers: set DATABASE_URL to the PostgreSQL that they use.');
  const { baseUrl } = environment;
  if (baseUrl === null) throw new Error('--worker writes letters with links: set PROVISO_URL as the servers have it.');
  await mkdir(place.dataDir, { recursive: true, mode: 0o700 });
  const store = await connect({ database: place.database, log });
  const ends = [() => store.close()];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const { receiptKey } = await loadSecrets(place.dataDir, environment.secrets);
    const jobs = await openJobs(store, log);
    ends.push(() => jobs.close());
    const catalogue = loadCatalogue();
    const deps = { store, jobs, files: place.files, catalogue, now: () => new Date(), baseUrl, receiptKey, log };
    await jobs.startWorkers(workersOf(deps, environment.workers));
    return close;
  } catch (error) {
    await close();
    throw error;
  }
}
