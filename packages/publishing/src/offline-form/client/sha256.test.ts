import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256, sha256Digest } from './sha256.ts';

const expected = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('SHA-256', () => {
  it('of any text is that of node:crypto', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
        expect(await sha256(text)).toBe(expected(text));
      }),
    ));

  it('without crypto.subtle too, of any bytes', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(Buffer.from(sha256Digest(bytes)).toString('hex')).toBe(expected(bytes));
      }),
    ));

  it.each([0, 55, 56, 63, 64, 65, 119, 120, 100_000])('without crypto.subtle, of %i bytes', (length) => {
    const bytes = new Uint8Array(length).fill(0xe9);
    expect(Buffer.from(sha256Digest(bytes)).toString('hex')).toBe(expected(bytes));
  });
});
