import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../connect/connect.ts';
import { type TenantScope, withTenant } from '../connect/tenant.ts';
import { type TestDatabase, tryDatabase } from '../testing/database.ts';
import { plantTenant, type Sample } from '../testing/sample.ts';
import { appendLog, erasePerson, expireContent, logHead, logPage, readLog, verifyLog } from './log.ts';

let base: TestDatabase;
beforeAll(async () => {
  base = await tryDatabase();
});
afterAll(() => base.drop());

const note = (n: number, persons: string[] = []) => ({
  actor: 'system',
  action: 'note.made',
  subject: { type: 'note', id: String(n) },
  content: { n, text: 'é "quoted" \n 🙂' },
  persons,
});

async function logged(
  count: number,
): Promise<{ tenant: string; own: Sample; within<R>(work: (trx: TenantScope) => Promise<R>): Promise<R> }> {
  const own = await plantTenant(base.store.db, `log-${randomUUID()}`);
  const within = <R>(work: (trx: TenantScope) => Promise<R>) => withTenant(base.store.db, own.tenant, work);
  for (let n = 1; n <= count; n++) await within((trx) => appendLog(trx, note(n)));
  return { tenant: own.tenant, own, within };
}

/** Does what only a superuser can, past triggers and policies. */
async function tamper(statement: string): Promise<void> {
  await withClient(base.url, async (client) => {
    await client.query('SET session_replication_role = replica');
    await client.query(statement);
  });
}

describe('the log', () => {
  it('hashes in the database as it does here, also when many append at once', async () => {
    const { within } = await logged(0);
    await Promise.all(Array.from({ length: 40 }, (_, n) => within((trx) => appendLog(trx, note(n)))));
    const verdict = await within((trx) => verifyLog(trx));
    expect(verdict).toMatchObject({ intact: true, entries: 40, erased: 0 });
    expect(await within(logHead)).toEqual(verdict.intact && verdict.head);
  });

  it('keeps nothing of a transaction that failed', async () => {
    const { within } = await logged(2);
    await expect(
      within(async (trx) => {
        await appendLog(trx, note(3));
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    expect(await within((trx) => verifyLog(trx))).toMatchObject({ intact: true, entries: 2 });
  });

  it('is paged from the newest, also for one subject', async () => {
    const { within } = await logged(5);
    await within((trx) => appendLog(trx, note(2)));
    const seqs = async (filter: Parameters<typeof logPage>[1]) =>
      (await within((trx) => logPage(trx, filter))).map(({ seq }) => seq);
    expect(await seqs({ limit: 3 })).toEqual([6, 5, 4]);
    expect(await seqs({ limit: 3, before: 4 })).toEqual([3, 2, 1]);
    expect(await seqs({ limit: 9, subject: { type: 'note', id: '2' } })).toEqual([6, 2]);
  });

  const foreign = [
    { actor: 'Anna <anna@example.org>' },
    { action: 'two words' },
    { action: 'line\nfeed' },
    { subject: { type: 'note', id: 'line\nfeed' } },
    { subject: { type: '', id: '1' } },
    { persons: ['no id'] },
  ];
  it.each(foreign)('refuses what is not an id or a word: %j', async (part) => {
    const { within } = await logged(0);
    await expect(within((trx) => appendLog(trx, { ...note(1), ...part }))).rejects.toThrow(/check constraint|uuid/);
  });
});

describe('the application', () => {
  const attempts = [
    'UPDATE proviso.log_entry SET actor = actor',
    'DELETE FROM proviso.log_entry',
    'TRUNCATE proviso.log_entry CASCADE',
    `INSERT INTO proviso.log_entry SELECT * FROM proviso.log_entry`,
    'UPDATE proviso.log_content SET content = content',
    'DELETE FROM proviso.log_content',
    'UPDATE proviso.log_head SET seq = 0',
    'DELETE FROM proviso.log_head',
    'ALTER TABLE proviso.log_entry DISABLE TRIGGER ALL',
    'DROP TABLE proviso.log_content',
    'SET LOCAL session_replication_role = replica',
  ];
  it.each(attempts)('may not: %s', async (statement) => {
    const { within } = await logged(1);
    await expect(within((trx) => sql.raw(statement).execute(trx))).rejects.toThrow(/permission denied|must be owner/);
  });

  it.each(attempts.slice(0, 3))('nor may the owner of the tables: %s', async (statement) => {
    await logged(1);
    await expect(base.store.asOwner((client) => client.query(statement))).rejects.toThrow('append-only');
  });

  it('may not append without a tenant', async () => {
    await expect(base.store.db.transaction().execute((trx) => appendLog(trx as TenantScope, note(1)))).rejects.toThrow(
      'No tenant',
    );
  });
});

describe('verifyLog', () => {
  const forgeries: [string, string, number, string][] = [
    ['an edited entry', `UPDATE proviso.log_entry SET actor = 'key:1' WHERE seq = 3`, 3, 'edited'],
    ['an edited content', `UPDATE proviso.log_content SET content = '{}' WHERE seq = 2`, 2, 'content'],
    ['a removed entry', 'DELETE FROM proviso.log_entry WHERE seq = 2', 3, 'gap'],
    ['a removed end', 'DELETE FROM proviso.log_entry WHERE seq > 4', 5, 'truncated'],
  ];
  it.each(forgeries)('finds %s', async (_, statement, seq, fault) => {
    const { tenant, within } = await logged(6);
    await tamper(`${statement} AND tenant = '${tenant}'`);
    expect(await within((trx) => verifyLog(trx))).toMatchObject({ intact: false, seq, fault });
  });

  it('finds an end that was removed with the head, by an anchor', async () => {
    const { tenant, within } = await logged(6);
    const anchor = await within(logHead);
    await tamper(`DELETE FROM proviso.log_entry WHERE seq > 4 AND tenant = '${tenant}'`);
    await tamper(
      `UPDATE proviso.log_head h SET seq = 4, hash = e.hash FROM proviso.log_entry e WHERE e.tenant = h.tenant AND e.seq = 4 AND h.tenant = '${tenant}'`,
    );
    expect(await within((trx) => verifyLog(trx))).toMatchObject({ intact: true, entries: 4 });
    expect(await within((trx) => verifyLog(trx, anchor))).toMatchObject({ intact: false, seq: 5, fault: 'truncated' });
  });
});

describe('erasing', () => {
  it('a person leaves nothing of them, and the log valid', async () => {
    const { own, within } = await logged(2);
    const { person, tenant } = own;
    await within((trx) => appendLog(trx, { ...note(3, [person]), content: { name: 'Anna Secretname' } }));
    const anchor = await within(logHead);
    await within(async (trx) => {
      const { email } = await trx
        .selectFrom('person')
        .select('email')
        .where('id', '=', person)
        .executeTakeFirstOrThrow();
      const letter = { id: randomUUID(), toAddress: email?.toUpperCase() ?? '', subject: 'Dear Anna', body: 'Anna,' };
      await trx
        .insertInto('outbox')
        .values({ tenant, ...letter })
        .execute();
    });
    expect(await within((trx) => erasePerson(trx, person, 'system'))).toBe(true);
    expect(await within((trx) => verifyLog(trx, anchor))).toMatchObject({ intact: true, entries: 4, erased: 1 });
    const dump = await base.store.asOwner(async (client) => {
      const rows = await client.query(
        `SELECT (SELECT json_agg(p) FROM proviso.person p WHERE tenant = $1)::text AS persons,
        (SELECT json_agg(c) FROM proviso.log_content c WHERE tenant = $1)::text AS contents,
        (SELECT json_agg(o) FROM proviso.outbox o WHERE tenant = $1)::text AS letters,
        (SELECT count(*) FROM proviso.membership WHERE tenant = $1) AS members`,
        [tenant],
      );
      return rows.rows[0];
    });
    expect(JSON.stringify(dump)).not.toMatch(/Anna|@|Secretname/);
    expect(dump.members).toBe(0);
    expect(await within((trx) => erasePerson(trx, randomUUID(), 'system'))).toBe(false);
  });

  it("another tenant's person is not possible", async () => {
    const one = await logged(0);
    const two = await logged(0);
    expect(await one.within((trx) => erasePerson(trx, two.own.person, 'system'))).toBe(false);
  });

  it('what has expired leaves the rest', async () => {
    const { within } = await logged(3);
    const far = await within((trx) => expireContent(trx, new Date(0)));
    expect(far).toBe(0);
    const all = await within((trx) => expireContent(trx, new Date(Date.now() + 60_000)));
    expect(all).toBe(3);
    const contents: (string | null)[] = [];
    await within(async (trx) => {
      for await (const { content } of readLog(trx)) contents.push(content?.text ?? null);
    });
    expect(contents.slice(0, 3)).toEqual([null, null, null]);
    expect(contents[3]).toContain('"erased":3');
    expect(await within((trx) => verifyLog(trx))).toMatchObject({ intact: true, entries: 4, erased: 3 });
  });
});
