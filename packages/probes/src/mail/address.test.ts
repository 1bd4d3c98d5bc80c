import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dotted, formatAddress, inPrefix, parseAddress, reverseName, sameAddress } from './address.ts';

const bytes = (text: string) => parseAddress(text) ?? new Uint8Array();

describe('addresses', () => {
  test.each([
    ['192.0.2.1', 'c0000201'],
    ['::', '00'.repeat(16)],
    ['2001:db8::cb01', `20010db8${'00'.repeat(10)}cb01`],
    ['::ffff:192.0.2.1', 'c0000201'],
    ['64:ff9b::192.0.2.1', `0064ff9b${'00'.repeat(8)}c0000201`],
  ])('%s is %s', (text, hex) => expect(Buffer.from(bytes(text)).toString('hex')).toBe(hex));

  test.each(['', '1.2.3', '1.2.3.4.5', '1.2.3.256', 'fe80::1%eth0', '[::1]', 'example.com', '0x7f.1'])(
    '%j is none',
    (text) => expect(parseAddress(text)).toBeNull(),
  );

  test('what is written is read back', () =>
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.uint8Array({ minLength: 16, maxLength: 16 })),
        (address) => {
          expect(parseAddress(formatAddress(address), { unmap: false })).toEqual(address);
        },
      ),
    ));

  test('reverse names and dots (RFC 3596 section 2.5)', () => {
    expect(reverseName(bytes('192.0.2.1'))).toBe('1.2.0.192.in-addr.arpa');
    expect(reverseName(bytes('2001:db8::cb01'))).toBe(
      '1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa',
    );
    expect(dotted(bytes('192.0.2.1'))).toBe('192.0.2.1');
  });

  test('prefixes', () => {
    expect(inPrefix(bytes('192.0.2.129'), bytes('192.0.2.128'), 25)).toBe(true);
    expect(inPrefix(bytes('192.0.2.127'), bytes('192.0.2.128'), 25)).toBe(false);
    expect(inPrefix(bytes('192.0.2.127'), bytes('::'), 0)).toBe(false);
    expect(sameAddress('2001:DB8::1', '2001:db8:0::1')).toBe(true);
  });
});
