import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepare, type Store, withClient } from '../connect/connect.ts';
import { withTenant } from '../connect/tenant.ts';
import { diskFiles } from '../files/disk.ts';
import { type FileStore, streamOf } from '../files/file-store.ts';
import { appendLog, verifyLog } from '../log/log.ts';
import { loadMigrations, migrate } from '../migrations/migrate.ts';
import { searchPassages } from '../queries/library.ts';
import { type TestDatabase, tryDatabase, tryEmptyDatabase } from '../testing/database.ts';
import { plantTenant, type Sample } from '../testing/sample.ts';
import { type BackupResult, backup } from './backup.ts';
import { FrameWriter } from './format.ts';
import { restore, verifyBackup } from './restore.ts';

let base: TestDatabase;
let folder: string;
let files: FileStore;
let sample: Sample;
const opened: { drop(): Promise<void> }[] = [];
beforeAll(async () => {
  base = await tryDatabase();
  folder = await mkdtemp(join(tmpdir(), 'proviso-backup-'));
  files = diskFiles(join(folder, 'files'));
  sample = await plantTenant(base.store.db, 'first');
  await plantTenant(base.store.db, 'second');
  await files.put(streamOf('file of first'));
  await withTenant(base.store.db, sample.tenant, (trx) =>
    appendLog(trx, {
      actor: 'system',
      action: 'a',
      subject: { type: 's', id: '1' },
      content: { text: 'tab\t line\n back\\slash \\. 🙂' },
    }),
  );
});
afterAll(async () => {
  await base.drop();
  for (const other of opened) await other.drop();
  await rm(folder, { recursive: true, force: true });
});

async function another(): Promise<Store> {
  const made = await tryDatabase();
  opened.push(made);
  return made.store;
}

async function taken(store: Store = base.store): Promise<{ bytes: Buffer; result: BackupResult }> {
  const out = new PassThrough();
  const bytes = buffer(out);
  const result = await backup(store, files, out);
  out.end();
  return { bytes: await bytes, result };
}

async function contentOf(store: Store): Promise<string> {
  return await store.asOwner(async (client) => {
    const { rows } = await client.query<{ xml: string }>(
      `SELECT schema_to_xml('proviso', true, false, '')::text AS xml`,
    );
    return rows[0]?.xml ?? '';
  });
}

/** Without what a later transaction of the same database would show otherwise: the order of rows in a table. */
function sorted(xml: string): string[] {
  return xml.split(/<\/?row>|<row>/).sort();
}

const parts = (bytes: Buffer, size: number) => () =>
  (async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  })();

describe('a backup', () => {
  it('comes back whole, with files and log, in frames cut anywhere', async () => {
    const { bytes, result } = await taken();
    expect(result).toMatchObject({ bytes: bytes.length, files: 1 });
    expect(result.missing).toEqual([
      { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), why: expect.stringContaining('no stored file') },
    ]);
    const there = await another();
    const otherFiles = diskFiles(join(folder, 'restored'));
    const summary = await restore(there, otherFiles, parts(bytes, 7));
    expect(summary).toMatchObject({ rows: result.rows, files: 1, missing: [result.missing[0]?.sha256] });
    const strip = (xml: string) => sorted(xml.replaceAll(/<at>[^<]*<\/at>(?=\s*<\/migration>)/g, ''));
    expect(strip(await contentOf(there)).filter((row) => !row.includes('0001-'))).toEqual(
      strip(await contentOf(base.store)).filter((row) => !row.includes('0001-')),
    );
    expect((await buffer(await otherFiles.get(sample.file.toString('hex')))).toString()).toBe('file of first');
    await withTenant(there.db, sample.tenant, async (trx) => {
      expect(await verifyLog(trx)).toMatchObject({ intact: true, entries: 1, erased: 0 });
      expect((await searchPassages(trx, { words: 'encrypted connection', limit: 5 })).matches).toBe(1);
      // Tenants are kept apart again, and the log goes on.
      expect(await trx.selectFrom('purchase').select('tenant').execute()).toEqual([{ tenant: sample.tenant }]);
      await appendLog(trx, { actor: 'system', action: 'b', subject: { type: 's', id: '2' } });
      expect(await verifyLog(trx)).toMatchObject({ intact: true, entries: 2 });
    });
    await expect(there.asOwner((client) => client.query('DELETE FROM proviso.log_entry'))).rejects.toThrow(
      'append-only',
    );
  });

  it('is of one moment, while others write', async () => {
    let going = true;
    let n = 0;
    const writing = (async () => {
      while (going) {
        await withTenant(base.store.db, sample.tenant, async (trx) => {
          await trx
            .insertInto('setting')
            .values({ tenant: sample.tenant, name: `w${++n}`, value: '1' })
            .execute();
          await appendLog(trx, { actor: 'system', action: 'w', subject: { type: 's', id: String(n) } });
        });
      }
    })();
    const { bytes } = await taken().finally(() => {
      going = false;
    });
    await writing;
    const there = await another();
    await restore(there, files, parts(bytes, 65_536));
    await withTenant(there.db, sample.tenant, async (trx) => {
      const settings = await trx.selectFrom('setting').select('name').where('name', 'like', 'w%').execute();
      const logged = await trx.selectFrom('logEntry').select('seq').where('action', '=', 'w').execute();
      expect(settings.length).toBe(logged.length);
      expect(await verifyLog(trx)).toMatchObject({ intact: true });
    });
  });

  it('of an earlier version is brought to this one', async () => {
    const empty = await tryEmptyDatabase();
    opened.push(empty);
    await prepare(empty.url, loadMigrations().slice(0, 3));
    const asOwner: Store['asOwner'] = async (work) => {
      return await withClient(empty.url, async (client) => {
        await client.query('SET ROLE proviso_owner');
        return await work(client);
      });
    };
    const tenant = '00000000-0000-4000-8000-0000000000ff';
    await asOwner((client) => client.query(`INSERT INTO proviso.tenant (tenant, name) VALUES ('${tenant}', 'Old')`));
    const out = new PassThrough();
    const bytes = buffer(out);
    // Version 3 knows no files.
    await expect(backup({ asOwner }, files, out)).rejects.toThrow('proviso.file');
    out.destroy();
    await bytes.catch(() => {});
    await asOwner((client) => migrate(client, loadMigrations().slice(0, 4)));
    const again = new PassThrough();
    const old = buffer(again);
    await backup({ asOwner }, files, again);
    again.end();
    const there = await another();
    const oldBytes = await old;
    expect((await restore(there, files, parts(oldBytes, 1_000))).header.migrations).toHaveLength(4);
    await withTenant(there.db, tenant, async (trx) => {
      expect(await trx.selectFrom('tenant').select('name').execute()).toEqual([{ name: 'Old' }]);
      expect(await trx.selectFrom('outbox').selectAll().execute()).toEqual([]);
    });
  });

  it('waits for a slow receiver', async () => {
    let most = 0;
    const slow = new Writable({
      highWaterMark: 1_000,
      write(_, __, done) {
        most = Math.max(most, slow.writableLength);
        setImmediate(done);
      },
    });
    await backup(base.store, files, slow);
    expect(most).toBeLessThan(200_000);
  });
});

describe('a restore', () => {
  it('leaves a database with something in it alone', async () => {
    const { bytes } = await taken();
    const before = await contentOf(base.store);
    await expect(restore(base.store, files, parts(bytes, 65_536))).rejects.toMatchObject({ code: 'not-empty' });
    expect(await contentOf(base.store)).toBe(before);
  });

  it('refuses a damaged backup, wherever the damage, and changes nothing', async () => {
    const { bytes } = await taken();
    const there = await another();
    const before = await contentOf(there);
    const flipped = (at: number) => {
      const copy = Buffer.from(bytes);
      copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
      return copy;
    };
    const forms: Buffer[] = [
      Buffer.alloc(0),
      Buffer.from('not a backup at all, but a letter to somebody'),
      bytes.subarray(0, bytes.length - 1),
      bytes.subarray(0, bytes.length / 2),
      Buffer.concat([bytes, Buffer.from('x')]),
      flipped(3),
      flipped(17),
      flipped(20),
      flipped(bytes.length - 10),
    ];
    for (let n = 1; n < 40; n++) forms.push(flipped(Math.floor((bytes.length * n) / 40)));
    for (const form of forms) {
      await expect(restore(there, files, parts(form, 4_096))).rejects.toMatchObject({ code: 'damaged-backup' });
    }
    expect(await contentOf(there)).toBe(before);
    expect(await verifyBackup(parts(bytes, 4_096)())).toMatchObject({ files: 1 });
  });

  it('refuses a backup of a newer program', async () => {
    const out = new PassThrough();
    const made = buffer(out);
    const writer = new FrameWriter(out);
    const migrations = [...loadMigrations(), { version: 7, name: '0007-later', sha256: 'x' }];
    await writer.begin({ created: '', tables: [], migrations });
    await writer.end();
    out.end();
    const newer = await made;
    await expect(restore(await another(), files, parts(newer, 100))).rejects.toMatchObject({ code: 'newer-database' });
  });
});
