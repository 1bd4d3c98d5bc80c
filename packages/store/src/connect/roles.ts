import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import type pg from 'pg';
import { StoreError } from '../errors.ts';

/** Owns the tables and runs migrations and backups. Nobody signs in as it. */
export const OWNER = 'proviso_owner';
/** What the application works as: no superuser, no owner, bound by row-level security. */
export const APP = 'proviso_app';
/** The oldest PostgreSQL whose SQL we use (views and unique nulls of 15; PostgreSQL 14 ends in November 2026). */
const OLDEST = 150_000;

/**
 * The password of the application's role, derived from that of the URL: every host that has the URL has it, and nothing is
 * stored. A new password in the URL makes a new one here.
 */
export function appPassword(urlPassword: string): string {
  return createHmac('sha256', urlPassword).update('proviso_app/1').digest('base64url');
}

/**
 * Sees to it that both roles and both schemas exist, and that the application's role has no rights beyond its own.
 * `admin` is connected as the user of the URL. Throws `rights`, with the SQL an administrator must run, and `other-version`.
 */
export async function prepareRoles(admin: pg.Client, password: string): Promise<void> {
  const facts = await factsOf(admin);
  if (facts.version < OLDEST) {
    throw new StoreError(
      'other-version',
      `This server is PostgreSQL ${Math.floor(facts.version / 10_000)}; Proviso needs 15 or later. Upgrade it, or use the one that comes along.`,
    );
  }
  if (facts.encoding !== 'UTF8') {
    throw new StoreError(
      'rights',
      `The database ${facts.database} is encoded in ${facts.encoding}; Proviso needs UTF8. Create another: CREATE DATABASE proviso ENCODING 'UTF8' TEMPLATE template0`,
    );
  }
  for (let attempt = 1; ; attempt++) {
    const failed = await runAll(admin, await missing(admin, password));
    if (failed === null) break;
    // Roles belong to the whole server, where another Proviso may be making the same ones: then we look again.
    if (attempt < ATTEMPTS && MADE_MEANWHILE.includes(failed.cause.code ?? '')) continue;
    throw noRights(facts, failed.statement, failed.cause);
  }
  const { rows } = await admin.query<{ rolsuper: boolean; rolbypassrls: boolean; member: boolean }>(
    `SELECT rolsuper, rolbypassrls, pg_has_role($1, $2, 'MEMBER') AS member FROM pg_roles WHERE rolname = $1`,
    [APP, OWNER],
  );
  if (rows.some(({ rolsuper, rolbypassrls, member }) => rolsuper || rolbypassrls || member)) {
    throw new StoreError(
      'rights',
      `The role ${APP} may pass row-level security, so tenants are not kept apart. As an administrator: ALTER ROLE ${APP} NOSUPERUSER NOBYPASSRLS; REVOKE ${OWNER} FROM ${APP}`,
    );
  }
}

const ATTEMPTS = 10;
/** duplicate_object, duplicate_schema, unique_violation, and what PostgreSQL says of a catalogue row changed by two. */
const MADE_MEANWHILE = ['42710', '42P06', '23505', 'XX000'];

type Failure = { statement: string; cause: Error & { code?: string } };

/** Runs statements in order; gives the first that failed, or null. */
async function runAll(admin: pg.Client, statements: readonly string[]): Promise<Failure | null> {
  for (const statement of statements) {
    const cause = await admin.query(statement).then(
      () => null,
      (error: Failure['cause']) => error,
    );
    if (cause !== null) return { statement, cause };
  }
  return null;
}

interface Facts {
  user: string;
  database: string;
  version: number;
  encoding: string;
}

async function factsOf(admin: pg.Client): Promise<Facts> {
  const { rows } = await admin.query<Facts>(
    `SELECT current_user AS user, current_database() AS database, current_setting('server_version_num')::int AS version,
      current_setting('server_encoding') AS encoding`,
  );
  return rows[0] as Facts;
}

/** The statements that bring the server to what we need; none when it is so. */
async function missing(admin: pg.Client, password: string): Promise<string[]> {
  // Since PostgreSQL 16 membership and the right to become the role are two things; 15 knows only the first.
  const become = (await factsOf(admin)).version >= 160_000 ? 'SET' : 'MEMBER';
  const { rows } = await admin.query<{ owner: boolean; app: boolean; sets: boolean; proviso: boolean; jobs: boolean }>(
    `SELECT to_regrole($1) IS NOT NULL AS owner, to_regrole($2) IS NOT NULL AS app,
      coalesce(pg_has_role(to_regrole($1)::oid, $3), false) AS sets,
      to_regnamespace('proviso') IS NOT NULL AS proviso, to_regnamespace('jobs') IS NOT NULL AS jobs`,
    [OWNER, APP, become],
  );
  const has = rows[0];
  if (has === undefined) return [];
  const statements: string[] = [];
  const me = (await admin.query<{ me: string }>('SELECT quote_ident(current_user) AS me')).rows[0]?.me ?? '';
  if (!has.owner) statements.push(`CREATE ROLE ${OWNER} NOLOGIN NOSUPERUSER NOBYPASSRLS`);
  if (!has.sets) statements.push(`GRANT ${OWNER} TO ${me}`);
  if (!has.app) {
    statements.push(
      `CREATE ROLE ${APP} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD '${scramOf(password)}'`,
    );
  }
  if (!has.proviso) statements.push(`CREATE SCHEMA proviso AUTHORIZATION ${OWNER}`);
  if (!has.jobs) {
    // To make a schema for a role one must be able to become it; pg-boss keeps its own tables there.
    statements.push(`GRANT ${APP} TO ${me}`, `CREATE SCHEMA jobs AUTHORIZATION ${APP}`);
  }
  return statements;
}

/** Gives the application's role the password that follows from the URL: after a change of the URL's, or on a prepared server. */
export async function renewAppPassword(admin: pg.Client, password: string): Promise<void> {
  // A role belongs to the whole server: another workbench there would be locked out by a new password.
  const { rows } = await admin.query<{ name: string }>(
    `SELECT DISTINCT d.datname AS name FROM pg_shdepend s JOIN pg_database d ON d.oid = s.dbid
      WHERE s.refclassid = 'pg_authid'::regclass AND s.refobjid = to_regrole($1)::oid AND d.datname <> current_database()`,
    [APP],
  );
  if (rows.length > 0) {
    throw new StoreError(
      'rights',
      `The role ${APP} works for the database "${rows[0]?.name}" on this server too, and its password there is not the one that follows from this URL. Put the same password into both URLs, or set the same PROVISO_SECRET for both, or use another server.`,
    );
  }
  const statement = `ALTER ROLE ${APP} LOGIN PASSWORD '${scramOf(password)}'`;
  const failed = await runAll(admin, [statement]);
  if (failed !== null && failed.cause.code !== 'XX000') throw noRights(await factsOf(admin), statement, failed.cause);
}

function noRights({ user, database }: Facts, statement: string, cause: Error): StoreError {
  return new StoreError(
    'rights',
    [
      `The user "${user}" of DATABASE_URL may not prepare the database "${database}": ${cause.message}.`,
      `It stopped at: ${statement}`,
      'Have an administrator run this once, connected to that database, and start again:',
      `  CREATE ROLE ${OWNER} NOLOGIN;`,
      `  CREATE ROLE ${APP} LOGIN;`,
      `  GRANT ${OWNER}, ${APP} TO "${user}" WITH ADMIN OPTION;`,
      `  CREATE SCHEMA proviso AUTHORIZATION ${OWNER};`,
      `  CREATE SCHEMA jobs AUTHORIZATION ${APP};`,
      `  ALTER ROLE "${user}" CREATEROLE;  -- to set the password of ${APP}`,
    ].join('\n'),
    { cause },
  );
}

/**
 * The password as PostgreSQL keeps it (RFC 5803, with the salt made from the password itself, which is random), so that the
 * password is in no statement and no log of the server.
 */
function scramOf(password: string): string {
  const iterations = 4096;
  const salt = createHmac('sha256', password).update('salt').digest().subarray(0, 16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const key = (name: string) => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(key('Client Key')).digest();
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored.toString('base64')}:${key('Server Key').toString('base64')}`;
}
