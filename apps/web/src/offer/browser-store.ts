import type { SealedDraft } from './keeping.ts';

const DATABASE = 'proviso-offers';
const STORE = 'drafts';

/** Sealed drafts in this browser, by invitation. What lies there only the link opens. */
export interface BrowserStore {
  get(): Promise<SealedDraft | null>;
  put(sealed: SealedDraft): Promise<void>;
  remove(): Promise<void>;
}

/** Rejects where the browser keeps nothing for the page, as in private windows of some. */
export function browserStore(invitation: string): BrowserStore {
  let opening: Promise<IDBDatabase> | null = null;
  const run = async <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    opening ??= opened();
    const database = await opening;
    return settled(work(database.transaction(STORE, mode).objectStore(STORE)));
  };
  return {
    get: async () => readKept(await run('readonly', (store) => store.get(invitation))),
    put: async (sealed) => {
      await run('readwrite', (store) => store.put(sealed, invitation));
    },
    remove: async () => {
      await run('readwrite', (store) => store.delete(invitation));
    },
  };
}

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(STORE);
  };
  return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
  return promise;
}

function readKept(value: unknown): SealedDraft | null {
  const { bytes, version, waiting } = (value ?? {}) as Partial<SealedDraft>;
  if (!(bytes instanceof Uint8Array) || typeof version !== 'number') return null;
  return { bytes, version, waiting: waiting === true };
}
