import { expect, test } from 'vitest';
import { Progress } from '../run/progress.ts';
import { terminalData, terminalText } from './terminal-text.ts';

test.each([
  ['\u001b[2J\u001b]0;mine\u0007tender.pdf', '[2J]0;minetender.pdf'],
  ['a\nnot readable  b.pdf: all is well', 'a not readable b.pdf: all is well'],
  ['\u009b31mred', '31mred'],
  ['fdp.\u202eexe', 'fdp.exe'],
  ['Überprüfung – 試験', 'Überprüfung – 試験'],
])('%j is shown as %j', (raw, shown) => {
  expect(terminalText(raw)).toBe(shown);
});

test('the progress line shows a file name without what a terminal would obey', () => {
  const written: string[] = [];
  const out = { isTTY: true, columns: 100, write: (text: string) => written.push(text) > 0 };
  const progress = new Progress({ out: out as unknown as NodeJS.WriteStream, quiet: false, now: () => 1000 });
  progress.expect(1, 1);
  progress.advance(1, 'a\u001b[2J\nb.pdf');
  expect(written.join('').replace('\r\u001b[2K', '')).toMatch(/a\[2J b\.pdf$/);
});

test('data for programs stays what it is when it is shown on a terminal', () => {
  const value = { path: 'a\u001b[2J\u009b31m\u007f.pdf', note: 'one\n\ttwo' };
  const shown = terminalData(`${JSON.stringify(value)}\n`);
  expect(shown).not.toMatch(/[^\P{Cc}\n]/u);
  expect(JSON.parse(shown)).toEqual(value);
  expect(terminalData('a;\u001b[31m\r\n')).toBe('a;\\u001b[31m\r\n');
});
