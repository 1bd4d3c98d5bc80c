import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backup } from '../backup/backup.ts';
import { type TenantScope, withTenant } from '../connect/tenant.ts';
import { namePurchaseFile, recordFile } from '../queries/files.ts';
import { insertOffer } from '../queries/offers.ts';
import { recordUpload } from '../queries/openings.ts';
import { type TestDatabase, tryDatabase } from '../testing/database.ts';
import { plantTenant, type Sample } from '../testing/sample.ts';
import { diskFiles } from './disk.ts';
import { type FileStore, streamOf } from './file-store.ts';
import { sweepFiles } from './sweep.ts';

const DAY = 86_400_000;
const OLD = new Date('2026-01-01T00:00:00Z');
const BEFORE = new Date('2026-01-02T00:00:00Z');

let base: TestDatabase;
let own: Sample;
let other: Sample;
let folder: string;
let files: FileStore;
beforeAll(async () => {
  base = await tryDatabase();
  [own, other] = [await plantTenant(base.store.db, 'own'), await plantTenant(base.store.db, 'other')];
});
afterAll(() => base.drop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proviso-sweep-'));
  files = diskFiles(folder);
  return () => rm(folder, { recursive: true, force: true });
});

const within = <R>(work: (trx: TenantScope) => Promise<R>, tenant = own.tenant) =>
  withTenant(base.store.db, tenant, work);
const pathOf = (hash: string) => join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);

/** Stores bytes as they would have come at a moment; `known`: also as a row. */
async function stored(at: Date, known: boolean, tenant = own.tenant, text: string = randomUUID()): Promise<Buffer> {
  const { sha256, bytes } = await files.put(streamOf(text));
  await utimes(pathOf(sha256), at, at);
  const hash = Buffer.from(sha256, 'hex');
  if (known)
    await within(async (trx) => {
      await trx.insertInto('file').values({ tenant, sha256: hash, bytes, media: 'text/plain', created: at }).execute();
    }, tenant);
  return hash;
}
const isThere = async (hash: Buffer) => (await files.size(hash.toString('hex'))) !== null;
const isKnown = async (hash: Buffer, tenant = own.tenant) =>
  (await within((trx) => trx.selectFrom('file').select('bytes').where('sha256', '=', hash).execute(), tenant)).length >
  0;

/** A link with a moment at which it ends. */
async function link(expires: Date, revoked: Date | null = null): Promise<string> {
  const id = randomUUID();
  await within((trx) =>
    trx
      .insertInto('invitation')
      .values({
        tenant: own.tenant,
        id,
        purchase: own.purchase,
        supplier: own.supplier,
        tokenHash: randomBytes(32),
        expires,
        revoked,
      })
      .execute(),
  );
  return id;
}
const uploaded = async (invitation: string, at = OLD): Promise<Buffer> => {
  const hash = await stored(at, true);
  await within(async (trx) => {
    await recordUpload(trx, invitation, hash);
    await trx.updateTable('upload').set({ at }).where('sha256', '=', hash).execute();
  });
  return hash;
};

describe('sweeping', () => {
  it('removes what nothing names and came before, and nothing else', async () => {
    const recent = new Date(BEFORE.getTime() + 1);
    const gone = [await stored(OLD, true), await stored(OLD, false)];
    const kept = [await stored(recent, true), await stored(recent, false)];
    const [document, purchase, offered] = [await stored(OLD, true), await stored(OLD, true), await stored(OLD, true)];
    await within(async (trx) => {
      await trx
        .insertInto('document')
        .values({ tenant: own.tenant, id: randomUUID(), name: 'a.pdf', sha256: document, bytes: 1 })
        .execute();
      await namePurchaseFile(trx, own.purchase, purchase);
      await insertOffer(trx, {
        id: randomUUID(),
        purchase: own.purchase,
        lot: 'swept',
        round: 1,
        supplier: own.supplier,
        receivedAt: OLD,
        late: false,
        sha256: offered,
        bytes: 1,
        manifest: {},
      });
    });
    expect(await sweepFiles(base.store, files, BEFORE)).toEqual({ uploads: 0, forgotten: 1, removed: 2, halves: 0 });
    for (const hash of gone) expect([await isThere(hash), await isKnown(hash)]).toEqual([false, false]);
    for (const hash of [...kept, document, purchase, offered]) expect(await isThere(hash)).toBe(true);
    expect(await sweepFiles(base.store, files, BEFORE)).toEqual({ uploads: 0, forgotten: 0, removed: 0, halves: 0 });
  });

  it('leaves bytes that another organisation has', async () => {
    const hash = await stored(OLD, true, own.tenant, 'the same');
    await stored(OLD, true, other.tenant, 'the same');
    await within((trx) => namePurchaseFile(trx, other.purchase, hash), other.tenant);
    expect(await sweepFiles(base.store, files, BEFORE)).toMatchObject({ forgotten: 1, removed: 0 });
    expect([await isThere(hash), await isKnown(hash), await isKnown(hash, other.tenant)]).toEqual([true, false, true]);
  });

  it('leaves what a supplier has sent ahead as long as the link can still hand it in', async () => {
    const open = new Date('2031-01-01');
    const kept = [await uploaded(await link(open)), await uploaded(await link(new Date(BEFORE.getTime() + 1)))];
    const over = [await uploaded(await link(OLD)), await uploaded(await link(open, OLD))];
    const named = await uploaded(await link(OLD));
    await within((trx) =>
      trx.insertInto('offerFile').values({ tenant: own.tenant, offer: own.offer, name: 'n', sha256: named }).execute(),
    );
    expect(await sweepFiles(base.store, files, BEFORE)).toMatchObject({ uploads: 2, forgotten: 2, removed: 2 });
    for (const hash of [...kept, named]) expect([await isThere(hash), await isKnown(hash)]).toEqual([true, true]);
    for (const hash of over) expect([await isThere(hash), await isKnown(hash)]).toEqual([false, false]);
  });

  it('removes what uploads left that were killed', async () => {
    await files.put(streamOf('whole'));
    const coming = join(folder, 'coming');
    for (const [name, at] of [
      ['old', OLD],
      ['new', BEFORE],
    ] as const) {
      await writeFile(join(coming, name), 'half');
      await utimes(join(coming, name), at, at);
    }
    expect(await sweepFiles(base.store, files, BEFORE)).toMatchObject({ halves: 1 });
    expect(await readdir(coming)).toEqual(['new']);
  });

  it('waits for a backup, which copies files long after it has seen their rows', async () => {
    const hash = await stored(OLD, true);
    const out = new PassThrough({ highWaterMark: 1 });
    const made = backup(base.store, files, out);
    await once(out, 'readable');
    let isSwept = false;
    const sweeping = sweepFiles(base.store, files, BEFORE).then(() => {
      isSwept = true;
    });
    await new Promise((done) => setTimeout(done, 300));
    expect([isSwept, await isThere(hash)]).toEqual([false, true]);
    out.resume();
    expect((await made).missing.map(({ sha256 }) => sha256)).not.toContain(hash.toString('hex'));
    await sweeping;
    expect(await isThere(hash)).toBe(false);
  });

  it('at the same time as uploads of the very same bytes loses none that was acknowledged', async () => {
    // Nothing is young enough to be spared: only the lock stands between them.
    const later = new Date(Date.now() + DAY);
    const texts = Array.from({ length: 4 }, () => randomUUID());
    let done = false;
    const upload = async (text: string): Promise<void> => {
      const invitation = await link(new Date('2031-01-01'));
      for (let n = 0; n < 25; n++) {
        const { sha256, bytes } = await files.put(streamOf(text));
        const hash = Buffer.from(sha256, 'hex');
        try {
          await within(async (trx) => {
            await recordFile(trx, files, { sha256: hash, bytes, media: 'text/plain' });
            await recordUpload(trx, invitation, hash);
          });
        } catch (error) {
          expect(error).toMatchObject({ code: 'file-gone' });
          continue;
        }
        // Acknowledged: it must be whole. Then the name is taken away again, for the next turn.
        expect((await buffer(await files.get(sha256))).toString()).toBe(text);
        await within((trx) => trx.deleteFrom('upload').where('invitation', '=', invitation).execute());
      }
    };
    const sweep = async (): Promise<number> => {
      let sweeps = 0;
      // Uploads on their way are older than that moment, too; they are not what this is about.
      const swept = { ...files, tidy: async () => 0 };
      for (; !done; sweeps++) await sweepFiles(base.store, swept, later);
      return sweeps;
    };
    const sweeps = sweep();
    await Promise.all([...texts, ...texts].map(upload)).finally(() => {
      done = true;
    });
    expect(await sweeps).toBeGreaterThan(0);
  });
});
