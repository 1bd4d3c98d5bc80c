import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demanded, drafted, type Life, portalContext } from '../testing/purchases.ts';
import { type TestServer, tryServer } from '../testing/server.ts';
import { type Bidder, invited } from './testing/bids.ts';

let server: TestServer;
let life: Life;
let acme: Bidder;
let bolt: Bidder;
let requirement: string;
beforeAll(async () => {
  server = await tryServer();
  life = await drafted(server);
  await demanded(server, life);
  requirement = life.view.purchase.demand?.lines[0]?.id ?? '';
  acme = await invited(server, life, 'Acme');
  bolt = await invited(server, life, 'Bolt');
});
afterAll(() => server.close());

const reload = async () => {
  life.view = (await server.ask('buyer', 'GET', server.at(`/purchases/${life.id}`))).json();
};
const outbox = async (subject: string) =>
  (await server.ask('owner', 'GET', server.at('/outbox')))
    .json()
    .rows.filter((row: { subject: string }) => row.subject.startsWith(subject));
const answers = (who: string) => server.ask(who, 'GET', server.at(`/purchases/${life.id}/consultations`));
const waits = async (who: string) =>
  (await server.ask(who, 'GET', server.at('/home')))
    .json()
    .waiting.filter(({ purchase }: { purchase: string }) => purchase === life.id)
    .map(({ what }: { what: string }) => what);

describe('a market consultation', () => {
  it('shows suppliers nothing before it is opened', async () => {
    expect((await acme.ask('GET', '/api/offer')).json().code).toBe('not-published');
  });

  it('shows them the draft as it was put up, also when the buyer goes on with it', async () => {
    await life.gives('buyer', 'consultation.open', { id: 'c1', until: '2026-01-19T12:00' });
    expect((await outbox('Market consultation')).length).toBe(2);
    const put = life.view.purchase.demand?.hash;
    await demanded(server, life, { ...portalContext(), criticality: 'low', valueBand: 'small' });
    const view = await acme.view();
    expect(view.demand).toBe(put);
    expect(view.form.demand).toBe(put);
    expect([view.purchase.closing, view.keys]).toEqual([null, null]);
    expect(view.consultations).toEqual([
      { id: 'c1', until: '2026-01-19T11:00:00Z', open: true, said: [], outcome: null },
    ]);
  });

  it.each<[string, object, string]>([
    ['nothing', { text: ' ', comments: [] }, 'nothing-said'],
    ['a requirement that is not asked', { text: '', comments: [{ requirement: 'ZZZ-99', text: 'No.' }] }, 'unknown'],
    ['an empty comment', { text: 'Yes.', comments: [{ requirement: 'GOV-01', text: '  ' }] }, 'bad-field'],
    ['no consultation', { text: 'Yes.', consultation: 'c9' }, 'unknown'],
  ])('takes no answer on %s', async (_, said, code) => {
    const answer = await acme.ask('POST', '/api/offer/consultations', { consultation: 'c1', ...said });
    expect([answer.statusCode, answer.json().code]).toEqual([422, code]);
  });

  it('brings what each says to the buyer’s people, and to nobody else', async () => {
    const said = { text: 'Too short a term.', comments: [{ requirement, text: 'Four times a year is much.' }] };
    expect((await acme.ask('POST', '/api/offer/consultations', { consultation: 'c1', ...said })).statusCode).toBe(204);
    await acme.ask('POST', '/api/offer/consultations', { consultation: 'c1', text: 'One thing more.' });
    const found = (await answers('security')).json();
    expect(found).toMatchObject([
      { consultation: 'c1', supplier: acme.supplier, name: 'Acme', ...said },
      { name: 'Acme', text: 'One thing more.', comments: [] },
    ]);
    expect((await answers('evaluator')).statusCode).toBe(403);
    expect((await acme.view()).consultations[0]?.said).toMatchObject([said, { text: 'One thing more.' }]);
    expect((await bolt.view()).consultations[0]?.said).toEqual([]);
    const seen = (await server.ask('evaluator', 'GET', server.at(`/purchases/${life.id}`))).json();
    expect(JSON.stringify(seen)).not.toContain(acme.supplier);
    expect((await outbox('A supplier has replied')).length).toBe(2);
  });

  it('waits to be ended when its time is over, and takes no answer then', async () => {
    expect(await waits('buyer')).not.toContain('close-consultation');
    server.setClock('2026-01-19T11:00:01Z');
    expect(await waits('buyer')).toContain('close-consultation');
    expect(await waits('security')).not.toContain('close-consultation');
    const late = await bolt.ask('POST', '/api/offer/consultations', { consultation: 'c1', text: 'Late.' });
    expect(late.json().code).toBe('consultation-over');
    expect((await bolt.view()).consultations[0]).toMatchObject({ open: false, outcome: null });
  });

  it('ends with a summary that every supplier reads', async () => {
    await reload();
    const changed = [requirement];
    await life.gives('buyer', 'consultation.close', {
      consultation: 'c1',
      summary: 'We ask it twice a year.',
      changed,
    });
    expect((await outbox('Outcome of the market consultation'))[0].body).toContain('We ask it twice a year.');
    expect((await bolt.view()).consultations[0]?.outcome).toMatchObject({
      summary: 'We ask it twice a year.',
      changed,
    });
    expect(await waits('buyer')).not.toContain('close-consultation');
  });
});
