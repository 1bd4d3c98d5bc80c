import { readOwnFile, withOwn } from '@proviso/catalogue/check';
import { entry, spoken } from '@proviso/catalogue/testing/own-entries';
import { withTenant } from '@proviso/store';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demanded, drafted, type Life, portalContext } from '../testing/purchases.ts';
import { type TestServer, tryServer } from '../testing/server.ts';
import { ownCatalogueOf } from './of-tenant.ts';

let server: TestServer;
beforeAll(async () => {
  server = await tryServer();
});
afterAll(() => server.close());

const FORMULA = "=cmd|'/c calc'!A1";
const own = (change: object = {}, words: object = {}) => entry({ risks: ['RSK-02'], ...change }, words);
const at = (path = '') => server.at(`/catalogue/own${path}`);
const post = (who: string, value: unknown, path = '') => server.ask(who, 'POST', at(path), value);
const list = async (language = 'en') => (await server.ask('auditor', 'GET', at(`?language=${language}`))).json();
const derived = async (change: object = {}) =>
  (
    await server.ask('buyer', 'POST', server.at('/derive'), {
      context: { ...portalContext(), ...change },
      language: 'nl',
    })
  ).json();

describe('own requirements', () => {
  it('are none to begin with, and the catalogue is the one that came', async () => {
    expect(await list()).toMatchObject({ rows: [], risks: [], edition: { hash: server.deps.catalogue.hash } });
  });

  it.each([
    ['owner', 201],
    ['security', 201],
    ['buyer', 403],
    ['legal', 403],
    ['evaluator', 403],
    ['auditor', 403],
    ['other', 404],
  ])('%s may write one: %i', async (who, status) => {
    expect((await post(who, { entry: own({ asked: 'by-hand' }) })).statusCode).toBe(status);
  });

  it('get their ids in order, also when two write at once', async () => {
    const both = await Promise.all([1, 2].map(() => post('owner', { entry: own({ asked: 'by-hand' }) })));
    expect(both.map((one) => one.json().id).sort()).toEqual(['OWN-03', 'OWN-04']);
  });

  it('are seen by whoever reads the catalogue, in the words that there are, and by nobody of another organisation', async () => {
    const nl = await list('nl');
    expect(nl.rows[0]).toMatchObject({ id: 'OWN-01', version: 1, by: 'Person owner', faults: [] });
    expect(nl.rows[0].words.title).toBe('Logs stay here [in het Engels]');
    expect(nl.rows[0].words.origin.kind).toBe('own');
    expect(nl.risks).toMatchObject([{ id: 'RSK-02' }]);
    expect(nl.risks[0].needs.at(-1)).toMatchObject({ answers: ['OWN-04'] });
    const other = await server.ask('other', 'GET', `/api/t/${server.other}/catalogue/own`);
    expect(other.json().rows).toEqual([]);
    expect((await server.ask('other', 'GET', at())).statusCode).toBe(404);
  });

  it.each<[string, unknown, string, string]>([
    ['markup', own({}, { en: { ...spoken(), title: '<b>x' } }), 'own-markup', 'body.entry.words.en.title'],
    ['no such risk', own({ risks: ['RSK-77'] }), 'own-no-such-risk', 'body.entry.risks'],
    ['nothing', null, 'own-wrong', 'body.entry'],
    [
      'too much',
      own({}, { en: { ...spoken(), clause: 'x'.repeat(5000) } }),
      'own-too-long',
      'body.entry.words.en.clause',
    ],
  ])('with %s are refused, with the field', async (_, value, code, where) => {
    const answer = await post('security', { entry: value });
    expect([answer.statusCode, answer.json().code, answer.json().where]).toEqual([422, code, where]);
    expect(answer.json().message).not.toMatch(/\{|own-/);
    const tried = (await post('security', { id: null, entry: value, language: 'fr' }, '/preview')).json();
    expect([tried.words, tried.faults[0].code]).toEqual([null, code.slice(4)]);
  });

  it('a field that is not known is refused, as is a version that is none', async () => {
    expect((await post('owner', { entry: own(), colour: 'red' })).statusCode).toBe(422);
    expect((await server.ask('owner', 'PUT', at('/OWN-01'), { version: 0, entry: own() })).statusCode).toBe(422);
    expect((await server.ask('owner', 'PUT', at('/OWN-77'), { version: 1, entry: own() })).statusCode).toBe(404);
    expect((await server.ask('owner', 'PUT', at('/toString'), { version: 1, entry: own() })).statusCode).toBe(422);
  });

  it('of two that change one, the second sees it', async () => {
    const change = (who: string, title: string) =>
      server.ask(who, 'PUT', at('/OWN-02'), { version: 1, entry: own({}, { en: { ...spoken(), title } }) });
    const both = await Promise.all([change('owner', 'Mine'), change('security', 'Theirs')]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    expect(both.find(({ statusCode }) => statusCode === 409)?.json()).toMatchObject({
      code: 'version-conflict',
      current: 2,
    });
  });

  it('are previewed as they would read, without a row', async () => {
    const before = (await list()).rows.length;
    const { words } = (await post('owner', { id: null, entry: own(), language: 'de' }, '/preview')).json();
    expect(words).toMatchObject({ title: 'Logs stay here [auf Englisch]', risks: ['RSK-02'] });
    expect(words.remedy).toMatch(/Auftragnehmer/);
    expect((await list()).rows).toHaveLength(before);
  });

  it('are not for keys, whose versions would name nobody', async () => {
    const made = await server.ask('owner', 'POST', server.at('/api-keys'), {
      name: 'CI',
      scopes: ['catalogue.extend'],
      days: 1,
    });
    const key = made.json().key ?? made.json().secret;
    const answer = await server.ask(null, 'POST', at(), { entry: own() }, { authorization: `Bearer ${key}` });
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'not-for-keys']);
  });

  it('leave as a file that the command line judges a draft by', async () => {
    const answer = await server.ask('legal', 'GET', server.at('/catalogue/own.yaml'));
    expect(answer.headers['content-disposition']).toContain('own-requirements.yaml');
    const { catalogue, rows } = await withTenant(server.deps.store.db, server.tenant, (trx) =>
      ownCatalogueOf(trx, server.tenant, server.deps.catalogue),
    );
    expect(rows.length).toBeGreaterThan(0);
    // The same hash: it is the very same catalogue.
    expect(withOwn(server.deps.catalogue, readOwnFile(answer.body)).catalogue.hash).toBe(catalogue.hash);
    expect((await server.ask('other', 'GET', server.at('/catalogue/own.yaml'))).statusCode).toBe(404);
  });

  it('are in the log, each change', async () => {
    const { rows } = (await server.ask('auditor', 'GET', server.at('/log'))).json();
    const actions = rows.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(expect.arrayContaining(['catalogue.own-added', 'catalogue.own-changed']));
    expect((await server.ask('auditor', 'GET', server.at('/log/verify'))).json().ok).toBe(true);
  });
});

describe('what is derived for the organisation', () => {
  let life: Life;
  const demand = async (query = '?language=en') =>
    (await server.ask('buyer', 'GET', server.at(`/purchases/${life.id}/demand${query}`))).json();

  it('asks for its own, and says so plainly', async () => {
    const hostile = {
      ...spoken(),
      title: FORMULA,
      question: `${FORMULA} & "quoted"?`,
      clause: FORMULA,
    };
    const made = await post('security', { entry: own({ knockout: true }, { en: hostile }) });
    expect(made.json()).toEqual({ id: 'OWN-05', version: 1 });
    const { demand: preview, words } = await derived();
    const one = preview.requirements.find(({ id }: { id: string }) => id === 'OWN-05');
    expect(one.reasons[0]).toEqual({ kind: 'own', types: null });
    expect(words.requirements['OWN-05'].reasons[0]).toBe('Uw organisatie vraagt dit in elke inkoop.');
    const elsewhere = await server.ask('other', 'POST', `/api/t/${server.other}/derive`, {
      context: portalContext(),
      language: 'en',
    });
    expect(
      elsewhere
        .json()
        .demand.requirements.map(({ id }: { id: string }) => id)
        .join(),
    ).not.toMatch(/OWN/);
  });

  it('stands in the demand, the form and the thread of a new purchase', async () => {
    life = await drafted(server);
    await demanded(server, life);
    const view = await demand();
    expect(view.newer).toBeNull();
    expect(view.file.demand.catalogue.edition).toMatch(/^2026\.1\+own\.\d+$/);
    expect(view.form.questions.find(({ id }: { id: string }) => id === 'OWN-05')).toMatchObject({ type: 'yes-no' });
    expect(view.form.sections.at(-1)).toMatchObject({ id: 'OWN', requirements: expect.arrayContaining(['OWN-05']) });
    const thread = (await server.ask('legal', 'GET', server.at(`/purchases/${life.id}/thread/OWN-05`))).json();
    expect(thread.steps.map(({ kind }: { kind: string }) => kind)).toEqual(['own', 'risk', 'requirement', 'question']);
  });

  it('leaves as papers in which nothing that people wrote is a formula or markup', async () => {
    const file = async (name: string) =>
      (await server.ask('buyer', 'GET', server.at(`/purchases/${life.id}/demand/files/${name}?language=en`)))
        .rawPayload;
    for (const name of ['questionnaire.xlsx', 'matrix.xlsx']) {
      const parts = Object.entries(unzipSync(await file(name))).filter(([path]) => path.includes('worksheets/sheet'));
      const sheets = parts.map(([, bytes]) => strFromU8(bytes)).join('');
      expect(sheets, name).not.toMatch(/<f[^>]*>[^<]*cmd/);
    }
    const annex = strFromU8(unzipSync(await file('annex.docx'))['word/document.xml'] ?? new Uint8Array());
    expect(annex).toContain('OWN-05');
    expect(annex).toContain('Requirements of the buyer');
    expect(annex).not.toMatch(/<w:instrText[^>]*>[^<]*cmd/);
    const form = (await file('form.html')).toString();
    expect(form).toContain('OWN-05');
    expect(form.match(/<script/g)?.length).toBeLessThanOrEqual(3);
    const oscal = JSON.parse((await file('oscal-catalog.json')).toString());
    const group = oscal.catalog.groups.find(({ id }: { id: string }) => id === 'own');
    const control = group.controls.find(({ id }: { id: string }) => id === 'own-05');
    expect(control.props).toContainEqual(expect.objectContaining({ name: 'origin', value: 'own' }));
  });

  it('keeps its words when the organisation writes others, and shows what would be new', async () => {
    const before = await demand();
    const words = { ...spoken(), title: 'Logs stay in our country' };
    expect(
      (await server.ask('owner', 'PUT', at('/OWN-05'), { version: 1, entry: own({}, { en: words }) })).statusCode,
    ).toBe(200);
    const after = await demand();
    expect(after.file).toEqual(before.file);
    expect(after.newer).toMatchObject({
      added: [],
      removed: [],
      changed: ['OWN-05'],
      titles: { 'OWN-05': words.title },
    });
  });

  it('shows between editions what was worded anew, old and new', async () => {
    const editions = (await server.ask('auditor', 'GET', server.at('/catalogue/editions'))).json();
    expect(editions[0]).toMatchObject({ today: true, bare: false, demands: 0 });
    expect(editions[1]).toMatchObject({ bare: true, edition: '2026.1' });
    expect(editions[2]).toMatchObject({ today: false, bare: false, demands: 1 });
    const diff = async (from: number, to: number) =>
      (
        await server.ask(
          'auditor',
          'GET',
          server.at(`/catalogue/diff?from=${editions[from].hash}&to=${editions[to].hash}&language=en`),
        )
      ).json();
    const { diff: kept } = await diff(2, 0);
    expect(kept.added).toEqual([]);
    const changed = kept.changed.find(({ id }: { id: string }) => id === 'OWN-05');
    expect(changed.words).toContainEqual({ path: 'title', from: FORMULA, to: 'Logs stay in our country' });
    expect(changed.values).toContainEqual({ path: 'knockout', from: 'true', to: 'false' });
    const { diff: bare, titles } = await diff(1, 0);
    expect(bare.added).toEqual(['OWN-01', 'OWN-02', 'OWN-03', 'OWN-04', 'OWN-05']);
    expect(titles['OWN-05']).toBe('Logs stay in our country');
    const unknown = server.at(`/catalogue/diff?from=${'0'.repeat(64)}&to=${editions[0].hash}`);
    expect((await server.ask('auditor', 'GET', unknown)).statusCode).toBe(404);
    const theirs = (await server.ask('other', 'GET', `/api/t/${server.other}/catalogue/editions`)).json();
    expect(theirs).toHaveLength(1);
  });

  it('asks no more for what is retired, which stays to be read and is not changed', async () => {
    const retire = (version: number) => post('security', { version }, '/OWN-05/retire');
    expect((await retire(1)).statusCode).toBe(409);
    expect((await retire(2)).json()).toEqual({ id: 'OWN-05', version: 3 });
    expect((await derived()).demand.requirements.map(({ id }: { id: string }) => id)).not.toContain('OWN-05');
    const row = (await list()).rows.find(({ id }: { id: string }) => id === 'OWN-05');
    expect([row.retired, row.words.retired]).toEqual([true, expect.stringMatching(/^20\d\d-/)]);
    const again = await server.ask('owner', 'PUT', at('/OWN-05'), { version: 3, entry: own() });
    expect([again.statusCode, again.json().code]).toEqual([422, 'own-retired']);
    expect((await demand()).newer).toMatchObject({ removed: ['OWN-05'] });
    expect((await post('owner', { entry: own() })).json().id).toBe('OWN-06');
  });
});
