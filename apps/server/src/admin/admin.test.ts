import { PassThrough } from 'node:stream';
import { verifyBackup } from '@proviso/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer, tryServer } from '../testing/server.ts';

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
      'export',
      'reminder',
      'mail',
      'webhook',
      'sweep',
    ]);
    expect((await server.ask('buyer', 'GET', server.at('/jobs'))).statusCode).toBe(403);
    expect((await server.ask('buyer', 'GET', server.at('/outbox'))).statusCode).toBe(403);
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
