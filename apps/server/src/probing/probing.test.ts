import { createHash } from 'node:crypto';
import { Zip } from '@proviso/documents';
import { verifyDossier } from '@proviso/dossier';
import { openBundle } from '@proviso/probes';
import { type Internet, startInternet } from '@proviso/probes/testing/internet';
import { type ProbeRunRow, streamOf, withTenant } from '@proviso/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepWorker } from '../admin/sweep-job.ts';
import type { OfferProbing, ProofOfSupplier, ProofView } from '../contract/proving.ts';
import { closeSandbox } from '../library/sandbox.ts';
import { reminderWorker } from '../messages/reminders.ts';
import { type Bidder, bids, declare, invited, opens } from '../offers/testing/bids.ts';
import { closeDue } from '../purchases/closing.ts';
import { type Life, published } from '../testing/purchases.ts';
import { type TestServer, tryServer } from '../testing/server.ts';
import { keptBundle } from './again.ts';
import { probeWorker } from './probe-job.ts';
import { dueRounds, dueWorker } from './rounds.ts';

let server: TestServer;
let life: Life;
let internet: Internet;
let acme: Bidder;
let bolt: Bidder;
let carol: Bidder;

beforeAll(async () => {
  internet = await startInternet({ 'good.test': 'good', 'bad.test': 'bad', 'private.test': 'private' });
  server = await tryServer();
  life = await published(server);
  acme = await invited(server, life, 'Acme');
  bolt = await invited(server, life, 'Bolt');
  carol = await invited(server, life, 'Carol');
}, 240_000);
afterAll(async () => {
  await closeSandbox();
  await server.close();
  await internet.close();
});

const NOTHING = { hosts: [], mail: [], services: [], selectors: [] };
const probing = async (who: Bidder): Promise<OfferProbing> =>
  (await who.ask('GET', '/api/offer/probing?language=en')).json();

async function consents(who: Bidder, targets: object, more: object = {}) {
  const { text } = await probing(who);
  const body = { targets: { ...NOTHING, ...targets }, perMinute: 120, text: text.sha256, signer: 'Zoë Quint' };
  return await who.ask('PUT', '/api/offer/probing', { ...body, role: 'Head of operations', ...more });
}

const erase = (who: string, { supplier }: Bidder) =>
  server.ask(who, 'DELETE', `${proofPath()}/suppliers/${supplier}/signer`);
const proofPath = () => server.at(`/purchases/${life.id}/proof`);
const proof = async (who = 'buyer'): Promise<ProofView> =>
  (await server.ask(who, 'GET', `${proofPath()}?language=en`)).json();
async function of(who: Bidder, reader = 'buyer'): Promise<ProofOfSupplier> {
  const found = (await proof(reader)).suppliers.find(({ supplier }) => supplier === who.supplier);
  if (!found) throw new Error('not shown');
  return found;
}
const start = (who: string, { supplier }: Bidder) => server.ask(who, 'POST', `${proofPath()}/rounds`, { supplier });

/** Settings of a server that lives in the small internet. Zones and certificates there are good by the machine's clock. */
const settings = () => ({
  looks: true,
  place: 'a test',
  world: {
    options: { ...internet.options, now: () => Date.now(), timeout: 1500, perMinute: 6000 },
    profile: (id: string) => internet.profile(id),
  },
});

/** Works on the jobs of a queue until none is left. */
async function work(most = 20): Promise<void> {
  const worker = probeWorker(server.deps, settings());
  for (let i = 0; i < most; i++) {
    const at = server.sent.findIndex(({ queue }) => queue === 'probe');
    if (at < 0) return;
    const [job] = server.sent.splice(at, 1);
    await worker(job?.data as never, { id: 'x', signal: new AbortController().signal });
  }
}

const provedIn = ({ requirements }: ProofOfSupplier): Record<string, string> =>
  Object.fromEntries(requirements.map(({ requirement, proved }) => [requirement, proved]));

describe('a supplier', () => {
  it('is told what would be looked at, and the words to agree to', async () => {
    const { checks, text, consent } = await probing(acme);
    expect(consent).toBeNull();
    expect(checks.map(({ id }) => id)).toEqual(expect.arrayContaining(['web.https', 'dns.dnssec']));
    // Nothing looks at these from outside.
    expect(checks.map(({ id }) => id)).not.toContain('routing.rov');
    expect(text).toMatchObject({
      edition: 2,
      language: 'en',
      text: expect.stringContaining('withdraw it at any time'),
    });
  });

  it.each([
    ['names nothing', {}, {}, 'no-names'],
    ['agrees to other words', { hosts: ['good.test'] }, { text: 'a'.repeat(64) }, 'consent-words'],
    ['names one twice', { mail: ['good.test', 'GOOD.test'] }, {}, 'name-twice'],
    ['names an address', { hosts: ['192.0.2.1'] }, {}, 'bad-field'],
    ['names the machine itself', { hosts: ['localhost'] }, {}, 'bad-field'],
    ['signs with nothing', { hosts: ['good.test'] }, { signer: ' ' }, 'bad-field'],
    ['says more than is asked', { hosts: ['good.test'], senders: [] }, {}, 'bad-field'],
  ])('is refused where it %s', async (_, targets, more, code) => {
    const answer = await consents(acme, targets, more);
    expect([answer.statusCode, answer.json().code]).toEqual([422, code]);
  });

  it('gives its consent, changes it, and withdraws it', async () => {
    const first = (await consents(acme, { hosts: ['first.test'] })).json();
    const second = await consents(acme, { hosts: ['bad.test'], mail: ['bad.test'] });
    expect(second.statusCode).toBe(200);
    const { consent } = await probing(acme);
    expect(consent).toMatchObject({ id: second.json().id, signer: 'Zoë Quint', perMinute: 120, withdrawn: null });
    expect(consent?.id).not.toBe(first.id);
    expect((await acme.ask('DELETE', '/api/offer/probing')).statusCode).toBe(204);
    expect((await probing(acme)).consent?.withdrawn).not.toBeNull();
    // Who signed can be forgotten from now on; what was agreed to cannot.
    expect((await erase('buyer', acme)).statusCode).toBe(403);
    expect((await erase('owner', acme)).json()).toEqual({ erased: 2 });
    expect((await probing(acme)).consent).toMatchObject({ signer: null, role: null, sha256: consent?.sha256 });
    expect((await acme.ask('DELETE', '/api/offer/probing')).json().code).toBe('no-consent');
    expect((await consents(acme, { hosts: ['bad.test'], mail: ['bad.test'] })).statusCode).toBe(200);
    expect((await erase('owner', acme)).json().code).toBe('consent-stands');
    expect((await probing(acme)).consent?.signer).toBe('Zoë Quint');
    expect((await probing(bolt)).consent).toBeNull();
  });

  it('leaves ids and hashes in the log, and no name of a person', async () => {
    const { rows } = (await server.ask('auditor', 'GET', server.at('/log'))).json();
    const own = rows.filter(({ action }: { action: string }) => action.startsWith('probe.'));
    expect(own.toReversed().map(({ action }: { action: string }) => action)).toEqual([
      'probe.consented',
      'probe.consented',
      'probe.withdrawn',
      'probe.consented',
    ]);
    expect(JSON.stringify(rows)).not.toContain('Zoë');
    expect(JSON.stringify(rows)).not.toContain('bad.test');
  });
});

describe('before the opening', () => {
  it('the buyer sees nothing of it, and can have nothing looked at', async () => {
    expect((await proof()).suppliers).toEqual([]);
    const answer = await start('buyer', acme);
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'wrong-state']);
    expect(server.sent.filter(({ queue }) => queue === 'probe')).toEqual([]);
  });
});

describe('the organisation', () => {
  it('sets by what and how often is looked at, where a purchase does not say', async () => {
    const url = server.at('/settings/probes');
    const set = (version: number, value: object) => server.ask('owner', 'PUT', url, { version, value });
    const read = async () => (await server.ask('legal', 'GET', url)).json();
    expect(await read()).toEqual({ value: { profile: 'internet-nl', every: 'weekly' }, version: 0 });
    expect((await set(0, { profile: 'strict', every: 'daily' })).statusCode).toBe(422);
    expect((await set(0, { profile: 'strict', every: 'monthly' })).statusCode).toBe(200);
    expect((await proof()).plan).toEqual({ profile: 'strict', every: 'monthly', version: 0 });
    const profiles = (await server.ask('legal', 'GET', server.at('/probe-profiles'))).json();
    expect(profiles.map(({ id }: { id: string }) => id)).toContain('internet-nl');
    await set(1, { profile: 'internet-nl', every: 'weekly' });
  });
});

describe('after the opening', () => {
  beforeAll(async () => {
    for (const who of [acme, bolt, carol]) await bids(who, { price: 100_000 });
    const services = [
      { host: 'time.good.test', port: 4460, service: 'nts' },
      { host: 'dns.good.test', port: 853, service: 'dot' },
    ];
    await consents(bolt, { hosts: ['good.test', 'private.test'], mail: ['good.test'], services, selectors: ['s1'] });
    server.setClock('2026-02-16T11:00:00.001Z');
    await closeDue(server.deps);
    life.view = (await server.ask('owner', 'GET', server.at(`/purchases/${life.id}`))).json();
    await declare(life, 'opener', 'opener2', 'evaluator', 'buyer', 'security');
    server.setClock('2026-02-16T13:00:00Z');
    await opens(server, life, 'quality');
  }, 240_000);

  it('only owner, buyer and security begin, where there is a consent and nobody has begun', async () => {
    for (const [who, status, code] of [
      ['evaluator', 403, 'not-permitted'],
      ['legal', 403, 'not-permitted'],
      ['auditor', 403, 'not-permitted'],
      ['other', 404, 'not-found'],
      // As everybody, the owner declares first.
      ['owner', 403, 'declare-first'],
    ] as const) {
      const answer = await start(who, acme);
      expect([who, answer.statusCode, answer.json().code]).toEqual([who, status, code]);
    }
    const none = await start('buyer', carol);
    expect([none.statusCode, none.json().code]).toEqual([409, 'no-consent']);
    expect(server.sent.filter(({ queue }) => queue === 'probe')).toEqual([]);
    expect((await start('security', acme)).statusCode).toBe(202);
    expect((await start('buyer', bolt)).statusCode).toBe(202);
    expect((await start('buyer', bolt)).json().code).toBe('probe-running');
    expect((await of(acme)).running).not.toBeNull();
  });

  it('who has not said whether they have a conflict sees nothing of it', async () => {
    expect((await proof('legal')).suppliers).toEqual([]);
    expect((await proof('auditor')).suppliers).toHaveLength(3);
    expect((await server.ask('other', 'GET', proofPath())).statusCode).toBe(404);
    expect((await server.ask('opener', 'GET', proofPath())).statusCode).toBe(403);
  });

  it('says beside what was promised what is seen', async () => {
    await work();
    expect(server.sent.filter(({ queue }) => queue === 'probe')).toEqual([]);
    const [bad, good] = [await of(acme), await of(bolt)];
    expect([bad.running, good.running]).toEqual([null, null]);
    expect(provedIn(bad)).toMatchObject({ 'WEB-01': 'refuted', 'NET-02': 'refuted' });
    expect(bad.names.map(({ kind, name, runs }) => [kind, name, runs.length])).toEqual([
      ['host', 'bad.test', 1],
      ['mail', 'bad.test', 1],
    ]);
    const [deciding] = bad.requirements.find(({ requirement }) => requirement === 'NET-02')?.checks[0]?.results ?? [];
    expect(deciding).toMatchObject({ check: 'dnssec.signed', subject: 'bad.test', verdict: 'fail' });
    expect(deciding?.sentences[0]).toContain('Not secured by DNSSEC');
    expect(deciding?.todo).not.toBe('');
    const [run] = bad.names[0]?.runs ?? [];
    const services = good.names.filter(({ kind }) => kind === 'service');
    expect(services.map(({ name, runs }) => [name, runs[0]?.counts.fail, (runs[0]?.counts.pass ?? 0) > 15])).toEqual([
      ['time.good.test', 0, true],
      ['dns.good.test', 0, true],
    ]);
    expect(run).toMatchObject({ profile: 'internet-nl', place: 'a test', changed: false });
    expect(run?.counts.fail).toBeGreaterThan(3);
    expect(provedIn(await of(carol))).toMatchObject({ 'WEB-01': 'not-probed' });
  }, 60_000);

  it('never speaks to a private address, whoever asks for it', async () => {
    const [names] = (await of(bolt)).names.filter(({ name }) => name === 'private.test');
    expect(names?.runs).toHaveLength(1);
    expect([...internet.connections.keys()].filter((key) => /^(10\.|127\.)/.test(key))).toEqual([]);
    // Its web site could not be seen: unknown, and not refuted.
    expect(provedIn(await of(bolt))).toMatchObject({ 'WEB-01': 'unknown', 'NET-02': 'proved' });
  });

  it('gives the signed proof to who may read the offer', async () => {
    const [run] = (await of(bolt)).names[0]?.runs ?? [];
    const url = `${proofPath()}/runs/${run?.id}/bundle`;
    const answer = await server.ask('evaluator', 'GET', url);
    expect(answer.headers['content-disposition']).toContain('good.test-2026-02-16.probe.json');
    expect(openBundle(answer.body).evidence.subject).toBe('good.test');
    expect((await server.ask('legal', 'GET', url)).statusCode).toBe(403);
    expect((await server.ask('other', 'GET', url)).statusCode).toBe(404);
  });

  it('judges what was kept again, by another profile, without the network', async () => {
    const before = internet.asked.length;
    const [run] = (await of(acme)).names[0]?.runs ?? [];
    const again = async (profile: string) =>
      (await server.ask('buyer', 'GET', `${proofPath()}/runs/${run?.id}/again?profile=${profile}&language=nl`)).json();
    expect((await again('internet-nl')).differences).toEqual([]);
    expect((await again('strict')).differences).toContainEqual(
      expect.objectContaining({ check: 'web.csp', before: 'warn', after: 'fail' }),
    );
    expect((await again('none')).code).toBe('unknown');
    expect(internet.asked).toHaveLength(before);
  });

  it('refuses a proof that was changed, or is another’s', async () => {
    const [run] = (await of(acme)).names[0]?.runs ?? [];
    const chunks: Buffer[] = [];
    for await (const chunk of await server.deps.files.get(run?.bundle ?? '')) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const at = text.indexOf('"payload":"') + 400;
    const letter = text[at] === 'A' ? 'B' : 'A';
    const changed = await server.deps.files.put(streamOf(text.slice(0, at) + letter + text.slice(at + 1)));
    const row = (bundle: string, name: string) => ({ bundle: Buffer.from(bundle, 'hex'), name }) as ProbeRunRow;
    expect((await keptBundle(server.deps.files, row(run?.bundle ?? '', 'bad.test'))).evidence.subject).toBe('bad.test');
    await expect(keptBundle(server.deps.files, row(changed.sha256, 'bad.test'))).rejects.toThrow('bundle-damaged');
    await expect(keptBundle(server.deps.files, row(run?.bundle ?? '', 'good.test'))).rejects.toThrow('bundle-damaged');
  });
});

describe('what is accepted for a while', () => {
  const waiver = (more: object = {}) => ({
    supplier: acme.supplier,
    name: 'bad.test',
    check: 'web.hsts',
    until: '2026-03-10',
    reason: 'The site moves in March.',
    ...more,
  });
  const accept = (who: string, more: object = {}) => server.ask(who, 'POST', `${proofPath()}/waivers`, waiver(more));
  const hsts = async (): Promise<[string | undefined, boolean | undefined]> => {
    const found = (await of(acme)).requirements
      .flatMap(({ checks }) => checks)
      .find(({ check }) => check === 'web.hsts');
    return [found?.proved, found?.results[0]?.accepted];
  };

  it('is accepted by buyer or security, with a reason and a day', async () => {
    expect((await accept('evaluator')).statusCode).toBe(403);
    expect((await accept('buyer', { until: '2026-02-15' })).json().code).toBe('waiver-day');
    expect((await accept('buyer', { reason: ' ' })).json().code).toBe('bad-field');
    expect((await accept('buyer', { check: 'no.such' })).json().code).toBe('unknown');
    expect(await hsts()).toEqual(['refuted', false]);
    expect((await accept('security')).statusCode).toBe(201);
    expect(await hsts()).toEqual(['partly', true]);
    expect((await of(acme)).waivers).toMatchObject([{ check: 'web.hsts', until: '2026-03-10', state: 'stands' }]);
  });

  it('is told before it ends, on Home and by a letter', async () => {
    server.setClock('2026-02-25T06:00:00Z');
    expect((await of(acme)).waivers).toMatchObject([{ state: 'ends-soon' }]);
    const home = async (who: string) =>
      (await server.ask(who, 'GET', server.at('/home')))
        .json()
        .waiting.filter(({ what }: { what: string }) => what === 'waiver');
    expect(await home('buyer')).toMatchObject([{ purchase: life.id, due: '2026-03-10T22:59:59.999Z' }]);
    expect(await home('evaluator')).toEqual([]);
    const job = server.sent.find(
      ({ queue, data }) => queue === 'reminder' && String((data as { what: string }).what).startsWith('waiver '),
    );
    expect(job?.at?.toISOString()).toBe('2026-02-24T06:00:00.000Z');
    await reminderWorker(server.deps)(job?.data as never, { id: 'x', signal: new AbortController().signal });
    const letters = (await server.ask('owner', 'GET', server.at('/outbox'))).json().rows;
    expect(letters.filter(({ body }: { body: string }) => body.includes('/proof')).length).toBe(3);
  });

  it('fails again when its day is over, or when it is taken back', async () => {
    server.setClock('2026-03-11T09:00:00Z');
    expect(await hsts()).toEqual(['refuted', false]);
    expect((await of(acme)).waivers).toMatchObject([{ state: 'over' }]);
    const { id } = (await accept('buyer', { until: '2026-04-01' })).json();
    expect(await hsts()).toEqual(['partly', true]);
    expect((await of(acme)).waivers).toHaveLength(1);
    const url = `${proofPath()}/waivers/${id}`;
    expect((await server.ask('evaluator', 'DELETE', url)).statusCode).toBe(403);
    expect((await server.ask('buyer', 'DELETE', url)).statusCode).toBe(204);
    expect((await server.ask('buyer', 'DELETE', url)).statusCode).toBe(404);
    expect(await hsts()).toEqual(['refuted', false]);
  });
});

describe('the dossier', () => {
  it('holds what was agreed to and seen, each as the log names it', async () => {
    const answer = await server.ask('auditor', 'GET', server.at(`/purchases/${life.id}/dossier.zip`));
    const zip = new Zip(new Uint8Array(answer.rawPayload), { maxInflatedBytes: 2 ** 28 });
    const read = async (name: string): Promise<Uint8Array | null> => {
      const entry = zip.get(name);
      return entry ? zip.read(entry) : null;
    };
    const told = async (name: string) => new TextDecoder().decode((await read(name)) ?? undefined);
    const runs: { file: string; bundle: string; supplier: string }[] = JSON.parse(await told('probes/runs.json'));
    const consents: { text: string; signer: string | null }[] = JSON.parse(await told('probes/consents.json'));
    expect(runs.length).toBeGreaterThan(3);
    expect(openBundle(await told(runs[0]?.file ?? '')).keyId).toMatch(/./);
    expect(await told(`probes/words/${consents[0]?.text}.txt`)).toContain('withdraw it at any time');
    const page = await told('index.html');
    for (const { bundle } of runs) expect(page).toContain(bundle);
    expect(page).toContain('Zoë Quint, Head of operations');
    const { verdict, proof: found } = await verifyDossier(read);
    expect(verdict.intact).toBe(true);
    // Of two consents who signed is forgotten: that they are whole cannot be told any more, that the log names them can.
    expect(consents.filter(({ signer }) => signer === null)).toHaveLength(2);
    expect(found).toEqual({ bundles: runs.length, consents: consents.length, unchecked: 2, faults: [] });
    const [first, second] = runs.map(({ file }) => file);
    const edited = (change: (name: string, text: string) => string | null) =>
      verifyDossier(async (name) => {
        const text = zip.get(name) ? change(name, await told(name)) : null;
        return text === null ? null : new TextEncoder().encode(text);
      });
    const faultsOf = async (change: Parameters<typeof edited>[0]) => (await edited(change)).proof?.faults;
    expect(await faultsOf((name, text) => (name === first ? `${text} ` : name === second ? null : text))).toEqual([
      { name: first, fault: 'changed' },
      { name: second, fault: 'missing' },
    ]);
    const otherSigner = await faultsOf((name, text) =>
      name === 'probes/consents.json' ? text.replace('Zoë Quint', 'Somebody') : text,
    );
    expect(otherSigner).toMatchObject([{ fault: 'changed' }]);
    expect(await faultsOf((name, text) => (name === 'probes/consents.json' ? null : text))).toHaveLength(1);
    // Who changes a bundle and its hash in the list is told by the log.
    const hash = createHash('sha256').update('made up').digest('hex');
    const madeUp = await faultsOf((name, text) =>
      name === first ? 'made up' : name === 'probes/runs.json' ? text.replace(runs[0]?.bundle ?? '', hash) : text,
    );
    expect(madeUp).toEqual([{ name: first, fault: 'unlogged' }]);
    // The buyer's has no log, and what the buyer may see; who may read none of it gets none.
    const own = await server.ask('buyer', 'GET', server.at(`/purchases/${life.id}/dossier.zip`));
    expect(own.rawPayload.includes('probes/runs.json')).toBe(true);
    const other = await server.ask('owner', 'GET', server.at(`/purchases/${life.id}/dossier.zip`));
    expect(other.rawPayload.includes('probes/runs.json')).toBe(false);
  });
});

describe('a consent that is gone', () => {
  it('ends a round: nothing is looked at any more, and nothing is kept', async () => {
    expect((await start('buyer', acme)).statusCode).toBe(202);
    await acme.ask('DELETE', '/api/offer/probing');
    const before = [internet.asked.length, internet.connections.size];
    await work();
    expect([internet.asked.length, internet.connections.size]).toEqual(before);
    const { consent, names, running } = await of(acme);
    expect([consent?.withdrawn === null, names[0]?.runs.length, running]).toEqual([false, 1, null]);
    expect((await start('buyer', acme)).json().code).toBe('no-consent');
  });

  it('that is withdrawn while a name is looked at leaves nothing of it', async () => {
    await consents(acme, { hosts: ['bad.test'] });
    await start('buyer', acme);
    const job = server.sent.splice(
      server.sent.findIndex(({ queue }) => queue === 'probe'),
      1,
    )[0];
    const looking = probeWorker(server.deps, settings())(job?.data as never, {
      id: 'x',
      signal: new AbortController().signal,
    });
    await acme.ask('DELETE', '/api/offer/probing');
    await looking;
    expect((await of(acme)).names[0]?.runs).toHaveLength(1);
    expect(server.lines.at(-1)).toContain('no-consent');
  }, 30_000);

  it('that is changed lets only what it names now be looked at', async () => {
    await consents(acme, { hosts: ['good.test'] });
    await start('buyer', acme);
    await work();
    const { names } = await of(acme);
    expect(names.map(({ name, runs }) => [name, runs.length])).toEqual([['good.test', 1]]);
    expect(provedIn(await of(acme))).toMatchObject({ 'WEB-01': 'proved' });
  }, 30_000);

  it('leaves what was found as it is: no row of it can be changed', async () => {
    const change = withTenant(server.deps.store.db, server.tenant, (trx) =>
      trx.updateTable('probeRun').set({ results: '[]' }).where('supplier', '=', acme.supplier).execute(),
    );
    await expect(change).rejects.toMatchObject({ code: '42501' });
  });
});

describe('while the contract runs', () => {
  const due = () => withTenant(server.deps.store.db, server.tenant, (trx) => dueRounds(trx, server.deps.now()));
  const plan = (who: string, body: object) => server.ask(who, 'PUT', `${proofPath()}/plan`, body);

  it('names are looked at on the schedule of the purchase', async () => {
    expect(await due()).toEqual([]);
    const offer = life.view.purchase.offers.find(({ supplier }) => supplier === bolt.supplier)?.id;
    await withTenant(server.deps.store.db, server.tenant, async (trx) => {
      const row = await trx.selectFrom('purchase').selectAll().where('id', '=', life.id).executeTakeFirstOrThrow();
      const signed = { lot: 'all', offer, signed: '2026-03-01T09:00:00Z', from: '2026-03-01', to: '2027-03-01' };
      const contract = { ...signed, hash: 'a'.repeat(64), value: 1, by: server.people.owner, at: signed.signed };
      const document = JSON.stringify({ ...(row.document as object), state: 'contracted', contracts: [contract] });
      await trx.updateTable('purchase').set({ document, state: 'contracted' }).where('id', '=', life.id).execute();
    });
    // Bolt's round was on 16 February; Acme has no contract.
    expect(await due()).toEqual([{ purchase: life.id, supplier: bolt.supplier }]);
    expect((await plan('evaluator', { version: 0, profile: null, every: 'off' })).statusCode).toBe(403);
    expect((await plan('buyer', { version: 0, profile: 'none', every: null })).json().code).toBe('unknown');
    expect((await plan('buyer', { version: 0, profile: null, every: 'off' })).json()).toMatchObject({
      every: 'off',
      version: 1,
    });
    expect(await due()).toEqual([]);
    expect((await plan('buyer', { version: 0, profile: null, every: 'weekly' })).json().code).toBe('version-conflict');
    await plan('security', { version: 1, profile: 'strict', every: 'weekly' });
    server.setClock('2026-03-13T03:20:00Z');
    await dueWorker(server.deps, true)({}, { id: 'x', signal: new AbortController().signal });
    await work();
    expect(await due()).toEqual([]);
    const { names, changes } = await of(bolt);
    expect(names[0]?.runs.map(({ profile }) => profile)).toEqual(['strict', 'internet-nl']);
    expect(changes.length).toBeGreaterThan(0);
    server.setClock('2026-03-20T03:20:00Z');
    expect(await due()).toHaveLength(1);
  }, 60_000);

  it('nothing is where the server looks at nothing, or the consent is withdrawn', async () => {
    await dueWorker(server.deps, false)({}, { id: 'x', signal: new AbortController().signal });
    expect(server.sent.filter(({ queue }) => queue === 'probe')).toEqual([]);
    await bolt.ask('DELETE', '/api/offer/probing');
    expect(await due()).toEqual([]);
  });

  it('it remembers who signed, as long as the organisation keeps words', async () => {
    const { store, files } = server.deps;
    await server.ask('owner', 'PUT', server.at('/settings/retention'), { value: { days: 30 }, version: 0 });
    const sweep = async (days: number): Promise<string | null | undefined> => {
      const now = () => new Date(server.deps.now().getTime() + days * 86_400_000);
      await sweepWorker({ store, files, now, log: () => undefined })({} as never, {} as never);
      return (await probing(bolt)).consent?.signer;
    };
    expect([await sweep(29), await sweep(31)]).toEqual(['Zoë Quint', null]);
  });
});
