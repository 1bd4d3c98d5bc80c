import { randomUUID } from 'node:crypto';
import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withTenant } from '@proviso/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drafted, type Life, published, specified } from '../testing/purchases.ts';
import { type TestServer, tryServer } from '../testing/server.ts';
import { closeDue } from './closing.ts';
import { carryOut, giveCommand, onEvents } from './commands.ts';

let server: TestServer;
beforeAll(async () => {
  server = await tryServer();
});
afterAll(() => server.close());

const commandUrl = (life: Life, type: string) => server.at(`/purchases/${life.id}/commands/${type}`);
const viewBy = async (who: string, life: Life) =>
  (await server.ask(who, 'GET', server.at(`/purchases/${life.id}`))).json();

describe('a purchase', () => {
  it('is of a place that somebody chose: of the last purchase, where none is set', async () => {
    const begin = (more: object) => server.ask('buyer', 'POST', server.at('/purchases'), { title: 'First', ...more });
    const defaults = async () =>
      (await server.ask('buyer', 'GET', server.at('/settings/purchase.defaults'))).json().value;
    expect(await defaults()).toEqual({ language: 'en', procedure: 'open', contractMonths: 36 });
    const nowhere = await begin({});
    expect([nowhere.statusCode, nowhere.json().code, nowhere.json().where]).toEqual([
      422,
      'bad-input',
      'description.country',
    ]);
    expect((await begin({ country: 'IE', zone: 'Europe/Dublin' })).statusCode).toBe(201);
    expect(await defaults()).toMatchObject({ country: 'IE', zone: 'Europe/Dublin' });
    expect((await begin({ title: 'Second' })).json().purchase.description).toMatchObject({ zone: 'Europe/Dublin' });
  });

  it('begins with what the organisation has set', async () => {
    const value = { language: 'fr', country: 'FR', zone: 'Europe/Paris', procedure: 'open', contractMonths: 24 };
    const put = (version: number) =>
      server.ask('owner', 'PUT', server.at('/settings/purchase.defaults'), { version, value });
    expect((await put(0)).json()).toEqual({ value, version: 1 });
    expect((await put(0)).json()).toMatchObject({ code: 'version-conflict', current: 1 });
    const made = await server.ask('buyer', 'POST', server.at('/purchases'), { title: 'Réseau' });
    expect(made.json().purchase.description).toMatchObject({ ...value, title: 'Réseau' });
    const belgian = { ...value, language: 'en', country: 'BE', zone: 'Europe/Brussels' };
    await server.ask('owner', 'PUT', server.at('/settings/purchase.defaults'), { version: 1, value: belgian });
  });

  it.each([
    [{ title: '' }, 422, 'bad-field'],
    [{ title: 'x', zone: 'Mars/Olympus' }, 422, 'unknown-zone'],
    [{ title: 'x', procedure: 'secret' }, 422, 'bad-field'],
    [{ title: 'x', id: randomUUID() }, 422, 'bad-field'],
  ])('is refused where it is not right: %j', async (body, status, code) => {
    const answer = await server.ask('buyer', 'POST', server.at('/purchases'), body);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });

  it('has a reference of its own', async () => {
    const post = () => server.ask('buyer', 'POST', server.at('/purchases'), { title: 'One', reference: 'R-1' });
    expect((await post()).json().purchase.description.reference).toBe('R-1');
    expect((await post()).json().code).toBe('there-already');
  });

  it('is found in lists, page by page', async () => {
    const first = (await server.ask('auditor', 'GET', server.at('/purchases?limit=1'))).json();
    expect(first.rows).toHaveLength(1);
    const next = (await server.ask('auditor', 'GET', server.at(`/purchases?limit=1&after=${first.next}`))).json();
    expect(next.rows[0].id).not.toBe(first.rows[0].id);
    const words = (await server.ask('auditor', 'GET', server.at('/purchases?q=réseau&state=drafted,opened'))).json();
    expect(words.rows.map(({ title }: { title: string }) => title)).toEqual(['Réseau']);
  });

  it('changed by two is changed by one, and the other is told what stands', async () => {
    const life = await drafted(server);
    const describe = (title: string) =>
      server.ask('buyer', 'POST', commandUrl(life, 'purchase.describe'), {
        version: 1,
        input: { ...life.view.purchase.description, title },
      });
    const both = await Promise.all([describe('Mine'), describe('Yours')]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    const late = both.find(({ statusCode }) => statusCode === 409)?.json();
    expect(late).toMatchObject({ code: 'version-conflict', current: 2 });
    const won = both.find(({ statusCode }) => statusCode === 200)?.json().purchase.description.title;
    expect((await viewBy('auditor', life)).purchase.description.title).toBe(won);
  });

  it('refuses what its table does not allow, with the reason', async () => {
    const life = await drafted(server);
    const tries = async (who: string, type: string, input: unknown = {}) => {
      const answer = await server.ask(who, 'POST', commandUrl(life, type), { version: life.view.version, input });
      return [answer.statusCode, answer.json().code];
    };
    expect(await tries('auditor', 'purchase.stop', { reason: 'Because.' })).toEqual([403, 'not-permitted']);
    expect(await tries('buyer', 'purchase.specify')).toEqual([422, 'no-demand']);
    expect(await tries('buyer', 'award.decide')).toEqual([403, 'not-permitted']);
    expect(await tries('buyer', 'plan.set', { criteria: 'x' })).toEqual([422, 'bad-input']);
    expect(await tries('buyer', 'no.such')).toEqual([404, 'unknown-command']);
    expect(await tries('buyer', 'constructor')).toEqual([404, 'unknown-command']);
    for (const type of ['demand.set', 'offers.open', 'price.open'])
      expect(await tries('buyer', type)).toEqual([403, 'given-by-server']);
  });

  it('says to each what they may do', async () => {
    const life = await specified(server);
    expect((await viewBy('legal', life)).commands).toContain('demand.approve');
    expect((await viewBy('auditor', life)).commands).toEqual([]);
    const buyer = await viewBy('buyer', life);
    expect(buyer.commands).toContain('purchase.publish');
    expect(buyer.commands).not.toContain('demand.set');
    expect(buyer.names[server.people.opener ?? '']).toBe('Person opener');
  });

  it('in a country without known holidays goes on until a period is to be counted', async () => {
    const life = await drafted(server);
    await life.gives('buyer', 'purchase.describe', { ...life.view.purchase.description, country: 'XX' });
    await life.gives('buyer', 'purchase.describe', { ...life.view.purchase.description, country: 'BE' });
    expect(life.view.version).toBe(3);
  });
});

describe('a published purchase', () => {
  let life: Life;
  const supplier = randomUUID();
  const link = { tenant: '', invitation: randomUUID(), purchase: '', supplier };
  const offer = { id: randomUUID(), lot: 'all', invitation: null, hashes: ['a'.repeat(64)], bytes: 4096 };
  const heard: string[] = [];
  const listener: (typeof onEvents)[number] = async (_, __, ___, events) => {
    heard.push(...events.map(({ type }) => type));
  };
  beforeAll(async () => {
    onEvents.push(listener);
    life = await published(server, 'Published');
    link.tenant = server.tenant;
    link.purchase = life.id;
    await withTenant(server.deps.store.db, server.tenant, (trx) =>
      trx.insertInto('supplier').values({ tenant: server.tenant, id: supplier, name: 'Acme' }).execute(),
    );
  });
  afterAll(() => {
    onEvents.splice(onEvents.indexOf(listener), 1);
    server.setClock('2026-01-05T09:00:00Z');
  });
  const give = (type: string, input: unknown) =>
    withTenant(server.deps.store.db, server.tenant, (trx) =>
      carryOut(trx, server.deps, link, life.id, null, { type, input }),
    );

  it('tells listeners what happened, in the same transaction', async () => {
    expect(heard).toContain('purchase.published');
    const refuse: typeof listener = async () => {
      throw new Error('no letter could be written');
    };
    onEvents.push(refuse);
    try {
      await expect(give('question.ask', { id: 'q0', text: 'Is it kept?' })).rejects.toThrow('no letter');
    } finally {
      onEvents.splice(onEvents.indexOf(refuse), 1);
    }
    expect((await viewBy('buyer', life)).purchase.questions).toEqual([]);
  });

  it('shows who asked to those who answer, and who bids to nobody', async () => {
    await give('question.ask', { id: 'q1', text: 'Which TLS?' });
    await give('offer.submit', { ...offer, demand: life.view.purchase.demand?.hash });
    const [buyer, evaluator] = [await viewBy('buyer', life), await viewBy('evaluator', life)];
    expect(buyer.purchase.questions[0].supplier).toBe(supplier);
    expect(evaluator.purchase.questions[0].supplier).toBe('');
    for (const view of [buyer, evaluator, await viewBy('owner', life)]) expect(view.purchase.offers).toEqual([]);
    expect(JSON.stringify(evaluator)).not.toContain(supplier);
  });

  it('is closed by the clock, once, by whichever process comes first', async () => {
    server.setClock('2026-02-16T11:00:00.000Z');
    expect(await closeDue(server.deps)).toBe(0);
    server.setClock('2026-02-16T11:00:00.001Z');
    const closed = await Promise.all([closeDue(server.deps), closeDue(server.deps)]);
    expect(closed[0] + closed[1]).toBe(1);
    const view = await viewBy('buyer', life);
    expect([view.purchase.state, view.purchase.offers.length]).toEqual(['closed', 1]);
    expect(heard.filter((type) => type === 'purchase.closed')).toHaveLength(1);
    life.view = view;
  });

  it('shows what is in offers only to those who may, after the opening', async () => {
    server.setClock('2026-02-16T13:00:00Z');
    for (const who of ['opener', 'opener2', 'evaluator', 'buyer'])
      await life.gives(who, 'conflict.declare', { lots: null, conflict: false, note: '' });
    await life.gives('legal', 'conflict.declare', { lots: null, conflict: true, note: 'My brother works there.' });
    await life.gives('opener', 'opening.attend', { part: 'quality' });
    await life.gives('opener2', 'opening.attend', { part: 'quality' });
    const contents = { hash: 'b'.repeat(64), unanswered: [], notApplicable: [], deviations: [], offered: [] };
    const opened = { offers: [{ offer: offer.id, contents, problem: null, price: null }] };
    await withTenant(server.deps.store.db, server.tenant, (trx) =>
      giveCommand(trx, server.deps, server.actor('opener'), life.id, null, { type: 'offers.open', input: opened }),
    );
    const seen = async (who: string) => (await viewBy(who, life)).purchase.offers[0].opened.contents;
    expect(await seen('buyer')).toEqual(contents);
    expect(await seen('auditor')).toEqual(contents);
    // Has not declared; has a conflict.
    expect(await seen('security')).toBeNull();
    expect(await seen('legal')).toBeNull();
  });

  it('tells nobody but owner and auditor why somebody declared a conflict', async () => {
    const noted = async (who: string) => JSON.stringify(await viewBy(who, life)).includes('My brother');
    expect([await noted('owner'), await noted('auditor'), await noted('legal')]).toEqual([true, true, true]);
    expect([await noted('buyer'), await noted('evaluator')]).toEqual([false, false]);
    expect((await viewBy('legal', life)).commands).toEqual(['conflict.declare']);
  });

  it('says on the home page what waits for whom', async () => {
    const home = async (who: string) =>
      (await server.ask(who, 'GET', server.at('/home')))
        .json()
        .waiting.filter((one: { purchase: string }) => one.purchase === life.id);
    expect((await home('evaluator')).map(({ what }: { what: string }) => what)).toEqual(['score']);
    expect((await home('evaluator2')).map(({ what }: { what: string }) => what)).toEqual(['declare-conflict', 'score']);
    expect(await home('auditor')).toEqual([]);
  });

  it('keeps in its log who did what, and the log is whole', async () => {
    const log = (await server.ask('auditor', 'GET', server.at(`/log?type=purchase&id=${life.id}`))).json();
    const actions = log.rows.map(({ action }: { action: string }) => action);
    expect(actions).toContain('offers.opened');
    const closed = log.rows.find(({ action }: { action: string }) => action === 'purchase.closed');
    expect(closed.actor).toBe('system');
    expect(JSON.stringify(log)).not.toMatch(/Which TLS|brother|Published/);
    const verdict = (await server.ask('owner', 'GET', server.at('/log/verify'))).json();
    expect(verdict).toMatchObject({ ok: true, fault: null, head: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('has scores that evaluators write without waiting for the newest version', async () => {
    life.view = await viewBy('evaluator2', life);
    await life.gives('evaluator2', 'conflict.declare', { lots: null, conflict: false, note: '' });
    const requirement = life.view.purchase.demand?.lines[0]?.id;
    const write = (who: string, value: number) =>
      server.ask(who, 'POST', commandUrl(life, 'score.write'), {
        version: 1,
        input: { offer: offer.id, requirement, value, reason: null },
      });
    // The row of the offer is what opening/ keeps; here it is planted.
    await withTenant(server.deps.store.db, server.tenant, async (trx) => {
      const { tenant } = server;
      const sha256 = Buffer.alloc(32, 1);
      await trx.insertInto('file').values({ tenant, sha256, bytes: 1, media: 'x' }).execute();
      const row = {
        tenant,
        id: offer.id,
        purchase: life.id,
        supplier,
        receivedAt: new Date(),
        late: false,
        sha256,
        bytes: 1,
      };
      await trx
        .insertInto('offer')
        .values({ ...row, manifest: '{}' })
        .execute();
    });
    const both = await Promise.all([write('evaluator', 2), write('evaluator2', 3), write('evaluator', 1)]);
    expect(both.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    const rows = await withTenant(server.deps.store.db, server.tenant, (trx) =>
      trx.selectFrom('score').select(['evaluator', 'value']).where('purchase', '=', life.id).execute(),
    );
    expect(rows).toHaveLength(2);
    expect((await write('buyer', 1)).statusCode).toBe(403);
  });
});

describe('comments', () => {
  it('are said, resolved and taken up again', async () => {
    const { id } = await drafted(server);
    const url = server.at(`/purchases/${id}/comments`);
    const said = await server.ask('legal', 'POST', url, { subject: 'requirement:WEB-01', text: '<b>Why?</b>' });
    expect(said.statusCode).toBe(201);
    const own = said.json();
    const patch = (resolved: boolean) => server.ask('buyer', 'PATCH', `${url}/${own.id}`, { resolved });
    expect((await patch(true)).statusCode).toBe(204);
    const [kept] = (await server.ask('auditor', 'GET', url)).json();
    expect(kept).toEqual({
      ...own,
      author: server.people.legal,
      text: '<b>Why?</b>',
      resolved: '2026-01-05T09:00:00.000Z',
    });
    await patch(false);
    expect((await server.ask('auditor', 'GET', url)).json()[0].resolved).toBeNull();
    const bad = await server.ask('legal', 'POST', url, { subject: 'x"><script>', text: 'y' });
    expect(bad.statusCode).toBe(422);
    const stranger = await server.ask('other', 'GET', `/api/t/${server.other}/purchases/${id}/comments`);
    expect(stranger.statusCode).toBe(404);
  });
});

it('ids of another organisation lead nowhere, in addresses and in what is sent', async () => {
  const life = await specified(server);
  const elsewhere = (path: string, method = 'GET', body?: unknown) =>
    server.ask('other', method, `/api/t/${server.other}/purchases/${life.id}${path}`, body);
  for (const path of ['', '/comments', '/demand', '/demand/files/demand.json', '/thread/GOV-01', '/events'])
    expect((await elsewhere(path)).statusCode, path).toBe(404);
  expect(
    (await elsewhere('/commands/purchase.stop', 'POST', { version: 8, input: { reason: 'Mine now.' } })).statusCode,
  ).toBe(404);
  expect((await elsewhere('/comments', 'POST', { subject: 'demand', text: 'x' })).statusCode).toBe(404);
  expect((await viewBy('buyer', life)).purchase.state).toBe('specified');
});

it('pages are told of a change that any process commits, and of none that is undone', async () => {
  const life = await drafted(server);
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.app.server.address() as AddressInfo;
  let text = '';
  const path = server.at(`/purchases/${life.id}/events`);
  const stream = get({ port, path, headers: { 'x-test-account': 'account-legal' } });
  const until = async (done: () => boolean) => {
    while (!done()) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  stream.on('response', (answer) => answer.on('data', (chunk) => (text += chunk)));
  stream.on('error', () => {});
  await until(() => text.includes('retry'));
  const stop = (type: string, fails: boolean) =>
    withTenant(server.deps.store.db, server.tenant, async (trx) => {
      await carryOut(trx, server.deps, server.actor('buyer'), life.id, null, { type, input: { reason: 'Too dear.' } });
      if (fails) throw new Error('undone');
    });
  await expect(stop('purchase.stop', true)).rejects.toThrow('undone');
  await stop('purchase.stop', false);
  await until(() => text.includes('changed'));
  expect(text.match(/event: .*\ndata: .*\n/g)).toEqual([
    `event: changed\ndata: {"version":2,"by":"${server.people.buyer}"}\n`,
  ]);
  stream.destroy();
});
