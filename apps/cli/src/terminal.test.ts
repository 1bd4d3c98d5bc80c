import { expect, test } from 'vitest';
import { Progress } from './run/progress.ts';
import { printable, printableData, wantsColour } from './terminal.ts';

test.each([
  { isTTY: true, env: {}, wanted: true },
  { isTTY: true, env: { NO_COLOR: '1' }, wanted: false },
  { isTTY: true, env: { NO_COLOR: '' }, wanted: true },
  { isTTY: true, env: { TERM: 'dumb' }, wanted: false },
  { isTTY: false, env: {}, wanted: false },
])('colours: $isTTY $env is $wanted', ({ isTTY, env, wanted }) => {
  expect(wantsColour({ isTTY }, env)).toBe(wanted);
});

test.each([
  ['tender\u001b[2J.pdf', 'tender[2J.pdf'],
  ['\u001b[2J\u001b]0;mine\u0007tender.pdf', '[2J]0;minetender.pdf'],
  ['a\u009b31m\u0007b', 'a31mb'],
  ['two\r\nlines\tand a tab', 'two lines and a tab'],
  ['a\nnot readable  b.pdf: all is well', 'a not readable b.pdf: all is well'],
  ['bill\u202efdp.exe\u2069', 'billfdp.exe'],
  ['a\u200fb\u061cc', 'abc'],
  [' Übersicht – 第1版.docx ', 'Übersicht – 第1版.docx'],
])('%j is shown as %j', (text, shown) => expect(printable(text)).toBe(shown));

test('the progress line shows a file name without what a terminal would obey', () => {
  const written: string[] = [];
  const out = { isTTY: true, columns: 100, write: (text: string) => written.push(text) > 0 };
  const progress = new Progress({ out: out as unknown as NodeJS.WriteStream, quiet: false, now: () => 1000 });
  progress.expect(1, 1);
  progress.advance(1, 'a\u001b[2J\nb.pdf');
  expect(written.join('').replace('\r\u001b[2K', '')).toMatch(/a\[2J b\.pdf$/);
});

test('data for programs stays what it is when it is shown on a terminal', () => {
  const value = { path: 'a\u001b[2J\u009b31m\u007f\u202efdp.pdf', note: 'one\n\ttwo' };
  const shown = printableData(`${JSON.stringify(value)}\n`);
  expect(shown).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  expect(JSON.parse(shown)).toEqual(value);
});

test.each([
  ['a;\u001b[31m\r\n', 'a;\\u001b[31m\r\n'],
  ['all is well\rnot', 'all is well\\u000dnot'],
])('the row %j is shown as %j', (row, shown) => expect(printableData(row)).toBe(shown));
