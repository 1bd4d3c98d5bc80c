import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../cluster/processes.ts';
import { withClient } from '../connect/connect.ts';
import { withTenant } from '../connect/tenant.ts';
import { type TestDatabase, tryDatabase } from '../testing/database.ts';
import { plantTenant, type Sample } from '../testing/sample.ts';
import { type Jobs, openJobs } from './jobs.ts';
import { QUEUE_NAMES, QUEUES } from './queues.ts';

let base: TestDatabase;
let own: Sample;
let jobs: Jobs;
const others: Jobs[] = [];
async function another(): Promise<Jobs> {
  const made = await openJobs(base.store);
  others.push(made);
  return made;
}
beforeAll(async () => {
  base = await tryDatabase();
  own = await plantTenant(base.store.db, 'jobs');
  jobs = await openJobs(base.store);
});
afterEach(() => Promise.all(others.splice(0).map((open) => open.close())));
afterAll(async () => {
  await jobs.close();
  await base.drop();
});

describe('a job', () => {
  it('waits once for a key, and not for others', async () => {
    const document = randomUUID();
    expect(await jobs.send('reading', { tenant: own.tenant, document })).toBe(true);
    expect(await jobs.send('reading', { tenant: own.tenant, document })).toBe(false);
    expect(await jobs.send('reading', { tenant: own.tenant, document: randomUUID() })).toBe(true);
    expect((await jobs.count('reading')).waiting).toBe(2);
  });

  it('that waits for its day does not stand for one that is wanted now', async () => {
    const tenant = randomUUID();
    const at = new Date('2040-01-01');
    expect(await jobs.send('mail', { tenant }, { at })).toBe(true);
    expect(await jobs.send('mail', { tenant }, { at })).toBe(false);
    expect(await jobs.send('mail', { tenant })).toBe(true);
    expect(await jobs.send('mail', { tenant })).toBe(false);
  });

  it('is there only when its transaction is', async () => {
    const purchase = randomUUID();
    const job = { tenant: own.tenant, purchase, what: 'closing' };
    await expect(
      withTenant(base.store.db, own.tenant, async (trx) => {
        expect(await jobs.send('reminder', job, { trx, at: new Date('2040-01-01') })).toBe(true);
        throw new Error('taken back');
      }),
    ).rejects.toThrow('taken back');
    expect(await withTenant(base.store.db, own.tenant, (trx) => jobs.send('reminder', job, { trx }))).toBe(true);
  });

  it('is done once, whoever of several workers takes it', async () => {
    const done: string[] = [];
    const handlers = { reminder: async ({ purchase }: { purchase: string }) => void done.push(purchase) };
    for (const worker of [await another(), await another()])
      await worker.startWorkers({ handlers, concurrency: { reminder: 2 } });
    const purchases = Array.from({ length: 10 }, () => randomUUID());
    for (const purchase of purchases) await jobs.send('reminder', { tenant: own.tenant, purchase, what: 'closing' });
    expect(await waitUntil(() => purchases.every((one) => done.includes(one)), 20_000)).toBe(true);
    expect(new Set(done).size).toBe(done.length);
  });

  it('is done by another process with the same database', async () => {
    const program = fileURLToPath(new URL('../testing/worker.ts', import.meta.url));
    const child = spawn(process.execPath, [program, base.url], { stdio: ['pipe', 'pipe', 'inherit'] });
    try {
      await once(child.stdout, 'data');
      await jobs.send('mail', { tenant: own.tenant });
      const notes = () =>
        withTenant(base.store.db, own.tenant, (trx) =>
          trx.selectFrom('setting').select('value').where('name', 'like', 'mail %').execute(),
        );
      expect(await waitUntil(async () => (await notes()).length > 0, 20_000)).toBe(true);
      expect(await notes()).toEqual([{ value: child.pid }]);
      child.stdin.end();
      const [code] = await once(child, 'exit');
      expect(code).toBe(0);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('that fails waits for its next attempt; one that failed for good can be put back', async () => {
    const [first, last] = [randomUUID(), randomUUID()];
    for (const delivery of [first, last]) await jobs.send('webhook', { tenant: own.tenant, delivery });
    // As if the attempts of the second had been made but one.
    await withClient(base.url, (client) =>
      client.query(`UPDATE jobs.job SET retry_limit = 0 WHERE data ->> 'delivery' = $1`, [last]),
    );
    const tried: string[] = [];
    const fail = async ({ delivery }: { delivery: string }) => {
      tried.push(delivery);
      throw new Error('no answer');
    };
    await (await another()).startWorkers({ handlers: { webhook: fail } });
    expect(await waitUntil(async () => (await deadOnes()) === 1, 20_000)).toBe(true);
    expect(tried.toSorted()).toEqual([first, last].toSorted());
    const { rows } = await withClient(base.url, (client) =>
      client.query(
        `SELECT state::text, retry_limit, start_after > now() AS later FROM jobs.job WHERE data ->> 'delivery' = $1`,
        [first],
      ),
    );
    expect(rows).toEqual([{ state: 'retry', retry_limit: QUEUES.webhook.retries, later: true }]);
    await Promise.all(others.splice(0).map((open) => open.close()));
    expect(await jobs.redrive('webhook')).toBe(1);
    expect(await deadOnes()).toBe(0);
  });
});

async function deadOnes(): Promise<number> {
  const { rows } = await withClient(base.url, (client) =>
    client.query<{ count: number }>(
      `SELECT count(*) AS count FROM jobs.job WHERE name = 'webhook-dead' AND state = 'created'`,
    ),
  );
  return rows[0]?.count ?? 0;
}

describe('the queues', () => {
  it('have the daily ones come by themselves', async () => {
    const { rows } = await withClient(base.url, (client) => client.query('SELECT name, cron FROM jobs.schedule'));
    const daily = (['probes-due', 'sweep'] as const).map((name) => ({ name, cron: QUEUES[name].every }));
    expect(rows.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual(daily);
  });

  it('give no two jobs of different subjects the same key', () => {
    const [a, b] = [randomUUID(), randomUUID()];
    const data = (id: string) => ({
      tenant: id,
      document: id,
      purchase: id,
      askedBy: id,
      what: id,
      delivery: id,
      round: id,
      request: id,
    });
    for (const queue of QUEUE_NAMES) {
      // One for all.
      if (queue === 'sweep' || queue === 'probes-due') continue;
      const key = QUEUES[queue].key as (data: object) => string;
      expect(key(data(a)), queue).not.toBe(key(data(b)));
      expect(key(data(a)), queue).toBe(key(data(a)));
    }
  });
});
