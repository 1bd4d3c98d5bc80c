import { createHash } from 'node:crypto';
import { parse, Zip } from '@proviso/documents';
import { openPassedShare, passShare, readOpeningRecord, sealOffer } from '@proviso/sealing';
import { openingRecords, verifyLog, withTenant } from '@proviso/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EvaluationView } from '../contract/evaluating.ts';
import { closeSandbox } from '../library/sandbox.ts';
import {
  type Bidder,
  bids,
  combined,
  confirms,
  declare,
  invited,
  openerKey,
  openingOf,
  opens,
  ownShare,
  passes,
  sealed,
} from '../offers/testing/bids.ts';
import { closeDue } from '../purchases/closing.ts';
import { giveCommand } from '../purchases/commands.ts';
import { type Life, published } from '../testing/purchases.ts';
import { type TestServer, tryServer } from '../testing/server.ts';
import { isSigned, type SignedRecord } from './signed-record.ts';

/** What a hostile supplier writes wherever it can. */
const MARKUP = '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>';
const FORMULA = '=HYPERLINK("http://evil.example";"x")';
const ACME = `${FORMULA} & ${MARKUP}`;

let server: TestServer;
let life: Life;
let acme: Bidder;
let bolt: Bidder;
const offers: Record<string, string> = {};

beforeAll(async () => {
  server = await tryServer();
  life = await published(server);
  acme = await invited(server, life, ACME);
  bolt = await invited(server, life, 'Bolt');
  const [carol, dave] = [await invited(server, life, 'Carol'), await invited(server, life, 'Dave')];
  const files = [
    { name: `../../${MARKUP}.txt`, content: 'Our plan is to encrypt everything.' },
    { name: 'lie.pdf', content: '%PDF-1.7 but nothing of it' },
  ];
  offers.acme = await bids(acme, { text: `${FORMULA}\n${MARKUP}\u0000\u202e`, choice: 1, price: 120_000, files });
  offers.replaced = await bids(bolt, { price: 1 });
  offers.bolt = await bids(bolt, { choice: 0, price: 150_000 });
  offers.carol = await sealedElsewhere(carol);
  const late = await sealed(dave);
  server.setClock('2026-02-16T11:00:00.001Z');
  await dave.ask('POST', '/api/offer/submit', late);
  offers.dave = late.id;
  await closeDue(server.deps);
  await reload();
});
afterAll(async () => {
  await closeSandbox();
  await server.close();
});

/** An offer that says inside that it is for another lot than it was handed in for. */
async function sealedElsewhere(who: Bidder): Promise<string> {
  const view = await who.view();
  const body = await sealed(who);
  const content = { answers: {}, declaration: null, files: [] };
  if (!view.keys) throw new Error('no keys');
  const parts = await sealOffer(
    {
      binding: { purchase: life.id, lot: 'another', invitation: view.invitation, demand: view.demand },
      parts: { quality: content, price: content },
    },
    view.keys,
  );
  const sent = parts.map(({ part, bytes }) => ({ part, bytes: Buffer.from(bytes).toString('base64url') }));
  await who.ask('POST', '/api/offer/submit', { ...body, parts: sent });
  return body.id;
}

const reload = async () => {
  life.view = (await server.ask('owner', 'GET', server.at(`/purchases/${life.id}`))).json();
};
const at = (path: string) => server.at(`/purchases/${life.id}${path}`);
const codeOf = (answer: { statusCode: number; json(): { code?: string } }) => [answer.statusCode, answer.json().code];
const attend = (who: string) =>
  server.ask(who, 'POST', at('/commands/opening.attend'), { version: life.view.version, input: { part: 'quality' } });
const open = (who: string, identity: string, part = 'quality') =>
  server.ask(who, 'POST', at('/opening/open'), { version: life.view.version, part, identity });
const evaluation = async (who: string): Promise<EvaluationView> =>
  (await server.ask(who, 'GET', at('/evaluation'))).json();

describe('the opening', () => {
  it('waits for its time, for a declaration, and for openers', async () => {
    await declare(life, 'opener');
    expect(codeOf(await attend('opener'))).toEqual([422, 'opening-later']);
    expect((await openingOf(server, life, 'opener')).may.quality).toBe(false);
    server.setClock('2026-02-16T13:00:00Z');
    expect((await openingOf(server, life, 'opener')).may.quality).toBe(true);
    expect(codeOf(await attend('opener2'))).toEqual([403, 'declare-first']);
    expect(codeOf(await attend('buyer'))).toEqual([403, 'not-permitted']);
    await declare(life, 'opener2', 'evaluator', 'evaluator2', 'buyer', 'owner');
    await life.gives('legal', 'conflict.declare', { lots: null, conflict: true, note: 'A friend bids.' });
  });

  it('shows each opener only their own share, and everybody who bids', async () => {
    const [one, two, buyer] = await Promise.all(
      ['opener', 'opener2', 'buyer'].map((who) => openingOf(server, life, who)),
    );
    expect(one?.shares.map(({ part }) => part)).toEqual(['price', 'quality']);
    expect(one?.shares[0]?.encrypted).not.toBe(two?.shares[0]?.encrypted);
    expect(buyer?.shares).toEqual([]);
    expect(buyer?.offers.map(({ id, late }) => [id, late])).toEqual([
      [offers.acme, false],
      [offers.replaced, false],
      [offers.bolt, false],
      [offers.carol, false],
      [offers.dave, true],
    ]);
    await expect(ownShare(server, life, 'opener', 'quality')).resolves.toMatchObject({ part: 'quality' });
  });

  it('is not done by one alone, whatever they send', async () => {
    const early = await passes(server, life, 'quality', 'opener', 'opener2');
    expect(codeOf(early)).toEqual([422, 'attend-first']);
    await life.gives('opener', 'opening.attend', { part: 'quality' });
    const { identity: own } = await openerKey(server, 'opener');
    expect(codeOf(await open('opener', own))).toEqual([422, 'opening-needs-two']);
    expect(codeOf(await open('opener2', own))).toEqual([422, 'attend-first']);
    await life.gives('opener2', 'opening.attend', { part: 'quality' });
    // Two are there now, and still nobody has the key.
    expect(codeOf(await open('opener2', own))).toEqual([422, 'wrong-identity']);
    expect(codeOf(await open('opener2', 'AGE-SECRET-KEY-PQ-1XYZ'))).toEqual([422, 'wrong-identity']);
    expect((await evaluation('evaluator')).offers).toEqual([]);
  });

  it('refuses a share that was altered, and passing to strangers', async () => {
    const share = await ownShare(server, life, 'opener', 'quality');
    const two = (await openingOf(server, life, 'opener')).openers.find(({ id }) => id === server.people.opener2);
    const bent = { ...share, share: `${share.share.startsWith('A') ? 'B' : 'A'}${share.share.slice(1)}` };
    const [passed] = await passShare(bent, [{ id: two?.id ?? '', recipient: two?.recipient ?? '' }]);
    const { identity } = await openerKey(server, 'opener2');
    const mine = await ownShare(server, life, 'opener2', 'quality');
    await expect(openPassedShare(passed?.encrypted ?? '', identity, mine)).rejects.toMatchObject({
      code: 'tampered-share',
    });
    const to = (id: string | undefined) =>
      server.ask('opener', 'POST', at('/opening/pass'), { part: 'quality', shares: [{ to: id, encrypted: 'x' }] });
    expect(codeOf(await to(server.people.buyer))).toEqual([422, 'unknown']);
    expect(codeOf(await to(server.people.opener))).toEqual([422, 'unknown']);
  });

  it('opens all offers that count, with two people, and no other', async () => {
    expect((await passes(server, life, 'quality', 'opener', 'opener2')).statusCode).toBe(204);
    const identity = await combined(server, life, 'quality', 'opener2');
    expect(codeOf(await open('opener2', `${identity.slice(0, -1)}Q`))).toEqual([422, 'wrong-identity']);
    expect(codeOf(await open('opener2', identity, 'price'))).toEqual([422, 'wrong-state']);
    // Nobody passed a share to her.
    expect(codeOf(await open('opener', identity))).toEqual([422, 'pass-first']);
    const stale = await server.ask('opener2', 'POST', at('/opening/open'), { version: 1, part: 'quality', identity });
    expect(codeOf(stale)).toEqual([409, 'version-conflict']);
    const answer = await open('opener2', identity);
    expect(answer.statusCode).toBe(200);
    const { state, offers: lines } = answer.json();
    expect(state).toBe('opened');
    expect(
      lines.map((one: { id: string; opened: boolean; problem: string }) => [one.id, one.opened, one.problem]),
    ).toEqual([
      [offers.acme, true, null],
      [offers.replaced, false, null],
      [offers.bolt, true, null],
      [offers.carol, true, 'wrong-lot'],
      [offers.dave, false, null],
    ]);
    await reload();
    // Until the other opener has confirmed what was found, it may be opened again; afterwards not.
    expect((await open('opener2', identity)).statusCode).toBe(200);
    await reload();
    const letters = (await server.ask('owner', 'GET', server.at('/outbox'))).json().rows;
    expect(letters.some(({ subject }: { subject: string }) => subject.startsWith('Please confirm'))).toBe(true);
    await confirms(life, 'quality');
    expect((await openingOf(server, life, 'opener2')).passed).toEqual([]);
    expect(codeOf(await open('opener2', identity))).toEqual([422, 'already-opened']);
    expect(server.lines.join('\n')).not.toContain(identity);
  });

  it('leaves a signed record with every hash, in the log as well', async () => {
    const [row] = await withTenant(server.deps.store.db, server.tenant, (trx) => openingRecords(trx, life.id));
    const record = row?.record as SignedRecord;
    const { opening, sha256 } = record;
    expect(readOpeningRecord({ opening, sha256 }).sha256).toBe(sha256);
    expect(isSigned(record, server.deps.receiptKey)).toBe(true);
    expect(
      isSigned(
        { ...record, opening: { ...record.opening, openedAt: '2026-02-16T13:00:00.001Z' } },
        server.deps.receiptKey,
      ),
    ).toBe(false);
    expect(record.opening.openers).toEqual([server.people.opener, server.people.opener2].sort());
    const refused = record.opening.offers.map(({ offer, refused: why }) => [offer, why]);
    expect(Object.fromEntries(refused)).toEqual({
      [offers.acme ?? '']: null,
      [offers.bolt ?? '']: null,
      [offers.carol ?? '']: 'wrong-lot',
      [offers.dave ?? '']: 'late',
    });
    await withTenant(server.deps.store.db, server.tenant, async (trx) => {
      expect(await verifyLog(trx)).toMatchObject({ intact: true });
      const words = await trx.selectFrom('logContent').select('content').execute();
      expect(words.some(({ content }) => content.includes(record.sha256))).toBe(true);
    });
  });
});

describe('the evaluation', () => {
  it('shows answers and files to who may see them, as they are', async () => {
    const view = await evaluation('evaluator');
    expect(view.offers.map(({ id }) => id)).toEqual([offers.acme, offers.bolt, offers.carol]);
    const [first, second, third] = view.offers;
    expect(first?.name).toBe(ACME);
    // U+0000 cannot be kept; everything else is.
    expect(first?.answers['ACC-01.evidence']).toBe(`${FORMULA}\n${MARKUP}\uFFFD\u202e`);
    expect(first?.files.map(({ name, problem }) => [name, problem])).toEqual([
      [`../../${MARKUP}.txt`, null],
      ['lie.pdf', 'truncated'],
    ]);
    expect([first?.price, second?.price, third?.answers, third?.problem]).toEqual([null, null, {}, 'wrong-lot']);
    expect(second?.claimed['ACC-01']).toBe(3);
    expect(view.lines[0]?.scale.map(({ score }) => score)).toEqual([0, 1, 2, 3]);
    const file = first?.files[0];
    const got = await server.ask('evaluator', 'GET', at(`/offers/${offers.acme}/files/${file?.sha256}`));
    expect(got.body).toBe('Our plan is to encrypt everything.');
    expect(createHash('sha256').update(got.rawPayload).digest('hex')).toBe(file?.sha256);
    expect(got.headers['content-disposition']).toMatch(
      /^attachment; filename="[^"<>/\\]+"; filename\*=UTF-8''[\w%.!~-]+$/,
    );
    expect(got.headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    const elsewhere = await server.ask('evaluator', 'GET', at(`/offers/${offers.bolt}/files/${file?.sha256}`));
    expect(elsewhere.statusCode).toBe(404);
  });

  it('is closed to who has a conflict, or has not declared', async () => {
    for (const [who, code] of [
      ['legal', 'conflict-declared'],
      ['security', 'declare-first'],
    ] as const) {
      expect((await evaluation(who)).offers).toEqual([]);
      const file = await server.ask(who, 'GET', at(`/offers/${offers.acme}/files/${'a'.repeat(64)}`));
      expect(codeOf(file)).toEqual([403, code]);
    }
    expect((await evaluation('auditor')).offers).toHaveLength(3);
    const sealedOne = await server.ask('auditor', 'GET', at(`/offers/${offers.dave}/files/${'a'.repeat(64)}`));
    expect(codeOf(sealedOne)).toEqual([422, 'still-sealed']);
  });

  it('is blind until both have finished', async () => {
    const usual = (offer: string, requirement: string) => (offer === offers.bolt && requirement === 'ACC-01' ? 1 : 2);
    await score('evaluator', usual);
    expect((await evaluation('evaluator')).mine.length).toBeGreaterThan(50);
    for (const who of ['evaluator2', 'buyer', 'owner', 'auditor']) {
      const view = await evaluation(who);
      expect([view.mine, view.others, view.consensus, view.spreads], who).toEqual([[], [], [], []]);
    }
    await life.gives('evaluator', 'evaluation.finish', { lot: 'all' });
    expect((await evaluation('evaluator2')).others).toEqual([]);
    // Of Acme, the second one thinks less of one requirement, and says why.
    await score('evaluator2', (offer, requirement) =>
      offer === offers.acme && requirement === 'WEB-01' ? 0 : usual(offer, requirement),
    );
    await life.gives('evaluator2', 'evaluation.finish', { lot: 'all' });
    const view = await evaluation('evaluator2');
    expect(view.lots[0]).toMatchObject({ revealed: true, frozen: false });
    expect(view.others.length).toBe(view.mine.length);
    expect(view.spreads).toEqual([{ offer: offers.acme, requirement: 'WEB-01', lowest: 0, highest: 2, wide: true }]);
    expect((await evaluation('legal')).others).toEqual([]);
  });

  async function score(who: string, value: (offer: string, requirement: string) => number) {
    const view = await evaluation(who);
    await withTenant(server.deps.store.db, server.tenant, async (trx) => {
      for (const offer of [offers.acme ?? '', offers.bolt ?? ''])
        for (const { id } of view.lines) {
          const input = { offer, requirement: id, value: value(offer, id), reason: `${who} of ${id}: ${MARKUP}` };
          await giveCommand(trx, server.deps, server.actor(who), life.id, null, { type: 'score.write', input });
        }
    });
  }

  it('ends in a ranking only when prices are open, and they open only after the freeze', async () => {
    const agreed = { offer: offers.acme, requirement: 'WEB-01', value: 1, reason: `Agreed: ${FORMULA}` };
    for (const who of ['evaluator', 'evaluator2']) await life.gives(who, 'consensus.write', agreed);
    expect((await evaluation('buyer')).consensus).toHaveLength(2);
    const waits = async (who: string) =>
      (await server.ask(who, 'GET', server.at('/home'))).json().waiting.map(({ what }: { what: string }) => what);
    // Before they declare, nobody learns how many there are.
    expect((await waits('security')).filter((what: string) => /deviation|conflict/.test(what))).toEqual([
      'declare-conflict',
    ]);
    // Security decides as well as the buyer: it reads what was offered, and none of the scores.
    await life.gives('security', 'conflict.declare', { lots: null, conflict: false, note: '' });
    const { deviations } = life.view.purchase;
    expect(deviations.length).toBeGreaterThan(0);
    const read = await evaluation('security');
    expect(read.offers).toHaveLength(3);
    expect([read.others, read.consensus, read.spreads]).toEqual([[], [], []]);
    expect([await waits('security'), await waits('legal')].map((all) => all.includes('decide-deviation'))).toEqual([
      true,
      false,
    ]);
    for (const { offer, requirement } of deviations)
      await life.gives('security', 'deviation.decide', {
        offer,
        requirement,
        verdict: 'accepted',
        reason: 'Good enough.',
        counter: null,
      });
    expect(await waits('security')).not.toContain('decide-deviation');
    expect(codeOf(await server.ask('buyer', 'GET', at('/ranking?lot=all')))).toEqual([422, 'freeze-first']);
    await life.gives('buyer', 'quality.freeze', { lot: 'all' });
    expect(codeOf(await server.ask('buyer', 'GET', at('/ranking?lot=all')))).toEqual([422, 'price-sealed']);
    expect((await opens(server, life, 'price')).statusCode).toBe(200);
    const prices = (await evaluation('evaluator')).offers.map(({ price }) => price);
    expect(prices).toEqual([120_000, 150_000, null]);
    const ranking = (await server.ask('buyer', 'GET', at('/ranking?lot=all'))).json();
    expect(ranking.result.offers.map(({ id, rank }: { id: string; rank: number }) => [id, rank])).toEqual([
      [offers.acme, 1],
      [offers.bolt, 2],
      [offers.carol, null],
    ]);
    expect(ranking.names[offers.acme ?? '']).toBe(ACME);
    expect(ranking.sensitivity.length).toBeGreaterThan(10);
    expect(codeOf(await server.ask('legal', 'GET', at('/ranking?lot=all')))).toEqual([403, 'conflict-declared']);
    expect((await server.ask('opener', 'GET', at('/ranking?lot=all'))).statusCode).toBe(403);
    expect((await server.ask('buyer', 'GET', at('/ranking?lot=none'))).statusCode).toBe(404);
  });
});

describe('the decision', () => {
  it('is told to each bidder with its own reasons, and nothing of the others', async () => {
    expect(codeOf(await server.ask('owner', 'GET', at('/letters?lot=all')))).toEqual([422, 'no-award']);
    await life.gives('buyer', 'purchase.evaluate');
    await life.gives('owner', 'award.decide', {
      lot: 'all',
      offers: [offers.acme],
      reason: `Best in all: ${MARKUP}`,
      draw: null,
    });
    await life.gives('owner', 'award.notify', { lot: 'all', means: 'electronic' });
    const letters = (await server.ask('owner', 'GET', at('/letters?lot=all'))).json();
    const textOf = (offer: string | undefined) => letters.find((one: { offer: string }) => one.offer === offer)?.text;
    expect(textOf(offers.bolt)).toContain('Your offer was not chosen.');
    expect(textOf(offers.bolt)).toContain('rank 2 of 2');
    expect(textOf(offers.bolt)).toContain(`Chosen: ${ACME}`);
    const [first, second] = ['evaluator', 'evaluator2'].map((who) => `${who} of ACC-01: ${MARKUP}`);
    // In the order of their ids, which chance gives.
    expect([`${first} / ${second}`, `${second} / ${first}`].some((both) => textOf(offers.bolt).includes(both))).toBe(
      true,
    );
    expect(textOf(offers.bolt)).toContain('February 26, 2026, 23:59 (Europe/Brussels)');
    expect(textOf(offers.bolt)).not.toContain('Agreed');
    expect(textOf(offers.acme)).toContain('Your offer was chosen.');
    expect(textOf(offers.acme)).toContain(`Agreed: ${FORMULA}`);
    expect(textOf(offers.acme)).not.toContain('Bolt');
    expect(textOf(offers.carol)).toContain('could not be read');
    expect(textOf(offers.dave)).toBeUndefined();
    const sent = (await server.ask('owner', 'GET', server.at('/outbox'))).json().rows;
    const decisions = sent.filter(({ subject }: { subject: string }) => subject.startsWith('Award decision'));
    expect(decisions).toHaveLength(3);
    for (const { subject } of sent) expect(subject).toMatch(/^[^\r\n]{1,240}$/);
  });

  it('comes as a Word file in which text is text', async () => {
    const answer = await server.ask('owner', 'GET', at(`/letters/${offers.bolt}.docx`));
    expect(answer.statusCode).toBe(200);
    const { text, problems } = await parse(new Uint8Array(answer.rawPayload), 'letter.docx');
    expect(problems).toEqual([]);
    expect(text).toContain(`Best in all: ${MARKUP}`);
    expect(text).toContain(FORMULA);
    expect((await server.ask('owner', 'GET', at(`/letters/${offers.dave}.docx`))).statusCode).toBe(404);
    expect((await server.ask('legal', 'GET', at(`/letters/${offers.bolt}.docx`))).statusCode).toBe(403);
  });

  it('is in the dossier, which holds no markup, formula or path of others', async () => {
    const answer = await server.ask('auditor', 'GET', at('/dossier.zip'));
    const zip = new Zip(new Uint8Array(answer.rawPayload), { maxInflatedBytes: 2 ** 28 });
    expect(zip.problems).toEqual([]);
    const names = zip.entries.map(({ name }) => name);
    for (const name of names) expect(name).not.toMatch(/(^|\/)\.\.(\/|$)|[<>":\\]|\p{Cc}/u);
    const read = (name: string) => {
      const entry = zip.get(name);
      return entry ? new TextDecoder().decode(zip.read(entry)) : '';
    };
    const page = read('index.html');
    expect(page).not.toContain('<script');
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;script&gt;');
    const csv = read('scores.csv');
    expect(csv.split('\r\n').length).toBeGreaterThan(200);
    for (const cell of csv.split(/[\r\n,]/)) expect(cell).not.toMatch(/^"?[=+\-@\t]/);
    expect(JSON.parse(read(`offers/${offers.acme}/answers.json`)).price).toBe(120_000);
    expect(JSON.parse(read(`offers/${offers.acme}/receipt.json`)).receipt.offer).toBe(offers.acme);
    expect(names.filter((name) => name.startsWith(`offers/${offers.dave}/`))).toEqual([
      `offers/${offers.dave}/receipt.json`,
    ]);
    const chain = read('log/chain.ndjson').trimEnd().split('\n');
    expect(JSON.parse(chain[0] ?? '')).toMatchObject({ seq: 1, content: null });
    // Who has a conflict gets the frame, and not the offers.
    expect((await server.ask('legal', 'GET', at('/dossier.zip'))).statusCode).toBe(403);
  });
});
