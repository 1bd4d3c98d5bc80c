import { describe, expect, test } from 'vitest';
import type { Block, Document } from '../model.ts';
import { parse } from '../parse.ts';
import { type DrawnPage, type DrawnText, lines, type PdfOptions, writePdf } from '../testing/pdf-writer.ts';

async function read(pages: DrawnPage[], options?: PdfOptions): Promise<Document> {
  return parse(writePdf(pages, options), 'tender.pdf');
}

function texts(document: Document, kind?: Block['kind']): string[] {
  return document.blocks
    .filter((block) => kind === undefined || block.kind === kind)
    .map((block) => document.text.slice(block.start, block.end));
}

const LEFT = [
  'The supplier encrypts all personal data',
  'that is stored on portable devices and',
  'keeps the keys apart from the data they',
  'open. Keys are replaced every year, and',
  'at once when a key may have been seen by',
  'someone who should not have seen it.',
];
const RIGHT = [
  'Incidents are reported to the buyer in a',
  'day after they were found. The report',
  'names what happened, which systems were',
  'touched and what was done about it. The',
  'buyer may ask for the logs of the days',
  'before the incident without any charge.',
];
const LEFT_TEXT = LEFT.join(' ');
const RIGHT_TEXT = RIGHT.join(' ');

describe('reading order', () => {
  const left = lines(LEFT, { x: 60 });
  const right = lines(RIGHT, { x: 320 });
  const alternating = left.flatMap((line, index) =>
    [line, right[index]].filter((one): one is DrawnText => one !== undefined),
  );

  test.each([
    ['one after the other', [...left, ...right]],
    ['rows drawn alternately', alternating],
    ['the right one first', [...right, ...left]],
    ['bottom up', [...alternating].reverse()],
  ])('columns come out column by column: %s', async (_, drawn) => {
    expect(texts(await read([{ texts: drawn }]))).toEqual([LEFT_TEXT, RIGHT_TEXT]);
  });

  test('columns whose lines are not level', async () => {
    const lowered = right.map((line) => ({ ...line, y: line.y + 5 }));
    expect(texts(await read([{ texts: [...left, ...lowered] }]))).toEqual([LEFT_TEXT, RIGHT_TEXT]);
  });

  test('what spans the columns comes before and after them', async () => {
    const above = {
      x: 60,
      y: 50,
      text: 'This introduction runs over the whole width of the page, above both of the columns of text.',
    };
    const below = {
      x: 60,
      y: 190,
      text: 'This conclusion runs over the whole width of the page, below both of the columns of text.',
    };
    expect(texts(await read([{ texts: [below, ...alternating, above] }]))).toEqual([
      above.text,
      LEFT_TEXT,
      RIGHT_TEXT,
      below.text,
    ]);
  });

  test('three columns', async () => {
    const three = [60, 240, 420].flatMap((x, column) =>
      lines(
        Array.from({ length: 6 }, (_, line) => `column ${'abc'[column]} line ${line} holds some text`),
        { x, size: 9 },
      ),
    );
    const [a, b, c] = texts(await read([{ texts: three.sort((p, q) => p.y - q.y) }]));
    expect(a).toMatch(/^column a line 0.*column a line 5/);
    expect(b).toMatch(/^column b line 0.*column b line 5/);
    expect(c).toMatch(/^column c line 0.*column c line 5/);
  });

  test('pages shown turned, and text set upright on them', async () => {
    const turned = left.map((line) => ({ ...line, angle: 90, x: line.y, y: 800 - line.x }));
    expect(texts(await read([{ texts: turned, rotate: 90 }]))).toEqual([LEFT_TEXT]);
  });
});

describe('tables', () => {
  const grid: DrawnPage['lines'] = [
    ...[100, 140, 160, 180].map((y): [number, number, number, number] => [60, y, 500, y]),
    ...[60, 130, 400, 500].map((x): [number, number, number, number] => [x, 100, x, 180]),
  ];
  const cells: DrawnText[] = [
    { x: 64, y: 112, text: 'R1' },
    { x: 134, y: 112, text: 'All connections use TLS 1.2 or' },
    { x: 134, y: 125, text: 'a later version' },
    { x: 404, y: 112, text: 'must' },
    { x: 64, y: 152, text: 'R2' },
    { x: 134, y: 152, text: 'Passwords are stored hashed' },
    { x: 404, y: 152, text: 'must' },
    { x: 64, y: 172, text: 'R3' },
    { x: 134, y: 172, text: 'Logs are kept for a year' },
    { x: 404, y: 172, text: 'should' },
  ];
  const rows = [
    'R1 | All connections use TLS 1.2 or a later version | must',
    'R2 | Passwords are stored hashed | must',
    'R3 | Logs are kept for a year | should',
  ];

  test('with drawn lines are read cell by cell', async () => {
    const document = await read([{ texts: cells, lines: grid }]);
    expect(texts(document, 'row')).toEqual(rows);
    const [first] = document.blocks;
    expect(first?.cells?.map(([start, end]) => document.text.slice(start, end))).toEqual(rows[0]?.split(' | '));
  });

  test('without lines, a cell that wraps stays in its row', async () => {
    expect(texts(await read([{ texts: cells }]), 'row')).toEqual(rows);
  });

  test('a number that hangs before its paragraph is no table', async () => {
    const document = await read([
      {
        texts: [
          { x: 60, y: 100, text: '3.2' },
          ...lines(['The supplier reports each incident to the buyer', 'and to the authority in charge.'], {
            x: 100,
            y: 100,
          }),
        ],
      },
    ]);
    expect(texts(document)).toEqual([
      '3.2 The supplier reports each incident to the buyer and to the authority in charge.',
    ]);
    expect(document.blocks[0]?.number).toBe('3.2');
  });
});

describe('running headers, footers and page numbers', () => {
  const body = (page: number): DrawnText[] =>
    lines(
      [
        `Page ${page} of the text says something of its own about`,
        `the ${page * 7} servers that are to be delivered this year.`,
      ],
      { y: 300 },
    );

  test('are kept apart', async () => {
    const document = await read(
      [1, 2, 3, 4].map((page) => ({
        texts: [
          { x: 60, y: 40, text: 'Tender 2024/17 – Annex B' },
          ...body(page),
          { x: 290, y: 810, text: `${page} / 4` },
        ],
      })),
    );
    expect(texts(document).join(' ')).not.toMatch(/Annex B|\/ 4/);
    expect(document.asides.filter((aside) => aside.kind === 'header').map((aside) => aside.page)).toEqual([1, 2, 3, 4]);
    expect(document.asides.filter((aside) => aside.kind === 'footer').map((aside) => aside.text)).toEqual([
      '1 / 4',
      '2 / 4',
      '3 / 4',
      '4 / 4',
    ]);
    expect(document.blocks.map((block) => block.page)).toEqual([1, 2, 3, 4]);
  });

  test('a line that stands on one page only is text', async () => {
    const document = await read(
      [1, 2, 3].map((page) => ({
        texts: [...(page === 2 ? [{ x: 60, y: 40, text: 'Chapter two begins here' }] : []), ...body(page)],
      })),
    );
    expect(texts(document)).toContain('Chapter two begins here');
  });
});

describe('structure', () => {
  test('headings, numbers, items and footnotes', async () => {
    const document = await read([
      {
        texts: [
          { x: 60, y: 60, size: 22, bold: true, text: 'Data centre services' },
          { x: 60, y: 110, size: 14, bold: true, text: '4 Security' },
          { x: 60, y: 140, size: 11, bold: true, text: '4.1 Encryption' },
          ...lines(
            [
              'The supplier encrypts all personal data in storage and on its way, with',
              'methods that the national authority lists.',
            ],
            { y: 160 },
          ),
          { x: 70, y: 195, text: '• disks and tapes;' },
          { x: 70, y: 210, text: '• backups that leave the building.' },
          { x: 60, y: 700, size: 8, text: '1 The list is renewed each year.' },
        ],
      },
    ]);
    expect(
      document.blocks.map((block) => [
        block.kind,
        block.level,
        block.number,
        document.text.slice(block.start, block.end),
      ]),
    ).toEqual([
      ['title', 1, undefined, 'Data centre services'],
      ['heading', 1, '4', '4 Security'],
      ['heading', 2, '4.1', '4.1 Encryption'],
      [
        'paragraph',
        undefined,
        undefined,
        'The supplier encrypts all personal data in storage and on its way, with methods that the national authority lists.',
      ],
      ['item', undefined, undefined, 'disks and tapes;'],
      ['item', undefined, undefined, 'backups that leave the building.'],
      ['footnote', undefined, undefined, '1 The list is renewed each year.'],
    ]);
    expect(document.title).toBe('Data centre services');
    expect(document.blocks[3]?.under).toBe(2);
  });

  test('words divided at the line end become whole, names keep their hyphens', async () => {
    const document = await read([
      {
        texts: lines([
          'The module is certified under FIPS 140-',
          '2 and offers two-factor authen-',
          'tication with an X.509-',
          'based certificate of the sup-',
          'plier.',
        ]),
      },
    ]);
    expect(texts(document).join(' ')).toBe(
      'The module is certified under FIPS 140-2 and offers two-factor authentication with an X.509-based certificate of the supplier.',
    );
  });

  test('the document information is read; titles made up by programs are not', async () => {
    const info = {
      Title: 'Microsoft Word - draft3.doc',
      Author: 'Ministry of Works',
      CreationDate: "D:20190321143000+01'00'",
    };
    const document = await read([{ texts: lines(LEFT) }], { info });
    expect(document.properties).toMatchObject({ author: 'Ministry of Works', created: '2019-03-21T14:30:00+01:00' });
    expect(document.title).toBeNull();
    expect(document.pages).toBe(1);
    expect(document.language).toBe('en');
  });

  test('a watermark is kept apart', async () => {
    const document = await read([{ texts: [{ x: 150, y: 600, size: 60, angle: 45, text: 'DRAFT' }, ...lines(LEFT)] }]);
    expect(texts(document)).toEqual([LEFT_TEXT]);
    expect(document.asides).toEqual([{ kind: 'header', text: 'DRAFT', page: 1 }]);
  });
});

describe('pages that cannot be read as text', () => {
  test('pictures alone are a scan', async () => {
    const document = await read([{ texts: [], picture: true }]);
    expect(document.problems).toMatchObject([{ code: 'scanned', fatal: true, pages: [1] }]);
  });

  test('some pictures are named with their pages', async () => {
    const document = await read([{ texts: lines(LEFT) }, { texts: [], picture: true }, { texts: [], picture: true }]);
    expect(document.problems).toMatchObject([{ code: 'partly-scanned', fatal: false, pages: [2, 3] }]);
    expect(texts(document)).toEqual([LEFT_TEXT]);
  });

  test('a text layer that is noise is reported and not read', async () => {
    const shifted = (text: string): string =>
      [...text]
        .map((character) => (character === ' ' ? ' ' : String.fromCharCode(33 + ((character.charCodeAt(0) + 32) % 94))))
        .join('');
    const document = await read([{ texts: lines(LEFT) }, { texts: lines(RIGHT.map(shifted)) }]);
    expect(document.problems).toMatchObject([{ code: 'noise', fatal: false, pages: [2] }]);
    expect(texts(document)).toEqual([LEFT_TEXT]);
  });
});
