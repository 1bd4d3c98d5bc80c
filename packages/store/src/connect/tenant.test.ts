import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, tryDatabase } from '../testing/database.ts';
import { plantTenant, type Sample } from '../testing/sample.ts';
import { withClient } from './connect.ts';
import type { Tables } from './tables.ts';
import { withTenant } from './tenant.ts';

let base: TestDatabase;
let mine: Sample;
let theirs: Sample;
beforeAll(async () => {
  base = await tryDatabase();
  mine = await plantTenant(base.store.db, 'mine');
  theirs = await plantTenant(base.store.db, 'theirs');
});
afterAll(() => base.drop());

/** Names of all tables with their columns, from the database. */
async function tablesOf(url: string): Promise<Map<string, string[]>> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ name: string; columns: string[] }>(
      `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       WHERE c.relnamespace = 'proviso'::regnamespace AND c.relkind = 'r' AND c.relname <> 'migration' GROUP BY 1 ORDER BY 1`,
    ),
  );
  return new Map(rows.map(({ name, columns }) => [name, columns]));
}

describe('the schema', () => {
  it('keeps the rows of every table apart, by force, for a role without special rights', async () => {
    const { rows } = await withClient(base.url, (client) =>
      client.query<{ name: string; forced: boolean; owner: string; policies: string[]; references: string[] }>(
        `SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced, c.relowner::regrole::text AS owner,
          array(SELECT p.polroles::regrole[]::text || ' ' || pg_get_expr(p.polqual, c.oid) FROM pg_policy p WHERE p.polrelid = c.oid ORDER BY 1) AS policies,
          array(SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f') AS references
         FROM pg_class c WHERE c.relnamespace = 'proviso'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') AND c.relname <> 'migration'`,
      ),
    );
    expect(rows.length).toBeGreaterThan(25);
    for (const row of rows) {
      expect(row, row.name).toMatchObject({ forced: true, owner: 'proviso_owner' });
      expect(row.policies, row.name).toEqual([
        '{proviso_app} (tenant = ( SELECT current_tenant() AS current_tenant))',
        '{proviso_owner} true',
      ]);
      // A reference carries the tenant along, so it cannot lead to another's row.
      for (const reference of row.references) expect(reference, row.name).toMatch(/^FOREIGN KEY \(tenant[,)]/);
    }
    const role = await withClient(base.url, (client) =>
      client.query(`SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, pg_has_role('proviso_app', 'proviso_owner', 'MEMBER') AS member
        FROM pg_roles WHERE rolname = 'proviso_app'`),
    );
    expect(role.rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, member: false },
    ]);
  });

  it('lets only functions with a fixed search path act as the owner', async () => {
    const { rows } = await withClient(base.url, (client) =>
      client.query<{ name: string; config: string[] | null; open: boolean }>(
        `SELECT proname AS name, proconfig AS config, coalesce(proacl::text, '=X/') ~ '[{,]=X/' OR proacl IS NULL AS open
         FROM pg_proc WHERE pronamespace = 'proviso'::regnamespace AND prosecdef`,
      ),
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const { name, config, open } of rows) {
      expect(config, name).toEqual(['search_path=pg_catalog, pg_temp']);
      expect(open, name).toBe(false);
    }
  });
});

describe('a tenant', () => {
  it('has a row in each table of the sample, and sees only its own', async () => {
    for (const name of (await tablesOf(base.url)).keys()) {
      const seen = await withTenant(base.store.db, mine.tenant, (trx) =>
        sql<{ tenant: string }>`SELECT tenant FROM ${sql.table(`proviso.${name}`)}`.execute(trx),
      );
      if (!['log_entry', 'log_content'].includes(name)) expect(seen.rows.length, name).toBeGreaterThan(0);
      expect(new Set(seen.rows.map(({ tenant }) => tenant)).has(theirs.tenant), name).toBe(false);
    }
  });

  it('unnamed, unknown or emptied, shows nothing', async () => {
    for (const name of (await tablesOf(base.url)).keys()) {
      const bare = await sql`SELECT 1 FROM ${sql.table(`proviso.${name}`)}`.execute(base.store.db);
      expect(bare.rows, name).toEqual([]);
    }
    const unknown = await withTenant(base.store.db, randomUUID(), (trx) =>
      trx.selectFrom('purchase').selectAll().execute(),
    );
    expect(unknown).toEqual([]);
    await expect(
      withTenant(base.store.db, "x' OR true --", async (trx) => trx.selectFrom('purchase').selectAll().execute()),
    ).rejects.toThrow(/is no tenant/);
  });

  it('is forgotten when the transaction ends, well or badly', async () => {
    // The pool of one connection: the next query gets the one that was just used.
    const pool = new pg.Pool({ connectionString: base.store.appUrl, max: 1 });
    try {
      for (const end of ['COMMIT', 'ROLLBACK']) {
        await pool.query('BEGIN');
        await pool.query(`SELECT set_config('proviso.tenant', $1, true)`, [mine.tenant]);
        expect((await pool.query('SELECT id FROM proviso.purchase')).rows).toEqual([{ id: mine.purchase }]);
        await pool.query(end);
        expect((await pool.query('SELECT id FROM proviso.purchase')).rows).toEqual([]);
      }
    } finally {
      await pool.end();
    }
  });

  it('whose connection dies in the middle of a transaction gets an error, and the process goes on', async () => {
    const broken = withTenant(base.store.db, mine.tenant, async (trx) => {
      const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(trx);
      await withClient(base.url, (client) => client.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]));
      // Time for the news to come while no query listens: without a listener of ours it would end the process.
      await new Promise((done) => setTimeout(done, 200));
      await trx.selectFrom('purchase').select('id').execute();
    });
    await expect(broken).rejects.toThrow(/terminat|not queryable|closed/i);
    const again = await withTenant(base.store.db, mine.tenant, (trx) =>
      trx.selectFrom('purchase').select('id').execute(),
    );
    expect(again).toHaveLength(1);
  });

  it('cannot change, delete or give away rows by the ids of another', async () => {
    await withTenant(base.store.db, mine.tenant, async (trx) => {
      const ofTheirs = { tenant: theirs.tenant, id: theirs.purchase };
      const changed = await trx
        .updateTable('purchase')
        .set({ title: 'mine now' })
        .where('id', '=', ofTheirs.id)
        .executeTakeFirst();
      expect(changed.numUpdatedRows).toBe(0n);
      const deleted = await trx.deleteFrom('score').where('offer', '=', theirs.offer).executeTakeFirst();
      expect(deleted.numDeletedRows).toBe(0n);
      expect(await trx.selectFrom('offer').select('id').where('id', '=', theirs.offer).execute()).toEqual([]);
      const named = await trx.selectFrom('invitation').selectAll().where('tokenHash', '=', theirs.token).execute();
      expect(named).toEqual([]);
    });
    const still = await withTenant(base.store.db, theirs.tenant, (trx) =>
      trx.selectFrom('purchase').select('title').executeTakeFirstOrThrow(),
    );
    expect(still.title).toBe('Firewalls for theirs');
  });

  const crossings: [string, (as: Sample, other: Sample) => ReturnType<typeof sql>][] = [
    [
      'inserting for another',
      (_, { tenant }) => sql`INSERT INTO proviso.supplier (tenant, id, name) VALUES (${tenant}, ${randomUUID()}, 'x')`,
    ],
    ['moving a row to another', (_, { tenant }) => sql`UPDATE proviso.draft SET tenant = ${tenant}`],
    [
      'a reference to the purchase of another',
      (own, other) =>
        sql`INSERT INTO proviso.comment (tenant, id, purchase, subject, author, text) VALUES (${own.tenant}, ${randomUUID()}, ${other.purchase}, 's', ${own.person}, 't')`,
    ],
    [
      'a reference to the file of another',
      (own, other) =>
        sql`INSERT INTO proviso.offer_file (tenant, offer, name, sha256) VALUES (${own.tenant}, ${own.offer}, 'n', ${other.file})`,
    ],
    [
      'an update on conflict with a row of another',
      (_, other) =>
        sql`INSERT INTO proviso.invitation SELECT tenant, gen_random_uuid(), purchase, supplier, ${other.token}, now(), now() FROM proviso.invitation ON CONFLICT (token_hash) DO UPDATE SET revoked = now()`,
    ],
    ['switching off', () => sql`ALTER TABLE proviso.purchase NO FORCE ROW LEVEL SECURITY`],
    ['another policy', () => sql`CREATE POLICY open ON proviso.purchase USING (true)`],
    ['becoming the owner', () => sql`SET LOCAL ROLE proviso_owner`],
    ['becoming one who reads everything', () => sql`SET LOCAL ROLE pg_read_all_data`],
    ['reading around the policies', () => sql`SET LOCAL row_security = off; SELECT * FROM proviso.purchase`],
    [
      'replacing what names the tenant',
      () => sql`CREATE OR REPLACE FUNCTION proviso.current_tenant() RETURNS uuid LANGUAGE sql AS 'SELECT null::uuid'`,
    ],
    ['reading files of the server', () => sql`SELECT pg_read_file('PG_VERSION')`],
    ['copying to a program', () => sql`COPY proviso.purchase TO PROGRAM 'cat'`],
    ['keeping apart by itself', () => sql`CALL proviso.keep_apart('proviso.purchase')`],
    [
      'reading the statistics of another',
      () => sql`SELECT 1 / count(*) FROM pg_stats WHERE schemaname = 'proviso' AND tablename = 'purchase'`,
    ],
  ];
  it.each(crossings)('is refused %s', async (_, attempt) => {
    await expect(withTenant(base.store.db, mine.tenant, (trx) => attempt(mine, theirs).execute(trx))).rejects.toThrow(
      /row-level security|violates foreign key|permission denied|must be owner|must be superuser|division by zero|would be affected by row-level/,
    );
  });

  it('sees no more through a view, a function or a copy of its own making', async () => {
    const client = new pg.Client({ connectionString: base.store.appUrl });
    await client.connect();
    try {
      await client.query('BEGIN');
      await client.query(`SELECT set_config('proviso.tenant', $1, true)`, [mine.tenant]);
      await client.query('CREATE VIEW jobs.peep AS SELECT tenant FROM proviso.purchase');
      await client.query(
        `CREATE FUNCTION jobs.peep() RETURNS SETOF uuid LANGUAGE sql SECURITY DEFINER AS 'SELECT tenant FROM proviso.purchase'`,
      );
      await client.query(
        `CREATE FUNCTION jobs.leak(uuid) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE NOTICE 'row %', $1; RETURN true; END $$`,
      );
      const notices: string[] = [];
      client.on('notice', ({ message }) => notices.push(message ?? ''));
      expect((await client.query('SELECT * FROM jobs.peep')).rows).toEqual([{ tenant: mine.tenant }]);
      expect((await client.query('SELECT * FROM jobs.peep()')).rows).toEqual([{ peep: mine.tenant }]);
      await client.query('SELECT * FROM proviso.purchase WHERE jobs.leak(tenant)');
      expect(notices).toEqual([`row ${mine.tenant}`]);
      await client.query('CREATE TEMP TABLE copied AS TABLE proviso.purchase');
      expect((await client.query('SELECT tenant FROM copied')).rows).toEqual([{ tenant: mine.tenant }]);
    } finally {
      await client.query('ROLLBACK');
      await client.end();
    }
  });
});

describe('what is asked before a tenant is known', () => {
  it('answers only to who has the whole secret', async () => {
    const ask = (text: ReturnType<typeof sql>) => text.execute(base.store.db).then(({ rows }) => rows);
    expect(await ask(sql`SELECT * FROM proviso.invitation_of(${theirs.token})`)).toEqual([
      { tenant: theirs.tenant, id: theirs.invitation },
    ]);
    expect(await ask(sql`SELECT * FROM proviso.invitation_of(${Buffer.alloc(32)})`)).toEqual([]);
    expect(await ask(sql`SELECT * FROM proviso.invitation_of(NULL)`)).toEqual([]);
    expect(await ask(sql`SELECT tenant FROM proviso.memberships_of('account-mine')`)).toEqual([
      { tenant: mine.tenant },
    ]);
  });
});

it('the types of the code name the columns of the database', async () => {
  const source = await import('node:fs').then(({ readFileSync }) =>
    readFileSync(new URL('./tables.ts', import.meta.url), 'utf8'),
  );
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const body = source.slice(source.indexOf('export interface Tables'));
  const written = new Map(
    [...body.matchAll(/^ {2}(\w+): \{([^}]*)\}/gm)].map(([, name = '', fields = '']) => [
      snake(name),
      [...fields.matchAll(/(?:^|[;{\n])\s*(\w+):/g)].map(([, field = '']) => snake(field)),
    ]),
  );
  expect(written).toEqual(await tablesOf(base.url));
  const some: keyof Tables = 'purchase';
  expect(written.has(some)).toBe(true);
});
