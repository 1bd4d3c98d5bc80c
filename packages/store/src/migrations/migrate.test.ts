import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepare, withClient } from '../connect/connect.ts';
import { OWNER } from '../connect/roles.ts';
import { tryEmptyDatabase } from '../testing/database.ts';
import { loadMigrations, type Migration, migrate, schemaVersion } from './migrate.ts';

const all = loadMigrations();
const tenant = '00000000-0000-4000-8000-000000000001';

/** Rows that can be there after each version, so that every later one meets data. */
const PLANTED: readonly string[][] = [
  [
    `INSERT INTO proviso.tenant (tenant, name) VALUES ('${tenant}', 'Old town')`,
    `INSERT INTO proviso.person (tenant, id, email, name) VALUES ('${tenant}', '${tenant}', 'a@example.org', 'Anna')`,
  ],
  [
    `SELECT set_config('proviso.tenant', '${tenant}', false)`,
    `INSERT INTO proviso.log_head SELECT '${tenant}', 0, decode(repeat('00', 32), 'hex') WHERE NOT EXISTS (SELECT FROM proviso.log_head)`,
    `SELECT proviso.append_log('system', 'tenant.founded', 'tenant', '${tenant}', '{"name":"Old town"}', '{}')`,
  ],
  [
    `INSERT INTO proviso.purchase (tenant, id, reference, title, state, procedure, language, document)
      VALUES ('${tenant}', '${tenant}', '2026-1', 'Firewalls', 'drafted', 'open', 'nl', '{"a": 1.50}')`,
    `INSERT INTO proviso.supplier (tenant, id, name) VALUES ('${tenant}', '${tenant}', 'Acme')`,
  ],
  [
    `INSERT INTO proviso.file (tenant, sha256, bytes, media) VALUES ('${tenant}', sha256('x'), 1, 'text/plain')`,
    `INSERT INTO proviso.offer (tenant, id, purchase, supplier, received_at, late, sha256, bytes, manifest)
      VALUES ('${tenant}', '${tenant}', '${tenant}', '${tenant}', '2026-01-01', false, sha256('x'), 1, '{}')`,
  ],
  [
    `INSERT INTO proviso.document (tenant, id, name, sha256, bytes) VALUES ('${tenant}', '${tenant}', 'a.pdf', sha256('x'), 1)`,
    `INSERT INTO proviso.passage (tenant, document, n, language, text) VALUES ('${tenant}', '${tenant}', 1, 'nl', 'versleutelde verbindingen')`,
  ],
  [
    `INSERT INTO proviso.outbox (tenant, id, to_address, subject, body) VALUES ('${tenant}', '${tenant}', 'b@example.org', 's', 'b')`,
  ],
  [
    `INSERT INTO proviso.auth_user (tenant, id, name, email, email_verified) VALUES ('00000000-0000-0000-0000-000000000000', 'u', 'Anna', 'a@example.org', true)`,
    `INSERT INTO proviso.demand_version (tenant, purchase, n, file, hash, by) VALUES ('${tenant}', '${tenant}', 1, '{"b": 1, "a": 1.50}', sha256('x'), '${tenant}')`,
  ],
  [
    `INSERT INTO proviso.consensus (tenant, purchase, offer, requirement, value, reason, by) VALUES ('${tenant}', '${tenant}', '${tenant}', 'R1', 2, 'agreed', '${tenant}')`,
  ],
  [`UPDATE proviso.offer SET round = 1`],
  [
    `INSERT INTO proviso.purchase_file (tenant, purchase, sha256) VALUES ('${tenant}', '${tenant}', sha256('x')) ON CONFLICT DO NOTHING`,
  ],
  [
    `UPDATE proviso.document SET reading = '{"reading": {"scope": {"value": "chapter"}, "standards": {"mentions": [{"standard": "RFC 8446"}]}}}'`,
    `INSERT INTO proviso.invitation (tenant, id, purchase, supplier, token_hash, expires) VALUES ('${tenant}', '${tenant}', '${tenant}', '${tenant}', sha256('t'), '2026-02-01')`,
    `INSERT INTO proviso.upload (tenant, invitation, sha256) VALUES ('${tenant}', '${tenant}', sha256('x'))`,
  ],
  [
    `INSERT INTO proviso.request (tenant, id, purchase, supplier, invitation, received_at, late, said, sha256, receipt)
      VALUES ('${tenant}', '${tenant}', '${tenant}', '${tenant}', '${tenant}', '2026-01-01', false, '{"ability": "We can."}', sha256('x'), '{}')`,
  ],
  [
    `INSERT INTO proviso.owed (tenant, purchase, obligation, owner, due) VALUES ('${tenant}', '${tenant}', 'GOV-01.1', '${tenant}', '2031-02-01')`,
  ],
  [
    `INSERT INTO proviso.own_requirement (tenant, id, version, entry, by) VALUES ('${tenant}', 'OWN-01', 1, '{"b": 1, "a": 1.50}', '${tenant}')`,
  ],
  [
    `INSERT INTO proviso.probe_waiver (tenant, id, purchase, supplier, name, check_id, until, reason, by, at)
      VALUES ('${tenant}', '${tenant}', '${tenant}', '${tenant}', 'www.example.org', 'web.hsts', '2026-03-31', 'Moving.', '${tenant}', '2026-01-01')`,
  ],
  [
    `INSERT INTO proviso.share (tenant, purchase, part, holder, ciphertext, recipient) VALUES ('${tenant}', '${tenant}', 'quality', '${tenant}', 'x', 'ab12')`,
  ],
  [
    `INSERT INTO proviso.probe_consent (tenant, id, purchase, supplier, invitation, targets, per_minute, edition, language, text_sha256, sha256, given)
      VALUES ('${tenant}', '${tenant}', '${tenant}', '${tenant}', '${tenant}', '{}', 30, 1, 'nl', sha256('x'), sha256('x'), '2026-01-01')`,
  ],
  [
    `INSERT INTO proviso.offline_form (tenant, purchase, version, language, sha256, bytes, demand, closing, at)
      VALUES ('${tenant}', '${tenant}', 1, 'nl', sha256('x'), 1, sha256('x'), '2026-02-01', '2026-01-01')`,
  ],
  [
    `INSERT INTO proviso.request_file (tenant, request, sha256, problem) VALUES ('${tenant}', '${tenant}', sha256('x'), 'damaged')`,
  ],
];

const opened: { drop(): Promise<void> }[] = [];
async function empty(): Promise<string> {
  const base = await tryEmptyDatabase();
  opened.push(base);
  return base.url;
}
afterAll(() => Promise.all(opened.map((base) => base.drop())));

async function asOwner<Result>(url: string, work: Parameters<typeof withClient<Result>>[1]): Promise<Result> {
  return await withClient(url, async (client) => {
    await client.query(`SET ROLE ${OWNER}`);
    return await work(client);
  });
}

/** All rows of all tables, as text, by table. */
async function contentOf(url: string): Promise<Map<string, string[]>> {
  return await asOwner(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'proviso'::regnamespace AND relkind = 'r' AND relname <> 'migration' ORDER BY 1`,
    );
    const content = new Map<string, string[]>();
    for (const { name } of rows) {
      const found = await client.query<{ row: string }>(
        `SELECT to_jsonb(t)::text AS row FROM proviso.${name} t ORDER BY 1`,
      );
      content.set(
        name,
        found.rows.map(({ row }) => row),
      );
    }
    return content;
  });
}

/** A row as text, without the columns that it did not have before. As text, since numbers must keep their digits. */
function withoutNewColumns(row: string, before: string): string {
  const had = Object.keys(JSON.parse(before));
  return Object.keys(JSON.parse(row))
    .filter((column) => !had.includes(column))
    .reduce((text, column) => text.replace(new RegExp(`"${column}": [^,{}\\[\\]]+(, |(?=\\}$))`), ''), row)
    .replace(/, \}$/, '}');
}

describe('migrations', () => {
  it('have sample rows for each version', () => expect(PLANTED).toHaveLength(all.length));

  it.each(all.map(({ version, name }) => [version, name]))(
    'from version %i (%s) keep what is there',
    async (version) => {
      const url = await empty();
      await prepare(url, all.slice(0, version));
      await asOwner(url, async (client) => {
        for (const statement of PLANTED.slice(0, version).flat()) await client.query(statement);
      });
      const before = await contentOf(url);
      await asOwner(url, async (client) => {
        expect(await schemaVersion(client)).toBe(version);
        expect(await migrate(client, all)).toEqual(all.slice(version).map((later) => later.version));
        expect(await migrate(client, all)).toEqual([]);
      });
      const after = await contentOf(url);
      for (const [table, rows] of before) {
        const kept = (after.get(table) ?? []).map((row, i) => withoutNewColumns(row, rows[i] ?? '{}'));
        if (rows.length > 0) expect(kept, table).toEqual(rows);
      }
    },
  );

  it('give each offer back its round, and those of earlier rounds their standing', async () => {
    const url = await empty();
    await prepare(url, all.slice(0, 8));
    const ids = ['a', 'b', 'c', 'd', 'e'].map((letter) => `00000000-0000-4000-8000-00000000000${letter}`);
    const [a, b, c, d, e] = ids;
    // Two in the first round, the second of which was the last of it; one in the second; one withdrawn and one after it in the third.
    const told = [
      { id: a, round: 1, replacedBy: b, withdrawn: null },
      { id: b, round: 1, replacedBy: null, withdrawn: null },
      { id: c, round: 2, replacedBy: null, withdrawn: null },
      { id: d, round: 3, replacedBy: null, withdrawn: '2026-02-01T00:00:00Z' },
      { id: e, round: 3, replacedBy: null, withdrawn: null },
    ];
    const after = await asOwner(url, async (client) => {
      for (const statement of PLANTED.slice(0, 3).flat()) await client.query(statement);
      await client.query(PLANTED[3]?.[0] ?? '');
      await client.query('UPDATE proviso.purchase SET document = $1', [JSON.stringify({ offers: told })]);
      await client.query('BEGIN');
      // As it was before: each took the place of the one that came last.
      for (const [n, id] of ids.entries())
        await client.query(
          `INSERT INTO proviso.offer (tenant, id, purchase, supplier, received_at, late, sha256, bytes, manifest, replaced_by)
            VALUES ($1, $2, $1, $1, '2026-01-01', false, sha256('x'), 1, '{}', $3)`,
          [tenant, id, ids[n + 1] ?? null],
        );
      await client.query('COMMIT');
      await migrate(client, all);
      return (await client.query('SELECT id, round, replaced_by FROM proviso.offer ORDER BY id')).rows;
    });
    expect(after).toEqual([
      { id: a, round: 1, replaced_by: b },
      { id: b, round: 1, replaced_by: null },
      { id: c, round: 2, replaced_by: null },
      { id: d, round: 3, replaced_by: e },
      { id: e, round: 3, replaced_by: null },
    ]);
  });

  it('give the texts that a purchase names by hash a row, so that they are not swept', async () => {
    const url = await empty();
    await prepare(url, all.slice(0, 9));
    const named = await asOwner(url, async (client) => {
      for (const statement of PLANTED.slice(0, 3).flat()) await client.query(statement);
      for (const text of ['said', 'lost'])
        await client.query(
          `INSERT INTO proviso.file (tenant, sha256, bytes, media) VALUES ($1, sha256($2), 4, 'text/plain; charset=utf-8')`,
          [tenant, text],
        );
      await client.query(
        `UPDATE proviso.purchase SET document = jsonb_build_object('answers', jsonb_build_array(encode(sha256('said'), 'hex')))`,
      );
      await migrate(client, all);
      return (await client.query(`SELECT sha256 = sha256('said') AS said FROM proviso.purchase_file`)).rows;
    });
    expect(named).toEqual([{ said: true }]);
  });

  it('take the files that came by a link for sealed ones, and keep those that a request names', async () => {
    const url = await empty();
    await prepare(url, all.slice(0, 11));
    const found = await asOwner(url, async (client) => {
      for (const statement of PLANTED.slice(0, 11).flat()) await client.query(statement);
      await migrate(client, all);
      const uploads = (await client.query('SELECT plain FROM proviso.upload')).rows;
      for (const statement of PLANTED[11] ?? []) await client.query(statement);
      await client.query(
        `INSERT INTO proviso.file (tenant, sha256, bytes, media) SELECT $1, sha256(n::bytea), 1, 'application/octet-stream' FROM unnest(ARRAY['proof', 'lost']) n`,
        [tenant],
      );
      await client.query(`INSERT INTO proviso.request_file VALUES ($1, $1, sha256('proof'))`, [tenant]);
      const named = `SELECT proviso.file_is_named('${tenant}', sha256('proof')) AS proof, proviso.file_is_named('${tenant}', sha256('lost')) AS lost`;
      return { uploads, named: (await client.query(named)).rows };
    });
    expect(found).toEqual({ uploads: [{ plain: false }], named: [{ proof: true, lost: false }] });
  });

  it('find what contracts still owe, as their documents say it', async () => {
    const url = await empty();
    await prepare(url, all.slice(0, 12));
    const obligation = (id: string, due: string, more = {}) => ({
      id,
      owner: tenant,
      due,
      kind: 'kept',
      state: 'open',
      ...more,
    });
    const obligations = [
      obligation('A', '2031-01-01'),
      obligation('B', '2031-01-02', { state: 'met' }),
      obligation('C', '2033-01-01'),
      obligation('D', '2033-01-01', { kind: 'exit' }),
    ];
    const owed = async (state: string, ended: object | null): Promise<string[]> =>
      await asOwner(url, async (client) => {
        await client.query('BEGIN');
        for (const statement of PLANTED.slice(0, 3).flat()) await client.query(statement);
        await client.query('UPDATE proviso.purchase SET state = $1, document = $2', [
          state,
          JSON.stringify({ description: { zone: 'Europe/Brussels' }, obligations, ended }),
        ]);
        await client.query(all[12]?.sql ?? '');
        const { rows } = await client.query<{ obligation: string; due: Date }>(
          'SELECT obligation, due FROM proviso.owed ORDER BY 1',
        );
        await client.query('ROLLBACK');
        return rows.map((row) => `${row.obligation} ${row.due.toISOString()}`);
      });
    expect(await owed('contracted', null)).toEqual([
      'A 2031-01-01T22:59:59.999Z',
      'C 2033-01-01T22:59:59.999Z',
      'D 2033-01-01T22:59:59.999Z',
    ]);
    expect(await owed('ended', { at: '2032-01-01T00:00:00Z' })).toEqual([
      'A 2031-01-01T22:59:59.999Z',
      'D 2033-01-01T22:59:59.999Z',
    ]);
  });

  it('know to whose key a share was encrypted, where that key has not changed since', async () => {
    const url = await empty();
    await prepare(url, all.slice(0, 15));
    const found = await asOwner(url, async (client) => {
      for (const statement of PLANTED.slice(0, 3).flat()) await client.query(statement);
      const another = tenant.replace(/1$/, '2');
      await client.query(
        `INSERT INTO proviso.person (tenant, id, email, name) VALUES ('${tenant}', '${another}', 'b@example.org', 'Bert')`,
      );
      await client.query(`UPDATE proviso.purchase SET document = '{"recovery": "${another}"}'`);
      await client.query(
        `INSERT INTO proviso.purchase_keys (tenant, purchase, round, keys, by, created) VALUES ('${tenant}', '${tenant}', 1, '{}', '${tenant}', '2026-01-02')`,
      );
      await client.query(
        `INSERT INTO proviso.opener_key (tenant, person, recipient, fingerprint, protected_identity, created)
          VALUES ('${tenant}', '${tenant}', 'new', 'f', 'p', '2026-01-03'), ('${tenant}', '${another}', 'x', 'f', 'p', '2026-01-01')`,
      );
      await client.query(
        `INSERT INTO proviso.share (tenant, purchase, part, holder, ciphertext) VALUES ('${tenant}', '${tenant}', 'quality', '${tenant}', 'x'), ('${tenant}', '${tenant}', 'quality', NULL, 'x')`,
      );
      await migrate(client, all);
      return (await client.query('SELECT holder, recipient FROM proviso.share ORDER BY holder')).rows;
    });
    expect(found).toEqual([
      { holder: tenant, recipient: null },
      // printf %s x | sha256sum
      { holder: null, recipient: '2d71 1642 b726 b044 0162 7ca9 fbac 32f5 c853 0fb1 903c c4db 0225 8717 921a 4881' },
    ]);
  });

  it('run once when several programs start at the same time', async () => {
    const url = await empty();
    await prepare(url, []);
    const applied = await Promise.all([1, 2, 3].map(() => asOwner(url, (client) => migrate(client, all))));
    expect(applied.flat()).toEqual(all.map(({ version }) => version));
  });
});

describe('a database that does not fit', () => {
  let url: string;
  beforeAll(async () => {
    url = await empty();
    await prepare(url, all);
  });
  const next: Migration = {
    version: all.length + 1,
    name: 'next',
    sql: 'CREATE TABLE proviso.next (n int)',
    sha256: 'x',
  };

  it('is refused when an applied migration was edited', async () => {
    const edited = all.map((migration) => (migration.version === 2 ? { ...migration, sha256: 'other' } : migration));
    await expect(asOwner(url, (client) => migrate(client, [...edited, next]))).rejects.toMatchObject({
      code: 'edited-migration',
      message: expect.stringMatching(/^Migration 0002-log has changed .*Nothing was changed\.$/),
    });
  });

  it('is refused when it is newer than the program', async () => {
    await expect(asOwner(url, (client) => migrate(client, all.slice(0, -1)))).rejects.toMatchObject({
      code: 'newer-database',
      message: expect.stringContaining(
        `at version ${all.length} (${all.at(-1)?.name}), this Proviso knows ${all.length - 1}`,
      ),
    });
  });

  it('stays as it was when a migration fails half way', async () => {
    const broken = { ...next, sql: 'CREATE TABLE proviso.half (n int); SELECT 1 / 0' };
    await expect(asOwner(url, (client) => migrate(client, [...all, broken]))).rejects.toThrow('division by zero');
    await asOwner(url, async (client) => {
      expect(await schemaVersion(client)).toBe(all.length);
      expect((await client.query(`SELECT to_regclass('proviso.half') AS half`)).rows).toEqual([{ half: null }]);
      expect(await migrate(client, [...all, next])).toEqual([next.version]);
    });
  });
});
