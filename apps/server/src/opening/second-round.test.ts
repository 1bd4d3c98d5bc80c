import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeSandbox } from '../library/sandbox.ts';
import { type Bidder, bids, declare, invited, openingOf, opens } from '../offers/testing/bids.ts';
import { closeDue } from '../purchases/closing.ts';
import { asksToTakePart } from '../requests/testing/asks.ts';
import { keysMade, type Life, published } from '../testing/purchases.ts';
import { type TestServer, tryServer } from '../testing/server.ts';

let server: TestServer;
let life: Life;
let acme: Bidder;
let bolt: Bidder;

beforeAll(async () => {
  server = await tryServer();
  life = await published(server, 'Citizens’ portal', undefined, { procedure: 'negotiated' });
  [acme, bolt] = [await invited(server, life, 'Acme'), await invited(server, life, 'Bolt')];
  const asked = [await asksToTakePart(acme), await asksToTakePart(bolt)];
  server.setClock('2026-02-16T12:00:00Z');
  await reload();
  await declare(life, 'opener', 'opener2', 'evaluator', 'evaluator2', 'buyer', 'owner');
  await life.gives('buyer', 'candidates.decide', {
    decisions: asked.map((request) => ({ request, verdict: 'invited', reason: 'Both are able.' })),
    ...at('2026-03-16', '2026-03-02'),
  });
});
afterAll(async () => {
  await closeSandbox();
  await server.close();
});

const at = (day: string, questions: string) => ({
  closing: `${day}T12:00`,
  questionsUntil: `${questions}T12:00`,
  opening: `${day}T14:00`,
});
const reload = async () => {
  life.view = (await server.ask('owner', 'GET', server.at(`/purchases/${life.id}`))).json();
};

async function opensOn(day: string) {
  server.setClock(`${day}T11:00:01Z`);
  await closeDue(server.deps);
  await reload();
  server.setClock(`${day}T13:30:00Z`);
  return await opens(server, life, 'quality');
}

it('a further round has keys of its own, which open what was sealed to them', async () => {
  await bids(acme, { price: 120_000 });
  await bids(bolt, { price: 150_000 });
  expect((await opensOn('2026-03-16')).json().state).toBe('opened');
  const first = life.view.purchase.notice?.keys ?? [];
  const round = { invited: [acme.supplier], reason: 'Better terms.', ...at('2026-04-13', '2026-03-30') };
  const start = (keys: unknown) =>
    server.ask('buyer', 'POST', server.at(`/purchases/${life.id}/commands/round.start`), {
      version: life.view.version,
      input: { ...round, keys },
    });

  expect((await start(first)).json().code).toBe('key-used');
  const foreign = first.map(({ part, fingerprint }) => ({ part, fingerprint: fingerprint.replace(/^..../, 'ffff') }));
  expect((await start(foreign)).json().code).toBe('keys-needed');
  const made = await keysMade(server, life);
  expect((await start(foreign)).json().code).toBe('keys-differ');
  // Until the round begins, the keys of the one before are those that are shown.
  expect((await acme.view()).keys?.parts.map(({ fingerprint }) => fingerprint)).toEqual(
    first.map(({ fingerprint }) => fingerprint),
  );
  const started = await start(made);
  expect([started.statusCode, started.json().purchase.round]).toEqual([200, 2]);
  await reload();
  expect((await acme.view()).keys?.parts.map(({ fingerprint }) => fingerprint)).toEqual(
    made.map(({ fingerprint }) => fingerprint),
  );

  const better = await bids(acme, { price: 90_000 });
  expect([(await acme.view()).invited, (await bolt.view()).invited]).toEqual([true, false]);
  await expect(bids(bolt)).rejects.toThrow('not-invited');
  expect((await opensOn('2026-04-13')).statusCode).toBe(200);
  const { state, offers, records } = await openingOf(server, life, 'opener2');
  expect(state).toBe('opened');
  expect(offers.map(({ id, opened, problem }) => [id, opened, problem])).toEqual([[better, true, null]]);
  expect(records.map(({ round: n, part }) => [n, part])).toEqual([
    [1, 'quality'],
    [2, 'quality'],
  ]);
});
