import { canonicalHash, type ReceiptPublicKey, receiptPublicKey, verifyRequestReceipt } from '@proviso/sealing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSandbox } from '../library/sandbox.ts';
import { reminderWorker } from '../messages/reminders.ts';
import { type Bidder, bids, declare, invited, sealed } from '../offers/testing/bids.ts';
import { closeDue } from '../purchases/closing.ts';
import { type Life, published } from '../testing/purchases.ts';
import { type TestServer, tryServer } from '../testing/server.ts';
import { proofWorker } from './proof-job.ts';
import { asksToTakePart, requestOf, sendsProof } from './testing/asks.ts';

let server: TestServer;
let life: Life;
let acme: Bidder;
let bolt: Bidder;
let crow: Bidder;
/** Handed in by Acme, which counts. */
let counting: string;
const proof = Buffer.from('Certificate, in plain words.');

beforeAll(async () => {
  server = await tryServer();
  life = await published(server, 'Portal', undefined, { procedure: 'restricted' });
  [acme, bolt, crow] = [
    await invited(server, life, 'Acme'),
    await invited(server, life, 'Bolt'),
    await invited(server, life, 'Crow'),
  ];
});
afterAll(async () => {
  await closeSandbox();
  await server.close();
});

const codeOf = (answer: { statusCode: number; json(): { code?: string } }) => [answer.statusCode, answer.json().code];
const reload = async () => {
  life.view = (await server.ask('owner', 'GET', server.at(`/purchases/${life.id}`))).json();
};
const requests = async (who: string) =>
  (await server.ask(who, 'GET', server.at(`/purchases/${life.id}/requests`))).json();
const outbox = async (): Promise<{ to: string; subject: string; body: string }[]> =>
  (await server.ask('owner', 'GET', server.at('/outbox'))).json().rows;
const letters = async (subject: string) => (await outbox()).filter((one) => one.subject.startsWith(subject));
const waits = async (who: string): Promise<string[]> =>
  (await server.ask(who, 'GET', server.at('/home'))).json().waiting.map(({ what }: { what: string }) => what);
const AFTER = { closing: '2026-03-20T12:00', questionsUntil: '2026-03-01T12:00', opening: '2026-03-20T14:00' };

describe('while requests are taken', () => {
  it('says so to suppliers, on the page and in the letters', async () => {
    const { purchase, selection, invited: may } = await acme.view();
    expect([purchase.stage, selection, may]).toEqual(['selection', { requests: [], decision: null }, true]);
    const [letter] = await letters('Invitation');
    expect(letter?.body).toContain('you first ask to take part');
    expect(letter?.body).not.toContain('encrypted');
  });

  it('one is kept with its proof, and gets a receipt that can be checked, now and later', async () => {
    const { sha256 } = (await sendsProof(acme, proof)).json();
    const lie = (await sendsProof(acme, Buffer.from('%PDF-1.7 and no more'))).json();
    const body = requestOf({
      files: [
        { name: 'certificate\u202e.txt', sha256 },
        { name: 'lie.pdf', sha256: lie.sha256 },
      ],
    });
    const answer = await acme.ask('POST', '/api/offer/requests', body);
    expect(answer.statusCode).toBe(201);
    const keys = [receiptPublicKey(server.deps.receiptKey as ReceiptPublicKey)];
    const receipt = await verifyRequestReceipt(answer.json(), keys);
    const [own] = (await acme.view()).selection?.requests ?? [];
    expect(receipt).toMatchObject({
      purchase: life.id,
      request: body.id,
      late: false,
      receivedAt: '2026-01-05T09:00:00.000Z',
      received: [
        { name: 'request', sha256: canonicalHash(own?.said) },
        { name: 'file-1', sha256, size: proof.length },
        { name: 'file-2', sha256: lie.sha256, size: lie.bytes },
      ],
    });
    // The answer was lost on its way: the same again is the same request.
    expect((await acme.ask('POST', '/api/offer/requests', body)).json()).toEqual(answer.json());
    expect((await acme.ask('GET', `/api/offer/requests/${body.id}`)).json()).toEqual(answer.json());
    expect((await acme.view()).selection?.requests).toHaveLength(1);
  });

  it('one sent three times at once is one', async () => {
    const body = requestOf();
    const twice = await Promise.all([1, 2, 3].map(() => bolt.ask('POST', '/api/offer/requests', body)));
    expect(new Set(twice.map((answer) => answer.json().signature)).size).toBe(1);
    expect((await bolt.view()).selection?.requests).toHaveLength(1);
  });

  it('a later one takes the place of the one before', async () => {
    counting = await asksToTakePart(acme, { ability: 'We built four.' });
    const own = (await acme.view()).selection?.requests ?? [];
    expect(own.map(({ id, replaced, said }) => [id === counting, replaced, said.ability])).toEqual([
      [true, false, 'We built four.'],
      [false, true, 'We built three portals of this size.'],
    ]);
  });

  it.each([
    ['no ability', { ability: ' ' }, 422, 'bad-field'],
    ['a field more', { price: 5 }, 422, 'bad-field'],
    ['an address that is none', { contact: { name: 'A', email: 'a', phone: null } }, 422, 'bad-field'],
    [
      'a ground without a word on it',
      { exclusions: { convictions: false, taxes: true, conduct: false } },
      422,
      'explain-exclusion',
    ],
    ['a file that was not sent', { files: [{ name: 'x', sha256: 'a'.repeat(64) }] }, 422, 'file-not-sent'],
  ])('one is refused with %s', async (_, change, status, code) => {
    const answer = await acme.ask('POST', '/api/offer/requests', requestOf(change));
    expect(codeOf(answer)).toEqual([status, code]);
    expect((await acme.view()).selection?.requests).toHaveLength(2);
  });

  it('nothing of others is shown, taken or overwritten', async () => {
    const { sha256 } = (await sendsProof(acme, proof)).json();
    const stolen = await bolt.ask('POST', '/api/offer/requests', requestOf({ files: [{ name: 'x', sha256 }] }));
    expect(codeOf(stolen)).toEqual([422, 'file-not-sent']);
    expect(codeOf(await bolt.ask('POST', '/api/offer/requests', requestOf({ id: counting })))).toEqual([
      422,
      'request-id-taken',
    ]);
    expect(codeOf(await bolt.ask('GET', `/api/offer/requests/${counting}`))).toEqual([404, 'not-found']);
    expect(JSON.stringify(await bolt.view())).not.toContain('We built four');
    expect(codeOf(await sendsProof(acme, Buffer.alloc(0)))).toEqual([422, 'empty-file']);
    expect(codeOf(await sendsProof(acme, Buffer.alloc(25_000_001)))).toEqual([413, 'too-large']);
  });

  it('no offer is taken, and a plain file is no sealed one', async () => {
    const offer = await sealed(acme);
    expect(codeOf(await acme.ask('POST', '/api/offer/submit', offer))).toEqual([422, 'candidates-first']);
    const { sha256 } = (await sendsProof(acme, proof)).json();
    expect(codeOf(await acme.ask('POST', '/api/offer/submit', { ...offer, files: [sha256] }))).toEqual([
      422,
      'file-not-sent',
    ]);
  });

  it('the buyer sees nothing of them, not even how many there are', async () => {
    for (const who of ['owner', 'buyer', 'auditor']) {
      expect(await requests(who)).toEqual({ stage: 'open', requests: [] });
      const view = (await server.ask(who, 'GET', server.at(`/purchases/${life.id}`))).body;
      expect(view).not.toContain(acme.supplier);
      const dossier = await server.ask(who, 'GET', server.at(`/purchases/${life.id}/dossier.zip`));
      expect(dossier.rawPayload.includes('requests/')).toBe(false);
    }
    // Not even that there is proof to be looked at.
    expect(server.sent.filter(({ queue }) => queue === 'proof')).toEqual([]);
    expect(await letters('Request to take part received')).toEqual([]);
    const url = server.at(`/purchases/${life.id}/requests/${counting}/files/${'a'.repeat(64)}`);
    expect(codeOf(await server.ask('buyer', 'GET', url))).toEqual([422, 'still-open']);
    await reload();
    const given = await server.ask('buyer', 'POST', server.at(`/purchases/${life.id}/commands/candidates.decide`), {
      version: life.view.version,
      input: { decisions: [{ request: counting, verdict: 'invited', reason: 'Able.' }], ...AFTER },
    });
    expect(codeOf(given)).toEqual([422, 'still-open']);
    expect(await waits('buyer')).not.toContain('decide-candidates');
  });

  it('who has not asked yet is reminded', async () => {
    server.setClock('2026-02-13T12:00:00Z');
    const job = { tenant: server.tenant, purchase: life.id, what: 'selection-closing' };
    await reminderWorker(server.deps)(job, { id: 'job', signal: new AbortController().signal });
    // Nobody's to know before the closing.
    expect(await letters('Closing soon for requests')).toEqual([]);
  });
});

describe('after their closing', () => {
  it('one is recorded as late, and does not count', async () => {
    server.setClock('2026-02-16T11:00:00.001Z');
    const answer = await crow.ask('POST', '/api/offer/requests', requestOf());
    expect(answer.json().receipt).toMatchObject({ late: true });
    const late = await asksToTakePart(acme, { ability: 'Late words.' });
    const [first, second] = (await acme.view()).selection?.requests ?? [];
    expect([first?.id, first?.late, second?.id, second?.replaced]).toEqual([late, true, counting, false]);
    expect(await letters('Request to take part received too late')).toHaveLength(2);
    expect((await letters('A request to take part came late')).map(({ to }) => to)).toEqual([
      'buyer@example.org',
      'buyer@example.org',
    ]);
    expect(await letters('Closing soon for requests')).toHaveLength(1);
  });

  it('the purchase waits for the buyer, who is told once', async () => {
    expect(await closeDue(server.deps)).toBe(0);
    const left = server.sent.filter(({ data }) => (data as { what?: string }).what === 'candidates');
    expect(left.map(({ at }) => at?.toISOString())).toEqual(['2026-02-16T11:00:00.001Z']);
    await reminderWorker(server.deps)(left[0]?.data as never, { id: 'job', signal: new AbortController().signal });
    const [letter, ...more] = await letters('Candidates are to be chosen');
    expect([letter?.to, more]).toEqual(['buyer@example.org', []]);
    expect(letter?.body).toContain('2 came in time');
    expect(letter?.body).toContain(`/purchases/${life.id}/candidates`);
    expect([await waits('buyer'), await waits('owner'), await waits('legal')]).toEqual([
      ['decide-candidates'],
      ['decide-candidates'],
      [],
    ]);
  });

  it('their files are looked at by the sandboxed reader before anybody saves them', async () => {
    const jobs = server.sent.filter(({ queue }) => queue === 'proof');
    expect(jobs).toHaveLength(1);
    const look = async () =>
      await proofWorker(server.deps)(jobs[0]?.data as never, { id: 'x', signal: new AbortController().signal });
    const found = async () =>
      (await requests('auditor')).requests.map((one: { proof: { problem: string | null }[] }) =>
        one.proof.map(({ problem }) => problem),
      );
    expect((await found()).flat()).toEqual([]);
    await look();
    expect((await found()).flat().toSorted()).toEqual(['truncated', null].toSorted());
    // Again it finds nothing to do; and nothing new is asked for.
    await look();
    const before = server.sent.length;
    await found();
    expect(server.sent.length).toBe(before);
  });

  it('what they say is read by who has declared no conflict, and by auditors', async () => {
    const seen = async (who: string) => {
      const { stage, requests: all } = await requests(who);
      return [stage, all.length, all.filter(({ said }: { said: unknown }) => said !== null).length];
    };
    expect([await seen('buyer'), await seen('auditor')]).toEqual([
      ['undeclared', 5, 0],
      ['readable', 5, 5],
    ]);
    expect((await server.ask('evaluator', 'GET', server.at(`/purchases/${life.id}/requests`))).statusCode).toBe(403);
    await reload();
    await declare(life, 'buyer');
    await life.gives('owner', 'conflict.declare', { lots: null, conflict: true, note: 'My brother.' });
    expect([await seen('buyer'), await seen('owner')]).toEqual([
      ['readable', 5, 5],
      ['barred', 5, 0],
    ]);
    expect(await waits('owner')).toEqual([]);
    const { requests: all } = await requests('buyer');
    expect(all.map((one: { replaced: boolean; late: boolean }) => [one.replaced, one.late])).toEqual([
      [true, false],
      [false, false],
      [false, false],
      [false, true],
      [false, true],
    ]);
    const [{ id, said }] = all;
    const url = server.at(`/purchases/${life.id}/requests/${id}/files/${said.files[0].sha256}`);
    const file = await server.ask('buyer', 'GET', url);
    expect(file.rawPayload.equals(proof)).toBe(true);
    expect(file.headers['content-disposition']).toMatch(/^attachment; /);
    expect(codeOf(await server.ask('owner', 'GET', url))).toEqual([403, 'conflict-declared']);
    const others = url.replace(id, all[1].id);
    expect(codeOf(await server.ask('buyer', 'GET', others))).toEqual([404, 'not-found']);
    expect((await server.ask('other', 'GET', url)).statusCode).toBe(404);
    const dossier = async (who: string) =>
      (await server.ask(who, 'GET', server.at(`/purchases/${life.id}/dossier.zip`))).rawPayload;
    expect((await dossier('auditor')).includes(`requests/${counting}/request.json`)).toBe(true);
    expect((await dossier('owner')).includes('requests/')).toBe(false);
  });

  it('candidates are decided on with a reason each, and told', async () => {
    const { requests: all } = await requests('buyer');
    const of = (who: Bidder) =>
      all.findLast((one: { supplier: string; late: boolean }) => one.supplier === who.supplier && !one.late).id;
    const decisions = [
      { request: of(acme), verdict: 'invited', reason: 'Four portals.' },
      { request: of(bolt), verdict: 'unsuitable', reason: 'No references.' },
    ];
    const late = all.find((one: { supplier: string }) => one.supplier === crow.supplier).id;
    const url = server.at(`/purchases/${life.id}/commands/candidates.decide`);
    const decide = (more: object[], change = {}) =>
      server.ask('buyer', 'POST', url, {
        version: life.view.version,
        input: { decisions: [...decisions, ...more], ...AFTER, ...change },
      });
    await reload();
    expect(codeOf(await decide([{ request: late, verdict: 'invited', reason: 'Also able.' }]))).toEqual([
      422,
      'unknown',
    ]);
    expect(codeOf(await decide([], { closing: '2026-03-01T12:00', questionsUntil: '2026-02-20T12:00' }))).toEqual([
      422,
      'closing-too-early',
    ]);
    expect((await decide([])).statusCode).toBe(200);
    await reload();
    expect(life.view.purchase).toMatchObject({
      state: 'published',
      invited: [acme.supplier],
      notice: { stage: 'tender', closing: { local: '2026-03-20T12:00' } },
    });
    const [yes] = await letters('You are invited to make an offer');
    expect(yes?.body).toContain('Four portals.');
    expect(yes?.body).toContain('March 20, 2026, 12:00');
    const no = await letters('Your request to take part');
    expect(no.map(({ body }) => body.includes('No references.'))).toEqual([true]);
    expect(await waits('buyer')).toEqual([]);
    // Who has a conflict learns who goes on, and not why another does not.
    const seen = (await server.ask('owner', 'GET', server.at(`/purchases/${life.id}`))).json().purchase.requests;
    expect(seen.map(({ decision }: { decision: { reason: string } | null }) => decision?.reason ?? null)).toEqual([
      null,
      '',
      '',
      null,
      null,
    ]);
  });

  it('only the chosen can make an offer, and the others are told so', async () => {
    expect(await acme.view()).toMatchObject({
      invited: true,
      purchase: { stage: 'tender' },
      selection: { decision: { verdict: 'invited', reason: 'Four portals.' } },
    });
    expect(await bolt.view()).toMatchObject({
      invited: false,
      selection: { decision: { verdict: 'unsuitable', reason: 'No references.' } },
    });
    expect(await crow.view()).toMatchObject({ invited: false, selection: { decision: null } });
    await bids(acme);
    for (const who of [bolt, crow])
      expect(codeOf(await who.ask('POST', '/api/offer/submit', await sealed(who)))).toEqual([422, 'not-invited']);
    expect(codeOf(await sendsProof(crow, proof))).toEqual([422, 'no-selection']);
    // A request that comes now is on record as late, and chooses nobody.
    const answer = await crow.ask('POST', '/api/offer/requests', requestOf());
    expect(answer.json().receipt).toMatchObject({ late: true });
    expect((await crow.view()).invited).toBe(false);
    server.setClock('2026-03-20T11:00:01Z');
    expect(await closeDue(server.deps)).toBe(1);
  });
});

it('a purchase without a selection stage takes none', async () => {
  server.setClock('2026-01-05T09:00:00Z');
  const open = await published(server, 'Open portal');
  const who = await invited(server, open, 'Dora');
  expect(codeOf(await who.ask('POST', '/api/offer/requests', requestOf()))).toEqual([422, 'no-selection']);
  expect(codeOf(await sendsProof(who, proof))).toEqual([422, 'no-selection']);
  expect((await who.view()).selection).toBeNull();
  const url = server.at(`/purchases/${open.id}/requests`);
  expect((await server.ask('buyer', 'GET', url)).json()).toEqual({ stage: 'none', requests: [] });
});
