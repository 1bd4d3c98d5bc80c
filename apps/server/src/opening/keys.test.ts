import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  createLinkSecret,
  createPurchaseKeys,
  type EncryptedShare,
  fingerprintOf,
  type PurchaseKeys,
} from '@proviso/sealing';
import { getKeys, holdPurchase, shareHolders, withTenant } from '@proviso/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Life, specified, TIMES } from '../testing/purchases.ts';
import { type TestServer, tryServer } from '../testing/server.ts';
import { purchasesOpenedBy } from './able.ts';

let server: TestServer;
let life: Life;
let keys: PurchaseKeys;
let shares: EncryptedShare[];
const pairs = new Map<string, string>();

beforeAll(async () => {
  server = await tryServer();
  life = await specified(server);
  for (const who of ['opener', 'opener2']) pairs.set(who, (await createLinkSecret()).recipient);
  const openers = [...pairs].map(([who, recipient]) => ({ id: server.people[who] ?? '', recipient }));
  const parts = ['quality', 'price'] as const;
  ({ keys, shares } = await createPurchaseKeys({ purchase: life.id, openers, recovery: null, parts }));
});
afterAll(() => server.close());

const short = ({ part, holder, recipient, encrypted }: EncryptedShare) => ({ part, holder, recipient, encrypted });
const put = (body: unknown, who = 'buyer', id = life.id) =>
  server.ask(who, 'PUT', server.at(`/purchases/${id}/keys`), body);
const codeOf = async (asked: ReturnType<typeof put>) => {
  const answer = await asked;
  return [answer.statusCode, answer.statusCode === 204 ? '' : answer.json().code];
};
const publish = (fingerprints: { part: string; fingerprint: string }[]) =>
  server.ask('buyer', 'POST', server.at(`/purchases/${life.id}/commands/purchase.publish`), {
    version: life.view.version,
    input: { ...TIMES, validityDays: 90, keys: fingerprints },
  });
const ables = async () =>
  (await server.ask('auditor', 'GET', server.at(`/purchases/${life.id}/opening`)))
    .json()
    .openers.map(({ able }: { able: string }) => able);
const stakes = async (who: string) => (await server.ask(who, 'GET', server.at('/opener-key/purchases'))).json();
const named = () => keys.parts.map(({ part, fingerprint }) => ({ part, fingerprint }));

describe('the keys of a purchase', () => {
  it('need openers who can open', async () => {
    const body = { keys, shares: shares.map(short) };
    expect(await codeOf(put(body))).toEqual([422, 'opener-key-missing']);
    for (const [who, recipient] of pairs) {
      const own = { recipient, fingerprint: fingerprintOf(recipient), protectedIdentity: 'only its owner has it' };
      await server.ask(who, 'PUT', server.at('/opener-key'), own);
    }
    expect(await codeOf(put(body))).toEqual([204, '']);
  });

  const cases: [string, () => unknown, string][] = [
    [
      'of another purchase',
      () => ({ keys: { ...keys, purchase: randomUUID() }, shares: shares.map(short) }),
      'keys-broken',
    ],
    ['that are none', () => ({ keys: { parts: 'x' }, shares: [] }), 'keys-broken'],
    [
      'with a fingerprint of another',
      () => ({
        keys: { ...keys, parts: keys.parts.map((one) => ({ ...one, fingerprint: fingerprintOf('x') })) },
        shares: shares.map(short),
      }),
      'keys-broken',
    ],
    [
      'without the price',
      () => ({ keys: { ...keys, parts: keys.parts.slice(0, 1) }, shares: shares.map(short) }),
      'keys-needed',
    ],
    ['with a share too few', () => ({ keys, shares: shares.slice(1).map(short) }), 'keys-shares'],
    ['with a share twice', () => ({ keys, shares: [...shares, ...shares.slice(0, 1)].map(short) }), 'keys-shares'],
    [
      'with a share for somebody else',
      () => ({ keys, shares: shares.map((one) => ({ ...short(one), holder: server.people.buyer })) }),
      'keys-shares',
    ],
    [
      'with a share in plain',
      () => ({ keys, shares: shares.map((one) => ({ ...short(one), encrypted: 'AGE-SECRET' })) }),
      'keys-shares',
    ],
  ];
  it.each(cases)('are refused %s, and those before stay', async (_, body, code) => {
    expect(await codeOf(put(body()))).toEqual([422, code]);
    const kept = await withTenant(server.deps.store.db, server.tenant, (trx) =>
      getKeys(trx, { purchase: life.id, round: 1 }),
    );
    expect(kept?.keys).toEqual(keys);
  });

  it('are put by who publishes', async () => {
    expect(await codeOf(put({ keys, shares: shares.map(short) }, 'opener'))).toEqual([403, 'not-permitted']);
    expect(await codeOf(put({ keys, shares: shares.map(short) }, 'buyer', randomUUID()))).toEqual([404, 'not-found']);
  });

  it('are what the notice names, with a share for each opener, or nothing is published', async () => {
    const wrong = named().map((one) => ({ ...one, fingerprint: fingerprintOf(one.part) }));
    expect((await publish(wrong)).json().code).toBe('keys-differ');
    // The openers change after the keys were made.
    const { opener, owner } = server.people;
    await life.gives('buyer', 'openers.name', { openers: [opener, owner], recovery: null });
    expect((await publish(named())).json().code).toBe('keys-shares');
    await life.gives('buyer', 'openers.name', { openers: [opener, server.people.opener2], recovery: null });
    // An opener has another key since the shares were made, and would find out at the opening.
    const own = (await server.ask('opener2', 'GET', server.at('/opener-key'))).json();
    const { recipient } = await createLinkSecret();
    const another = { ...own, recipient, fingerprint: fingerprintOf(recipient) };
    await server.ask('opener2', 'PUT', server.at('/opener-key'), another);
    const refused = (await publish(named())).json();
    expect([refused.code, refused.values.person]).toEqual(['opener-key-changed', server.people.opener2]);
    expect(refused.message).toContain(refused.values.names);
    expect(await ables()).toEqual(['able', 'other-key']);
    expect(await codeOf(put({ keys, shares: shares.map(short) }))).toEqual([422, 'opener-key-changed']);
    await server.ask('opener2', 'PUT', server.at('/opener-key'), own);
    expect(await ables()).toEqual(['able', 'able']);
    const published = await publish(named());
    expect([published.statusCode, published.json().purchase.state]).toEqual([200, 'published']);
    life.view = published.json();
    expect(await codeOf(put({ keys, shares: shares.map(short) }))).toEqual([422, 'keys-late']);
    const holders = await withTenant(server.deps.store.db, server.tenant, (trx) =>
      shareHolders(trx, { purchase: life.id, round: 1 }),
    );
    expect(holders).toHaveLength(4);
  });

  it('say to an opener what another key would make unreadable, and show afterwards who can open', async () => {
    const { id, view } = life;
    const { title, reference } = view.purchase.description;
    const stake = { id, title, reference, published: true, left: 1, lost: true };
    expect([await stakes('opener'), await stakes('buyer')]).toEqual([[stake], []]);
    const { recipient } = await createLinkSecret();
    const another = { recipient, fingerprint: fingerprintOf(recipient), protectedIdentity: 'another' };
    const own = (await server.ask('opener2', 'GET', server.at('/opener-key'))).json();
    await server.ask('opener2', 'PUT', server.at('/opener-key'), another);
    expect([await ables(), await stakes('opener2')]).toEqual([['able', 'other-key'], []]);
    expect(await stakes('opener')).toEqual([{ ...stake, left: 0 }]);
    await server.ask('opener2', 'PUT', server.at('/opener-key'), own);
  });

  it('wait for whoever leaves: a purchase is not published while an opener of it is being erased', async () => {
    const { db } = server.deps.store;
    const done: string[] = [];
    const held = Promise.withResolvers<void>();
    const leaving = withTenant(db, server.tenant, async (trx) => {
      const found = await purchasesOpenedBy(trx, server.people.opener ?? '', true);
      expect(found.map(({ id }) => id)).toContain(life.id);
      held.resolve();
      await setTimeout(150);
      done.push('left');
    });
    await held.promise;
    await withTenant(db, server.tenant, (trx) => holdPurchase(trx, life.id, false));
    done.push('held');
    await leaving;
    expect(done).toEqual(['left', 'held']);
  });

  it('keep an opener from being erased unless what nobody could open then is given up by name', async () => {
    const erase = (query = '') =>
      server.ask('owner', 'DELETE', server.at(`/people/${server.people.opener2}${query}`), undefined, {
        'accept-language': 'nl',
      });
    const { title, reference } = life.view.purchase.description;
    const refused = await erase();
    expect([refused.statusCode, refused.json()]).toMatchObject([
      409,
      { code: 'opening-lost', purchases: [{ id: life.id, title, reference, left: 1 }] },
    ]);
    expect(refused.json().message).toContain(title);
    expect((await erase(`?giveUp=${randomUUID()}`)).statusCode).toBe(409);
    expect(await ables()).toEqual(['able', 'able']);
    expect((await erase(`?giveUp=${life.id}`)).statusCode).toBe(204);
    expect(await ables()).toEqual(['able', 'no-key']);
  });
});
