import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TenantScope, withTenant } from '../connect/tenant.ts';
import { type TestDatabase, tryDatabase } from '../testing/database.ts';
import { plantTenant, type Sample, sha256 } from '../testing/sample.ts';
import { placeOf } from './cursor.ts';
import { recordFile } from './files.ts';
import { findInvitation, getInvitation, readDraft, revokeInvitation, saveDraft } from './invitations.ts';
import { keepOwed, owedInAll } from './obligations.ts';
import { getOffer, insertOffer, listOffers, offerFiles, openOffer, readOpenedOffers } from './offers.ts';
import { readOffers } from './openings.ts';
import { insertLetter, letterFailed, letterSent, listLetters, takeLetters, tenantsWithMail } from './outbox.ts';
import { findApiKey, insertMember, listPeople, membershipsOf, useApiKey } from './people.ts';
import { eraseConsentSigners, expireConsentSigners } from './probes.ts';
import {
  addDemandVersion,
  countStates,
  getDemandVersion,
  getPurchase,
  insertPurchase,
  listPurchases,
  nextClosings,
  updatePurchase,
} from './purchases.ts';
import { appendConsensus, readConsensus, readScores, saveScore } from './scores.ts';
import { getSetting, putSetting } from './settings.ts';
import { VersionConflict } from './version.ts';

let base: TestDatabase;
let own: Sample;
const within = <R>(work: (trx: TenantScope) => Promise<R>) => withTenant(base.store.db, own.tenant, work);
beforeAll(async () => {
  base = await tryDatabase();
  own = await plantTenant(base.store.db, 'q');
  await plantTenant(base.store.db, 'other');
});
afterAll(() => base.drop());

const purchase = (reference: string) => ({
  id: randomUUID(),
  reference,
  title: `Purchase ${reference}`,
  state: 'drafted',
  procedure: 'open',
  language: 'fr',
  document: { innerKey: { deepKey: [1, 'é'] } },
});

describe('purchases', () => {
  it('keep what their document says, names and all', async () => {
    const row = purchase('kept');
    await within((trx) => insertPurchase(trx, row));
    expect(await within((trx) => getPurchase(trx, row.id))).toMatchObject({
      ...row,
      tenant: own.tenant,
      version: 1,
      closing: null,
    });
    expect(await within((trx) => getPurchase(trx, randomUUID()))).toBeUndefined();
  });

  it('are paged without a gap or a repeat, many of the same moment', async () => {
    const rows = Array.from({ length: 25 }, (_, n) => purchase(`page-${n}`));
    await within(async (trx) => {
      for (const row of rows) await insertPurchase(trx, row);
    });
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await within((trx) => listPurchases(trx, { words: 'PAGE-', limit: 7, ...(after && { after }) }));
      seen.push(...page.rows.map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after);
    expect(seen.toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
  });

  it('are found by state, words and closing, and words are no pattern', async () => {
    const titles = async (filter: object) =>
      (await within((trx) => listPurchases(trx, { limit: 50, ...filter }))).rows.map(({ title }) => title);
    expect(await titles({ states: ['published'] })).toEqual(['Firewalls for q']);
    expect(await titles({ states: [] })).toEqual([]);
    expect(await titles({ words: 'fireWALLS' })).toEqual(['Firewalls for q']);
    expect(await titles({ words: '%' })).toEqual([]);
    expect(await titles({ closingFrom: new Date('2030-01-01') })).toEqual(['Firewalls for q']);
    expect((await within((trx) => nextClosings(trx, new Date('2032-01-01'), 5))).length).toBe(0);
    expect((await within(countStates)).get('published')).toBe(1);
  });

  it.each(['', 'x', 'bm90IGEgcGxhY2U', Buffer.from("2026-01-01 00:00:00+00 ' OR 1").toString('base64url')])(
    'begin anew on the cursor %j',
    async (after) => {
      expect(placeOf(after)).toBeNull();
      expect((await within((trx) => listPurchases(trx, { after, limit: 1 }))).rows).toHaveLength(1);
    },
  );

  it('let one of two who change the same version know', async () => {
    const row = purchase('twice');
    await within((trx) => insertPurchase(trx, row));
    const both = await Promise.allSettled(
      ['one', 'two'].map((title) => within((trx) => updatePurchase(trx, row.id, 1, { title, document: { title } }))),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const lost = both.find((result) => result.status === 'rejected');
    expect(lost?.reason).toBeInstanceOf(VersionConflict);
    expect(lost?.reason).toMatchObject({
      code: 'conflict',
      current: 2,
      message: expect.stringContaining('version 2 is there'),
    });
    expect(await within((trx) => updatePurchase(trx, row.id, 2, { closing: '2030-01-01T00:00:00Z' }))).toBe(3);
    await expect(within((trx) => updatePurchase(trx, randomUUID(), 1, { title: 'x' }))).rejects.toMatchObject({
      code: 'missing',
    });
  });

  it('number the versions of their demand, also two at once', async () => {
    const demand = { file: { a: 1 }, hash: sha256('d'), by: own.person };
    const ns = await Promise.all([1, 2, 3].map(() => within((trx) => addDemandVersion(trx, own.purchase, demand))));
    expect(ns.toSorted()).toEqual([2, 3, 4]);
    expect(await within((trx) => getDemandVersion(trx, own.purchase))).toMatchObject({ n: 4, file: { a: 1 } });
    expect(await within((trx) => getDemandVersion(trx, own.purchase, 1))).toMatchObject({ n: 1, file: {} });
  });
});

describe('invitations', () => {
  it('are found by the hash of their token, and revoked once', async () => {
    expect(await findInvitation(base.store.db, own.token)).toEqual({ tenant: own.tenant, id: own.invitation });
    expect(await findInvitation(base.store.db, sha256('guess'))).toBeNull();
    const first = new Date('2026-05-01T00:00:00Z');
    expect(await within((trx) => revokeInvitation(trx, own.invitation, first))).toBe(true);
    expect(await within((trx) => revokeInvitation(trx, own.invitation, new Date()))).toBe(true);
    expect(await within((trx) => getInvitation(trx, own.invitation))).toMatchObject({ revoked: first });
    expect(await within((trx) => revokeInvitation(trx, randomUUID(), first))).toBe(false);
  });

  it('keep drafts by part, and tell of a second window', async () => {
    const part = { invitation: own.invitation, part: 'lot 1', ciphertext: Buffer.from([0, 1, 2, 255]) };
    expect(await within((trx) => saveDraft(trx, { ...part, version: 0 }))).toBe(1);
    expect(await within((trx) => saveDraft(trx, { ...part, version: 1 }))).toBe(2);
    for (const version of [0, 1]) {
      await expect(within((trx) => saveDraft(trx, { ...part, version }))).rejects.toMatchObject({
        code: 'conflict',
        current: 2,
      });
    }
    const draft = await within((trx) => readDraft(trx, own.invitation));
    expect(draft).toContainEqual({ part: 'lot 1', ciphertext: part.ciphertext, version: 2 });
  });
});

describe('offers', () => {
  const offer = (over: object = {}) => ({
    id: randomUUID(),
    purchase: own.purchase,
    lot: 'A',
    round: 1,
    supplier: own.supplier,
    invitation: own.invitation,
    receivedAt: '2030-12-31T13:00:00Z',
    late: false,
    sha256: own.file,
    bytes: 3,
    manifest: { parts: 2 },
    ...over,
  });

  it('replace the one before for the same lot; a late one stands beside', async () => {
    const [one, two, late, other] = [offer(), offer(), offer({ late: true }), offer({ lot: 'B' })];
    const file = { sha256: sha256('plan'), bytes: 4, media: 'application/pdf' };
    await within((trx) => recordFile(trx, { size: async () => 4 }, file));
    await within((trx) => recordFile(trx, { size: async () => 4 }, file));
    expect(await within((trx) => insertOffer(trx, one))).toBeNull();
    expect(
      await within((trx) => insertOffer(trx, { ...two, files: [{ name: 'plan.pdf', sha256: file.sha256 }] })),
    ).toBe(one.id);
    expect(await within((trx) => insertOffer(trx, late))).toBeNull();
    expect(await within((trx) => insertOffer(trx, other))).toBeNull();
    const replaced = new Map(
      (await within((trx) => listOffers(trx, own.purchase))).map((row) => [row.id, row.replacedBy]),
    );
    expect([one, two, late, other].map(({ id }) => replaced.get(id))).toEqual([two.id, null, null, null]);
    expect(await within((trx) => offerFiles(trx, two.id))).toEqual([{ name: 'plan.pdf', ...file }]);
  });

  it('of a later round leave those of the round before standing', async () => {
    const [one, two, three] = [1, 2, 2].map((round) => offer({ lot: 'R', round }));
    if (!one || !two || !three) throw new Error('three offers');
    expect(await within((trx) => insertOffer(trx, one))).toBeNull();
    expect(await within((trx) => insertOffer(trx, two))).toBeNull();
    expect(await within((trx) => insertOffer(trx, three))).toBe(two.id);
    const rows = (await within((trx) => readOffers(trx, own.purchase))).filter(({ lot }) => lot === 'R');
    expect(new Map(rows.map(({ id, round, replacedBy }) => [id, [round, replacedBy]]))).toEqual(
      new Map([
        [one.id, [1, null]],
        [two.id, [2, three.id]],
        [three.id, [2, null]],
      ]),
    );
  });

  it('of one supplier at once leave one standing', async () => {
    await Promise.all(Array.from({ length: 6 }, () => within((trx) => insertOffer(trx, offer({ lot: 'C' })))));
    const standing = (await within((trx) => listOffers(trx, own.purchase))).filter(
      (row) => row.lot === 'C' && row.replacedBy === null,
    );
    expect(standing).toHaveLength(1);
  });

  it('say nothing before they are opened, and keep their first opening', async () => {
    expect(await within((trx) => readOpenedOffers(trx, own.purchase))).toEqual([]);
    const at = new Date('2031-01-02T09:00:00Z');
    expect(await within((trx) => openOffer(trx, own.offer, 1, { at, answers: { R1: 'yes' } }))).toBe(2);
    expect(await within((trx) => openOffer(trx, own.offer, 2, { at: new Date(), price: { total: 1.1 } }))).toBe(3);
    const opened = await within((trx) => readOpenedOffers(trx, own.purchase));
    expect(opened).toMatchObject([{ id: own.offer, openedAt: at, answers: { R1: 'yes' }, price: { total: 1.1 } }]);
    await expect(within((trx) => openOffer(trx, own.offer, 1, { at }))).rejects.toMatchObject({
      code: 'conflict',
      current: 3,
    });
    expect(await within((trx) => getOffer(trx, own.offer))).toMatchObject({ bytes: 3, lot: null });
  });

  it('need a file that the tenant has', async () => {
    await expect(
      within((trx) => insertOffer(trx, offer({ lot: 'D', sha256: sha256('unknown') }))),
    ).rejects.toMatchObject({ code: '23503' });
  });
});

describe('what contracts owe', () => {
  const owed = (due: string, owner: string, ...obligations: string[]) =>
    obligations.map((obligation) => ({ obligation, owner, due: new Date(due) }));

  it('is counted by day, over all purchases, for one owner or for all', async () => {
    const days = async (filter: Partial<Parameters<typeof owedInAll>[1]> = {}) =>
      (await within((trx) => owedInAll(trx, { limit: 10, ...filter }))).map(({ due, count }) => [
        due.toISOString().slice(0, 10),
        count,
      ]);
    const list = [...owed('2032-05-01', 'anna', 'GOV-01.1', 'GOV-01.2'), ...owed('2032-01-01', 'bert', 'WEB-01.3')];
    await within((trx) => keepOwed(trx, own.purchase, list));
    expect(await days()).toEqual([
      ['2032-01-01', 1],
      ['2032-05-01', 2],
    ]);
    expect(await days({ owner: 'anna' })).toEqual([['2032-05-01', 2]]);
    expect(await days({ to: new Date('2032-01-01') })).toEqual([['2032-01-01', 1]]);
    expect(await days({ from: new Date('2032-01-02'), limit: 1 })).toEqual([['2032-05-01', 2]]);
  });

  it('takes the place of what was owed before', async () => {
    await within((trx) => keepOwed(trx, own.purchase, []));
    expect(await within((trx) => owedInAll(trx, { limit: 10 }))).toEqual([]);
  });
});

describe('scores', () => {
  it('come back with the digits they had, and by version', async () => {
    const score = { purchase: own.purchase, offer: own.offer, requirement: 'R2', evaluator: own.person, reason: 'r' };
    expect(await within((trx) => saveScore(trx, { ...score, value: 0.1 + 0.2, version: 0 }))).toBe(1);
    expect(await within((trx) => saveScore(trx, { ...score, value: null, version: 1 }))).toBe(2);
    expect(await within((trx) => saveScore(trx, { ...score, value: 1e-7, version: 2 }))).toBe(3);
    await expect(within((trx) => saveScore(trx, { ...score, value: 1, version: 2 }))).rejects.toMatchObject({
      current: 3,
    });
    const gone = { ...score, requirement: 'R9', value: 1, version: 4 };
    await expect(within((trx) => saveScore(trx, gone))).rejects.toMatchObject({ code: 'missing' });
    const rows = await within((trx) => readScores(trx, own.purchase, own.person));
    expect(rows.map(({ requirement, value }) => [requirement, value])).toEqual([
      ['R1', 0.1 + 0.2],
      ['R2', 1e-7],
    ]);
    expect(await within((trx) => readScores(trx, own.purchase, randomUUID()))).toEqual([]);
  });

  it('end in a consensus, which keeps what was agreed before', async () => {
    const agreed = {
      purchase: own.purchase,
      offer: own.offer,
      requirement: 'R2',
      value: 2,
      reason: 'agreed',
      by: own.person,
    };
    const at = new Date('2030-01-01');
    const both = [2, 3].map((value) => within((trx) => appendConsensus(trx, { ...agreed, value, at })));
    await Promise.all(both);
    await within((trx) => appendConsensus(trx, { ...agreed, value: 1, at }));
    const rows = (await within((trx) => readConsensus(trx, own.purchase))).filter((row) => row.requirement === 'R2');
    expect(rows.map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(rows.map(({ value }) => value)).toEqual([expect.any(Number), expect.any(Number), 1]);
    await expect(within((trx) => trx.updateTable('consensus').set({ value: 0 }).execute())).rejects.toThrow(
      'permission denied',
    );
  });
});

describe('the outbox', () => {
  it('gives a letter to one worker, and tries again later', async () => {
    const id = randomUUID();
    await within((trx) => insertLetter(trx, { id, toAddress: 'x@example.org', subject: 's', body: 'b' }));
    expect(await tenantsWithMail(base.store.db)).toContain(own.tenant);
    await within(async (trx) => {
      const mine = await takeLetters(trx, 10);
      expect(mine.map(({ email }) => email).toSorted()).toEqual(['anna@q.example', 'x@example.org']);
      expect(await within((other) => takeLetters(other, 10))).toEqual([]);
      for (const letter of mine)
        await (letter.id === id ? letterFailed(trx, id, 'no route') : letterSent(trx, letter.id));
    });
    expect(await within((trx) => takeLetters(trx, 10))).toEqual([]);
    const { rows } = await within((trx) => listLetters(trx, { limit: 10 }));
    expect(rows.find((row) => row.id === id)).toMatchObject({ state: 'waiting', attempts: 1, lastError: 'no route' });
    for (let attempt = 2; attempt <= 8; attempt++) await within((trx) => letterFailed(trx, id, 'no route'));
    const after = await within((trx) => listLetters(trx, { limit: 10 }));
    expect(after.rows.find((row) => row.id === id)?.state).toBe('failed');
  });
});

describe('settings, people and keys', () => {
  it('settings are any JSON, by version', async () => {
    for (const [index, value] of [null, [1, { aB: 2 }], 'text', false].entries()) {
      expect(await within((trx) => putSetting(trx, 's', index, value))).toBe(index + 1);
      expect(await within((trx) => getSetting(trx, 's'))).toEqual({ value, version: index + 1 });
    }
    await expect(within((trx) => putSetting(trx, 's', 0, 1))).rejects.toBeInstanceOf(VersionConflict);
    await expect(within((trx) => putSetting(trx, 'never', 3, 1))).rejects.toMatchObject({ code: 'missing' });
  });

  it('a person may work for several tenants, each knows them by itself', async () => {
    await within((trx) =>
      insertMember(trx, {
        id: randomUUID(),
        account: 'account-other',
        email: 'o@q.example',
        name: 'O',
        roles: ['auditor'],
      }),
    );
    const memberships = await membershipsOf(base.store.db, 'account-other');
    expect(memberships.map(({ tenantName, roles }) => [tenantName, roles])).toEqual([
      ['other', ['owner', 'buyer']],
      ['q', ['auditor']],
    ]);
    expect((await within(listPeople)).map(({ name }) => name)).toEqual(['Anna of q', 'O']);
    const again = { id: randomUUID(), email: 'O@Q.example', name: 'O', roles: ['buyer'] };
    await expect(within((trx) => insertMember(trx, again))).rejects.toMatchObject({ code: '23505' });
  });

  it('a key is found by its hash and notes its use', async () => {
    const found = await findApiKey(base.store.db, sha256(`key ${own.tenant}`));
    expect(found?.tenant).toBe(own.tenant);
    const key = await within((trx) => useApiKey(trx, found?.id ?? ''));
    expect(key).toMatchObject({ name: 'CI', scopes: ['read'], lastUsed: expect.any(Date) });
    expect(await findApiKey(base.store.db, sha256('guess'))).toBeNull();
  });
});

describe('who signed a consent', () => {
  it('is forgotten once the purchase is over too, in which nobody can withdraw it any more', async () => {
    const { purchase: id, supplier } = own;
    const into = (state: string) => (trx: TenantScope) =>
      trx.updateTable('purchase').set({ state }).where('id', '=', id).execute();
    const erase = () => within((trx) => eraseConsentSigners(trx, { purchase: id, supplier }));
    expect(await erase()).toBe(0);
    const expire = (before: string) => within((trx) => expireConsentSigners(trx, new Date(before)));
    expect(await expire('2999-01-01')).toBe(0);
    await within(into('ended'));
    expect(await expire('2001-01-01')).toBe(0);
    expect([await erase(), await erase()]).toEqual([1, 0]);
    await within(into('published'));
  });
});
