import { readDemandFile } from '@proviso/catalogue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { demanded, drafted, type Life, portalContext, published, TIMES } from '../testing/purchases.ts';
import { type TestServer, tryServer } from '../testing/server.ts';
import { DEMAND_FILES } from './files.ts';

let server: TestServer;
beforeAll(async () => {
  server = await tryServer();
});
afterAll(() => server.close());

describe('the preview', () => {
  const preview = (context: unknown, language = 'nl') =>
    server.ask('legal', 'POST', server.at('/derive'), { context, language });

  it('says why each requirement is there, in the language asked for', async () => {
    const { demand, words } = (await preview(portalContext())).json();
    expect(demand.requirements.length).toBeGreaterThan(5);
    for (const { id, reasons } of demand.requirements) {
      expect(words.requirements[id].sentence, id).toMatch(/moet|zou/);
      expect(words.requirements[id].reasons, id).toHaveLength(reasons.length);
      expect(words.requirements[id].reasons.join(), id).not.toMatch(/reason-|undefined/);
    }
    for (const { id } of demand.risks) expect(words.risks[id].title.length, id).toBeGreaterThan(3);
    for (const id of demand.laws) expect(words.laws[id], id).toMatch(/\(.+\)/);
  });

  it.each<[string, unknown, string]>([
    ['nothing', null, 'context.the context'],
    ['an unknown word', { ...portalContext(), sector: 'piracy' }, 'context.sector'],
    ['an unknown field', { ...portalContext(), colour: 'red' }, 'context.the context'],
    ['a wrong type', { ...portalContext(), contractMonths: 'many' }, 'context.contractMonths'],
  ])('of %s says what is wrong', async (_, context, where) => {
    const answer = await preview(context);
    expect([answer.statusCode, answer.json().code, answer.json().where]).toEqual([422, 'bad-context', where]);
  });
});

describe('the demand of a purchase', () => {
  let life: Life;
  beforeAll(async () => {
    life = await drafted(server);
  });
  const url = (path = '') => server.at(`/purchases/${life.id}/demand${path}`);

  it('is not there before it was derived', async () => {
    expect((await server.ask('legal', 'GET', url())).json().code).toBe('no-demand-yet');
  });

  it('is kept in versions, each as it was', async () => {
    await demanded(server, life);
    const first = (await server.ask('legal', 'GET', url('?language=fr'))).json();
    expect(first).toMatchObject({ n: 1, newer: null, by: 'Person buyer', form: { language: 'fr' } });
    await demanded(server, life, { ...portalContext(), criticality: 'low', valueBand: 'small' });
    const second = (await server.ask('legal', 'GET', url())).json();
    expect(second.n).toBe(2);
    // The hash that people approve and suppliers answer is that of the kept file.
    expect(second.form.demand).toBe(life.view.purchase.demand?.hash);
    expect(life.view.purchase.demand?.version).toBe(2);
    expect(second.file.demand).not.toEqual(first.file.demand);
    expect((await server.ask('legal', 'GET', url('?n=1'))).json().file).toEqual(first.file);
    expect((await server.ask('legal', 'GET', url('?n=9'))).statusCode).toBe(404);
  });

  it('that two derive is one, and the other loses nothing that was kept', async () => {
    const put = () => server.ask('buyer', 'PUT', url(), { version: life.view.version, context: portalContext() });
    const both = await Promise.all([put(), put()]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    expect((await server.ask('legal', 'GET', url())).json().n).toBe(3);
    expect((await server.ask('legal', 'GET', url('?n=4'))).statusCode).toBe(404);
  });

  it('can be taken away as files', async () => {
    const list = (await server.ask('auditor', 'GET', url('/files'), undefined, { 'accept-language': 'de' })).json();
    expect(list.map(({ name }: { name: string }) => name)).toEqual(Object.keys(DEMAND_FILES));
    expect(list[0].title).toBe('Sicherheitsanhang');
    for (const { name, media } of list) {
      const answer = await server.ask('auditor', 'GET', url(`/files/${name}?language=en`));
      if (name === 'oscal-profile.json' && answer.statusCode === 404) continue;
      expect(answer.statusCode, name).toBe(200);
      expect(answer.headers['content-type'], name).toContain(media);
      expect(answer.headers['content-disposition'], name).toBe(`attachment; filename="${name}"`);
      expect(answer.rawPayload.length, name).toBeGreaterThan(500);
    }
    const kept = await server.ask('auditor', 'GET', url('/files/demand.json'));
    expect(readDemandFile(kept.body, 'demand.json').demand.requirements.length).toBeGreaterThan(5);
    for (const name of ['nothing.docx', '..%2Fsecrets.json', 'constructor', 'toString'])
      expect((await server.ask('auditor', 'GET', url(`/files/${name}`))).statusCode, name).toBe(404);
  });

  it('that rests on an older catalogue is compared with the newest', async () => {
    const newer = structuredClone(server.deps.catalogue);
    newer.hash = 'f'.repeat(64);
    newer.edition.edition = 'next';
    const asked = life.view.purchase.demand?.lines[0]?.id ?? '';
    const changed = newer.requirements.find(({ id }) => id === asked);
    if (changed) changed.title.en = 'Another title';
    const app = await createApp({ ...server.deps, catalogue: newer }, server.app.proviso);
    const answer = await app.inject({ url: url(), headers: { 'x-test-account': 'account-legal' } });
    expect(answer.json().newer).toMatchObject({ edition: 'next', added: [], removed: [], changed: [asked] });
    await app.close();
  });

  it('has a thread for each requirement', async () => {
    const asked = life.view.purchase.demand?.lines[0]?.id ?? '';
    const thread = (
      await server.ask('legal', 'GET', server.at(`/purchases/${life.id}/thread/${asked}?language=fr`))
    ).json();
    expect(thread.requirement).toBe(asked);
    const kinds = thread.steps.map(({ kind }: { kind: string }) => kind);
    expect(kinds.slice(-2)).toEqual(['requirement', 'question']);
    expect((await server.ask('legal', 'GET', server.at(`/purchases/${life.id}/thread/ZZZ-99`))).statusCode).toBe(404);
  });
});

it('after publication a new version waits for approval and a corrigendum, whose lines are the kept ones', async () => {
  const life = await published(server);
  const before = life.view.purchase.demand;
  await demanded(server, life, { ...portalContext(), criticality: 'low', valueBand: 'small' });
  expect(life.view.purchase.demand).toEqual(before);
  const pending = (await server.ask('legal', 'GET', server.at(`/purchases/${life.id}/demand?n=2`))).json();
  const standing = (await server.ask('legal', 'GET', server.at(`/purchases/${life.id}/demand`))).json();
  expect([standing.n, standing.last, pending.n, pending.last]).toEqual([1, 2, 2, 2]);
  // Legal and security are asked for it, by letter and at home.
  const asked = (await server.ask('owner', 'GET', server.at('/outbox')))
    .json()
    .rows.filter(({ subject }: { subject: string }) => subject.includes('changed requirements'));
  expect(asked.map(({ to }: { to: string }) => to).sort()).toEqual(['legal@example.org', 'security@example.org']);
  expect(asked[0].body).toContain('demand?part=approval&demand=prepared');
  const waits = async (who: string) =>
    (await server.ask(who, 'GET', server.at('/home')))
      .json()
      .waiting.filter(({ purchase }: { purchase: string }) => purchase === life.id)
      .map(({ what }: { what: string }) => what);
  expect([await waits('legal'), await waits('security'), await waits('buyer')]).toEqual([
    ['approve-prepared-legal'],
    ['approve-prepared-security'],
    [],
  ]);
  const nod = { verdict: 'approved', demand: pending.form.demand, reason: '' };
  await life.gives('legal', 'demand.approve', { ...nod, as: 'legal' });
  expect(await waits('legal')).toEqual([]);
  await life.gives('security', 'demand.approve', { ...nod, as: 'security' });
  const bent = [{ ...life.view.purchase.demand?.lines[0], weight: 1000 }];
  await life.gives('buyer', 'corrigendum.publish', {
    id: 'c1',
    significance: 'significant',
    reason: 'The scope became smaller.',
    closing: '2026-04-20T12:00',
    demand: { version: 2, hash: 'e'.repeat(64), lines: bent },
    plan: null,
    changed: [],
  });
  expect(life.view.purchase.demand?.hash).toBe(pending.form.demand);
  expect(life.view.purchase.demand?.lines.map(({ id }) => id)).toEqual(
    pending.file.demand.requirements.map(({ id }: { id: string }) => id),
  );
  expect(life.view.purchase.notice?.closing.local).not.toBe(TIMES.closing);

  // Who prepared a version may not approve it.
  const url = server.at(`/purchases/${life.id}`);
  const own = await server.ask('security', 'PUT', `${url}/demand`, {
    version: life.view.version,
    context: portalContext(),
  });
  expect(own.statusCode).toBe(200);
  // Legal has approved this very demand before.
  expect([await waits('security'), await waits('legal')]).toEqual([[], []]);
  const again = (await server.ask('legal', 'GET', `${url}/demand?n=3`)).json().form.demand;
  const refusedNod = await server.ask('security', 'POST', `${url}/commands/demand.approve`, {
    version: life.view.version,
    input: { as: 'security', verdict: 'approved', demand: again, reason: '' },
  });
  expect(refusedNod.json().code).toBe('own-work');
});
