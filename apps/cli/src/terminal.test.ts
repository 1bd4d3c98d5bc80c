import { expect, test } from 'vitest';
import { printable, wantsColour } from './terminal.ts';

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
  ['a\u009b31m\u0007b', 'a31mb'],
  ['two\r\nlines\tand a tab', 'two lines and a tab'],
  ['bill\u202efdp.exe\u2069', 'billfdp.exe'],
  [' Übersicht – 第1版.docx ', 'Übersicht – 第1版.docx'],
])('%j is shown as %j', (text, shown) => expect(printable(text)).toBe(shown));
