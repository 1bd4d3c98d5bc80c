/**
 * `npm run bench:crash [-- --offers N --calm MS]`: two hundred sealed offers are handed in to a real server on a PostgreSQL of its own, while one or the
 * other is killed with -9 at random moments. Then: every receipt again, the log verified by the command line, and every standing offer opened.
 * Exits with 1 when anything that was acknowledged is not there.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { provisoCommand, serverProcess } from '../apps/server/src/testing/process.ts';
import {
  type Acknowledged,
  eveOf,
  faultsAtOpening,
  killInTurn,
  lostReceipts,
  sendAll,
} from '../apps/server/src/testing/storm.ts';

const { values } = parseArgs({
  options: { offers: { type: 'string', default: '200' }, calm: { type: 'string', default: '6000' } },
});
const offers = Number(values.offers);
const SUPPLIERS = 10;
const PATIENCE_MS = 30 * 60_000;
/** Milliseconds after something is up again in which it, or the other, is killed. */
const calm = Number(values.calm);

function* anyOrder(): Generator<'server' | 'postgres'> {
  for (;;) yield Math.random() < 0.5 ? 'server' : 'postgres';
}

const folder = mkdtempSync(join(tmpdir(), 'proviso-storm-'));
// Under root PostgreSQL runs as another user, who must get to its data.
chmodSync(folder, 0o711);
const dataDir = join(folder, 'data');
const faults: string[] = [];
try {
  const eve = await eveOf(dataDir, offers, SUPPLIERS);
  console.error(`${offers} offers are sealed`);
  const server = await serverProcess(['--data', dataDir]);
  await server.start();
  const began = performance.now();
  let over = false;
  const storm = killInTurn(server, dataDir, anyOrder(), { over: () => over, most: calm });
  const acknowledged: Acknowledged[] = [];
  const telling = setInterval(() => console.error(`${acknowledged.length} acknowledged`), 10_000);
  const weather = await sendAll(server.url, eve.offers, began + PATIENCE_MS, acknowledged).finally(() => {
    over = true;
  });
  clearInterval(telling);
  const kills = await storm;
  const seconds = Math.round((performance.now() - began) / 1000);
  faults.push(...weather.wrong, ...(await lostReceipts(server.url, weather.acknowledged)));
  if (weather.acknowledged.length !== offers) faults.push(`${weather.acknowledged.length} of ${offers} acknowledged`);
  const verified = await provisoCommand('log', 'verify', '--data', dataDir);
  if (verified.code !== 0) faults.push(verified.out, verified.err);
  if ((await server.stop()) !== 0) faults.push('The server ended badly.');
  if (faults.length > 0) faults.push(...server.lines.filter((line) => /POST|^ +at |Error/.test(line)));
  faults.push(...(await faultsAtOpening(eve, weather.acknowledged)));
  console.log('| offers acknowledged | server killed | PostgreSQL killed | sent again | seconds | log | faults |');
  console.log('|---|---|---|---|---|---|---|');
  const log = verified.code === 0 ? 'intact' : 'broken';
  console.log(
    `| ${weather.acknowledged.length} | ${kills.server} | ${kills.postgres} | ${weather.retried} | ${seconds} | ${log} | ${faults.length} |`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const fault of faults) console.error(fault.slice(0, 500));
process.exit(faults.length > 0 ? 1 : 0);
