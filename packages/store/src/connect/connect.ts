import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import { runningCluster } from '../cluster/running.ts';
import { StoreError } from '../errors.ts';
import { loadMigrations, type Migration, migrate } from '../migrations/migrate.ts';
import { clientConfig, createPool, passwordOf, withDatabase, withUser } from './pool.ts';
import { APP, appPassword, OWNER, prepareRoles, renewAppPassword } from './roles.ts';
import type { Tables } from './tables.ts';
import type { Database } from './tenant.ts';

export interface ConnectOptions {
  /**
   * A PostgreSQL server, as in `DATABASE_URL`; or the data folder of our own. A URL without a password needs a `secret`, the same on all
   * hosts, from which the password of the application's role is derived.
   */
  database:
    | { url: string; secret?: string }
    | {
        dataDir: string;
        settings?: Readonly<Record<string, string>>;
        /** Where another process runs the folder's PostgreSQL, work on that one: for a command beside a running workbench. */
        join?: boolean;
      };
  /** Connections of this process at most. */
  poolSize?: number;
  /** Gets what the server and broken connections say. */
  log?: (line: string) => void;
}

/** An open database, at the version of this program. */
export interface Store {
  /** Works as the application's role: without `withTenant` it shows nothing. */
  db: Database;
  /** For other processes on this or other hosts: what they call `connect` with. */
  url: string;
  /** The application's own sign-in; for pg-boss, which keeps its pool. */
  appUrl: string;
  /** Runs `work` on a connection of the owner role, who sees every tenant: for backup and restore. */
  asOwner<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** The database in our own cluster. */
const OWN_DATABASE = 'proviso';

/**
 * Opens the database: starts our own PostgreSQL when a data folder is given, prepares roles, migrates. Throws a `StoreError` that
 * says what to do when the server or its user will not do.
 */
export async function connect(options: ConnectOptions): Promise<Store> {
  const { database, log = () => {} } = options;
  if ('url' in database) return await open(database.url, null, options, database.secret);
  const cluster = await startCluster({
    dataDir: database.dataDir,
    log,
    ...(database.settings && { settings: database.settings }),
  }).catch(async (error: unknown) => {
    const running =
      database.join && error instanceof StoreError && error.code === 'in-use'
        ? await runningCluster(database.dataDir)
        : null;
    if (running === null) throw error;
    return running;
  });
  if (typeof cluster === 'string') return await open(withDatabase(cluster, OWN_DATABASE), null, options);
  try {
    await ensureDatabase(cluster.url);
    return await open(withDatabase(cluster.url, OWN_DATABASE), cluster, options);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

/** Prepares roles and brings the schema up to date. A part of `connect`, for tests that stop at an earlier version. */
export async function prepare(
  url: string,
  migrations: readonly Migration[],
  secret: string = passwordOf(url),
): Promise<{ user: string; password: string }> {
  if (secret === '') {
    throw new StoreError(
      'rights',
      `DATABASE_URL has no password, and the password of the role ${APP} is made from it. Put one in, or set a secret of your own (the same on all hosts).`,
    );
  }
  const signIn = { user: APP, password: appPassword(secret) };
  await withClient(url, async (admin) => {
    await prepareRoles(admin, signIn.password);
    await admin.query(`SET ROLE ${OWNER}`);
    await migrate(admin, migrations);
    await admin.query('GRANT USAGE ON SCHEMA proviso TO proviso_app');
    await admin.query('RESET ROLE');
    if (!(await canSignIn(url, signIn))) await renewAppPassword(admin, signIn.password);
  });
  return signIn;
}

async function open(
  url: string,
  cluster: Cluster | null,
  { poolSize = 20, log = () => {} }: ConnectOptions,
  secret?: string,
): Promise<Store> {
  const signIn = await prepare(url, loadMigrations(), secret);
  const pool = createPool({
    url,
    size: poolSize,
    signIn,
    onError: (error) => log(`A connection broke: ${error.message}`),
  });
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    // What lies in jsonb keeps its names: it belongs to other rooms.
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  return {
    db,
    url,
    appUrl: withUser(url, signIn),
    asOwner: (work) =>
      withClient(url, async (client) => {
        // A backup holds its transaction while files go by, which may take longer than a forgotten one may live.
        await client.query('SET idle_in_transaction_session_timeout = 0');
        await client.query(`SET ROLE ${OWNER}`);
        return await work(client);
      }),
    close: async () => {
      await db.destroy();
      await cluster?.stop();
    },
  };
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  await withClient(adminUrl, async (admin) => {
    const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1', [OWN_DATABASE]);
    if (rowCount === 0) await admin.query(`CREATE DATABASE ${OWN_DATABASE}`);
  });
}

/** Connects as the user of the URL for one piece of work. Throws `start-failed` when the server does not answer. */
export async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client(clientConfig(url));
  // A connection that breaks rejects the query under way; without a listener it would also end the process.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (cause) {
    throw new StoreError(
      'start-failed',
      `The database does not answer: ${(cause as Error).message}. Check DATABASE_URL, and that the server runs and accepts connections from here.`,
      { cause },
    );
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** False when the role has another password; other failures are the caller's. */
async function canSignIn(url: string, signIn: { user: string; password: string }): Promise<boolean> {
  const client = new pg.Client(clientConfig(url, signIn));
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch (error) {
    const { code } = error as { code?: string };
    // invalid_password, invalid_authorization_specification
    if (code === '28P01' || code === '28000') return false;
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}
