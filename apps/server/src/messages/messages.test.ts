import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deleteWebhook, getDelivery, insertLetter, listLetters, withTenant } from '@proviso/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bidder, bids, invited } from '../offers/testing/bids.ts';
import { type Life, published } from '../testing/purchases.ts';
import { type TestServer, tryServer } from '../testing/server.ts';
import { mailWorker } from './mail.ts';
import { reminderWorker } from './reminders.ts';
import { signatureOf } from './webhook-call.ts';
import { webhookWorker } from './webhooks.ts';

let server: TestServer;
let life: Life;
let acme: Bidder;
beforeAll(async () => {
  server = await tryServer();
  life = await published(server, 'Portal of\u202e the <town>');
  acme = await invited(server, life, 'Acme');
  await invited(server, life, 'Bolt');
});
afterAll(() => server.close());

interface Row {
  to: string;
  subject: string;
  body: string;
  state: string;
}
const outbox = async (): Promise<Row[]> => (await server.ask('owner', 'GET', server.at('/outbox'))).json().rows;
const reload = async () => {
  life.view = (await server.ask('buyer', 'GET', server.at(`/purchases/${life.id}`))).json();
};
const context = () => ({ id: 'job', signal: new AbortController().signal });
const within = <R>(work: Parameters<typeof withTenant<R>>[2]) => withTenant(server.deps.store.db, server.tenant, work);

describe('letters', () => {
  it('tell each who must know, and only them', async () => {
    const wanted = (await outbox()).filter(({ subject }) => subject.startsWith('Your approval'));
    expect(wanted.map(({ to }) => to).sort()).toEqual(['legal@example.org', 'security@example.org']);
    for (const { subject, body } of await outbox()) {
      expect(subject).toMatch(/^[^\r\n\u202e]+$/);
      expect(body).not.toContain('\u202e');
    }
  });

  it('bring an answer to all suppliers, without who asked', async () => {
    const asked = (await acme.ask('POST', '/api/offer/questions', { text: 'Acme asks: which {answer}?' })).json().id;
    expect((await outbox()).filter(({ subject }) => subject.startsWith('A supplier has')).map(({ to }) => to)).toEqual([
      'buyer@example.org',
    ]);
    await reload();
    await life.gives('buyer', 'question.answer', {
      question: asked,
      text: 'TLS 1.3 {question}.',
      wording: 'Which {answer}?',
      closing: null,
      insignificant: null,
    });
    const letters = (await outbox()).filter(({ subject }) => subject.startsWith('Question answered'));
    expect(letters).toHaveLength(2);
    for (const { body } of letters) {
      expect(body).toContain('Question: Which {answer}?\n\nAnswer: TLS 1.3 {question}.');
      expect(body).not.toContain('Acme');
    }
  });

  it('tell of a correction, with the later closing', async () => {
    await life.gives('buyer', 'corrigendum.publish', {
      id: 'c1',
      significance: 'minor',
      reason: 'A word was missing.',
      closing: '2026-02-18T12:00',
      demand: null,
      plan: null,
      changed: [{ what: 'Annex 2', from: '', to: 'with' }],
    });
    const letter = (await outbox()).find(({ subject }) => subject.startsWith('Correction'));
    expect(letter?.body).toContain('– Annex 2:  → with');
    expect(letter?.body).toContain('until February 18, 2026, 12:00 (Europe/Brussels)');
  });
});

describe('mail', () => {
  it('leaves once, without the secret link afterwards; what cannot leave says why', async () => {
    const sent: { to: string; text: string }[] = [];
    await mailWorker(server.deps, null)({ tenant: server.tenant }, context());
    const before = (await outbox()).length;
    expect((await outbox()).filter(({ state }) => state === 'waiting')).toHaveLength(before);
    const id = randomUUID();
    await within((trx) => insertLetter(trx, { id, toAddress: 'broken@example.org', subject: 's', body: 'b' }));
    const send = async ({ to, text }: { to: string; text: string }) => {
      if (to === 'broken@example.org') throw new Error('550 no such mailbox');
      sent.push({ to, text });
    };
    await mailWorker(server.deps, send)({ tenant: server.tenant }, context());
    await mailWorker(server.deps, send)({ tenant: server.tenant }, context());
    expect(sent.filter(({ text }) => text.includes(acme.token))).toHaveLength(1);
    const kept = await within((trx) => listLetters(trx, { limit: 100 }));
    expect(kept.rows.map(({ body }) => body).join('\n')).not.toContain(acme.token);
    expect(kept.rows.find((row) => row.id === id)).toMatchObject({
      state: 'waiting',
      attempts: 1,
      lastError: '550 no such mailbox',
    });
    expect(kept.rows.filter((row) => row.id !== id && row.state !== 'sent')).toEqual([]);
  });
});

describe('reminders', () => {
  const due = async (what: string) =>
    await reminderWorker(server.deps)({ tenant: server.tenant, purchase: life.id, what }, context());
  const near = async () => (await outbox()).filter(({ subject }) => subject.startsWith('Closing soon'));

  it('are left for the days before, and wait on where a deadline has moved', async () => {
    const closing = server.sent.filter(
      ({ queue, data }) => queue === 'reminder' && (data as { what: string }).what === 'closing',
    );
    expect(closing[0]?.at?.toISOString()).toBe('2026-02-13T11:00:00.000Z');
    server.setClock('2026-02-13T11:00:00Z');
    await due('closing');
    expect(server.sent.at(-1)).toMatchObject({ queue: 'reminder', at: new Date('2026-02-15T11:00:00Z') });
    expect(await near()).toEqual([]);
  });

  it('go to suppliers without an offer, and nobody sees to whom before the closing', async () => {
    await bids(acme);
    server.setClock('2026-02-15T11:00:00Z');
    await due('closing');
    expect(await near()).toEqual([]);
    const team = (await outbox()).filter(({ subject }) => subject.startsWith('Deadline near'));
    expect(team.map(({ to }) => to)).toEqual(['buyer@example.org']);
    server.setClock('2026-02-18T11:00:01Z');
    expect(await near()).toHaveLength(1);
    await due('closing');
    await due('no such thing');
    expect(await near()).toHaveLength(1);
    server.setClock('2026-01-05T09:00:00Z');
  });
});

describe('the calendar', () => {
  const address = async (who: string, method = 'GET') =>
    (await server.ask(who, method, server.at('/calendar'))).json().address as string;
  const feed = async (url: string) => await server.app.inject(new URL(url).pathname);

  it('shows deadlines at a secret address, until it gets another or its person leaves', async () => {
    const mine = await address('buyer');
    expect(mine).not.toBe(await address('owner'));
    const { body, headers, statusCode } = await feed(mine);
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(body).toContain('DTSTART:20260218T110000Z');
    expect(body.replaceAll('\r\n ', '')).toContain(`URL:http://proviso.test/t/${server.tenant}/purchases/${life.id}`);
    for (const wrong of [
      mine.replace(/.{6}\.ics$/, 'AAAAAA.ics'),
      `${mine}x`,
      'http://x/calendar/',
      'http://x/calendar/..%2f.ics',
    ])
      expect((await feed(wrong)).statusCode, wrong).toBe(404);
    const other = await address('buyer', 'POST');
    expect((await feed(mine)).statusCode).toBe(404);
    expect((await feed(other)).statusCode).toBe(200);
    await within((trx) =>
      trx
        .deleteFrom('membership')
        .where('person', '=', server.people.buyer ?? '')
        .execute(),
    );
    expect((await feed(other)).statusCode).toBe(404);
  });
});

describe('a webhook', () => {
  const asked: { headers: IncomingMessage['headers']; body: string }[] = [];
  let status = 200;
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push({ headers: request.headers, body });
      response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end('answer');
    });
  });
  let url: string;
  beforeAll(async () => {
    await new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?x=1`;
  });
  afterAll(() => new Promise((closed) => receiver.close(closed)));

  const hooks = () => server.at('/webhooks');
  const calls = () =>
    server.sent
      .filter(({ queue }) => queue === 'webhook')
      .map(({ data }) => data as { tenant: string; delivery: string });

  it('is called with what happened, signed, ids only', async () => {
    const made = (await server.ask('owner', 'POST', hooks(), { url, events: ['question.asked'] })).json();
    expect((await server.ask('owner', 'GET', hooks())).json()).toMatchObject([
      { id: made.id, url, events: ['question.asked'] },
    ]);
    expect(JSON.stringify((await server.ask('owner', 'GET', hooks())).json())).not.toContain(made.secret);
    await acme.ask('POST', '/api/offer/questions', { text: 'Secret of Acme?' });
    const job = calls().at(-1) as { tenant: string; delivery: string };
    await webhookWorker(server.deps, true)(job, context());
    await webhookWorker(server.deps, true)(job, context());
    expect(asked).toHaveLength(1);
    const [{ headers, body } = { headers: {}, body: '' }] = asked;
    expect(headers['proviso-signature']).toBe(signatureOf(body, made.secret, server.deps.now()));
    expect(headers['proviso-signature']).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);
    expect(JSON.parse(body)).toMatchObject({ event: 'question.asked', tenant: server.tenant, purchase: life.id });
    expect(body).not.toContain('Acme');
    const list = (await server.ask('owner', 'GET', `${hooks()}/${made.id}/deliveries`)).json();
    expect(list).toMatchObject([{ event: 'question.asked', state: 'sent', status: 200, attempts: 1, error: null }]);
  });

  it('that does not take a call is called again, and given up at last', async () => {
    status = 302;
    await acme.ask('POST', '/api/offer/questions', { text: 'Again?' });
    const job = calls().at(-1) as { tenant: string; delivery: string };
    await expect(webhookWorker(server.deps, true)(job, context())).rejects.toThrow('status 302');
    await within((trx) =>
      trx.updateTable('webhookDelivery').set({ attempts: 10 }).where('id', '=', job.delivery).execute(),
    );
    await webhookWorker(server.deps, true)(job, context());
    const kept = await within((trx) => getDelivery(trx, job.delivery));
    expect(kept).toMatchObject({ state: 'failed', status: 302, lastError: 'status 302', attempts: 11 });
    status = 200;
  });

  it('does not lead into our own network unless the operator says so', async () => {
    const before = asked.length;
    for (const address of [
      url,
      url.replace('http:', 'https:'),
      'https://localhost/',
      'https://[::1]/',
      'https://169.254.169.254/',
    ]) {
      const made = (await server.ask('owner', 'POST', hooks(), { url: address, events: ['*'] })).json();
      await acme.ask('POST', '/api/offer/questions', { text: `To ${address}` });
      const found = await within((trx) =>
        trx.selectFrom('webhookDelivery').select('id').where('webhook', '=', made.id).executeTakeFirstOrThrow(),
      );
      const call = webhookWorker(server.deps, false)({ tenant: server.tenant, delivery: found.id }, context());
      await expect(call, address).rejects.toThrow(/not-https|private-address/);
      await within((trx) => deleteWebhook(trx, made.id));
    }
    expect(asked.length).toBe(before);
  });

  it.each([
    ['owner', { url: 'ftp://example.org', events: ['*'] }, 422, 'bad-field'],
    ['owner', { url: 'javascript:alert(1)', events: ['*'] }, 422, 'bad-field'],
    ['owner', { url: 'https://example.org', events: ['no.such'] }, 422, 'unknown'],
    ['owner', { url: 'https://example.org', events: [] }, 422, 'bad-field'],
    ['auditor', { url: 'https://example.org', events: ['*'] }, 403, 'not-permitted'],
  ])('is refused to %s as %j', async (who, body, code, problem) => {
    const answer = await server.ask(who, 'POST', hooks(), body);
    expect([answer.statusCode, answer.json().code]).toEqual([code, problem]);
  });
});
