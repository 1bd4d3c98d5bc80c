import { randomUUID } from 'node:crypto';
import { createLinkSecret, missingIn, openDraft, sealDraft, verifyReceipt } from '@proviso/sealing';
import { withTenant } from '@proviso/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDue } from '../purchases/closing.ts';
import { type Life, published } from '../testing/purchases.ts';
import { type TestServer, tryServer } from '../testing/server.ts';
import { type Bidder, bidder, bids, invited, sealed } from './testing/bids.ts';

let server: TestServer;
let life: Life;
let acme: Bidder;
let bolt: Bidder;
beforeAll(async () => {
  server = await tryServer();
  life = await published(server);
  acme = await invited(server, life, 'Acme');
  bolt = await invited(server, life, 'Bolt');
});
afterAll(() => server.close());

const bytes = { 'content-type': 'application/octet-stream' };
const codeOf = (answer: { statusCode: number; json(): { code?: string } }) => [answer.statusCode, answer.json().code];

describe('a link', () => {
  it('that is not there, guessed or missing leads nowhere', async () => {
    const guess = (token: string) => bidder(server, { supplier: '', invitation: '', token }).ask('GET', '/api/offer');
    expect(codeOf(await guess('x'.repeat(43)))).toEqual([404, 'link-unknown']);
    expect(codeOf(await guess(acme.token.slice(0, -1)))).toEqual([404, 'link-unknown']);
    expect(codeOf(await guess(`${acme.token} `.repeat(20)))).toEqual([401, 'link-missing']);
    expect(codeOf(await server.app.inject('/api/offer'))).toEqual([401, 'link-missing']);
  });

  it('is kept as a hash alone, and in the letter until it is sent', async () => {
    const { rows } = await server.base.store.asOwner((client) =>
      client.query<{ row: string }>('SELECT to_jsonb(i)::text AS row FROM proviso.invitation i'),
    );
    expect(rows.map(({ row }) => row).join()).not.toContain(acme.token);
    const letters = (await server.ask('owner', 'GET', server.at('/outbox'))).json().rows;
    const letter = letters.find(({ body }: { body: string }) => body.includes(acme.token));
    expect(letter).toMatchObject({ to: 'bids@supplier.example', state: 'waiting' });
    expect(letter.body).toContain(`http://proviso.test/offer#${acme.token}`);
  });

  it('ends by its day, or when it is revoked; what was handed in stays', async () => {
    const gone = await invited(server, life, 'Gone', 3);
    const offer = await bids(gone);
    server.setClock('2026-01-08T09:00:00Z');
    expect(codeOf(await gone.ask('GET', '/api/offer'))).toEqual([410, 'link-ended']);
    server.setClock('2026-01-05T09:00:00Z');
    expect((await gone.view()).offers.map(({ id }) => id)).toEqual([offer]);
    const url = server.at(`/purchases/${life.id}/invitations/${gone.invitation}`);
    expect((await server.ask('auditor', 'DELETE', url)).statusCode).toBe(403);
    expect((await server.ask('buyer', 'DELETE', url)).statusCode).toBe(204);
    expect(codeOf(await gone.ask('GET', '/api/offer'))).toEqual([410, 'link-ended']);
    expect(codeOf(await gone.ask('POST', '/api/offer/submit', await sealed(acme)))).toEqual([410, 'link-ended']);
    const list = (await server.ask('buyer', 'GET', server.at(`/purchases/${life.id}/invitations`))).json();
    expect(list.find(({ id }: { id: string }) => id === gone.invitation)).toMatchObject({
      name: 'Gone',
      revoked: '2026-01-05T09:00:00.000Z',
    });
  });

  it('is the only one of a supplier: a second one is refused, or takes the place of the first', async () => {
    const again = await invited(server, life, 'Again');
    const url = server.at(`/purchases/${life.id}/invitations`);
    const invite = (more: object) => server.ask('buyer', 'POST', url, { supplier: again.supplier, days: 30, ...more });
    const refusal = await invite({});
    expect(codeOf(refusal)).toEqual([409, 'already-invited']);
    expect(refusal.json().message).toContain('Again has a link');
    expect((await again.ask('GET', '/api/offer')).statusCode).toBe(200);
    const renewed = (await invite({ replace: true })).json();
    const own = { ...again, invitation: renewed.id, token: new URL(renewed.link).hash.slice(1) };
    expect((await bidder(server, own).ask('GET', '/api/offer')).statusCode).toBe(200);
    expect(codeOf(await again.ask('GET', '/api/offer'))).toEqual([410, 'link-ended']);
    // One that ended leaves room for another.
    await server.ask('buyer', 'DELETE', `${url}/${renewed.id}`);
    expect((await invite({})).statusCode).toBe(201);
  });

  it('shows what is published, in the language asked for, and nothing of others', async () => {
    await bids(bolt, { text: 'Only Bolt says this' });
    await bolt.ask('POST', '/api/offer/questions', { text: 'A question by Bolt?' });
    const view = await acme.view();
    expect(view.purchase).toMatchObject({ title: 'Citizens’ portal', buyer: 'Town of Aarlen', state: 'published' });
    expect([view.offers, view.own, view.questions]).toEqual([[], [], []]);
    expect(view.keys?.parts.map(({ part }) => part)).toEqual(['quality', 'price']);
    const french = (await acme.ask('GET', '/api/offer?language=fr')).json();
    expect(french.form.language).toBe('fr');
    for (const text of [JSON.stringify(view), JSON.stringify(french)]) {
      expect(text).not.toContain('Bolt');
      expect(text).not.toContain(bolt.supplier);
    }
    expect((await bolt.view()).own[0]?.text).toBe('A question by Bolt?');
  });
});

describe('a draft', () => {
  it('is kept as only the link can read it, and two tabs do not write over each other', async () => {
    const secret = await createLinkSecret();
    const binding = { purchase: life.id, invitation: acme.invitation };
    const draft = async (text: string) => Buffer.from(await sealDraft({ text }, binding, secret));
    const put = async (text: string, version: string) =>
      acme.ask('PUT', '/api/offer/draft', await draft(text), { ...bytes, 'if-match': version });
    expect(codeOf(await acme.ask('GET', '/api/offer/draft'))).toEqual([404, 'not-found']);
    expect((await put('first', '"0"')).json()).toEqual({ version: 1 });
    expect((await put('second', '"1"')).json()).toEqual({ version: 2 });
    expect((await put('other tab', '"1"')).json()).toMatchObject({ code: 'version-conflict', current: 2 });
    expect((await put('other tab', '"0"')).statusCode).toBe(409);
    const answer = await acme.ask('GET', '/api/offer/draft');
    expect(answer.headers.etag).toBe('"2"');
    expect(await openDraft(answer.rawPayload, binding, secret)).toEqual({ text: 'second' });
    expect((await acme.view()).draft).toBe(2);
    expect((await bolt.view()).draft).toBe(0);
    expect((await bolt.ask('GET', '/api/offer/draft')).statusCode).toBe(404);
  });

  it.each([
    ['plain text', Buffer.from('{"ACC-01": "we do"}'), '"2"', 422, 'not-sealed'],
    ['nothing', Buffer.alloc(0), '"2"', 422, 'not-sealed'],
    ['no version', Buffer.from('x'), '', 428, 'if-match-needed'],
    ['a wrong version', Buffer.from('x'), '"x"', 428, 'if-match-needed'],
  ])('is refused as %s', async (_, body, version, status, code) => {
    const answer = await acme.ask('PUT', '/api/offer/draft', body, { ...bytes, 'if-match': version });
    expect(codeOf(answer)).toEqual([status, code]);
  });
});

describe('a file', () => {
  it('is kept once, and by the link alone that sent it', async () => {
    const body = await sealed(acme, { files: [{ name: 'plan.txt', content: 'plan' }] });
    const [sha256 = ''] = body.files;
    const again = await acme.ask('POST', '/api/offer/files', Buffer.from(await collect(sha256)), bytes);
    expect(again.json()).toMatchObject({ sha256 });
    const others = await sealed(bolt);
    const stolen = await bolt.ask('POST', '/api/offer/submit', { ...others, files: [sha256] });
    expect(codeOf(stolen)).toEqual([422, 'file-not-sent']);
    const unknown = await bolt.ask('POST', '/api/offer/submit', { ...others, files: ['a'.repeat(64)] });
    expect(codeOf(unknown)).toEqual([422, 'file-not-sent']);
  });

  const collect = async (sha256: string) => {
    const chunks: Buffer[] = [];
    for await (const chunk of await server.deps.files.get(sha256)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };

  it.each([
    ['plain words', () => Buffer.from('These are our secret answers in plain words.')],
    ['much that is plain', () => Buffer.alloc(200_000, 'plain ')],
    ['a sealed thing that was cut', async () => (await whole()).subarray(0, -1)],
    ['a sealed thing with more behind it', async () => Buffer.concat([await whole(), Buffer.from('x')])],
  ])('is refused as %s, and not kept', async (_, made) => {
    const before = await count();
    const answer = await acme.ask('POST', '/api/offer/files', await made(), bytes);
    expect(codeOf(answer)).toEqual([422, 'not-sealed']);
    expect(await count()).toBe(before);
  });

  const whole = async () => Buffer.from((await sealed(acme)).parts[0]?.bytes ?? '', 'base64url');
  const count = async () => {
    let found = 0;
    for await (const _ of server.deps.files.list()) found++;
    return found;
  };
});

describe('an offer', () => {
  it('gets a receipt that its supplier can check, now and later', async () => {
    const body = await sealed(acme, { files: [{ name: 'a.txt', content: 'a' }] });
    const receipt = (await acme.ask('POST', '/api/offer/submit', body)).json();
    const key = (await server.app.inject('/api/receipt-key')).json();
    expect(key.d).toBeUndefined();
    const said = await verifyReceipt(receipt, [key]);
    expect(said).toMatchObject({ offer: body.id, lot: 'all', late: false, receivedAt: '2026-01-05T09:00:00.000Z' });
    const sent = body.parts.map(({ part, bytes: text }) => ({ part, bytes: Buffer.from(text, 'base64url') }));
    const { createHash } = await import('node:crypto');
    const sums = sent.map(({ part, bytes: one }) => ({
      name: part,
      sha256: createHash('sha256').update(one).digest('hex'),
      size: one.length,
    }));
    expect(missingIn(said, sums)).toEqual([]);
    expect(said.sealed).toHaveLength(3);
    expect((await acme.ask('GET', `/api/offer/receipts/${body.id}`)).json()).toEqual(receipt);
    expect(codeOf(await bolt.ask('GET', `/api/offer/receipts/${body.id}`))).toEqual([404, 'not-found']);
    // The answer was lost on its way: the same again is the same offer.
    expect((await acme.ask('POST', '/api/offer/submit', body)).json()).toEqual(receipt);
    expect((await acme.view()).offers.filter(({ id }) => id === body.id)).toHaveLength(1);
    expect(codeOf(await bolt.ask('POST', '/api/offer/submit', { ...(await sealed(bolt)), id: body.id }))).toEqual([
      422,
      'offer-id-taken',
    ]);
  });

  it('takes the place of the one before, and can be withdrawn', async () => {
    const carol = await invited(server, life, 'Carol');
    const first = await bids(carol);
    const second = await bids(carol);
    const state = async () =>
      (await carol.view()).offers.map(({ id, replaced, withdrawn }) => [id, replaced, withdrawn]);
    expect(await state()).toEqual([
      [second, false, false],
      [first, true, false],
    ]);
    expect(codeOf(await carol.ask('POST', '/api/offer/withdraw', { offer: first }))).toEqual([422, 'unknown']);
    expect(codeOf(await acme.ask('POST', '/api/offer/withdraw', { offer: second }))).toEqual([422, 'unknown']);
    expect((await carol.ask('POST', '/api/offer/withdraw', { offer: second })).statusCode).toBe(204);
    expect((await state())[0]).toEqual([second, false, true]);
    const third = await bids(carol);
    expect((await state())[0]).toEqual([third, false, false]);
  });

  it.each([
    ['another demand', { demand: 'f'.repeat(64) }, 422, 'demand-changed'],
    ['a lot that is not there', { lot: 'nothing' }, 422, 'unknown'],
    ['one part too few', { parts: (all: unknown[]) => all.slice(0, 1) }, 422, 'wrong-parts'],
    ['the parts turned round', { parts: (all: unknown[]) => all.toReversed() }, 422, 'wrong-parts'],
    ['a part twice', { parts: (all: unknown[]) => [all[0], all[0]] }, 422, 'wrong-parts'],
    ['no parts', { parts: () => [] }, 422, 'bad-field'],
    ['plain answers', { parts: () => plainParts }, 422, 'not-sealed'],
    [
      'no base64url',
      { parts: (all: { part: string; bytes: string }[]) => all.map((one) => ({ ...one, bytes: `${one.bytes}=` })) },
      422,
      'not-sealed',
    ],
    ['a field more', { price: 5 }, 422, 'bad-field'],
    ['an id that is none', { id: 'x' }, 422, 'bad-field'],
  ])('is refused with %s, and the one before stands', async (_, change, status, code) => {
    const body: Record<string, unknown> = await sealed(bolt);
    const changed: Record<string, unknown> = { ...body, id: randomUUID(), ...change };
    if (typeof changed.parts === 'function') changed.parts = (changed.parts as (all: unknown) => unknown)(body.parts);
    const before = (await bolt.view()).offers;
    expect(codeOf(await bolt.ask('POST', '/api/offer/submit', changed))).toEqual([status, code]);
    expect((await bolt.view()).offers).toEqual(before);
  });
  const plainParts = ['quality', 'price'].map((part) => ({
    part,
    bytes: Buffer.from('{"answers": 1}').toString('base64url'),
  }));

  it('is taken of several suppliers at once, each with its receipt', async () => {
    const bodies = await Promise.all([acme, bolt].map(async (who) => ({ who, body: await sealed(who) })));
    const answers = await Promise.all(bodies.map(({ who, body }) => who.ask('POST', '/api/offer/submit', body)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
    // A double click: one offer, and the same receipt twice.
    const body = await sealed(acme);
    const twice = await Promise.all([1, 2, 3].map(() => acme.ask('POST', '/api/offer/submit', body)));
    expect(new Set(twice.map((answer) => answer.json().signature)).size).toBe(1);
    expect((await acme.view()).offers.filter(({ id }) => id === body.id)).toHaveLength(1);
  });

  it('that tells who bids is not seen in letters or lists before the closing', async () => {
    const outbox = (await server.ask('owner', 'GET', server.at('/outbox'))).json().rows;
    expect(outbox.some(({ subject }: { subject: string }) => subject.startsWith('Offer received'))).toBe(false);
    const kept = await withTenant(server.deps.store.db, server.tenant, (trx) =>
      trx.selectFrom('outbox').select(['subject', 'hiddenUntil']).where('subject', 'like', 'Offer received%').execute(),
    );
    expect(kept.length).toBeGreaterThan(3);
    expect(kept[0]?.hiddenUntil?.toISOString()).toBe('2026-02-16T11:00:00.000Z');
    const opening = (await server.ask('buyer', 'GET', server.at(`/purchases/${life.id}/opening`))).json();
    expect(opening.offers).toEqual([]);
    const history = (await server.ask('buyer', 'GET', server.at(`/suppliers/${acme.supplier}`))).json();
    expect(history.history).toMatchObject([{ purchase: life.id, offers: 0 }]);
  });
});

describe('after the closing', () => {
  it('an offer is recorded as late, and nothing is withdrawn or asked any more', async () => {
    const offer = await bids(acme);
    const late = await sealed(bolt);
    // A moment after, before the server's clock has closed the purchase.
    server.setClock('2026-02-16T11:00:00.001Z');
    const receipt = (await bolt.ask('POST', '/api/offer/submit', late)).json();
    expect(receipt.receipt).toMatchObject({ late: true, receivedAt: '2026-02-16T11:00:00.001Z' });
    const [first, ...rest] = (await bolt.view()).offers;
    expect(first).toMatchObject({ id: late.id, late: true, replaced: false });
    expect(rest.some(({ replaced, late: is }) => !replaced && !is)).toBe(true);
    expect(codeOf(await acme.ask('POST', '/api/offer/withdraw', { offer }))).toEqual([422, 'closing-passed']);
    expect(codeOf(await acme.ask('POST', '/api/offer/questions', { text: 'Too late?' }))).toEqual([
      422,
      'closing-passed',
    ]);
    expect(await closeDue(server.deps)).toBe(1);
    const again = await sealed(acme);
    expect((await acme.ask('POST', '/api/offer/submit', again)).json().receipt.late).toBe(true);
    // What was in time stays what counts.
    const opening = (await server.ask('buyer', 'GET', server.at(`/purchases/${life.id}/opening`))).json();
    expect(opening.offers.filter((one: { late: boolean }) => one.late)).toHaveLength(2);
  });
});
