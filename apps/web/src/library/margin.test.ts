import type { DocumentView } from 'proviso-server/contract';
import { describe, expect, it } from 'vitest';
import { markedBlocks, unplaced } from './margin.ts';

const text = 'One two.\nThree four.';
const blocks = [
  { kind: 'heading', start: 0, end: 8, level: 1, page: 1 },
  { kind: 'paragraph', start: 9, end: 20, level: null, page: 1 },
];
const finding = (start: number, end: number): DocumentView['findings'][number] =>
  ({
    rule: 'r',
    level: 'warning',
    message: 'm',
    fix: null,
    text: text.slice(start, end),
    start,
    end,
    path: 'p',
  }) as never;
const view = (...findings: DocumentView['findings']) => ({ text, blocks, findings });
const shown = (...findings: DocumentView['findings']) =>
  markedBlocks(view(...findings)).map(({ runs, notes }) => [
    runs.map((one) => (one.findings.length > 0 ? `<${one.text}>` : one.text)).join(''),
    notes,
  ]);

describe('findings in the margin', () => {
  it.each([
    [
      'none',
      [],
      [
        ['One two.', []],
        ['Three four.', []],
      ],
    ],
    [
      'inside a block',
      [finding(4, 7)],
      [
        ['One <two>.', [0]],
        ['Three four.', []],
      ],
    ],
    [
      'over two blocks: a note at the first',
      [finding(4, 14)],
      [
        ['One <two.>', [0]],
        ['<Three> four.', []],
      ],
    ],
    [
      'overlapping',
      [finding(0, 7), finding(4, 8)],
      [
        ['<One ><two><.>', [0, 1]],
        ['Three four.', []],
      ],
    ],
    [
      'beyond the text',
      [finding(15, 99)],
      [
        ['One two.', []],
        ['Three four.', []],
      ],
    ],
    [
      'about nothing',
      [finding(0, 0)],
      [
        ['One two.', []],
        ['Three four.', []],
      ],
    ],
  ] as [string, DocumentView['findings'], unknown][])('%s', (_, findings, out) => {
    expect(shown(...findings)).toEqual(out);
  });

  it('are all shown, in the text or beside it', () => {
    const all = view(finding(4, 7), finding(15, 99), finding(0, 0));
    expect(unplaced(all).map(({ index }) => index)).toEqual([1, 2]);
  });
});
