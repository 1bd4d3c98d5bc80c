import { connect, type FileStore, isStarted, type Place, placeFrom, type Store, StoreError } from '@proviso/store';
import { UsageError } from '../exit.ts';

/** A workbench's database and files, for a command beside it. */
export interface Workbench {
  store: Store;
  files: FileStore;
}

/**
 * Works on a workbench's data, whether it runs or not, and lets go of it. Where none was ever started, one is begun only to be `restored`: a
 * backup of a mistyped folder would be one of nothing.
 * @throws UsageError that says what is wrong and what to do.
 */
export async function withWorkbench<Result>(
  data: string | undefined,
  work: (workbench: Workbench) => Promise<Result>,
  { restored = false }: { restored?: boolean } = {},
): Promise<Result> {
  let place: Place;
  let store: Store;
  try {
    place = placeFrom({ data, join: true }, process.env);
    if (!restored && !isStarted(place))
      throw new UsageError(
        `There is no workbench in ${place.dataDir}. Name its data folder with --data or PROVISO_DATA, as for "npm start", or its PostgreSQL with DATABASE_URL.`,
      );
    store = await connect({ database: place.database, poolSize: 4 });
  } catch (error) {
    throw told(error);
  }
  try {
    return await work({ store, files: place.files });
  } catch (error) {
    throw told(error);
  } finally {
    await store.close();
  }
}

/** What the store refuses is the person's to mend. */
export function told(error: unknown): unknown {
  return error instanceof StoreError ? new UsageError(error.message) : error;
}

/** The organisations of a workbench, oldest first. */
export async function organisations({ store }: Workbench): Promise<{ tenant: string; name: string }[]> {
  return await store.asOwner(
    async (client) => (await client.query('SELECT tenant, name FROM proviso.tenant ORDER BY created, tenant')).rows,
  );
}
