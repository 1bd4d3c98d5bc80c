import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseSecurityTxt } from '../security-txt.ts';
import { keyOctets, unarmor } from './armor.ts';
import { readCertificates } from './certificate.ts';
import { checkSignature } from './check.ts';
import { PgpError, PgpUnsupported, readPackets, TAG } from './packets.ts';
import { KIND, readSignature } from './signature.ts';
import gnupg from './testing/gnupg.json' with { type: 'json' };
import {
  armored,
  certificate,
  created,
  flags,
  MADE,
  nameOf,
  newKey,
  packet,
  type Subpacket,
  signature,
  subkey,
  type TestKey,
} from './testing/writer.ts';

const JUNE = Date.parse('2026-06-01T00:00:00Z');
type Name = keyof typeof gnupg;

/** What is found of a whole text with the keys in files. */
function found(signed: string, keys: readonly (string | Buffer)[], now = JUNE) {
  const file = parseSecurityTxt(signed);
  expect(file.signed).not.toBeNull();
  const { text, signature: block } = file.signed ?? { text: '', signature: '' };
  return checkSignature(
    text,
    block,
    keys.map((one) => Buffer.from(one as string, 'latin1')),
    now,
  );
}
const of = (name: Name, change: (text: string) => string = (text) => text, now = JUNE) =>
  found(change(gnupg[name].signed), [gnupg[name].key], now).state;

describe('what GnuPG 2.2.40 signed, on 1 May 2026', () => {
  it.each(['rsa', 'p256', 'p384', 'ed', 'sub', 'binary'] as const)('with %s is good', (name) => {
    expect(found(gnupg[name].signed, [gnupg[name].key])).toMatchObject({
      state: 'good',
      issuer: expect.stringMatching(/^[0-9a-f]{40}$/),
      created: Date.parse('2026-05-01T12:00:00Z'),
    });
    // By the octets of the key, and among others; with any ends of lines.
    expect(found(gnupg[name].signed, ['<html>', gnupg.old.key, gnupg[name].key]).state).toBe('good');
    const key = keyOctets(Buffer.from(gnupg[name].key));
    expect(found(gnupg[name].signed, [key.toString('latin1')]).state).toBe('good');
    expect(of(name, (text) => text.replaceAll('\n', '\r\n'))).toBe('good');
  });

  it.each(['rsa', 'p256', 'p384', 'ed', 'sub'] as const)('with %s is false where the text is another', (name) => {
    expect(of(name, (text) => text.replace('security@', 'evil@'))).toBe('false');
    expect(of(name, (text) => text.replace('2026-12', '2027-12'))).toBe('false');
  });

  it.each<[Name, number, string]>([
    ['sha1', JUNE, 'weak'],
    ['brainpool', JUNE, 'unsupported'],
    ['revoked', JUNE, 'key-revoked'],
    ['revsub', JUNE, 'key-revoked'],
    ['old', JUNE, 'key-expired'],
    ['old', Date.parse('2026-05-02T00:00:00Z'), 'good'],
    ['short', JUNE, 'expired'],
    ['short', Date.parse('2026-05-02T00:00:00Z'), 'good'],
    ['ed', Date.parse('2028-06-01T00:00:00Z'), 'key-expired'],
    ['ed', Date.parse('2026-04-01T00:00:00Z'), 'future'],
  ])('%s at %i is %s', (name, now, state) => expect(of(name, undefined, now)).toBe(state));

  it('without its key is not checked', () => {
    expect(found(gnupg.ed.signed, []).state).toBe('key-missing');
    expect(found(gnupg.ed.signed, [gnupg.rsa.key]).state).toBe('key-missing');
    expect(found(gnupg.ed.signed, ['no key at all']).state).toBe('key-missing');
  });
});

test('the sample of RFC 9580 appendix A, of version 6, is good', () => {
  // A.3 and A.6.
  const key = `-----BEGIN PGP PUBLIC KEY BLOCK-----

xioGY4d/4xsAAAAg+U2nu0jWCmHlZ3BqZYfQMxmZu52JGggkLq2EVD34laPCsQYf
GwoAAABCBYJjh3/jAwsJBwUVCg4IDAIWAAKbAwIeCSIhBssYbE8GCaaX5NUt+mxy
KwwfHifBilZwj2Ul7Ce62azJBScJAgcCAAAAAK0oIBA+LX0ifsDm185Ecds2v8lw
gyU2kCcUmKfvBXbAf6rhRYWzuQOwEn7E/aLwIwRaLsdry0+VcallHhSu4RN6HWaE
QsiPlR4zxP/TP7mhfVEe7XWPxtnMUMtf15OyA51YBM4qBmOHf+MZAAAAIIaTJINn
+eUBXbki+PSAld2nhJh/LVmFsS+60WyvXkQ1wpsGGBsKAAAALAWCY4d/4wKbDCIh
BssYbE8GCaaX5NUt+mxyKwwfHifBilZwj2Ul7Ce62azJAAAAAAQBIKbpGG2dWTX8
j+VjFM21J0hqWlEg+bdiojWnKfA5AQpWUWtnNwDEM0g12vYxoWM8Y81W+bHBw805
I8kWVkXU6vFOi+HWvv/ira7ofJu16NnoUkhclkUrk0mXubZvyl4GBg==
-----END PGP PUBLIC KEY BLOCK-----
`;
  const signed = `-----BEGIN PGP SIGNED MESSAGE-----

What we need from the grocery store:

- - tofu
- - vegetables
- - noodles

-----BEGIN PGP SIGNATURE-----

wpgGARsKAAAAKQWCY5ijYyIhBssYbE8GCaaX5NUt+mxyKwwfHifBilZwj2Ul7Ce6
2azJAAAAAGk2IHZJX1AhiJD39eLuPBgiUU9wUA9VHYblySHkBONKU/usJ9BvuAqo
/FvLFuGWMbKAdA+epq7V4HOtAPlBWmU8QOd6aud+aSunHQaaEJ+iTFjP2OMW0KBr
NK2ay45cX1IVAQ==
-----END PGP SIGNATURE-----
`;
  expect(found(signed, [key])).toMatchObject({
    state: 'good',
    issuer: 'cb186c4f0609a697e4d52dfa6c722b0c1f1e27c18a56708f6525ec27bad9acc9',
  });
  expect(found(signed.replace('tofu', 'meat'), [key]).state).toBe('false');

  // What is before the text in what is signed has no length there: without one that is fixed, lines could go over into the salt.
  const block = parseSecurityTxt(signed).signed ?? { text: '', signature: '' };
  const [line] = block.text.split('- tofu');
  const bytes = readPackets(unarmor(block.signature, 'SIGNATURE'))[0]?.body as Buffer;
  const salt = bytes.indexOf(Buffer.from('2076495f', 'hex'));
  const longer = Buffer.concat([
    bytes.subarray(0, salt),
    Buffer.from([0x20 + (line as string).length]),
    bytes.subarray(salt + 1, salt + 33),
    Buffer.from(line as string),
    bytes.subarray(salt + 33),
  ]);
  const shorter = block.text.slice((line as string).length);
  expect(shorter).toMatch(/^- tofu/);
  const cut = checkSignature(shorter, armored('SIGNATURE', packet(TAG.signature, longer)), [Buffer.from(key)], JUNE);
  expect(cut.state).toBe('malformed');
});

describe('who may sign', () => {
  const text = 'Contact: mailto:a@example.com';
  const state = (
    key: TestKey,
    keys: Buffer,
    { kind = KIND.text as number, more = [] as readonly Subpacket[], at = (MADE + 60) as number } = {},
  ) => {
    const body = signature(key, kind, [Buffer.from(text)], [created(at), ...more]);
    return checkSignature(text, armored('SIGNATURE', packet(TAG.signature, body)), [keys], JUNE).state;
  };
  const [key, other] = [newKey(), newKey()];
  const SHA1 = 2;

  it('Ed25519 and Ed448', () => {
    expect(state(key, certificate(key))).toBe('good');
    const goldilocks = newKey('ed448');
    expect(state(goldilocks, certificate(goldilocks))).toBe('good');
  });

  it.each<[string, () => Buffer, string]>([
    ['a key that says nothing of itself', () => packet(TAG.publicKey, key.body), 'key-unsure'],
    [
      'a key of which others say something',
      () =>
        Buffer.concat([
          packet(TAG.publicKey, key.body),
          certificate(other).subarray(packet(TAG.publicKey, other.body).length),
        ]),
      'key-unsure',
    ],
    ['a key that may only certify', () => certificate(key, [created(MADE), flags(1)]), 'key-unfit'],
    ['a key that says so only later', () => certificate(key, [created(JUNE / 1000 + 60), flags(3)]), 'key-unsure'],
    [
      'a key whose word has expired',
      () => certificate(key, [created(MADE), flags(3), [3, Buffer.from([0, 0, 0, 9])]]),
      'key-unsure',
    ],
    ['a subkey that agreed', () => Buffer.concat([certificate(other), subkey(other, key, true)]), 'good'],
    // Whoever adopts another's key must not pass for who made the signature.
    ['a subkey that did not agree', () => Buffer.concat([certificate(other), subkey(other, key, false)]), 'key-unsure'],
    [
      'a subkey for something else',
      () => Buffer.concat([certificate(other), subkey(other, key, true, 12)]),
      'key-unfit',
    ],
    ['a subkey of nobody', () => Buffer.concat([certificate(other), packet(TAG.publicSubkey, key.body)]), 'key-unsure'],
    [
      'a key that was revoked',
      () =>
        Buffer.concat([
          packet(TAG.publicKey, key.body),
          packet(TAG.signature, signature(key, KIND.keyRevocation, [key.public.hashed], [created(MADE)])),
          certificate(key).subarray(packet(TAG.publicKey, key.body).length),
        ]),
      'key-revoked',
    ],
    [
      // Whoever withdraws a key is believed more easily than whoever vouches for it.
      'a key that was revoked with a hash of old',
      () =>
        Buffer.concat([
          packet(TAG.publicKey, key.body),
          packet(TAG.signature, signature(key, KIND.keyRevocation, [key.public.hashed], [created(MADE)], [], SHA1)),
          certificate(key).subarray(packet(TAG.publicKey, key.body).length),
        ]),
      'key-revoked',
    ],
    [
      'a key of which an older copy lies beside the one that was revoked',
      () =>
        Buffer.concat([
          certificate(key),
          packet(TAG.publicKey, key.body),
          packet(TAG.signature, signature(key, KIND.keyRevocation, [key.public.hashed], [created(MADE)])),
          certificate(key).subarray(packet(TAG.publicKey, key.body).length),
        ]),
      'key-revoked',
    ],
    [
      'a key that is called by nothing any more',
      () =>
        Buffer.concat([
          certificate(key),
          packet(TAG.signature, signature(key, KIND.certificationRevocation, nameOf(key), [created(MADE + 1)])),
        ]),
      'key-unsure',
    ],
    [
      'a key that took its name up again',
      () =>
        Buffer.concat([
          certificate(key, [created(MADE + 2), flags(3)]),
          packet(TAG.signature, signature(key, KIND.certificationRevocation, nameOf(key), [created(MADE + 1)])),
        ]),
      'good',
    ],
    [
      'a key that very many vouch for',
      () => {
        const whole = certificate(key);
        const own = whole.indexOf(packet(TAG.signature, Buffer.alloc(0)).subarray(0, 2), key.body.length + 20);
        const others = packet(TAG.signature, signature(other, 0x10, nameOf(key), [created(MADE)]));
        return Buffer.concat([whole.subarray(0, own), ...Array<Buffer>(60).fill(others), whole.subarray(own)]);
      },
      'good',
    ],
    [
      'a key that stands very many times',
      () => Buffer.concat([certificate(other), ...Array<Buffer>(30).fill(subkey(other, key, true))]),
      'key-unsure',
    ],
    [
      'a key that somebody else revoked',
      () =>
        Buffer.concat([
          packet(TAG.publicKey, key.body),
          packet(TAG.signature, signature(other, KIND.keyRevocation, [key.public.hashed], [created(MADE)])),
          certificate(key).subarray(packet(TAG.publicKey, key.body).length),
        ]),
      'good',
    ],
  ])('%s', (_, keys, wanted) => expect(state(key, keys())).toBe(wanted));

  it.each<[string, Parameters<typeof state>[2], string]>([
    ['of another kind', { kind: 0x13 }, 'malformed'],
    ['from the future', { at: JUNE / 1000 + 100_000 }, 'future'],
    ['with a demand that nobody knows', { more: [[0x80 | 99, Buffer.alloc(1)]] }, 'unsupported'],
    ['with a wish that nobody knows', { more: [[99, Buffer.alloc(1)]] }, 'good'],
    ['with a note that is critical', { more: [[0x80 | 20, Buffer.alloc(9)]] }, 'good'],
  ])('a signature %s', (_, change, wanted) => expect(state(key, certificate(key), change)).toBe(wanted));

  it('a signature of another version stands in nobody’s way', () => {
    const body = signature(key, KIND.text, [Buffer.from(text)], [created(MADE)]);
    const both = Buffer.concat([packet(TAG.signature, Buffer.from([7, 5])), packet(TAG.signature, body)]);
    expect(checkSignature(text, armored('SIGNATURE', both), [certificate(key)], JUNE).state).toBe('good');
  });

  it('whoever claims to be another is not', () => {
    const body = signature({ ...other, public: key.public }, KIND.text, [Buffer.from(text)], [created(MADE)]);
    expect(
      checkSignature(text, armored('SIGNATURE', packet(TAG.signature, body)), [certificate(key)], JUNE).state,
    ).toBe('false');
  });
});

describe('hostile octets', () => {
  it.each([
    ['no armor', ''],
    ['no end', armored('SIGNATURE', Buffer.alloc(9)).replace('-----END', '')],
    ['no base64', armored('SIGNATURE', Buffer.alloc(9)).replace('AAAA', '!!!!')],
    ['nothing', armored('SIGNATURE', Buffer.alloc(0))],
    ['another packet', armored('SIGNATURE', packet(TAG.userId, Buffer.from('a')))],
    ['a length that lies', armored('SIGNATURE', Buffer.from([0xc2, 255, 0xff, 0xff, 0xff, 0xff, 4]))],
    ['a packet in parts', armored('SIGNATURE', Buffer.from([0xc2, 0xe1, 4, 1]))],
    ['a packet without end', armored('SIGNATURE', Buffer.from([0x8b, 4, 1]))],
  ])('%s is no signature', (_, text) => expect(checkSignature('x', text, [], JUNE).state).toBe('malformed'));

  it('another version is not known', () =>
    expect(checkSignature('x', armored('SIGNATURE', packet(TAG.signature, Buffer.from([3, 5]))), [], JUNE).state).toBe(
      'unsupported',
    ));

  it('neither throw nor pass', () => {
    const file = parseSecurityTxt(gnupg.sub.signed).signed ?? { text: '', signature: '' };
    const good = unarmor(file.signature, 'SIGNATURE');
    const key = keyOctets(Buffer.from(gnupg.sub.key));
    const flipped = (bytes: Buffer, at: number, by: number): Buffer => {
      const changed = Buffer.from(bytes);
      changed[at % bytes.length] = (changed[at % bytes.length] as number) ^ by;
      return changed;
    };
    const read = (bytes: Buffer): void => {
      for (const one of [() => readPackets(bytes), () => readSignature(bytes), () => readCertificates(bytes)])
        try {
          one();
        } catch (error) {
          expect(error instanceof PgpError || error instanceof PgpUnsupported).toBe(true);
        }
    };
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 120 }),
        fc.nat(10_000),
        fc.integer({ min: 1, max: 255 }),
        (bytes, at, by) => {
          read(Buffer.from(bytes));
          read(flipped(key, at, by));
          // Another text never passes, whatever the signature and the key are made to be.
          const text = `${file.text}!`;
          for (const [one, keys] of [
            [flipped(good, at, by), key],
            [good, flipped(key, at, by)],
            [good.subarray(0, at % good.length), key],
            [good, key.subarray(0, at % key.length)],
          ] as const)
            expect(checkSignature(text, armored('SIGNATURE', one), [keys], JUNE).state).not.toBe('good');
          // Nor does a signature in which one octet of what is signed, or of its numbers, differs.
          const place = 3 + (at % 6);
          expect(checkSignature(file.text, armored('SIGNATURE', flipped(good, place, by)), [key], JUNE).state).not.toBe(
            'good',
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
