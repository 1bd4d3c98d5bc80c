import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodingsOf, found, foundInFolder, foundInMemory } from './testing/needles.ts';
import { provisoCommand, type ServerProcess, serverProcess } from './testing/process.ts';
import {
  type Eve,
  eveOf,
  faultsAtOpening,
  killInTurn,
  lostReceipts,
  postgresProcesses,
  sendAll,
} from './testing/storm.ts';

const OFFERS = 12;
const PATIENCE_MS = 80_000;

let folder: string;
let eve: Eve;
let server: ServerProcess;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proviso-storm-'));
  // Under root PostgreSQL runs as another user, who must get to its data.
  await chmod(folder, 0o711);
  const dataDir = join(folder, 'data');
  eve = await eveOf(dataDir, OFFERS, 2);
  // Temporary files, too, come to lie where they are looked for.
  const temporary = join(folder, 'temporary');
  await mkdir(temporary, { mode: 0o777 });
  server = await serverProcess(['--data', dataDir], { TMPDIR: temporary });
  await server.start();
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Before the opening no process of ours has in its memory, and no file on its disk, what the offers say. */
async function leaksNothing(): Promise<void> {
  const secret = encodingsOf(eve.secret);
  // Known to the server: shows that the search would find something.
  const known = `question${randomBytes(12).toString('hex')}`;
  const token = eve.offers[0]?.token ?? '';
  const asked = await fetch(`${server.url}/api/offer/questions`, {
    method: 'POST',
    headers: { 'x-proviso-link': token, 'content-type': 'application/json' },
    body: JSON.stringify({ text: known }),
  });
  expect(asked.status).toBe(201);
  expect(await foundInFolder(folder, secret)).toEqual([]);
  expect(await foundInFolder(folder, [Buffer.from(known)])).not.toEqual([]);
  const [postmaster = 0, ...backends] = await postgresProcesses(eve.dataDir);
  // As programs keep texts in memory: in one byte a letter, or two.
  const plain = secret.slice(0, 2);
  const dump = await foundInMemory(server.pid, plain);
  expect(dump ?? []).toEqual([]);
  expect((await foundInMemory(postmaster, plain)) ?? []).toEqual([]);
  for (const pid of backends) expect((await foundInMemory(pid, plain, { shared: false })) ?? []).toEqual([]);
  if (dump !== null) expect(await foundInMemory(server.pid, [Buffer.from(known)])).toEqual([known]);
  expect(found(Buffer.from(server.lines.join('\n')), secret)).toEqual([]);
}

// The long one is `npm run bench:crash`.
it('kill -9 of server and PostgreSQL loses no offer that was acknowledged', async () => {
  let over = false;
  // Which comes first, and when, is not known before.
  const order = Math.random() < 0.5 ? (['server', 'postgres'] as const) : (['postgres', 'server'] as const);
  const storm = killInTurn(server, eve.dataDir, order, { over: () => over, most: 400 });
  const weather = await sendAll(server.url, eve.offers, performance.now() + PATIENCE_MS).finally(() => {
    over = true;
  });
  const kills = await storm;
  expect(weather.wrong).toEqual([]);
  expect(weather.acknowledged).toHaveLength(OFFERS);
  expect(kills.server + kills.postgres).toBeGreaterThan(0);
  expect(await lostReceipts(server.url, weather.acknowledged)).toEqual([]);
  const verified = await provisoCommand('log', 'verify', '--data', eve.dataDir);
  expect([verified.code, verified.out]).toEqual([0, expect.stringContaining('none changed')]);
  await leaksNothing();
  expect(await server.stop()).toBe(0);
  expect(await faultsAtOpening(eve, weather.acknowledged)).toEqual([]);
}, 120_000);
