import { readFile } from 'node:fs/promises';
import { Zip } from '@proviso/documents';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeZip } from '../../../../packages/documents/src/testing/zip-writer.ts';
import type { DocumentView } from '../contract/library.ts';
import { demanded, drafted, type Life } from '../testing/purchases.ts';
import { type TestServer, tryServer } from '../testing/server.ts';
import { dispositionOf } from './attachment.ts';
import { readingWorker } from './read-job.ts';
import { closeSandbox } from './sandbox.ts';
import { storable } from './storable.ts';

let server: TestServer;
let life: Life;
beforeAll(async () => {
  server = await tryServer();
  life = await drafted(server);
  await demanded(server, life);
});
afterAll(async () => {
  await closeSandbox();
  await server.close();
});

const bytes = { 'content-type': 'application/octet-stream' };
const upload = (who: string, name: string, content: Buffer | string, purchase?: string) =>
  server.ask(
    who,
    'POST',
    server.at(`/documents?name=${encodeURIComponent(name)}${purchase === undefined ? '' : `&purchase=${purchase}`}`),
    Buffer.from(content as string),
    bytes,
  );
const read = async (document: string) =>
  await readingWorker(server.deps)(
    { tenant: server.tenant, document },
    { id: 'job', signal: new AbortController().signal },
  );
const view = async (id: string): Promise<DocumentView> =>
  (await server.ask('auditor', 'GET', server.at(`/documents/${id}`))).json();
const example = (name: string) => readFile(new URL(`../../../../examples/documents/${name}`, import.meta.url));

const TENDER = `# Tender for a portal

## 1 Security

The supplier must protect all connections with appropriate measures. <script>alert(1)</script>
The supplier must use TLS 1.0 or later. \u0000

## 2 Quokkas

Quokkas are welcome.
`;

describe('a document', () => {
  let id: string;

  it('is taken in, read by a job, and linted beside what the purchase demands', async () => {
    const answer = await upload('buyer', 'Bestek <b>.md', TENDER, life.id);
    expect(answer.statusCode).toBe(202);
    id = answer.json().id;
    expect(answer.json()).toMatchObject({ purchase: life.id, name: 'Bestek <b>.md', read: false, format: null });
    expect(server.sent.at(-1)).toMatchObject({ queue: 'reading', data: { tenant: server.tenant, document: id } });
    expect(await view(id)).toMatchObject({ reading: null, findings: [], text: null, blocks: [] });
    const commented = await server.ask('buyer', 'GET', server.at(`/documents/${id}/commented`));
    expect([commented.statusCode, commented.json().code]).toEqual([409, 'not-read-yet']);
    await read(id);
    const { document, reading, findings, text, blocks } = await view(id);
    expect(document).toMatchObject({ read: true, format: 'md', language: 'en' });
    expect(reading?.scope.isProcurement).toBe(true);
    // Every quote is where it says, though the text held what a database cannot keep.
    for (const finding of findings) expect(text?.slice(finding.start, finding.end)).toBe(finding.text);
    expect(findings.map(({ rule }) => rule)).toContain('tender/coverage');
    expect(findings.every(({ path }) => path === 'Bestek <b>.md')).toBe(true);
    expect(blocks.filter(({ kind }) => kind === 'heading')).toHaveLength(3);
  });

  it('is found by its words, with them marked, and not by others', async () => {
    const found = (await server.ask('auditor', 'GET', server.at('/search?q=quokka'))).json();
    expect(found.rows).toEqual([
      {
        document: id,
        name: 'Bestek <b>.md',
        page: null,
        heading: 'Tender for a portal › 2 Quokkas',
        language: 'en',
        excerpt: expect.stringContaining('⟦Quokkas⟧ are welcome'),
      },
    ]);
    expect((await server.ask('auditor', 'GET', server.at('/search?q=wombat'))).json().rows).toEqual([]);
    expect((await server.ask('other', 'GET', `/api/t/${server.other}/search?q=quokka`)).json().rows).toEqual([]);
  });

  it('is given back as it came, to be saved, and to nobody else', async () => {
    const answer = await server.ask('evaluator', 'GET', server.at(`/documents/${id}/file`));
    expect(answer.body).toBe(TENDER);
    expect(answer.headers['content-type']).toBe('application/octet-stream');
    expect(answer.headers['content-disposition']).toContain('attachment;');
    expect((await server.ask('other', 'GET', `/api/t/${server.other}/documents/${id}`)).statusCode).toBe(404);
    expect((await server.ask('other', 'GET', server.at(`/documents/${id}`))).statusCode).toBe(404);
    const list = (await server.ask('auditor', 'GET', server.at(`/documents?purchase=${life.id}`))).json();
    expect(list.rows.map((row: { id: string }) => row.id)).toEqual([id]);
  });

  it.each([
    ['by who may not', () => upload('auditor', 'x.md', 'x'), 403, 'not-permitted'],
    ['empty', () => upload('buyer', 'x.md', ''), 422, 'empty-file'],
    ['without a name', () => upload('buyer', '', 'x'), 422, 'bad-field'],
    [
      'for a purchase that is not there',
      () => upload('buyer', 'x', 'x', '6f0c2f0e-6f0d-4b8e-9f0a-0d6a8f2f3a11'),
      404,
      'not-found',
    ],
    [
      'for a purchase of another',
      () =>
        server.ask(
          'other',
          'POST',
          `/api/t/${server.other}/documents?name=x&purchase=${life.id}`,
          Buffer.from('x'),
          bytes,
        ),
      404,
      'not-found',
    ],
  ])('is not taken %s', async (_, ask, status, code) => {
    const answer = await ask();
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });

  it.each([
    ['an archive', 'all.zip', () => Buffer.from(writeZip({ 'a.txt': 'a', 'b.txt': 'b' })), 'unsupported'],
    ['a lie', 'tender.docx', () => Buffer.from('PK\u0003\u0004 and nothing of it'), 'unsupported'],
    ['noise', 'tender.pdf', () => Buffer.from('%PDF-1.7\n'.repeat(3)), 'truncated'],
  ])('that is %s says why it cannot be read', async (_, name, content, code) => {
    const made = (await upload('buyer', name, content())).json().id;
    await read(made);
    const { reading, document, findings } = await view(made);
    expect(reading?.problems.map((one) => one.code)).toContain(code);
    expect([document.read, reading?.scope.value, findings]).toEqual([true, null, []]);
  });

  it('in Word comes back with comments, and clauses where asked for', async () => {
    const word = (await upload('buyer', 'raamwerk.docx', await example('nl-crypto-raamwerk.docx'), life.id)).json().id;
    await read(word);
    const commented = async (query: string) => {
      const answer = await server.ask('buyer', 'GET', server.at(`/documents/${word}/commented${query}`));
      expect(answer.statusCode).toBe(200);
      const zip = new Zip(new Uint8Array(answer.rawPayload), { maxInflatedBytes: 2 ** 28 });
      const part = (name: string) => {
        const entry = zip.get(name);
        return entry ? new TextDecoder().decode(zip.read(entry)) : '';
      };
      const comments = zip.entries.find(({ name }) => /comments\d*\.xml$/i.test(name))?.name ?? '';
      return { comments: part(comments), body: part('word/document.xml') };
    };
    const plain = await commented('');
    expect(plain.comments.match(/<w:comment /g)?.length).toBeGreaterThan(3);
    const more = await commented('?suggest=true');
    expect(more.body.length).toBeGreaterThan(plain.body.length);
    const other = await server.ask('buyer', 'GET', server.at(`/documents/${id}/commented`));
    expect([other.statusCode, other.json().code]).toEqual([422, 'not-word']);
  });
});

it('a text that a database cannot keep keeps its length', () => {
  const kept = storable({ 'a\0': ['x\0y', '\ud800z', null, 1, true] });
  expect(kept).toEqual({ 'a\uFFFD': ['x\uFFFDy', '\uFFFDz', null, 1, true] });
});

it.each([
  ['plan.pdf', `attachment; filename="plan.pdf"; filename*=UTF-8''plan.pdf`],
  ['../../etc/passwd', `attachment; filename="_.._etc_passwd"; filename*=UTF-8''_.._etc_passwd`],
  ['a"\r\nx-evil: 1', `attachment; filename="a_x-evil_ 1"; filename*=UTF-8''a_x-evil_%201`],
  ['é%41.txt', `attachment; filename="__41.txt"; filename*=UTF-8''%C3%A9%2541.txt`],
  ['CON', `attachment; filename="file"; filename*=UTF-8''file`],
  ['', `attachment; filename="file"; filename*=UTF-8''file`],
])('the name %j is harmless in a header', (name, header) => expect(dispositionOf(name)).toBe(header));
