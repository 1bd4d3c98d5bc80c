import { describe, expect, it } from 'vitest';
import { safeReturn } from './after.ts';

describe('the address after signing in', () => {
  it.each([
    ['/t/1/purchases/2/demand?part=what-if', '/t/1/purchases/2/demand?part=what-if'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['/a\n//evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/sign-in?to=/sign-in', '/'],
    ['', '/'],
    [undefined, '/'],
    [{ toString: (): string => '/x' }, '/'],
  ])('%j → %s', (asked, address) => {
    expect(safeReturn(asked)).toBe(address);
  });
});
