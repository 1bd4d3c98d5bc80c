import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { connect, diskFiles, readOffers, withTenant } from '@proviso/store';
import { loadSecrets } from '../auth/secrets.ts';
import { closeSandbox } from '../library/sandbox.ts';
import { type Bidder, declare, invited, opens, sealed } from '../offers/testing/bids.ts';
import { closeDue } from '../purchases/closing.ts';
import type { ServerProcess } from './process.ts';
import { knownLife, type Life, published, type TIMES } from './purchases.ts';
import { type Planted, type TestServer, tryServer } from './server.ts';

const DAY = 86_400_000;

/** An offer that is ready to be sent, with the text that only it holds. */
export interface ReadyOffer {
  token: string;
  text: string;
  file: Buffer;
  body: Awaited<ReturnType<typeof sealed>>;
}

/** A purchase that takes offers, on a data folder, and offers ready to be sent. */
export interface Eve {
  dataDir: string;
  planted: Planted;
  life: Pick<Life, 'id'>;
  closing: Date;
  /** Lies in every answer and file, and in nothing that the server may see before the opening. */
  secret: string;
  offers: ReadyOffer[];
}

/** What the server acknowledged: the receipt of an offer. */
export interface Acknowledged {
  offer: ReadyOffer;
  receipt: { signature: string; receipt: { offer: string; late: boolean; sealed: { sha256: string }[] } };
}

/** Makes a published purchase and sealed offers of several suppliers on an empty data folder, in this process. */
export async function eveOf(dataDir: string, count: number, suppliers: number): Promise<Eve> {
  return await inProcess(dataDir, new Date(), undefined, async (server) => {
    const { life, closing } = await publishedFrom(server, new Date());
    const bidders: Bidder[] = [];
    for (let n = 0; n < suppliers; n++) bidders.push(await invited(server, life, `Supplier ${n}`));
    const secret = `secret${randomBytes(12).toString('hex')}`;
    const offers: ReadyOffer[] = [];
    for (let n = 0; n < count; n++) {
      const who = bidders[n % suppliers] as Bidder;
      let file = Buffer.alloc(0);
      // The file is kept back: it is sent in the storm.
      const ask: Bidder['ask'] = async (method, url, payload, headers) => {
        if (!url.endsWith('/files')) return await who.ask(method, url, payload, headers);
        file = payload as Buffer<ArrayBuffer>;
        const sha256 = createHash('sha256').update(file).digest('hex');
        return { statusCode: 201, json: () => ({ sha256 }) } as Awaited<ReturnType<Bidder['ask']>>;
      };
      const text = `${secret} ${randomUUID()}`;
      // The last ones, which will stand, have none: looking at files in the sandbox takes its time, and is tested elsewhere.
      const files = n < count - 2 * suppliers ? [{ name: 'proof.txt', content: text }] : [];
      const body = await sealed({ ...who, ask }, { text, files });
      offers.push({ token: who.token, text, file, body });
    }
    return { dataDir, planted: server.planted, life: { id: life.id }, closing, secret, offers };
  });
}

/** On a Wednesday some seven weeks away that no holiday moves. */
async function publishedFrom(server: TestServer, now: Date): Promise<{ life: Life; closing: Date }> {
  const wednesday = 3;
  let day = new Date(now.getTime() + 49 * DAY);
  while (day.getUTCDay() !== wednesday) day = new Date(day.getTime() + DAY);
  const at = (days: number, time: string): typeof TIMES.closing =>
    `${new Date(day.getTime() + days * DAY).toISOString().slice(0, 10)}T${time}`;
  const times = { closing: at(0, '12:00'), questionsUntil: at(-14, '12:00'), opening: at(0, '14:00') };
  const life = await published(server, undefined, times);
  return { life, closing: new Date(life.view.purchase.notice?.closing.instant ?? 0) };
}

async function inProcess<R>(
  dataDir: string,
  clock: Date,
  planted: Planted | undefined,
  work: (server: TestServer) => Promise<R>,
): Promise<R> {
  const store = await connect({ database: { dataDir }, poolSize: 8 });
  const { receiptKey } = await loadSecrets(dataDir, undefined);
  const server = await tryServer({}, [], {
    base: { store, url: store.url, drop: () => store.close() },
    files: diskFiles(join(dataDir, 'files')),
    receiptKey,
    clock,
    ...(planted && { planted }),
  });
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

/** What a storm has met. */
export interface Weather {
  acknowledged: Acknowledged[];
  /** Answers "not now" and broken connections, after which the same was sent again. */
  retried: number;
  /** Answers that no supplier should get: anything but the receipt, "try again" and a broken connection. */
  wrong: string[];
}

/**
 * Sends all offers, several at once, each again and again until it is acknowledged, as a supplier's page does. `until`: when patience ends, as
 * `performance.now()`. `acknowledged` grows meanwhile.
 */
export async function sendAll(
  url: string,
  offers: readonly ReadyOffer[],
  until: number,
  acknowledged: Acknowledged[] = [],
): Promise<Weather> {
  const weather: Weather = { acknowledged, retried: 0, wrong: [] };
  const waiting = [...offers];
  const send = async (path: string, token: string, body: Buffer | string, type: string): Promise<unknown> => {
    while (performance.now() < until) {
      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'x-proviso-link': token, 'content-type': type },
        body: body as string,
        signal: AbortSignal.timeout(30_000),
      }).catch(() => null);
      const told = answer && (await answer.text().catch(() => null));
      if (answer?.status === 201 && told) return JSON.parse(told);
      if (answer !== null && told !== null && answer.status !== 503) {
        weather.wrong.push(`${answer.status} ${told}`);
        return null;
      }
      weather.retried++;
      await rest(50 + Math.random() * 100);
    }
    weather.wrong.push(`${path} was not acknowledged in time`);
    return null;
  };
  const work = async (): Promise<void> => {
    for (let offer = waiting.shift(); offer; offer = waiting.shift()) {
      const { token, file, body } = offer;
      const sent = file.length === 0 || (await send('/api/offer/files', token, file, 'application/octet-stream'));
      if (!sent) continue;
      const receipt = await send('/api/offer/submit', token, JSON.stringify(body), 'application/json');
      if (receipt !== null) weather.acknowledged.push({ offer, receipt: receipt as Acknowledged['receipt'] });
    }
  };
  await Promise.all([work(), work(), work()]);
  return weather;
}

/** Process numbers of the PostgreSQL that runs on a data folder, its own children's among them; under Linux. */
export async function postgresProcesses(dataDir: string): Promise<number[]> {
  const main = await postgresOf(dataDir);
  const children = await readFile(`/proc/${main}/task/${main}/children`, 'utf8').catch(() => '');
  return [main, ...children.split(' ').map(Number)].filter((pid) => pid > 0);
}

/** Process number of the PostgreSQL that runs on a data folder; 0 where none does. */
export async function postgresOf(dataDir: string): Promise<number> {
  const file = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '0');
  return Number.parseInt(file, 10) || 0;
}

/**
 * Kills what `order` names, one after the other, each at a moment of its own within `most` milliseconds after the last was up again; begins
 * anew while `over` is false and `order` has no end.
 */
export async function killInTurn(
  server: ServerProcess,
  dataDir: string,
  order: Iterable<'server' | 'postgres'>,
  { over, most }: { over: () => boolean; most: number },
): Promise<{ server: number; postgres: number }> {
  const kills = { server: 0, postgres: 0 };
  for (const what of order) {
    await rest(Math.random() * most);
    if (over()) break;
    if (what === 'server') {
      await server.kill();
      await server.start();
    } else if (!(await killPostgres(dataDir))) continue;
    kills[what]++;
  }
  return kills;
}

/** False where none ran: it was being started. */
async function killPostgres(dataDir: string): Promise<boolean> {
  const pid = await postgresOf(dataDir);
  try {
    return pid > 0 && process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

/** What is wrong with what was acknowledged, asked of the running server: a receipt that it does not give again. */
export async function lostReceipts(url: string, acknowledged: readonly Acknowledged[]): Promise<string[]> {
  const lost: string[] = [];
  for (const { offer, receipt } of acknowledged) {
    const answer = await fetch(`${url}/api/offer/receipts/${offer.body.id}`, {
      headers: { 'x-proviso-link': offer.token },
    });
    const told = await answer.text();
    // The database keeps members in an order of its own; what was signed is the same, or the signature is another.
    if (answer.status !== 200 || JSON.parse(told).signature !== receipt.signature)
      lost.push(`${offer.body.id}: ${answer.status} ${told.slice(0, 200)}`);
  }
  return lost;
}

/**
 * After the server was stopped: every acknowledged offer is there with all its ciphertexts, those that stand can be opened by the two openers
 * after the closing, and say what was sealed. Gives what is wrong.
 */
export async function faultsAtOpening(
  { dataDir, planted, life, closing, offers }: Eve,
  acknowledged: readonly Acknowledged[],
): Promise<string[]> {
  const faults: string[] = [];
  const files = diskFiles(join(dataDir, 'files'));
  for (const { receipt } of acknowledged)
    for (const { sha256 } of receipt.receipt.sealed)
      try {
        for await (const _ of await files.get(sha256));
      } catch (error) {
        faults.push(`${receipt.receipt.offer}: ${(error as Error).message}`);
      }
  const later = new Date(closing.getTime() + 3 * 3_600_000);
  await inProcess(dataDir, later, planted, async (server) => {
    await closeDue(server.deps);
    const again = await knownLife(server, life.id);
    await declare(again, 'opener', 'opener2');
    const answer = await opens(server, again, 'quality');
    await closeSandbox();
    if (answer.statusCode !== 200) faults.push(`The opening: ${answer.statusCode} ${answer.body}`);
    const rows = await withTenant(server.base.store.db, planted.tenant, (trx) => readOffers(trx, life.id));
    const said = new Map(rows.map((row) => [row.id, row]));
    for (const { offer } of acknowledged) {
      const row = said.get(offer.body.id);
      if (row === undefined) faults.push(`${offer.body.id} is gone`);
      else if (row.late) faults.push(`${offer.body.id} is late`);
      else if (row.replacedBy === null && !JSON.stringify(row.answers).includes(offer.text))
        faults.push(`${offer.body.id} says something else: ${JSON.stringify(row.answers).slice(0, 300)}`);
    }
    const standing = rows.filter(({ replacedBy }) => replacedBy === null).length;
    const suppliers = new Set(offers.map(({ token }) => token)).size;
    if (standing !== suppliers) faults.push(`${standing} offers stand, of ${suppliers} suppliers`);
  });
  return faults;
}
