import { randomUUID } from 'node:crypto';
import { withTenant } from '@proviso/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LibraryFigures } from '../contract/library.ts';
import { drafted, type Life } from '../testing/purchases.ts';
import { type TestServer, tryServer } from '../testing/server.ts';
import { readingWorker } from './read-job.ts';
import { closeSandbox } from './sandbox.ts';

let server: TestServer;
let life: Life;
beforeAll(async () => {
  server = await tryServer();
  life = await drafted(server);
});
afterAll(async () => {
  await closeSandbox();
  await server.close();
});

const bytes = { 'content-type': 'application/octet-stream' };
async function add(name: string, content: string | null, purchase?: string, who = 'buyer'): Promise<string> {
  const tenant = who === 'other' ? server.other : server.tenant;
  const more = purchase === undefined ? '' : `&purchase=${purchase}`;
  const url = `/api/t/${tenant}/documents?name=${encodeURIComponent(name)}${more}`;
  const answer = await server.ask(who, 'POST', url, Buffer.from(content ?? 'not read yet'), bytes);
  const document = answer.json().id;
  const job = { id: 'job', signal: new AbortController().signal };
  if (content !== null) await readingWorker(server.deps)({ tenant, document }, job);
  return document;
}
const ask = (what: string, query = '', who = 'auditor', tenant = server.tenant) =>
  server.ask(who, 'GET', `/api/t/${tenant}/library/${what}${query}`);
const figures = async (query = ''): Promise<LibraryFigures> => (await ask('figures', query)).json();

interface Embedded {
  language: string;
  messages: Record<string, unknown>;
  data: {
    title: string;
    question: string;
    engine: string;
    standards: { id: string }[];
    documents: {
      path: string;
      duplicateOf: string | null;
      problems: { message: string }[];
      named: { standard: number; places: { before?: string; text: string }[] }[];
    }[];
  };
}
const DATA = '<script type="application/json" id="report-data">';
function embedded(html: string): Embedded {
  const from = html.indexOf(DATA) + DATA.length;
  return JSON.parse(html.slice(from, html.indexOf('</script>', from)));
}
async function report(query = ''): Promise<Embedded & { html: string }> {
  const answer = await ask('report.html', query);
  expect(answer.statusCode).toBe(200);
  return { ...embedded(answer.body), html: answer.body };
}

const HOSTILE = '</script><script>alert(1)</script><!-- "\'.md';
const TENDER = `# Tender for a web portal

## 1 Security of the network

The supplier must protect all internet connections with TLS 1.3 (RFC 8446) and must be certified to ISO/IEC 27001:2022.
The supplier must not use </script><img src=x onerror=alert(1)> or SSL 3.0.
`;
const BESTEK = `# Bestek voor een website

De leverancier moet de verbindingen van het netwerk versleutelen volgens RFC 8446, en de beveiliging van de software aantonen.
De opdrachtnemer moet de beveiliging van het internetverkeer elk jaar laten onderzoeken.
`;

describe('the report', () => {
  it('of an empty library says that there is nothing', async () => {
    expect(await figures()).toEqual({
      ...{ all: 0, read: 0, ict: 0, security: 0, named: 0, stale: 0, unread: 0, waiting: 0, same: 0 },
      ...{ judged: null, standards: [], languages: [], purchases: [] },
    });
    const { data, html } = await report();
    expect([data.documents, data.standards, data.title]).toEqual([[], [], 'Town of Aarlen']);
    expect(html).toContain('<!doctype html>');
  });

  it('has every document once under a name of its own, whatever that name holds, and says what could not be read', async () => {
    await add(HOSTILE, TENDER, life.id);
    await add('bestek.md', BESTEK);
    await add('bestek.md', `${BESTEK}\nEn meer.\n`);
    await add('copy of the tender.md', TENDER);
    await add('waits.md', null);
    await add('noise.pdf', '%PDF-1.7\n'.repeat(3));
    await add('theirs.md', `${TENDER}\nTheir quokka.`, undefined, 'other');
    const { data, html } = await report();
    expect(data.documents.map(({ path, duplicateOf }) => [path, duplicateOf])).toEqual([
      ['noise.pdf', null],
      ['waits.md', null],
      ['copy of the tender.md', null],
      ['bestek.md', null],
      ['bestek.md (2)', null],
      [HOSTILE, 'copy of the tender.md'],
    ]);
    expect(data.documents[1]?.problems[0]?.message).toContain('had not been read yet');
    expect(data.documents[0]?.problems).toHaveLength(1);
    expect(data.engine).toContain('proviso');
    // The words around a name come from the kept text.
    const rfc = data.standards.findIndex(({ id }) => id.includes('8446'));
    const named = data.documents[2]?.named.find(({ standard }) => standard === rfc);
    expect(named?.places[0]?.before).toContain('must protect all internet connections');
    // One script of ours, one with data, nothing of theirs.
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).not.toMatch(/<img|<!--/);
    expect(html).not.toMatch(/theirs\.md|quokka/);
  });

  it('is a file to be saved', async () => {
    const { headers } = await ask('report.html');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-disposition']).toContain('attachment; filename="Town of Aarlen (Proviso).html"');
    expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('says first what the figures say, in the language that was asked for', async () => {
    const shown = await figures();
    expect(shown).toMatchObject({ all: 5, read: 3, ict: 3, named: 3, unread: 2, waiting: 1, same: 1 });
    expect(shown.standards[0]).toMatchObject({ documents: 3, demanded: 3 });
    expect(shown.standards[0]?.id).toContain('8446');
    expect(shown.languages).toEqual(['en', 'nl']);
    expect(shown.purchases.map(({ id }) => id)).toEqual([life.id]);
    const english = await report();
    expect(english.html).toContain('id="headline">3 of 5 documents could be read: 3 concern');
    const dutch = await report('?in=nl');
    expect([dutch.language, dutch.html.includes('<html lang="nl"')]).toEqual(['nl', true]);
    expect(dutch.data.documents[1]?.problems[0]?.message).toContain('nog niet gelezen');
  });

  it.each([
    ['a purchase', () => `?purchase=${life.id}`, [HOSTILE]],
    ['a language', () => '?language=nl', ['bestek.md', 'bestek.md (2)']],
    ['a day before', () => '?to=2020-01-01', []],
    ['a purchase and a language', () => `?purchase=${life.id}&language=nl`, []],
    ['a purchase that is not there', () => `?purchase=${randomUUID()}`, []],
  ])('is of those of %s', async (_, query, paths) => {
    const { data } = await report(query());
    expect(data.documents.map(({ path }) => path)).toEqual(paths);
    expect((await figures(query())).all).toBe(paths.length);
  });

  it('says what was chosen', async () => {
    const { data } = await report(`?purchase=${life.id}&language=en&from=2020-01-01`);
    expect(data.question).toMatch(/.+ · EN · 2020-01-01 – …$/);
    expect(data.documents.map(({ path }) => path)).toEqual([HOSTILE]);
  });

  it('is judged as of the day of reading, and says so where there were several', async () => {
    expect((await figures()).judged).toEqual({ from: '2026-01-05', to: '2026-01-05' });
    expect((await report()).data).toMatchObject({ asOf: '2026-01-05', question: '' });
    server.setClock('2026-03-01T09:00:00Z');
    await add('later.md', `# Later\n${BESTEK}`);
    expect((await figures()).judged).toEqual({ from: '2026-01-05', to: '2026-03-01' });
    const { data } = await report('?in=de');
    expect(data).toMatchObject({
      asOf: '2026-01-05',
      question: expect.stringContaining('vom 2026-01-05 bis 2026-03-01'),
    });
    expect(data.documents[0]?.path).toBe('later.md');
    await withTenant(server.deps.store.db, server.tenant, (trx) =>
      trx.deleteFrom('document').where('name', '=', 'later.md').execute(),
    );
  });

  it('of another organisation has only its own, and nobody else gets it', async () => {
    const theirs = await ask('report.html', '', 'other', server.other);
    expect(embedded(theirs.body).data.documents.map(({ path }) => path)).toEqual(['theirs.md']);
    const mixed = await ask('report.html', `?purchase=${life.id}`, 'other', server.other);
    expect(embedded(mixed.body).data.documents).toEqual([]);
    expect(mixed.body).not.toContain(life.id);
    for (const what of ['report.html', 'figures']) {
      expect((await ask(what, '', 'other')).statusCode).toBe(404);
      expect((await server.ask(null, 'GET', server.at(`/library/${what}`))).statusCode).toBe(401);
    }
  });

  it.each(['?language=<b>', '?from=yesterday', '?to=2026-13-01', '?purchase=x', '?other=1'])(
    'refuses %s',
    async (query) => {
      expect((await ask('report.html', query)).statusCode).toBe(422);
      expect((await ask('figures', query)).statusCode).toBe(422);
    },
  );

  it('of many comes page by page, each document once', async () => {
    await withTenant(server.deps.store.db, server.tenant, async (trx) => {
      const rows = await trx.selectFrom('document').selectAll().where('name', '=', HOSTILE).execute();
      for (const { brief: _, ...row } of rows)
        await trx
          .insertInto('document')
          .values(
            Array.from({ length: 1_100 }, (__, i) => ({
              ...row,
              id: randomUUID(),
              name: `many ${i}`,
              reading: JSON.stringify(row.reading),
            })),
          )
          .execute();
    });
    expect(await figures()).toMatchObject({ all: 5, same: 1_101 });
    const { data } = await report();
    expect(new Set(data.documents.map(({ path }) => path)).size).toBe(1_106);
  });
});
