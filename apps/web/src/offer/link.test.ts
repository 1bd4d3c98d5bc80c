import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fragmentOf, readLink } from './link.ts';

const TOKEN = 'Zx3_-abcdefghijklmnop';

describe('the fragment of a supplier’s link', () => {
  it.each([
    [`#${TOKEN}`, { token: TOKEN, secret: null }],
    [TOKEN, { token: TOKEN, secret: null }],
    [`#${TOKEN}.`, { token: TOKEN, secret: null }],
    [`#${TOKEN}.qpzry9x8`, { token: TOKEN, secret: 'qpzry9x8' }],
    [`  https://buyer.example/offer#${TOKEN}.qpzry9x8\n`, { token: TOKEN, secret: 'qpzry9x8' }],
    ['', null],
    ['#', null],
    ['#short', null],
    ['#begin-title of the page', null],
    [`#${TOKEN}.a.b`, null],
    [`#${TOKEN}/../x`, null],
  ])('%s', (text, link) => {
    expect(readLink(text)).toEqual(link);
  });

  it('comes back as it was', () => {
    const part = fc.stringMatching(/^[A-Za-z0-9_-]{16,60}$/);
    fc.assert(
      fc.property(part, fc.option(part), (token, secret) => {
        expect(readLink(fragmentOf({ token, secret }))).toEqual({ token, secret });
      }),
    );
  });
});
