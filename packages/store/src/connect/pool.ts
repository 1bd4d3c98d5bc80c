import pg from 'pg';

export interface PoolOptions {
  url: string;
  /** Connections at most. */
  size: number;
  /** Takes the place of the user in the URL. */
  signIn?: { user: string; password: string };
  onError: (error: Error) => void;
}

/** Time to get a connection, in milliseconds, before a request is told that the database is away. */
const CONNECT_MS = 10_000;

// Counts, sizes and numbers in the log stay far below 2^53; a day has no time zone, so it stays text.
const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, Number],
  [pg.types.builtins.DATE, (text) => text],
]);
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    return (format !== 'binary' && parsers.get(oid)) || pg.types.getTypeParser(oid, format as 'text');
  },
} as pg.CustomTypesConfig;

/** How to connect, with our types and schema. */
export function clientConfig(url: string, signIn?: { user: string; password: string }): pg.ClientConfig {
  return {
    connectionString: signIn === undefined ? url : withUser(url, signIn),
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'proviso',
    options: '-c search_path=proviso -c timezone=UTC',
    keepAlive: true,
    types,
  };
}

/** A pool whose idle connections may break, as when the server restarts: the next request gets a new one. */
export function createPool({ url, size, signIn, onError }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({ ...clientConfig(url, signIn), max: size, idleTimeoutMillis: 60_000 });
  return guarded(pool, onError);
}

/**
 * Has a pool outlive its connections. One that breaks at rest is told of; one that breaks in the hands of a transaction, between two queries,
 * tells only its own listeners, and would end the process without any: the next query on it fails by itself.
 */
export function guarded(pool: pg.Pool, onError: (error: Error) => void): pg.Pool {
  pool.on('error', onError);
  pool.on('connect', (client) => void client.on('error', () => {}));
  return pool;
}

/** The password in a URL, decoded; empty when there is none. */
export function passwordOf(url: string): string {
  return decodeURIComponent(/^[a-z]+:\/\/[^:/@]*:([^@/]*)@/.exec(url)?.[1] ?? '');
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  return url.replace(/^([a-z]+:\/\/[^/]*\/)[^?]*/, (_, head: string) => head + encodeURIComponent(name));
}

/** The same database, another user. */
export function withUser(url: string, { user, password }: { user: string; password: string }): string {
  const who = `${encodeURIComponent(user)}:${encodeURIComponent(password)}@`;
  return url.replace(/^([a-z]+:\/\/)([^@/?]*@)?/, (_, scheme: string) => scheme + who);
}
