import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { provisoCommand, type ServerProcess, serverProcess } from './testing/process.ts';
import { type Eve, eveOf, faultsAtOpening, killInTurn, lostReceipts, sendAll } from './testing/storm.ts';

const OFFERS = 16;
const PATIENCE_MS = 50_000;

let folder: string;
let eve: Eve;
let server: ServerProcess;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proviso-storm-'));
  // Under root PostgreSQL runs as another user, who must get to its data.
  await chmod(folder, 0o711);
  const dataDir = join(folder, 'data');
  eve = await eveOf(dataDir, OFFERS, 2);
  server = await serverProcess(['--data', dataDir]);
  await server.start();
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

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
  expect(await server.stop()).toBe(0);
  expect(await faultsAtOpening(eve, weather.acknowledged)).toEqual([]);
}, 120_000);
