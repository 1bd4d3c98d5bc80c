import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reader } from './asciidoc.ts';
import { blocksOf, documentOf } from './testing/blocks-of.ts';

const CASES: readonly [name: string, asciidoc: string, blocks: string[]][] = [
  [
    'sections',
    '= Title\n\n== One\ntext\n\n=== Two\n\n== Three ==',
    ['heading1 Title', 'heading2 One', 'paragraph text', 'heading3 Two', 'heading2 Three'],
  ],
  ['sections by their underlines', 'Title\n=====\n\nOne\n---\n', ['heading1 Title', 'heading2 One']],
  [
    'inline marks',
    'A *bold* _em_ `code` **un**bound #mark# x^2^ H~2~O and 2 * 3 * 4',
    ['paragraph A bold em code unbound mark x2 H2O and 2 * 3 * 4'],
  ],
  [
    'links and references',
    'See https://x.org[the site], link:a.pdf[file,window=_blank], <<annex-a,Annex A>> and xref:b.adoc#terms[].',
    ['paragraph See the site, file, Annex A and terms.'],
  ],
  ['attributes', ':product: Portal\n\n{product} of {buyer}{nbsp}X', ['paragraph Portal of [buyer] X']],
  ['footnotes', 'Use ISO 27001footnote:[See _annex_.].', ['paragraph Use ISO 27001 [1].', 'footnote(1) See annex.']],
  [
    'lists',
    '* a\n** b\n* c\n. one\n.. two\n\n1. n',
    ['item a', 'item2 b', 'item c', 'item one', 'item2 two', 'item(1) n'],
  ],
  ['terms', 'CPU:: The brain\nRAM::\n  Memory', ['field CPU: The brain', 'field RAM: Memory']],
  [
    'admonitions and boxes',
    'NOTE: Mind it.\n\n[WARNING]\n====\nNever.\n====\n\n****\nBox\n****',
    ['paragraph Mind it.', 'paragraph Never.', 'paragraph Box'],
  ],
  [
    'code',
    '[source,java]\n----\nint *x*;\n----\n\n```\ny\n```\n\n literal',
    ['code int *x*;', 'code y', 'code literal'],
  ],
  ['quotes', '[quote]\nSaid.\n\n____\nMore.\n____\n\nend', ['quote Said.', 'quote More.', 'paragraph end']],
  [
    'tables with a cell a line',
    '.Rules\n[cols="1,2"]\n|===\n|ID |Rule\n\n|R1\n|Use\n*TLS*\n|===',
    ['caption Rules', 'row ID | Rule', 'row R1 | Use TLS'],
  ],
  ['tables with a row a line', '|===\n|a |b\n2+|both\n|===', ['row a | b', 'row both']],
  ['tables of separated values', ',===\na,"b, c"\n,===', ['row a | b, c']],
  [
    'what is not text',
    '// comment\n////\nblock\n////\nifdef::x[]\n[[id]]\ntoc::[]\ntext\nendif::[]',
    ['paragraph text'],
  ],
  ['pictures', 'image::a.png[The network,300]', ['caption The network']],
  ['hard breaks and hyphens', 'infor-\nmation +\nnext', ['paragraph information next']],
  ['unclosed everything', '|===\n|a |b\n\n----\ncode', ['row a | b\n---- code']],
];

describe('AsciiDoc', () => {
  test.each(CASES)('%s', async (_name, asciidoc, blocks) => {
    expect(await blocksOf(reader, asciidoc)).toEqual(blocks);
  });

  test('the header states author, version and date; included files are named', async () => {
    const document = await documentOf(
      reader,
      '= Rules\nJane Roe <j@x.org>\nv1.2, 2023-05-04\n:lang: de\n\ninclude::part.adoc[]\n\ntext',
    );
    expect(document.title).toBe('Rules');
    expect(document.properties).toEqual({ author: 'Jane Roe', version: '1.2', date: '2023-05-04', language: 'de' });
    expect(document.problems).toMatchObject([{ code: 'external', fatal: false }]);
    expect(document.text).toBe('Rules\ntext');
  });

  test('a table of 300,000 cells', async () => {
    expect((await documentOf(reader, `|===\n${'|a '.repeat(300_000)}\n|===`)).blocks).toHaveLength(1);
  });

  test('any text is read, and blocks stand at their offsets', async () => {
    const piece = fc.constantFrom(
      '= ',
      '* ',
      '. ',
      '|===\n',
      '|',
      '----\n',
      '====\n',
      '____\n',
      '[x]\n',
      '.T\n',
      '<<',
      '>>',
      '{a}',
      '*',
      '_',
      'word',
      '\n',
      '\n\n',
      'a:: ',
      '+\n',
      'include::x[]\n',
      'footnote:[',
      ']',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 50 }), async (pieces) => {
        await documentOf(reader, pieces.join(''));
      }),
      { numRuns: 300 },
    );
  });
});
