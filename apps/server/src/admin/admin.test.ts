import { PassThrough } from 'node:stream';
import { readLog, verifyBackup, withTenant } from '@proviso/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer, tryServer } from '../testing/server.ts';
import { sweepWorker } from './sweep-job.ts';

describe('the administration', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await tryServer();
  });
  afterAll(() => server.close());

  it('shows work that waits, to who may see it', async () => {
    const jobs = (await server.ask('auditor', 'GET', server.at('/jobs'))).json();
    expect(jobs.map(({ queue }: { queue: string }) => queue)).toEqual([
      'reading',
      'reminder',
      'mail',
      'proof',
      'webhook',
      'probe',
      'probes-due',
      'sweep',
    ]);
    expect((await server.ask('buyer', 'GET', server.at('/jobs'))).statusCode).toBe(403);
    expect((await server.ask('buyer', 'GET', server.at('/outbox'))).statusCode).toBe(403);
  });

  it('erases what the log says once the time an organisation set is over, and nothing where none was set', async () => {
    const { store, files } = server.deps;
    const later = () => new Date(Date.now() + 40 * 86_400_000);
    const lines: string[] = [];
    const sweep = sweepWorker({ store, files, now: later, log: (line) => lines.push(line) });
    const contents = async (): Promise<number> =>
      await withTenant(store.db, server.tenant, async (trx) => {
        let held = 0;
        for await (const { content } of readLog(trx)) if (content !== null) held++;
        return held;
      });
    await server.ask('owner', 'POST', server.at('/suppliers'), { name: 'Acme', email: null, country: null });
    const before = await contents();
    expect(before).toBeGreaterThan(0);
    await sweep({} as never, {} as never);
    expect(await contents()).toBe(before);
    await server.ask('owner', 'PUT', server.at('/settings/retention'), { value: { days: 30 }, version: 0 });
    await sweep({} as never, {} as never);
    // What is left is the entry that says so.
    expect(await contents()).toBe(1);
    expect(lines.join()).toContain('Erased: what');
  });

  it('gives a backup only where it holds nobody else’s rows', async () => {
    const refused = await server.ask('owner', 'GET', server.at('/backup'));
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'backup-shared']);
    expect((await server.ask('auditor', 'GET', server.at('/backup'))).statusCode).toBe(403);
    await server.base.store.asOwner(async (client) => {
      for (const table of ['membership', 'person', 'log_head', 'tenant'])
        await client.query(`DELETE FROM proviso.${table} WHERE tenant = $1`, [server.other]);
    });
    const answer = await server.ask('owner', 'GET', server.at('/backup'));
    expect(answer.headers['content-disposition']).toContain('proviso-2026-01-05.backup');
    const stream = new PassThrough();
    stream.end(answer.rawPayload);
    expect(await verifyBackup(stream)).toMatchObject({ files: 0 });
  });
});
