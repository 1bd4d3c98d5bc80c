import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certificate } from '../testing/certificate.ts';
import type { Tlsa } from '../wire/rdata.ts';
import { matchTlsa, unusable } from './tlsa.ts';

const root = certificate('root', { authority: true });
const between = certificate('between', { issuer: root, authority: true });
const own = certificate('mail.good.test', { issuer: between });
const stranger = certificate('between', { authority: true });
const noAuthority = certificate('plain', { issuer: root });
const byNoAuthority = certificate('mail.good.test', { issuer: noAuthority });

const hash = (name: string, bytes: Buffer): Buffer => createHash(name).update(bytes).digest();
const tlsa = (usage: number, selector: number, matching: number, data: Buffer): Tlsa => ({
  usage,
  selector,
  matching,
  data,
});
const chain = [own.der, between.der, root.der];

describe('matchTlsa', () => {
  it.each<[string, Tlsa, Buffer[], number | string]>([
    ['3 1 1', tlsa(3, 1, 1, hash('sha256', own.spki)), chain, 0],
    ['3 1 2', tlsa(3, 1, 2, hash('sha512', own.spki)), chain, 0],
    ['3 1 0', tlsa(3, 1, 0, own.spki), chain, 0],
    ['3 0 1', tlsa(3, 0, 1, hash('sha256', own.der)), chain, 0],
    ['3 0 0', tlsa(3, 0, 0, own.der), chain, 0],
    ['1 1 1', tlsa(1, 1, 1, hash('sha256', own.spki)), chain, 0],
    ['3 1 1 of another key', tlsa(3, 1, 1, hash('sha256', stranger.spki)), chain, 'differs'],
    ['3 1 1 of the authority', tlsa(3, 1, 1, hash('sha256', between.spki)), chain, 'differs'],
    ['2 1 1 of the issuer', tlsa(2, 1, 1, hash('sha256', between.spki)), chain, 1],
    ['2 0 1 of the root', tlsa(2, 0, 1, hash('sha256', root.der)), chain, 2],
    ['0 0 1 of the root', tlsa(0, 0, 1, hash('sha256', root.der)), chain, 2],
    ['2 1 1 of the own key', tlsa(2, 1, 1, hash('sha256', own.spki)), chain, 'differs'],
    ['2 0 1 of a root that is not sent', tlsa(2, 0, 1, hash('sha256', root.der)), [own.der, between.der], 'differs'],
    ['2 0 0, a root that is not sent', tlsa(2, 0, 0, root.der), [own.der, between.der], 2],
    ['2 1 0, its bare key', tlsa(2, 1, 0, root.spki), [own.der, between.der], 2],
    ['2 1 0, a strange key', tlsa(2, 1, 0, stranger.spki), [own.der, between.der], 'differs'],
    [
      '2 0 1 of one that only has the name',
      tlsa(2, 0, 1, hash('sha256', stranger.der)),
      [own.der, stranger.der],
      'differs',
    ],
    ['2 0 1 of one that only follows', tlsa(2, 0, 1, hash('sha256', root.der)), [own.der, root.der], 'differs'],
    [
      '2 1 1 of one that is no authority',
      tlsa(2, 1, 1, hash('sha256', noAuthority.spki)),
      [byNoAuthority.der, noAuthority.der],
      'differs',
    ],
    ['2 1 0 above one that is no authority', tlsa(2, 1, 0, root.spki), [byNoAuthority.der, noAuthority.der], 'differs'],
    ['2 0 0 that is no authority', tlsa(2, 0, 0, noAuthority.der), [byNoAuthority.der], 'differs'],
    ['no chain', tlsa(3, 1, 1, hash('sha256', own.spki)), [], 'no-chain'],
    ['a chain that is none', tlsa(3, 1, 1, hash('sha256', own.spki)), [Buffer.from('x')], 'no-chain'],
    ['a broken link', tlsa(2, 0, 1, hash('sha256', root.der)), [own.der, Buffer.from('x'), root.der], 'differs'],
    ['an unknown usage', tlsa(4, 1, 1, hash('sha256', own.spki)), chain, 'usage'],
  ])('%s', (_, record, list, expected) => {
    const match = matchTlsa(record, list);
    expect(match.matched ? match.depth : match.reason).toBe(expected);
  });

  it('matches nothing that it should not, and never throws', () => {
    const fields = fc.record({
      usage: fc.nat(5),
      selector: fc.nat(3),
      matching: fc.nat(3),
      data: fc.uint8Array({ maxLength: 70 }),
    });
    fc.assert(
      fc.property(
        fields,
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 3 }),
        ({ data, ...rest }, rubbish) => {
          const record = { ...rest, data: Buffer.from(data) };
          expect(matchTlsa(record, chain).matched).toBe(false);
          expect(matchTlsa(record, [own.der, ...rubbish]).matched).toBe(false);
        },
      ),
    );
  });
});

describe('unusable', () => {
  const digest = Buffer.alloc(32);
  it.each<[Tlsa, boolean, string | null]>([
    [tlsa(3, 1, 1, digest), true, null],
    [tlsa(2, 0, 1, digest), true, null],
    [tlsa(1, 1, 1, digest), true, 'usage-smtp'],
    [tlsa(0, 1, 1, digest), false, null],
    [tlsa(255, 1, 1, digest), false, 'usage'],
    [tlsa(3, 2, 1, digest), false, 'selector'],
    [tlsa(3, 1, 3, digest), false, 'matching'],
    [tlsa(3, 1, 2, digest), false, 'length'],
    [tlsa(3, 1, 1, Buffer.alloc(0)), false, 'length'],
    [tlsa(3, 0, 0, digest), false, 'not-a-certificate'],
    [tlsa(3, 1, 0, digest), false, 'not-a-key'],
    [tlsa(3, 1, 0, own.spki), true, null],
  ])('%o for mail %s: %s', (record, forMail, reason) => expect(unusable(record, forMail)).toBe(reason));
});
