import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, startCluster } from '../cluster/cluster.ts';
import { connect, withClient } from './connect.ts';
import { passwordOf, withDatabase, withUser } from './pool.ts';
import { appPassword } from './roles.ts';

describe('the URL of a database', () => {
  const urls: [string, string, string][] = [
    [
      'postgresql://u:p%40ss@db.example:5433/proviso?sslmode=require',
      'p@ss',
      'postgresql://proviso_app:x%2F@db.example:5433/proviso?sslmode=require',
    ],
    ['postgres://u@db.example/proviso', '', 'postgres://proviso_app:x%2F@db.example/proviso'],
    ['postgresql://db.example/proviso', '', 'postgresql://proviso_app:x%2F@db.example/proviso'],
    [
      'postgresql://u:p@/proviso?host=%2Ftmp%2Fs&port=5432',
      'p',
      'postgresql://proviso_app:x%2F@/proviso?host=%2Ftmp%2Fs&port=5432',
    ],
  ];
  it.each(urls)('%s', (url, password, other) => {
    expect(passwordOf(url)).toBe(password);
    expect(withUser(url, { user: 'proviso_app', password: 'x/' })).toBe(other);
    expect(withDatabase(url, 'a b')).toBe(url.replace('/proviso', '/a%20b'));
  });

  it('without a password needs a secret of its own', async () => {
    await expect(connect({ database: { url: 'postgresql://db.example/proviso' } })).rejects.toMatchObject({
      code: 'rights',
      message: expect.stringContaining('DATABASE_URL has no password'),
    });
  });

  it('gives every host the same password for the application, and each secret another', () => {
    expect(appPassword('secret')).toBe(appPassword('secret'));
    expect(appPassword('secret')).not.toBe(appPassword('Secret'));
  });
});

// A server of its own: the password of the application's role changes here, and all databases share the role.
describe('a server of somebody else', () => {
  const user = `buyer_${randomBytes(4).toString('hex')}`;
  const empty = { url: '' };
  let dataDir: string;
  let cluster: Cluster;
  let url: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'proviso-connect-'));
    cluster = await startCluster({ dataDir });
    empty.url = await another('empty');
    url = withUser(empty.url, { user, password: 'p@ss/word' });
    await withClient(empty.url, async (admin) => {
      // They belong to the server: here another test may have made them already.
      for (const role of ['proviso_owner', 'proviso_app']) {
        await admin.query(`DO $$ BEGIN CREATE ROLE ${role}; EXCEPTION WHEN duplicate_object THEN NULL; END $$`);
      }
      await admin.query(`CREATE ROLE ${user} LOGIN PASSWORD 'p@ss/word'`);
    });
  });
  afterAll(async () => {
    await cluster?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  async function another(name: string): Promise<string> {
    await withClient(cluster.url, (admin) => admin.query(`CREATE DATABASE ${name}`));
    return withDatabase(cluster.url, name);
  }

  it('whose user may not prepare it, gets told what an administrator must run, and that does', async () => {
    const refusal = await connect({ database: { url } }).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(refusal).toContain(`The user "${user}" of DATABASE_URL may not prepare the database`);
    expect(refusal).not.toContain('p@ss');
    const statements = refusal.split('\n').filter((line) => /^ {2}(GRANT|CREATE SCHEMA|ALTER)/.test(line));
    expect(statements).toHaveLength(4);
    await withClient(empty.url, async (admin) => {
      for (const statement of statements) await admin.query(statement);
    });
    const store = await connect({ database: { url } });
    try {
      expect(await store.db.selectFrom('purchase').selectAll().execute()).toEqual([]);
      const tables = await store.asOwner((client) => client.query(`SELECT count(*) AS count FROM proviso.migration`));
      expect(tables.rows[0]?.count).toBeGreaterThan(5);
    } finally {
      await store.close();
    }
  });

  it('with another password than before is opened again, and the old one is closed', async () => {
    await withClient(empty.url, (admin) => admin.query(`ALTER ROLE ${user} PASSWORD 'new'`));
    const renewed = withUser(empty.url, { user, password: 'new' });
    await (await connect({ database: { url: renewed } })).close();
    const old = withUser(empty.url, { user: 'proviso_app', password: appPassword('p@ss/word') });
    await expect(withClient(old, (client) => client.query('SELECT 1'))).rejects.toThrow(
      'password authentication failed',
    );
  });

  it('that has another workbench keeps it: a second one needs the same password, or a secret that both have', async () => {
    const second = withUser(await another('second'), { user, password: 'new' });
    await withClient(withDatabase(cluster.url, 'second'), async (admin) => {
      await admin.query(`ALTER DATABASE second OWNER TO ${user}`);
    });
    const stranger = { url: second, secret: 'of its own' };
    await expect(connect({ database: stranger })).rejects.toMatchObject({
      code: 'rights',
      message: expect.stringContaining('works for the database "empty" on this server too'),
    });
    await (await connect({ database: { url: second } })).close();
    await (await connect({ database: { url: withUser(empty.url, { user, password: 'new' }) } })).close();
  });

  it('that lets the application pass row-level security is refused', async () => {
    await withClient(empty.url, (admin) => admin.query('ALTER ROLE proviso_app BYPASSRLS'));
    try {
      await expect(connect({ database: { url: empty.url } })).rejects.toMatchObject({
        code: 'rights',
        message: expect.stringContaining('ALTER ROLE proviso_app NOSUPERUSER NOBYPASSRLS'),
      });
    } finally {
      await withClient(empty.url, (admin) => admin.query('ALTER ROLE proviso_app NOBYPASSRLS'));
    }
  });

  it('that does not answer is named as the cause', async () => {
    await expect(connect({ database: { url: 'postgresql://u:p@127.0.0.1:1/x' } })).rejects.toMatchObject({
      code: 'start-failed',
      message: expect.stringMatching(/^The database does not answer: .*Check DATABASE_URL/),
    });
  });
});
