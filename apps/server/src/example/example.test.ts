import { readdir, readFile } from 'node:fs/promises';
import { openBundle, replayBundle } from '@proviso/probes';
import { verifyLog, withTenant } from '@proviso/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EvaluationView, RankingView } from '../contract/evaluating.ts';
import type { ProofView } from '../contract/proving.ts';
import { readingWorker } from '../library/read-job.ts';
import { closeSandbox } from '../library/sandbox.ts';
import { type TestServer, tryServer } from '../testing/server.ts';
import { type LoadedExample, loadExample } from './load.ts';
import { LOOKS, PROBES } from './probes.ts';
import { EXAMPLE_WORDS } from './words.ts';

let server: TestServer;
let loaded: LoadedExample;
beforeAll(async () => {
  server = await tryServer();
  loaded = await loadExample(server.deps, server.tenant);
}, 240_000);
afterAll(async () => {
  await closeSandbox();
  await server.close();
});

const get = async (path: string) => (await server.ask('auditor', 'GET', server.at(path))).json();

describe('the worked example', () => {
  it('has people without an address, whom no link could let in', async () => {
    const people = await get('/people');
    const made = people.find(({ email }: { email: string | null }) => email === null);
    const answer = await server.ask('owner', 'POST', server.at(`/people/${made.id}/link`));
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'no-address']);
  });

  it('has a purchase that is evaluated, with four offers that differ', async () => {
    const { purchase } = await get(`/purchases/${loaded.evaluated}`);
    expect([purchase.state, purchase.offers.length, purchase.questions.length]).toEqual(['evaluated', 4, 3]);
    const view: EvaluationView = await get(`/purchases/${loaded.evaluated}/evaluation`);
    expect(view.offers.map(({ name, price, problem }) => [name, price, problem])).toEqual([
      ['Nordlys Digital', 41_200_000, null],
      ['Portalis', 35_500_000, null],
      ['Cité Web', 29_800_000, null],
      ['Budgetware', 17_900_000, null],
    ]);
    expect(view.spreads.length).toBeGreaterThan(5);
    expect(view.spreads.some(({ wide }) => wide)).toBe(true);
    const ranking: RankingView = await get(`/purchases/${loaded.evaluated}/ranking?lot=all`);
    const standings = ranking.result.offers.map(({ id, standing }) => [ranking.names[id], standing]);
    expect(standings.at(-1)).toEqual(['Budgetware', 'knocked-out']);
    expect(standings.filter(([, standing]) => standing === 'ranked')).toHaveLength(3);
    const totals = ranking.result.offers.flatMap(({ total }) => (total === null ? [] : [total]));
    expect(new Set(totals).size).toBe(3);
    expect(ranking.sensitivity.some(({ up, down }) => up !== null || down !== null)).toBe(true);
  });

  it('shows beside what was promised what is seen, from recorded proof', async () => {
    const view: ProofView = await get(`/purchases/${loaded.evaluated}/proof?language=en`);
    const french: ProofView = await get(`/purchases/${loaded.evaluated}/proof?language=fr`);
    const places = french.suppliers.flatMap(({ names }) => names.flatMap(({ runs }) => runs.map(({ place }) => place)));
    expect(new Set(places)).toEqual(new Set(['l’exemple']));
    expect(french.profiles.map(({ title }) => title)).toContain('Usage le plus strict des normes');
    const of = (name: string) => view.suppliers.find((one) => one.name === name);
    const provedIn = (name: string): Record<string, string> =>
      Object.fromEntries((of(name)?.requirements ?? []).map(({ requirement, proved }) => [requirement, proved]));
    expect(provedIn('Nordlys Digital')).toMatchObject({ 'WEB-01': 'proved', 'NET-02': 'proved' });
    expect(provedIn('Cité Web')).toMatchObject({ 'WEB-01': 'refuted', 'NET-02': 'refuted' });
    expect(provedIn('Budgetware')).toMatchObject({ 'WEB-01': 'not-probed' });
    expect(of('Budgetware')?.consent).toBeNull();
    const evaluation: EvaluationView = await get(`/purchases/${loaded.evaluated}/evaluation`);
    const { claimed = {} } = evaluation.offers.find(({ name }) => name === 'Cité Web') ?? {};
    // It says yes, and is proved no.
    expect([claimed['WEB-01'], claimed['NET-02']].every((one) => (one ?? 0) > 0)).toBe(true);
    const portalis = of('Portalis');
    expect(portalis?.names.map(({ runs }) => runs.length)).toEqual([2, 2]);
    expect(portalis?.changes).toContainEqual(
      expect.objectContaining({ check: 'web.hsts', before: 'fail', after: 'pass' }),
    );
  });

  it('has proof whose signatures fit, and small files', async () => {
    const names = (await readdir(PROBES)).filter((name) => name.endsWith('.probe.json'));
    const wanted = LOOKS.flatMap(({ domain, days }) =>
      ['host', 'mail'].map((kind) => `${domain}.${kind}.${-days}.probe.json`),
    );
    expect(names.sort()).toEqual(wanted.sort());
    let octets = 0;
    for (const name of names) {
      const text = await readFile(new URL(name, PROBES), 'utf8');
      octets += text.length;
      const { differences } = await replayBundle(openBundle(text));
      expect([name, differences]).toEqual([name, []]);
    }
    expect(octets).toBeLessThan(300_000);
  });

  it('has one that is open, and one in the making with a document to be read', async () => {
    const open = (await get(`/purchases/${loaded.open}`)).purchase;
    expect([open.state, open.questions.filter(({ answer }: { answer: unknown }) => answer === null).length]).toEqual([
      'published',
      1,
    ]);
    expect(Date.parse(open.notice.closing.instant)).toBeGreaterThan(server.deps.now().getTime());
    const job = server.sent.find(({ queue }) => queue === 'reading')?.data as { tenant: string; document: string };
    await readingWorker(server.deps)(job, { id: 'x', signal: new AbortController().signal });
    const document = await get(`/documents/${job.document}`);
    expect(document.document).toMatchObject({ purchase: loaded.drafted, read: true, format: 'pdf', language: 'en' });
    expect(document.findings.length).toBeGreaterThan(5);
    expect((await get(`/purchases/${loaded.drafted}`)).purchase.state).toBe('drafted');
  });

  it('sends nothing, leaves the log whole, and comes once', async () => {
    expect(server.sent.filter(({ queue }) => queue !== 'reading')).toEqual([]);
    const letters = (await server.ask('owner', 'GET', server.at('/outbox'))).json().rows;
    expect(letters.filter(({ state }: { state: string }) => state === 'waiting')).toEqual([]);
    await withTenant(server.deps.store.db, server.tenant, async (trx) =>
      expect(await verifyLog(trx)).toMatchObject({ intact: true }),
    );
    await expect(loadExample(server.deps, server.tenant)).rejects.toMatchObject({ status: 409 });
  });
});

it('is told in both languages', () => {
  const marks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([mark]) => mark).sort();
  expect(Object.keys(EXAMPLE_WORDS.fr)).toEqual(Object.keys(EXAMPLE_WORDS.en));
  for (const [id, text] of Object.entries(EXAMPLE_WORDS.en))
    expect(marks(EXAMPLE_WORDS.fr[id as keyof typeof EXAMPLE_WORDS.fr]), id).toEqual(marks(text));
});
