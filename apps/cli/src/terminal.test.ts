import { expect, test } from 'vitest';
import { wantsColour } from './terminal.ts';

test.each([
  { isTTY: true, env: {}, wanted: true },
  { isTTY: true, env: { NO_COLOR: '1' }, wanted: false },
  { isTTY: true, env: { NO_COLOR: '' }, wanted: true },
  { isTTY: true, env: { TERM: 'dumb' }, wanted: false },
  { isTTY: false, env: {}, wanted: false },
])('colours: $isTTY $env is $wanted', ({ isTTY, env, wanted }) => {
  expect(wantsColour({ isTTY }, env)).toBe(wanted);
});
