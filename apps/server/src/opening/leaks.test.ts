import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { createLinkSecret, sealDraft } from '@proviso/sealing';
import { backup } from '@proviso/store';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersTo, bids, invited } from '../offers/testing/bids.ts';
import { encodingsOf, found } from '../testing/needles.ts';
import { type Life, published } from '../testing/purchases.ts';
import { type TestServer, tryServer } from '../testing/server.ts';

/** Known to the supplier alone: in answers, in a file and its name, in a draft, in the price. */
const SECRETS = ['answer', 'content', 'name', 'draft'].map((what) => `${what}${randomBytes(9).toString('hex')}`);
const PRICE = 7_351_946_208_153;
/** Known to the server: shows that the search would find something. */
const KNOWN = `question${randomBytes(9).toString('hex')}`;

let server: TestServer;
let life: Life;
let admin: pg.Client;
let walBefore: string;

beforeAll(async () => {
  server = await tryServer();
  admin = new pg.Client(server.base.url);
  await admin.connect();
  const { rows } = await admin.query<{ wal: string }>('SELECT pg_walfile_name(pg_current_wal_lsn()) AS wal');
  walBefore = rows[0]?.wal ?? '';
  life = await published(server);
  const acme = await invited(server, life, 'Acme');
  const [answer = '', content = '', name = '', draft = ''] = SECRETS;
  await acme.ask('POST', '/api/offer/questions', { text: KNOWN });
  const { form } = await acme.view();
  const binding = { purchase: life.id, invitation: acme.invitation };
  const sealedDraft = await sealDraft({ answers: answersTo(form, { text: draft }) }, binding, await createLinkSecret());
  await acme.ask('PUT', '/api/offer/draft', Buffer.from(sealedDraft), {
    'if-match': '"0"',
    'content-type': 'application/octet-stream',
  });
  await bids(acme, {
    text: answer,
    choice: 1,
    price: PRICE,
    files: [{ name: `${name}.txt`, content: content.repeat(500) }],
  });
  // And what is refused: it must not stay anywhere either.
  await acme.ask('POST', '/api/offer/files', Buffer.from(`plain ${answer} ${content}`.repeat(2000)), {
    'content-type': 'application/octet-stream',
  });
  await acme.ask('PUT', '/api/offer/draft', Buffer.from(`plain ${draft}`), {
    'if-match': '"1"',
    'content-type': 'application/octet-stream',
  });
  await acme.ask('POST', '/api/offer/submit', { id: 'x', answers: { 'ACC-01': answer } });
});
afterAll(async () => {
  await admin.end();
  await server.close();
});

const NEEDLES = [...SECRETS, String(PRICE)].flatMap((secret) => encodingsOf(secret));
const MARK = encodingsOf(KNOWN);
describe('before the opening', () => {
  it('no table holds what was answered', async () => {
    const { rows: tables } = await admin.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT LIKE 'pg_%' AND schemaname <> 'information_schema'`,
    );
    expect(tables.length).toBeGreaterThan(30);
    let known = 0;
    for (const { name } of tables) {
      const { rows } = await admin.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      const bytes = Buffer.from(rows.map(({ row }) => row).join('\n'));
      expect(found(bytes, NEEDLES), name).toEqual([]);
      known += found(bytes, MARK).length;
    }
    expect(known).toBeGreaterThan(0);
  });

  // On a server elsewhere its folder cannot be read from here.
  it.skipIf(process.env.PROVISO_TEST_DATABASE_URL !== undefined)(
    'nor do the files of the database, and what it writes ahead',
    async () => {
      await admin.query('CHECKPOINT');
      const { rows } = await admin.query<{ dir: string; oid: string; wal: string }>(
        `SELECT current_setting('data_directory') AS dir, oid::text, pg_walfile_name(pg_current_wal_lsn()) AS wal
       FROM pg_database WHERE datname = current_database()`,
      );
      const { dir = '', oid = '', wal = '' } = rows[0] ?? {};
      const segments = (await readdir(join(dir, 'pg_wal'))).filter((name) => name >= walBefore && name <= wal);
      const tables = (await readdir(join(dir, 'base', oid))).map((name) => join(dir, 'base', oid, name));
      const all = [...tables, ...segments.map((name) => join(dir, 'pg_wal', name))];
      expect(segments.length).toBeGreaterThan(0);
      let known = 0;
      for (const path of all) {
        const bytes = await readFile(path);
        expect(found(bytes, NEEDLES), path).toEqual([]);
        known += found(bytes, MARK).length;
      }
      expect(known).toBeGreaterThan(0);
    },
  );

  it('nor do stored files, backups, letters or what the server writes down', async () => {
    let files = 0;
    for await (const sha256 of server.deps.files.list()) {
      const chunks: Buffer[] = [];
      for await (const chunk of await server.deps.files.get(sha256)) chunks.push(chunk as Buffer);
      expect(found(Buffer.concat(chunks), NEEDLES), sha256).toEqual([]);
      files++;
    }
    expect(files).toBe(3);
    const out = new PassThrough();
    const bytes: Buffer[] = [];
    out.on('data', (chunk: Buffer) => bytes.push(chunk));
    const { rows } = await backup(server.deps.store, server.deps.files, out);
    expect(rows).toBeGreaterThan(50);
    const whole = Buffer.concat(bytes);
    expect(found(whole, NEEDLES)).toEqual([]);
    expect(found(whole, MARK).length).toBeGreaterThan(0);
    expect(found(Buffer.from(server.lines.join('\n')), NEEDLES)).toEqual([]);
  });

  it('finds what it looks for, in each encoding', () => {
    for (const secret of SECRETS)
      for (const one of [
        Buffer.from(`{"a":"${secret}"}`),
        Buffer.from(`xx${secret}`, 'utf16le'),
        Buffer.from(Buffer.from(`{"a":"${secret}"}`).toString('base64')),
        Buffer.from(Buffer.from(`{"ab":"${secret}"}`).toString('base64url')),
        Buffer.from(Buffer.from(`{"abc":"${secret}"}`).toString('hex')),
      ])
        expect(found(one, NEEDLES).length).toBeGreaterThan(0);
  });
});
