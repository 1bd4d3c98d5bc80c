import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reader } from './plain.ts';
import { blocksOf, documentOf } from './testing/blocks-of.ts';
import { encodeAs } from './testing/encode-as.ts';

const CASES: readonly [name: string, text: string, blocks: string[]][] = [
  [
    'wrapped lines and hyphens',
    'The supplier shall pro-\ntect all the data with TLS-\nbased links, in- and out-\nside of the city, at all ti-\nmes.\n\nNext.',
    [
      'paragraph The supplier shall protect all the data with TLS-based links, in- and outside of the city, at all times.',
      'paragraph Next.',
    ],
  ],
  [
    'headings',
    'REQUEST FOR TENDERS\n\n1. Scope\n\nWe buy firewalls here.\n\n1.2 Lots\n\nArticle 5 Payment\n\nTitle\n=====\n\nSub\n---',
    [
      'heading1 REQUEST FOR TENDERS',
      'heading1(1) 1. Scope',
      'paragraph We buy firewalls here.',
      'heading2(1.2) 1.2 Lots',
      'heading1 Article 5 Payment',
      'heading1 Title',
      'heading2 Sub',
    ],
  ],
  [
    'scripts without capitals',
    '本システムはTLS1.2以上で通信を暗号化すること。\n\nЗАГАЛЬНІ ВИМОГИ\n\nТекст вимог тут.',
    [
      'paragraph 本システムはTLS1.2以上で通信を暗号化すること。',
      'heading1 ЗАГАЛЬНІ ВИМОГИ',
      'paragraph Текст вимог тут.',
    ],
  ],
  [
    'items',
    'Suppliers shall do all of these things for the city of X:\n(a) encrypt all data of the city with keys of enough len-\n    gth;\n(b) report.\n- one\n* two',
    [
      'paragraph Suppliers shall do all of these things for the city of X:',
      'item(a) (a) encrypt all data of the city with keys of enough length;',
      'item(b) (b) report.',
      'item one',
      'item two',
    ],
  ],
  [
    'one paragraph a line',
    `${'A long line without any wrap. '.repeat(20)}\nSecond line.\nThird line.`,
    [
      `paragraph ${'A long line without any wrap. '.repeat(20).trim()}`,
      'paragraph Second line.',
      'paragraph Third line.',
    ],
  ],
  [
    'tables drawn with characters',
    '+----+------+\n| ID | Rule |\n+----+------+\n| R1 | Use  |\n|    | TLS  |\n+----+------+',
    ['row ID | Rule', 'row R1 | Use\nTLS'],
  ],
  [
    'tables of bars',
    'ID | Rule\n---+-----\nR1 | TLS\nR2 | DNSSEC\n\nText | alone',
    ['row ID | Rule', 'row R1 | TLS', 'row R2 | DNSSEC', 'paragraph Text | alone'],
  ],
  ['quoted lines', 'Answer:\n> the question\n> goes on', ['paragraph Answer:', 'quote the question goes on']],
  [
    'Japanese lines join without a space',
    '受託者は通信を暗号化し\nなければならない。\n記録を残す。',
    ['paragraph 受託者は通信を暗号化しなければならない。記録を残す。'],
  ],
  ['rules and blanks', '-----\n\n\n   \n*****\ntext', ['paragraph text']],
];

describe('plain text', () => {
  test.each(CASES)('%s', async (_name, text, blocks) => {
    expect(await blocksOf(reader, text)).toEqual(blocks);
  });

  test('form feeds are pages', async () => {
    const document = await documentOf(reader, 'one\fnext page\f\fthree\f');
    expect(document.pages).toBe(4);
    expect(document.blocks.map((block) => block.page)).toEqual([1, 2, 4]);
    expect(document.blocks[0]?.pageApproximate).toBeUndefined();
  });

  test('says its encoding', async () => {
    const document = await documentOf(reader, encodeAs('Sécurité des données à caractère personnel', 'windows-1252'));
    expect(document.text).toBe('Sécurité des données à caractère personnel');
    expect(document.properties).toEqual({ encoding: 'windows-1252' });
  });

  test.each([
    ['a.csv', 'ID;Rule\nR1;"Use ""TLS""; always"\n', ['row ID | Rule', 'row R1 | Use "TLS"; always']],
    ['a.tsv', 'a\tb\nc\td', ['row a | b', 'row c | d']],
    ['a.csv', 'a,"b\nc",d', ['row a | b\nc | d']],
  ])('separated values: %s', async (name, text, blocks) => {
    expect(await blocksOf(reader, text, name)).toEqual(blocks);
  });

  test('one endless line is cut and said', async () => {
    const document = await documentOf(reader, 'The supplier must use TLS. '.repeat(100_000), 'a.txt', {
      maxChars: 500_000,
    });
    expect(document.text.length).toBeLessThanOrEqual(500_000);
    expect(document.problems.map((problem) => problem.code)).toEqual(['cut']);
  });

  test('any text is read, and blocks stand at their offsets', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.constantFrom(
            'word',
            ' ',
            '\n',
            '\n\n',
            '- ',
            '1. ',
            '|',
            '+--+--+\n',
            '====\n',
            '\f',
            '\t',
            'A-',
            '> ',
            '\u0000',
            '\u00ad',
            '，',
          ),
          { maxLength: 60 },
        ),
        async (pieces) => {
          await documentOf(reader, pieces.join(''));
        },
      ),
      { numRuns: 300 },
    );
  });
});
