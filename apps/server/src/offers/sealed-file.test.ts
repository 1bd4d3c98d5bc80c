import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '@proviso/documents';
import { purchaseFingerprint, readSealedOffer, sealedOfferFile, sha256Hex } from '@proviso/sealing';
import { readOffers, withTenant } from '@proviso/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSandbox } from '../library/sandbox.ts';
import type { KeptAnswers } from '../opening/open-offers.ts';
import { closeDue } from '../purchases/closing.ts';
import { demanded, type Life, portalContext, published, specified } from '../testing/purchases.ts';
import { type TestServer, tryServer } from '../testing/server.ts';
import { ahead, type Bidder, bids, declare, invited, opens, sealedAsFile, sealedBid } from './testing/bids.ts';

let pages: string;
let server: TestServer;
let life: Life;
let acme: Bidder;
let bolt: Bidder;

const LANGUAGES = ['en', 'fr', 'nl', 'de'];
/** What the build of the pages leaves; the real one is tried in a browser, by `apps/web`. */
const BUILT = { script: '"the script"', words: Object.fromEntries(LANGUAGES.map((one) => [one, { brand: one }])) };

beforeAll(async () => {
  pages = await mkdtemp(join(tmpdir(), 'proviso-pages-'));
  await writeFile(join(pages, 'offline-form.json'), JSON.stringify(BUILT));
  server = await tryServer({ pages });
  life = await published(server);
  acme = await invited(server, life, 'Acme');
  bolt = await invited(server, life, 'Bolt');
});
afterAll(async () => {
  await closeSandbox();
  await server.close();
  await rm(pages, { recursive: true, force: true });
});

const codeOf = (answer: { statusCode: number; json(): { code?: string } }) => [answer.statusCode, answer.json().code];
const at = (path: string) => server.at(`/purchases/${life.id}${path}`);
const asked = (page: string) => JSON.parse(/id="form-data">([^<]*)</.exec(page)?.[1] ?? '{}').asked;
const submit = (who: Bidder, body: unknown) => who.ask('POST', '/api/offer/submit', body);
/** As the supplier's page hands a file in. */
const handIn = async (who: Bidder, file: Blob) => submit(who, await ahead(who, await readSealedOffer(file)));
const standing = async (who: Bidder) => (await who.view()).offers.filter((one) => !one.replaced && !one.withdrawn);

describe('the offline form of a published purchase', () => {
  const form = (who: Bidder, language = 'nl') => who.ask('GET', `/api/offer/form?language=${language}`);

  it('is the same for all suppliers and the buyer, and carries what an offer is sealed for', async () => {
    const { body, headers } = await form(acme);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect((await form(bolt)).body).toBe(body);
    expect((await server.ask('buyer', 'GET', at('/demand/files/form.html?language=nl'))).body).toBe(body);
    const view = await acme.view();
    const { id, lots, zone, closing } = view.purchase;
    expect(asked(body)).toEqual({
      purchase: { id, lots, zone, closing },
      demand: view.demand,
      keys: view.keys,
      price: { asked: true, apart: true },
    });
    expect(body).toContain('<script>"the script"</script>');
    for (const own of [acme.invitation, acme.token, acme.supplier, 'Acme']) expect(body).not.toContain(own);
  });

  it('has a checksum in each language that anybody can compute', async () => {
    const list = (await server.ask('buyer', 'GET', at('/offline-forms'))).json();
    expect(list.map((one: { language: string }) => one.language)).toEqual(['en', 'fr', 'nl', 'de']);
    for (const { language, sha256, bytes } of list) {
      const { rawPayload } = await form(acme, language);
      expect([sha256Hex(rawPayload), rawPayload.length]).toEqual([sha256, bytes]);
    }
  });

  it('goes with papers that name the fingerprint', async () => {
    const { keys } = await acme.view();
    const fingerprint = keys ? purchaseFingerprint(keys) : '';
    expect(fingerprint).toMatch(/^[0-9a-f]{4}( [0-9a-f]{4}){15}$/);
    const annex = await server.ask('buyer', 'GET', at('/demand/files/annex.docx?language=fr'));
    expect((await parse(annex.rawPayload, 'annex.docx')).text).toContain(fingerprint);
    const ocds = (await server.ask('buyer', 'GET', at('/demand/files/ocds.json'))).json();
    expect(ocds.releases[0].tender.submissionMethod).toEqual(['electronicSubmission']);
    expect(ocds.releases[0].tender.submissionMethodDetails).toContain(fingerprint);
  });

  it('is none before publication, where the demand’s own form seals nothing', async () => {
    const early = await specified(server, 'Early');
    const url = (path: string) => server.at(`/purchases/${early.id}${path}`);
    expect(codeOf(await server.ask('buyer', 'GET', url('/offline-forms')))).toEqual([409, 'not-published']);
    const plain = (await server.ask('buyer', 'GET', url('/demand/files/form.html'))).body;
    expect(plain).not.toContain('"the script"');
    expect(asked(plain)).toBeUndefined();
  });

  it('is refused, not made without its key, where the pages are not built', async () => {
    await rm(join(pages, 'offline-form.json'));
    expect(codeOf(await form(acme))).toEqual([404, 'no-pages']);
    expect(codeOf(await server.ask('buyer', 'GET', at('/demand/files/form.html')))).toEqual([404, 'no-pages']);
    await writeFile(join(pages, 'offline-form.json'), JSON.stringify(BUILT));
  });
});

describe('a sealed file', () => {
  it('is taken as an offer, with a receipt that names all of it', async () => {
    const file = await sealedAsFile(acme, { files: [{ name: 'plan.txt', content: 'plan' }] });
    const { parts, files } = await readSealedOffer(file);
    const answer = await handIn(acme, file);
    expect(answer.statusCode).toBe(201);
    const { receipt } = answer.json();
    expect(receipt).toMatchObject({ purchase: life.id, invitation: acme.invitation, late: false });
    expect(receipt.sealed.map(({ sha256 }: { sha256: string }) => sha256)).toEqual(
      [...parts, ...files].map(({ sha256 }) => sha256),
    );
  });

  it('takes the place of an offer from the page, and an offer from the page takes its place', async () => {
    const online = await bids(acme);
    expect((await standing(acme)).map(({ id }) => id)).toEqual([online]);
    const { offer } = (await handIn(acme, await sealedAsFile(acme))).json().receipt;
    expect((await standing(acme)).map(({ id }) => id)).toEqual([offer]);
    const again = await bids(acme);
    expect((await standing(acme)).map(({ id }) => id)).toEqual([again]);
  });

  it('of another purchase, another link or other keys is refused, and what stands still stands', async () => {
    const before = (await acme.view()).offers;
    const other = await published(server, 'Another');
    const there = await invited(server, other, 'Acme there');
    expect(codeOf(await handIn(acme, await sealedAsFile(there)))).toEqual([422, 'wrong-purchase']);
    expect(codeOf(await handIn(acme, await sealedAsFile(bolt)))).toEqual([422, 'wrong-invitation']);
    const { binding, parts, files } = await sealedBid(acme);
    const { keys } = await there.view();
    if (!keys) throw new Error('no keys');
    const strange = sealedOfferFile(binding, { ...keys, purchase: life.id }, { parts, files });
    expect(codeOf(await handIn(acme, strange))).toEqual([422, 'other-keys']);
    expect((await acme.view()).offers).toEqual(before);
  });

  it('with a part that was cut or is in plain is refused', async () => {
    const body = await ahead(acme, await readSealedOffer(await sealedAsFile(acme)));
    const changed = (bytes: (text: string) => string) => ({
      ...body,
      parts: body.parts.map((one) => ({ ...one, bytes: bytes(one.bytes) })),
    });
    const cut = changed((text) => Buffer.from(text, 'base64url').subarray(0, -1).toString('base64url'));
    expect(codeOf(await submit(acme, cut))).toEqual([422, 'not-sealed']);
    const plain = changed(() => Buffer.from('{"answers":"we do"}').toString('base64url'));
    expect(codeOf(await submit(acme, plain))).toEqual([422, 'not-sealed']);
  });

  it.each([
    ['nothing said', () => undefined, 422, 'bad-field'],
    ['a text', () => 'x', 422, 'bad-field'],
    ['a list', () => [], 422, 'bad-field'],
    ['an object as purchase', (one: object) => ({ ...one, purchase: { $ne: null } }), 422, 'bad-field'],
    ['a prototype', () => JSON.parse('{"__proto__": {"purchase": "x"}}'), 400, 'bad-json'],
    ['endless words', (one: object) => ({ ...one, keys: 'f'.repeat(100_000) }), 422, 'bad-field'],
    ['no fingerprint', (one: object) => ({ ...one, keys: '' }), 422, 'other-keys'],
  ])('is refused with hostile JSON about what it was sealed for: %s', async (_, change, status, code) => {
    const body = await ahead(acme, await readSealedOffer(await sealedAsFile(acme)));
    const answer = await submit(acme, { ...body, sealedFor: change(body.sealedFor) });
    expect(codeOf(answer)).toEqual([status, code]);
  });

  it('that answers an older version of the demand is refused', async () => {
    const changed = await published(server, 'Changed');
    const carol = await invited(server, changed, 'Carol');
    const old = await sealedAsFile(carol);
    const before = (await carol.ask('GET', '/api/offer/form')).body;
    await demanded(server, changed, { ...portalContext(), criticality: 'low', valueBand: 'small' });
    const pending = (await server.ask('legal', 'GET', server.at(`/purchases/${changed.id}/demand?n=2`))).json();
    const nod = { verdict: 'approved', demand: pending.form.demand, reason: '' };
    for (const as of ['legal', 'security']) await changed.gives(as, 'demand.approve', { ...nod, as });
    await changed.gives('buyer', 'corrigendum.publish', {
      id: 'c1',
      significance: 'significant',
      reason: 'The scope became smaller.',
      closing: '2026-04-20T12:00',
      demand: { version: 2, hash: pending.form.demand, lines: [] },
      plan: null,
      changed: [],
    });
    const [{ at: when = '', reason = '' } = {}] = changed.view.purchase.corrigenda;
    const correction = { at: when, reason };
    const refused = await handIn(carol, old);
    expect(codeOf(refused)).toEqual([422, 'demand-corrected']);
    // The supplier reads what was corrected, by the page and by whoever sends without it.
    const { earlier } = await carol.view();
    expect(earlier).toEqual([
      { demand: asked(before).demand, corrections: [correction], added: [], removed: expect.any(Array) },
    ]);
    expect(earlier[0]?.removed.length).toBeGreaterThan(0);
    expect(refused.json().message).toContain('The scope became smaller.');
    expect(refused.json().message).toContain(earlier[0]?.removed[0]);
    expect((await carol.ask('GET', '/api/offer/form')).body).not.toBe(before);
    // The form of before is there by its checksum, for who reads purchases.
    const url = (path: string) => server.at(`/purchases/${changed.id}/offline-forms${path}`);
    const forms = (await server.ask('buyer', 'GET', url('/earlier'))).json();
    expect(forms.map(({ version, language }: { version: number; language: string }) => [version, language])).toEqual(
      ['de', 'en', 'fr', 'nl'].map((one) => [1, one]),
    );
    const { sha256 } = forms.find(({ language }: { language: string }) => language === 'en');
    expect(sha256).toBe(sha256Hex(Buffer.from(before)));
    expect((await server.ask('auditor', 'GET', url(`/${sha256}`))).body).toBe(before);
    expect((await server.ask('buyer', 'GET', url(`/${'a'.repeat(64)}`))).statusCode).toBe(404);
    expect((await server.ask('buyer', 'GET', at(`/offline-forms/${sha256}`))).statusCode).toBe(404);
    // A newer Proviso makes another form of the same: what the page shows from then on is kept too.
    await writeFile(join(pages, 'offline-form.json'), JSON.stringify({ ...BUILT, script: '"newer"' }));
    await server.ask('buyer', 'GET', url(''));
    await server.ask('buyer', 'GET', url(''));
    const versions = (await server.ask('buyer', 'GET', url('/earlier'))).json();
    expect(versions.map(({ version }: { version: number }) => version)).toEqual([2, 2, 2, 2, 1, 1, 1, 1]);
    await writeFile(join(pages, 'offline-form.json'), JSON.stringify(BUILT));
    expect((await handIn(carol, await sealedAsFile(carol))).statusCode).toBe(201);
  });
});

describe('after the opening', () => {
  it('a sealed file reads exactly as an offer from the page; one that came late stays sealed', async () => {
    const same = {
      text: 'We do, “word for word”.\n=1+1',
      choice: 1,
      price: 123_456,
      files: [{ name: 'a.txt', content: 'a' }],
    };
    await bids(acme, same);
    const { offer } = (await handIn(bolt, await sealedAsFile(bolt, same))).json().receipt;
    const late = await sealedAsFile(bolt, same);
    server.setClock('2026-02-16T11:00:00.001Z');
    expect((await handIn(bolt, late)).json().receipt).toMatchObject({ late: true });
    await closeDue(server.deps);
    server.setClock('2026-02-16T13:00:00Z');
    life.view = (await server.ask('owner', 'GET', at(''))).json();
    await declare(life, 'opener', 'opener2');
    expect((await opens(server, life, 'quality')).statusCode).toBe(200);
    const rows = await withTenant(server.deps.store.db, server.tenant, (trx) => readOffers(trx, life.id));
    const counting = new Set((await Promise.all([standing(acme), standing(bolt)])).flat().map(({ id }) => id));
    const opened = rows.filter(({ id, late: is }) => counting.has(id) && !is);
    expect(opened.map(({ id }) => id)).toContain(offer);
    const [one, two] = opened.map(({ answers }) => {
      const { submission, others, answers: said, ...kept } = answers as KeptAnswers;
      const { supplier, ...rest } = said as { supplier: string };
      return { ...kept, said: rest, parts: others.map(({ part, size }) => ({ part, size })) };
    });
    expect(one?.problem).toBeNull();
    expect(JSON.stringify(one)).toContain('word for word');
    expect({ ...two, files: [] }).toEqual({ ...one, files: [] });
    expect(two?.files).toMatchObject([{ name: 'a.txt', kept: true, problem: null }]);
    expect(rows.find(({ late: is }) => is)?.answers).toBeNull();
  });
});
