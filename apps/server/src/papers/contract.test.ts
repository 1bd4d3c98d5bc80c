import { randomUUID } from 'node:crypto';
import { upcoming } from '@proviso/procurement';
import { getPurchase, withTenant } from '@proviso/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSandbox } from '../library/sandbox.ts';
import { eventsOf } from '../messages/calendar.ts';
import { reminderWorker } from '../messages/reminders.ts';
import { CONTRACT, evaluated, signed } from '../offers/testing/signed.ts';
import { documentOf } from '../purchases/rows.ts';
import type { Life } from '../testing/purchases.ts';
import { type TestServer, tryServer } from '../testing/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await tryServer();
});
afterAll(async () => {
  await closeSandbox();
  await server.close();
});

const upload = (who: string, life: Life, name: string, content: string) =>
  server.ask(
    who,
    'POST',
    server.at(`/purchases/${life.id}/papers?name=${encodeURIComponent(name)}`),
    Buffer.from(content),
    { 'content-type': 'application/octet-stream' },
  );
const refusalOf = async (life: Life, who: string, type: string, input: unknown) => {
  const url = server.at(`/purchases/${life.id}/commands/${type}`);
  const answer = await server.ask(who, 'POST', url, { version: life.view.version, input });
  return [answer.statusCode, answer.json().code];
};
const home = async (who: string) => (await server.ask(who, 'GET', server.at('/home'))).json();
const outbox = async (subject: string) =>
  (await server.ask('owner', 'GET', server.at('/outbox')))
    .json()
    .rows.filter((row: { subject: string }) => row.subject.startsWith(subject));

describe('a signed contract', () => {
  let life: Life;
  let first: Life['view']['purchase']['obligations'][number];
  beforeAll(async () => {
    ({ life } = await signed(server));
    [first] = life.view.purchase.obligations.toSorted((a, b) => a.due.localeCompare(b.due)) as [typeof first];
  }, 60_000);

  it('tells once who answers for what, and names nobody who does not work here', async () => {
    expect((await outbox('You own obligations')).map(({ to }: { to: string }) => to)).toEqual(['buyer@example.org']);
    const stranger = { obligation: first.id, owner: randomUUID() };
    expect(await refusalOf(life, 'security', 'obligation.assign', stranger)).toEqual([422, 'unknown']);
    expect(await refusalOf(life, 'evaluator', 'obligation.assign', stranger)).toEqual([403, 'not-permitted']);
  });

  it('shows its obligations at home from the day of the reminder on, however many others were changed since', async () => {
    const late = async (who: string) =>
      (await home(who)).waiting.filter(({ what }: { what: string }) => what === 'obligation');
    expect(await late('buyer')).toEqual([]);
    const day = life.view.purchase.obligations.filter(({ due }) => due === first.due);
    server.setClock(`${first.due}T06:00:00Z`);
    const [nearest, ...others] = await late('buyer');
    expect(others.every(({ due }: { due: string }) => due > nearest.due)).toBe(true);
    expect([nearest]).toEqual([
      {
        purchase: life.id,
        title: 'Citizens’ portal',
        what: 'obligation',
        due: expect.stringMatching(new RegExp(`^${first.due}T2[12]:59:59.999Z$`)),
        count: day.length,
      },
    ]);
    expect(await late('owner')).toEqual([]);
    const next = (await home('owner')).deadlines.find(({ kind }: { kind: string }) => kind === 'obligation-due');
    expect(next).toMatchObject({ purchase: life.id, count: day.length });
    server.setClock('2026-02-16T13:30:00Z');
  });

  it('reminds each owner once of all that is due on a day', async () => {
    const jobs = server.sent.filter(
      ({ queue, data }) => queue === 'reminder' && (data as { what: string }).what.startsWith('obligation-due'),
    );
    const whats = jobs.map(({ data }) => (data as { what: string }).what);
    expect(new Set(whats).size).toBe(new Set(life.view.purchase.obligations.map(({ due }) => due)).size);
    expect(whats).toContain(`obligation-due ${first.due}`);
    await life.gives('legal', 'obligation.assign', { obligation: first.id, owner: server.people.security });
    const [given] = await outbox('An obligation is now yours');
    expect([given.to, given.body]).toEqual([
      'security@example.org',
      expect.stringContaining(`/purchases/${life.id}/contract/${first.id}`),
    ]);
    server.setClock(`${first.due}T06:00:00Z`);
    const work = reminderWorker(server.deps);
    const job = { tenant: server.tenant, purchase: life.id, what: `obligation-due ${first.due}` };
    await work(job, { id: 'job', signal: new AbortController().signal });
    const letters = await outbox('Obligations are due soon');
    const others = life.view.purchase.obligations.filter(({ due }) => due === first.due).length - 1;
    expect(letters.map(({ to }: { to: string }) => to).toSorted()).toEqual(
      [...(others > 0 ? ['buyer@example.org'] : []), 'security@example.org'].toSorted(),
    );
    expect(letters.find(({ to }: { to: string }) => to.startsWith('security')).body).toContain(first.requirement);
    server.setClock('2026-02-16T13:30:00Z');
  });

  it('is in calendars with one entry a day, which names the requirements', () => {
    const at = '2026-02-16T13:30:00Z';
    const events = eventsOf(life.view.purchase, at, 'https://x');
    const all = upcoming(life.view.purchase, at).filter(({ kind }) => kind === 'obligation-due');
    const days = events.filter(({ uid }) => uid.includes('obligation-due'));
    expect(days.length).toBe(new Set(all.map(({ deadline }) => deadline.local)).size);
    expect(days.length).toBeLessThan(all.length);
    expect(days[0]).toMatchObject({
      description: expect.stringContaining(first.requirement),
      url: 'https://x/contract',
    });
  });

  it('takes a proof, which is kept with its name and found again by who may read contracts', async () => {
    const put = await upload('security', life, 'Report <2026>.pdf', '%PDF-1.7 tested');
    expect([put.statusCode, put.json()]).toEqual([
      201,
      { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), name: 'Report <2026>.pdf', bytes: 15 },
    ]);
    const { sha256 } = put.json();
    const url = server.at(`/purchases/${life.id}/papers`);
    // Before a command names it, it proves nothing.
    expect((await server.ask('security', 'GET', `${url}/${sha256}`)).statusCode).toBe(404);
    await life.gives('security', 'obligation.update', {
      obligation: first.id,
      state: 'met',
      evidence: sha256,
      reason: '',
    });
    const now = life.view.purchase.obligations.find(({ id }) => id === first.id);
    expect(now?.history.at(-1)).toMatchObject({ state: 'met', due: first.due, evidence: sha256 });
    if (first.every) expect(now?.due.localeCompare(first.due)).toBe(1);
    expect((await server.ask('auditor', 'GET', url)).json()).toEqual([put.json()]);
    const got = await server.ask('legal', 'GET', `${url}/${sha256}`);
    expect([got.body, got.headers['content-type']]).toEqual(['%PDF-1.7 tested', 'application/octet-stream']);
    expect(got.headers['content-disposition']).toContain('attachment');
    for (const who of ['evaluator', 'opener'])
      expect((await server.ask(who, 'GET', `${url}/${sha256}`)).statusCode, who).toBe(403);
    const elsewhere = `/api/t/${server.other}/purchases/${life.id}/papers`;
    expect((await server.ask('other', 'GET', `${elsewhere}/${sha256}`)).statusCode).toBe(404);
    expect((await upload('other', life, 'x', 'y')).statusCode).toBe(404);
    expect((await upload('evaluator', life, 'x', 'y')).statusCode).toBe(403);
    expect((await upload('buyer', life, 'x', '')).json().code).toBe('empty-file');
  });

  it('has its proofs in the dossier, under their names', async () => {
    const zip = await server.ask('auditor', 'GET', server.at(`/purchases/${life.id}/dossier.zip`));
    expect(zip.rawPayload.includes(Buffer.from('papers/1 '))).toBe(true);
  });

  it('ends with a reason; what is owed at the end still waits, and what would be repeated does not', async () => {
    expect(await refusalOf(life, 'buyer', 'contract.end', { reason: 'Over.' })).toEqual([403, 'not-permitted']);
    await life.gives('owner', 'contract.end', { reason: 'The supplier stops.' });
    const exits = life.view.purchase.obligations.filter(({ kind, state }) => kind === 'exit' && state === 'open');
    const rows = await withTenant(server.deps.store.db, server.tenant, (trx) =>
      trx.selectFrom('owed').select('obligation').where('purchase', '=', life.id).execute(),
    );
    expect(rows.map(({ obligation }) => obligation).toSorted()).toEqual(exits.map(({ id }) => id).toSorted());
    const [letter] = await outbox('Contract ended');
    expect(letter.body).toContain('The supplier stops.');
  });
});

describe('an offer that binds for longer', () => {
  it('rests on the supplier’s letter, which is kept', async () => {
    server.setClock('2026-01-05T09:00:00Z');
    const { life, offer } = await evaluated(server);
    const { sha256 } = (await upload('buyer', life, 'Letter of Acme.pdf', 'We stay bound.')).json();
    const input = { offer, until: '2026-09-30T12:00', evidence: sha256 };
    await life.gives('buyer', 'validity.extend', input);
    const url = server.at(`/purchases/${life.id}/papers`);
    expect((await server.ask('buyer', 'GET', url)).json()).toMatchObject([{ name: 'Letter of Acme.pdf' }]);
    expect(await refusalOf(life, 'buyer', 'validity.extend', { ...input, until: '2026-09-01T12:00' })).toEqual([
      422,
      'never-shorter',
    ]);
  }, 60_000);
});

describe('a framework', () => {
  it('starts call-offs among its parties, each a purchase of its own', async () => {
    server.setClock('2026-01-05T09:00:00Z');
    const { life, acme } = await signed(server, { procedure: 'framework', ceiling: 8_000_000 });
    const id = randomUUID();
    const input = { purchase: id, lot: 'all', value: 5_000_000 };
    expect(await refusalOf(life, 'buyer', 'call-off.start', input)).toEqual([422, 'framework-over']);
    server.setClock(`${CONTRACT.from}T09:00:00Z`);
    await life.gives('buyer', 'call-off.start', input);
    const row = await withTenant(server.deps.store.db, server.tenant, (trx) => getPurchase(trx, id));
    const made = row && documentOf(row);
    expect([made?.description.procedure, made?.invited, made?.framework?.purchase]).toEqual([
      'call-off',
      [acme.supplier],
      life.id,
    ]);
    expect(life.view.purchase.callOffs).toMatchObject([input]);
    const more = { ...input, purchase: randomUUID(), value: 3_000_001 };
    expect(await refusalOf(life, 'buyer', 'call-off.start', more)).toEqual([422, 'over-ceiling']);
  }, 60_000);
});
