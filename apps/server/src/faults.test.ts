import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createLinkSecret, createReceiptKey, sealDraft } from '@proviso/sealing';
import { connect, diskFiles, readOffers, withTenant } from '@proviso/store';
import { afterAll, afterEach, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { type Bidder, bids, invited, sealed } from './offers/testing/bids.ts';
import { closeDue } from './purchases/closing.ts';
import { knownLife, type Life, published } from './testing/purchases.ts';
import { type TestServer, tryServer } from './testing/server.ts';

let server: TestServer;
let life: Life;
beforeAll(async () => {
  server = await tryServer();
  life = await published(server);
});
afterAll(() => server.close());

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
const run = promisify(execFile);
const codeOf = (answer: { statusCode: number; json(): { code?: string } }) => [answer.statusCode, answer.json().code];

/** A small disk of its own, which only root can have; else the test is skipped. */
async function smallDisk(context: TestContext, megabytes: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'proviso-disk-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=711`, 'tmpfs', folder]).then(
    () => true,
    () => false,
  );
  if (!mounted) context.skip('No disk can be mounted here');
  ends.push(() => run('umount', ['--lazy', folder]));
  await chmod(folder, 0o711);
  return folder;
}

/** Takes what is left of a disk but so many bytes; gives what makes room again. */
async function fill(disk: string, leave = 0): Promise<() => Promise<void>> {
  const filler = join(disk, 'filler');
  const { bavail, bsize } = await statfs(disk);
  await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - leave), 1)).catch(() => {});
  return () => rm(filler);
}

const statesOf = async (server: TestServer, purchase: string): Promise<string[]> =>
  (await withTenant(server.base.store.db, server.tenant, (trx) => readOffers(trx, purchase))).map(({ id }) => id);

describe('a full disk', () => {
  it('of files: what is sent is refused as a whole, and taken when there is room', async (context) => {
    const disk = await smallDisk(context, 4);
    const { files } = server.deps;
    ends.push(async () => {
      server.deps.files = files;
    });
    server.deps.files = diskFiles(disk);
    const acme = await invited(server, life, 'Acme');
    const body = await sealed(acme);
    const makeRoom = await fill(disk);
    const file = await acme.ask('POST', '/api/offer/files', Buffer.from(body.parts[0]?.bytes ?? '', 'base64url'), {
      'content-type': 'application/octet-stream',
    });
    expect(codeOf(file)).toEqual([507, 'no-room']);
    const refused = await acme.ask('POST', '/api/offer/submit', body);
    expect(codeOf(refused)).toEqual([507, 'no-room']);
    expect([await statesOf(server, life.id), await readdir(join(disk, 'coming'))]).toEqual([[], []]);
    await makeRoom();
    expect((await acme.ask('POST', '/api/offer/submit', body)).statusCode).toBe(201);
    expect(await statesOf(server, life.id)).toEqual([body.id]);
    expect(server.lines.filter((line) => line.includes('Error'))).toEqual([]);
  });

  it('of the database: what was acknowledged stays, and it goes on when there is room', async (context) => {
    const disk = await smallDisk(context, 140);
    const dataDir = join(disk, 'data');
    await mkdir(dataDir, { mode: 0o711 });
    const said: string[] = [];
    const store = await connect({ database: { dataDir }, poolSize: 4, log: (line) => said.push(line) });
    const other = await tryServer({}, [], {
      base: { store, url: store.url, drop: () => store.close() },
      files: diskFiles(join(disk, 'files')),
      receiptKey: await createReceiptKey(),
      clock: new Date('2026-01-05T09:00:00Z'),
    });
    ends.push(() => other.close());
    const elsewhere = await published(other);
    const acme = await invited(other, elsewhere, 'Acme');
    const makeRoom = await fill(disk, 6_000_000);
    const { acknowledged, last } = await draftsUntilRefused(acme, elsewhere.id);
    expect(acknowledged).toBeGreaterThan(0);
    expect([503, 507]).toContain(last);
    await makeRoom();
    await expect
      .poll(async () => (await acme.ask('GET', '/api/offer/draft')).statusCode, { timeout: 40_000, interval: 200 })
      .toBe(200);
    const draft = await acme.ask('GET', '/api/offer/draft');
    // One whose acknowledgement was lost may be there.
    expect([`"${acknowledged}"`, `"${acknowledged + 1}"`]).toContain(draft.headers.etag);
    await bids(acme);
  }, 120_000);
});

/** Saves drafts until one is refused: the last version acknowledged, and the status of the refusal. */
async function draftsUntilRefused(who: Bidder, purchase: string): Promise<{ acknowledged: number; last: number }> {
  const secret = await createLinkSecret();
  const binding = { purchase, invitation: who.invitation };
  const draft = Buffer.from(await sealDraft({ text: 'x'.repeat(900_000) }, binding, secret));
  for (let version = 0; ; version++) {
    const { statusCode } = await who.ask('PUT', '/api/offer/draft', draft, {
      'if-match': `"${version}"`,
      'content-type': 'application/octet-stream',
    });
    if (statusCode !== 200) return { acknowledged: version, last: statusCode };
  }
}

it('a clock that is moved: late is late by the server, and a closing that passed stays passed', async () => {
  const [acme, bolt] = [await invited(server, life, 'Carol'), await invited(server, life, 'Bolt')];
  const early = await bids(acme);
  const [late, later] = [await sealed(acme), await sealed(bolt)];
  server.setClock('2026-02-16T11:00:00.001Z');
  const receipt = (await acme.ask('POST', '/api/offer/submit', late)).json();
  expect(receipt.receipt).toMatchObject({ late: true, receivedAt: '2026-02-16T11:00:00.001Z' });
  expect(await closeDue(server.deps)).toBe(1);
  // Set back by a month, as by a machine whose battery is empty.
  server.setClock('2026-01-20T09:00:00Z');
  const back = (await bolt.ask('POST', '/api/offer/submit', later)).json();
  expect(back.receipt).toMatchObject({ late: true });
  const { purchase } = (await knownLife(server, life.id)).view;
  expect(purchase.state).toBe('closed');
  const rows = await withTenant(server.base.store.db, server.tenant, (trx) => readOffers(trx, life.id));
  const states = new Map(rows.map((row) => [row.id, [row.late, row.replacedBy]]));
  expect([early, late.id, later.id].map((id) => states.get(id))).toEqual([
    [false, null],
    [true, null],
    [true, null],
  ]);
});
