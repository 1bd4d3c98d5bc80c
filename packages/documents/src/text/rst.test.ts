import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reader } from './rst.ts';
import { blocksOf, documentOf } from './testing/blocks-of.ts';

const CASES: readonly [name: string, rst: string, blocks: string[]][] = [
  [
    'sections by the order of their rules',
    '====\nDoc\n====\n\nA\n-\n\nOne\n---\ntext\n\nTwo\n~~~\n\nThree\n-----',
    ['heading1 Doc', 'paragraph A -', 'heading2 One', 'paragraph text', 'heading3 Two', 'heading2 Three'],
  ],
  [
    'paragraphs and hyphens',
    'The infor-\nmation of\nISO-\n27001.\n\nNext',
    ['paragraph The information of ISO-27001.', 'paragraph Next'],
  ],
  [
    'inline markup',
    'Use *em*, **strong**, ``a*b``, `title`, `text <http://x.org>`__, Word_, x\\ y and \\*.',
    ['paragraph Use em, strong, a*b, title, text, Word, xy and *.'],
  ],
  ['names with underscores stay', 'the snake_case_name and _x', ['paragraph the snake_case_name and _x']],
  [
    'roles',
    ':ref:`Annex A <annex>`, :ref:`glossary-terms`, H\\ :sub:`2`\\ O, :abbr:`BIO (Baseline)`',
    ['paragraph Annex A, glossary terms, H2O, BIO (Baseline)'],
  ],
  [
    'footnotes and targets',
    'See ISO 27001 [1]_ and [#note]_.\n\n.. _target: http://x.org\n.. [1] First\n   goes on.\n.. [#note] Second',
    ['paragraph See ISO 27001 [1] and [note].', 'footnote(1) First goes on.', 'footnote(note) Second'],
  ],
  ['substitutions', 'The |buyer| pays.\n\n.. |buyer| replace:: City of X', ['paragraph The City of X pays.']],
  [
    'lists',
    '- one\n  more\n\n  second paragraph\n\n  - inner\n- two\n\n1. a\n2) b\n\na. x',
    ['item one more', 'paragraph second paragraph', 'item2 inner', 'item two', 'item(1) a', 'item(2) b', 'item(a) x'],
  ],
  ['definitions', 'Term\n    Said of it\n    here.\n\n    More.', ['field Term: Said of it here.', 'paragraph More.']],
  [
    'fields',
    'Text\n\n:Deadline: 5 May\n:Place: Rome',
    ['paragraph Text', 'field Deadline: 5 May', 'field Place: Rome'],
  ],
  [
    'grid tables',
    '+----+-------+\n| ID | Rule  |\n+====+=======+\n| R1 | Use   |\n|    | *TLS* |\n+----+-------+\n| both       |\n+----+-------+',
    ['row ID | Rule', 'row R1 | Use TLS', 'row both'],
  ],
  [
    'lists in grid tables',
    '+----+--------+\n| R1 | Must:  |\n|    |        |\n|    | - a    |\n|    | - b    |\n+----+--------+\n| R2 | x      |\n+----+--------+',
    ['row R1 | Must:\n- a\n- b', 'row R2 | x'],
  ],
  [
    'simple tables',
    '===  =====\nID   Rule\n===  =====\nR1   Use\n     TLS\nR2   DNSSEC\n===  =====\n\nafter',
    ['row ID | Rule', 'row R1 | Use TLS', 'row R2 | DNSSEC', 'paragraph after'],
  ],
  [
    'table directives',
    '.. table:: Levels\n   :name: x\n\n   == ==\n   a  b\n   == ==',
    ['caption Levels', 'row a | b'],
  ],
  [
    'list tables',
    '.. list-table:: Rules\n   :header-rows: 1\n\n   * - ID\n     - Rule\n   * - R1\n     - Use\n       *TLS*',
    ['caption Rules', 'row ID | Rule', 'row R1 | Use TLS'],
  ],
  [
    'tables of separated values',
    '.. csv-table:: Rules\n   :header: "ID", "Rule"\n\n   "R1", "Use TLS, always"',
    ['caption Rules', 'row ID | Rule', 'row R1 | Use TLS, always'],
  ],
  [
    'admonitions',
    '.. note:: Mind the\n   gap here.\n\n.. warning::\n\n   - Never\n\n.. admonition:: Hard rule\n\n   Body',
    ['paragraph Mind the gap here.', 'item Never', 'paragraph Hard rule', 'paragraph Body'],
  ],
  [
    'code',
    '.. code-block:: yaml\n   :linenos:\n\n   tls: 1.2\n\nSo::\n\n  literal *x*\n\nend',
    ['code tls: 1.2', 'paragraph So:', 'code literal *x*', 'paragraph end'],
  ],
  [
    'figures',
    '.. figure:: a.png\n   :alt: The network\n\n   Figure 1: The whole',
    ['caption The network', 'paragraph Figure 1: The whole'],
  ],
  [
    'what is not text',
    '.. a comment\n   of two lines\n\n.. toctree::\n   :maxdepth: 2\n\n   intro\n\n.. contents::\n\n----\n\ntext',
    ['paragraph text'],
  ],
  [
    'quotes and line blocks',
    'Said:\n\n   A quote.\n\n| line one\n|  line two\n  goes on',
    ['paragraph Said:', 'quote A quote.', 'paragraph line one\nline two goes on'],
  ],
  ['unclosed everything', '**a `b |c\n\n.. note::\n\n+---+\n| x', ['paragraph **a `b |c', 'paragraph +---+ | x']],
];

describe('reStructuredText', () => {
  test.each(CASES)('%s', async (_name, rst, blocks) => {
    expect(await blocksOf(reader, rst)).toEqual(blocks);
  });

  test('included files are named', async () => {
    const document = await documentOf(
      reader,
      '.. include:: terms.rst\n\n.. csv-table:: T\n   :file: rules.csv\n\ntext',
    );
    expect(document.problems.map((problem) => [problem.code, problem.fatal])).toEqual([
      ['external', false],
      ['external', false],
    ]);
    expect(document.problems[0]?.message).toContain('terms.rst');
  });

  test('fields at the top are properties', async () => {
    const document = await documentOf(reader, ':author: A. Person\n:date: 2021-05-04\n\nTitle\n=====\n\ntext');
    expect(document.properties).toEqual({ author: 'A. Person', date: '2021-05-04' });
    expect(document.title).toBe('Title');
  });

  test('1,000 quotes one in the other are read flat and said', async () => {
    const document = await documentOf(
      reader,
      `${Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a\n`).join('\n')}`,
    );
    expect(document.problems.map((problem) => problem.code)).toEqual(['too-deep']);
  });

  test('any text is read, and blocks stand at their offsets', async () => {
    const piece = fc.constantFrom(
      '- ',
      '   ',
      '\n',
      '\n\n',
      '.. note::',
      '.. ',
      '====\n',
      '+--+\n',
      '| a |',
      '*',
      '`',
      '``',
      ':ref:',
      '|',
      '_',
      'word',
      ':f: ',
      '::\n',
      '1. ',
      '\\',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 50 }), async (pieces) => {
        await documentOf(reader, pieces.join(''));
      }),
      { numRuns: 300 },
    );
  });
});
