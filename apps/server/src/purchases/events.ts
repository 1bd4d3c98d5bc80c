import type { Store } from '@proviso/store';
import pg from 'pg';

/** The channel of PostgreSQL on which the processes of a server tell each other what happened. */
export const CHANGED = 'proviso_changed';

/** What a page that shows a purchase is told: `changed` {version, by}; `opening` {by}, when a share was passed; `job` {id, done}. */
export interface Changed {
  tenant: string;
  purchase: string;
  event: string;
  data: Record<string, unknown>;
}

type Listener = (changed: Changed) => void;

/** Hears what any process of the server did, on one connection for all pages. */
export interface Hub {
  /** Calls back for each event of a purchase until the function it gives is called. */
  subscribe(tenant: string, purchase: string, listener: Listener): Promise<() => void>;
  close(): Promise<void>;
}

const RETRY_MS = 1_000;

/** A hub over the server's database. It connects with its first listener, and again when the connection breaks. */
export function openHub({ appUrl }: Pick<Store, 'appUrl'>, log: (line: string) => void): Hub {
  const listeners = new Map<string, Set<Listener>>();
  let client: Promise<pg.Client> | null = null;
  let closed = false;

  async function connected(): Promise<pg.Client> {
    const made = new pg.Client({ connectionString: appUrl, application_name: 'proviso-events', keepAlive: true });
    made.on('notification', ({ payload }) => {
      const changed = JSON.parse(payload ?? '{}') as Changed;
      for (const listener of listeners.get(`${changed.tenant} ${changed.purchase}`) ?? []) listener(changed);
    });
    made.on('error', (error) => {
      log(`The connection for events broke: ${error.message}`);
      client = null;
      again();
    });
    await made.connect();
    await made.query(`LISTEN ${CHANGED}`);
    return made;
  }
  function again(): void {
    if (closed || listeners.size === 0) return;
    setTimeout(() => void ensure().catch(again), RETRY_MS).unref();
  }
  async function ensure(): Promise<void> {
    client ??= connected();
    const trying = client;
    try {
      await trying;
    } catch (error) {
      if (client === trying) client = null;
      throw error;
    }
  }

  return {
    async subscribe(tenant, purchase, listener) {
      await ensure();
      const key = `${tenant} ${purchase}`;
      const own = listeners.get(key) ?? new Set();
      listeners.set(key, own.add(listener));
      return () => {
        own.delete(listener);
        if (own.size === 0) listeners.delete(key);
      };
    },
    async close() {
      closed = true;
      listeners.clear();
      await client?.then((one) => one.end()).catch(() => {});
    },
  };
}
