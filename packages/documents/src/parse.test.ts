import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from './parse.ts';
import { deflateBomb, lines, writePdf } from './testing/pdf-writer.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const PAGE = {
  texts: lines([
    'The supplier encrypts all personal data that is stored on',
    'portable devices and keeps the keys apart from them.',
  ]),
};
const PDF = writePdf([PAGE, { texts: lines(['Logs are kept for one year and are open to the buyer.']) }]);

async function problems(data: Uint8Array, name: string): Promise<string[]> {
  const document = await parse(data, name);
  for (const problem of document.problems) expect(problem.message).toMatch(/^[A-Z].{20,}\.$/s);
  return document.problems.map((problem) => `${problem.code}${problem.fatal ? '!' : ''}`);
}

describe('files that cannot be read end in a problem', () => {
  test.each<[string, Uint8Array, string, string[]]>([
    ['empty', new Uint8Array(), 'a.pdf', ['empty!']],
    ['blank', bytes('\uFEFF \r\n\t\n'), 'a.txt', ['empty!']],
    ['zeros', new Uint8Array(4000), 'a.docx', ['empty!']],
    [
      'a PDF header and random bytes',
      Buffer.concat([bytes('%PDF-1.7\n'), Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251))]),
      'a.pdf',
      ['truncated!'],
    ],
    ['a whole PDF of nothing', bytes('%PDF-1.7\nnothing in here\n%%EOF\n'), 'a.pdf', ['corrupt!']],
    ['a PDF cut off in its first object', PDF.subarray(0, 200), 'a.pdf', ['truncated!']],
    ['a PDF with a password', writePdf([PAGE], { locked: true }), 'a.pdf', ['encrypted!']],
    ['a PDF without pages', writePdf([]), 'a.pdf', ['corrupt!']],
    ['a PDF without text', writePdf([{ texts: [] }]), 'a.pdf', ['empty!']],
    [
      'a picture named as a document',
      Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(99, 1)]),
      'a.pdf',
      ['scanned!'],
    ],
    ['a zip folder', Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex'), 'a.zip', ['unsupported!']],
  ])('%s', async (_, data, name, expected) => {
    expect(await problems(data, name)).toEqual(expected);
  });

  test('text that is noise', async () => {
    const shifted = [...'The supplier encrypts all personal data that is stored on portable devices. '.repeat(8)];
    const text = shifted
      .map((c) => (c === ' ' ? c : String.fromCharCode(((c.charCodeAt(0) - 33 + 65) % 94) + 33)))
      .join('');
    expect(await problems(bytes(text), 'a.txt')).toEqual(['noise!']);
  });
});

describe('files that are damaged or not what their name says are read as far as they can be', () => {
  test('a JSON named .pdf', async () => {
    const document = await parse(
      bytes('{"description": "The supplier shall encrypt all personal data at rest and in transit."}'),
      'notice.pdf',
    );
    expect(document.format).toBe('json');
    expect(document.problems.map((problem) => problem.code)).toEqual(['mislabelled']);
    expect(document.text).toContain('encrypt all personal data');
  });

  test('a PDF named .docx', async () => {
    expect(await problems(PDF, 'tender.docx')).toEqual(['mislabelled']);
  });

  test('a PDF without its last lines is read whole', async () => {
    const document = await parse(PDF.subarray(0, PDF.length - 30), 'a.pdf');
    expect(document.pages).toBe(2);
    expect(document.text).toContain('Logs are kept');
  });

  test.each([
    ['before its directory', Buffer.from(PDF).indexOf('xref\n0'), 2],
    ['before its catalogue', Buffer.from(PDF).indexOf('/Type /Catalog') - 20, 2],
    ['behind its first page', Buffer.from(PDF).lastIndexOf('/Type /Page ') - 5, 1],
  ])('a PDF cut off %s is recovered', async (_, at, pages) => {
    const document = await parse(PDF.subarray(0, at), 'a.pdf');
    expect(document.pages).toBe(pages);
    expect(document.text).toContain('encrypts all personal data');
    expect(document.problems).toMatchObject([{ code: 'truncated', fatal: false }]);
  });
});

describe('bombs', () => {
  test('a page that unpacks to hundreds of megabytes is given up', async () => {
    const bomb = writePdf([{ texts: [], raw: deflateBomb(500) }]);
    expect(bomb.length).toBeLessThan(2 ** 20);
    expect(await problems(bomb, 'a.pdf')).toEqual(['too-much-memory!']);
    // The engine starts afresh for the next document.
    expect((await parse(PDF, 'a.pdf')).pages).toBe(2);
  });

  test('more pages than the limit: the rest is said to be left out', async () => {
    const many = writePdf(Array.from({ length: 60 }, () => PAGE));
    const document = await parse(many, 'a.pdf', { limits: { maxPages: 25 } });
    expect(document.problems).toMatchObject([{ code: 'cut', fatal: false }]);
    expect(document.problems[0]?.message).toContain('25 of 60');
    expect(document.blocks.at(-1)?.page).toBe(25);
  });

  test('more characters or blocks than the limits', async () => {
    const many = writePdf(
      Array.from({ length: 30 }, () => ({ texts: PAGE.texts.map((text) => ({ ...text, y: 400 + text.y })) })),
    );
    expect((await parse(many, 'a.pdf', { limits: { maxChars: 500 } })).text.length).toBeLessThan(900);
    const few = await parse(many, 'a.pdf', { limits: { maxBlocks: 5 } });
    expect(few.blocks.length).toBe(5);
    expect(few.problems.map((problem) => problem.code)).toEqual(['cut']);
  });

  test('ten thousand levels of anything inside a PDF', async () => {
    const nested = Buffer.from(
      Buffer.from(PDF)
        .toString('latin1')
        .replace('/Type /Catalog', `/Deep ${'['.repeat(10_000)}${']'.repeat(10_000)} /Type /Catalog`),
      'latin1',
    );
    expect((await parse(nested, 'a.pdf')).format).toBe('pdf');
  });
});

describe('any change to a PDF', () => {
  test('ends in a document or a problem, never in an exception', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(PDF.length - 1), fc.nat(255)), { minLength: 1, maxLength: 60 }),
        async (changes) => {
          const damaged = PDF.slice();
          for (const [at, value] of changes) damaged[at] = value;
          const document = await parse(damaged, 'a.pdf');
          expect(document.text !== '' || document.problems.some((problem) => problem.fatal)).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('blocks stand at their offsets, in order, inside the text', async () => {
    const document = await parse(PDF, 'a.pdf');
    let before = -1;
    for (const block of document.blocks) {
      expect(block.start).toBeGreaterThan(before);
      expect(document.text.slice(block.start, block.end).trim()).toBe(document.text.slice(block.start, block.end));
      before = block.end;
    }
    expect(before).toBe(document.text.length);
  });
});
