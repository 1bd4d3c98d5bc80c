import { expect, test } from 'vitest';
import { Progress } from '../run/progress.ts';
import { terminalText } from './terminal-text.ts';

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
