import { combine, split } from 'shamir-secret-sharing';
import { beforeAll, expect, test } from 'vitest';
import { createKeyPair, encryptText, recipientOf } from './age.ts';
import { fromBase64url, toBase64url } from './base64url.ts';
import { canonicalJson } from './canonical.ts';
import { createPurchaseKeys, keyOf, RECOVERY } from './purchase-keys.ts';
import { commitmentTo, type ShareContent } from './share-content.ts';
import { combineShares, openPassedShare, openShare, passShare } from './shares.ts';
import {
  encryptedShare,
  expectedShare,
  openedBy,
  ownShare,
  pairOf,
  refusalOf,
  type TestPurchase,
  testPurchase,
} from './testing/purchase.ts';

const HOLDERS = ['anna', 'bert', 'chloe', RECOVERY];
let purchase: TestPurchase;
let anna: ShareContent;
let bert: ShareContent;

beforeAll(async () => {
  purchase = await testPurchase();
  anna = await ownShare(purchase, 'anna', 'quality');
  bert = await ownShare(purchase, 'bert', 'quality');
});

function key(part: 'quality' | 'price' = 'quality'): string {
  return keyOf(purchase.keys, part).recipient;
}

/** The share with other bytes and, as a forger would, a fitting commitment in its own list. */
function forged(share: ShareContent, bytes: Uint8Array): ShareContent {
  const other = { ...share, share: toBase64url(bytes) };
  const commitment = commitmentTo(other);
  return {
    ...other,
    holders: share.holders.map((one) => (one.holder === share.holder ? { ...one, commitment } : one)),
  };
}

function bytesOf(share: ShareContent): Uint8Array<ArrayBuffer> {
  return fromBase64url(share.share) ?? new Uint8Array();
}

test.each(HOLDERS.flatMap((from) => HOLDERS.filter((to) => to !== from).map((to) => [from, to])))(
  '%s and %s open together',
  async (from, to) => {
    expect(await recipientOf(await openedBy(purchase, from as string, to as string, 'quality'))).toBe(key());
  },
);

test('each part has a key of its own', async () => {
  const price = await openedBy(purchase, 'bert', RECOVERY, 'price');
  expect(await recipientOf(price)).toBe(key('price'));
  expect(key('price')).not.toBe(key());
});

test.each(HOLDERS)('the share of %s alone opens nothing', async (holder) => {
  const own = await ownShare(purchase, holder, 'quality');
  expect(await refusalOf(combineShares(own, own, key()))).toBe('same-share');
  const renamed = { ...own, holder: 'somebody', index: 77 };
  expect(await refusalOf(combineShares(own, renamed, key()))).toBe('not-a-holder');
});

test('one share fits every secret: with the right second share any text of its length could be the key', async () => {
  const own = bytesOf(anna);
  const place = own.at(-1) === 1 ? 2 : 1;
  const possible = Array.from({ length: own.length - 1 }, () => new Set<number>());
  for (let value = 0; value < 256; value++) {
    const secret = await combine([own, new Uint8Array(own.length).fill(value).with(-1, place)]);
    for (const [i, byte] of secret.entries()) possible[i]?.add(byte);
  }
  expect(possible.map((values) => values.size)).toEqual(possible.map(() => 256));
});

test('the shares of one key are spread over all byte values, whatever the text has', async () => {
  const recipients = await Promise.all([createKeyPair(), createKeyPair()]);
  const openers = recipients.map(({ recipient }, i) => ({ id: `o${i}`, recipient }));
  const seen = new Set<number>();
  for (let round = 0; round < 6; round++) {
    const made = await createPurchaseKeys({ purchase: 'p', openers, recovery: null, parts: ['quality'] });
    const { encrypted } = made.shares[0] as { encrypted: string };
    const { fingerprint } = keyOf(made.keys, 'quality');
    const about = { purchase: 'p', part: 'quality', holder: 'o0', fingerprint } as const;
    const share = await openShare(encrypted, recipients[0]?.identity ?? '', about);
    // The first bytes are always "AGE-SECRET-KEY-PQ-1" in plain.
    for (const byte of bytesOf(share).subarray(0, 19)) seen.add(byte);
  }
  // 114 draws out of 256 give about 92 different values; 19 letters unmasked would give 13.
  expect(seen.size).toBeGreaterThan(60);
});

test.each([
  ['purchase', 'purchase-2', 'wrong-share'],
  ['part', 'price', 'wrong-share'],
  ['holder', 'bert', 'wrong-share'],
  ['fingerprint', `${'0000 '.repeat(15)}0000`, 'wrong-share'],
])('a share that is about another %s is refused', async (field, value, code) => {
  const expected = { ...expectedShare(purchase, 'anna', 'quality'), [field]: value };
  const { identity } = pairOf(purchase.holders, 'anna');
  expect(await refusalOf(openShare(encryptedShare(purchase, 'anna', 'quality'), identity, expected))).toBe(code);
});

test('shares swapped between holders or parts are refused', async () => {
  const { identity } = pairOf(purchase.holders, 'anna');
  const expected = expectedShare(purchase, 'anna', 'quality');
  expect(await refusalOf(openShare(encryptedShare(purchase, 'bert', 'quality'), identity, expected))).toBe('wrong-key');
  expect(await refusalOf(openShare(encryptedShare(purchase, 'anna', 'price'), identity, expected))).toBe('wrong-share');
  const price = await ownShare(purchase, 'bert', 'price');
  expect(await refusalOf(combineShares(anna, price, key()))).toBe('wrong-share');
  expect(await refusalOf(combineShares(anna, bert, key('price')))).toBe('wrong-share');
});

test('an encrypted share that is cut or changed is refused', async () => {
  const { identity } = pairOf(purchase.holders, 'anna');
  const expected = expectedShare(purchase, 'anna', 'quality');
  const whole = encryptedShare(purchase, 'anna', 'quality');
  const lines = whole.split('\n');
  const changed = lines
    .with(
      -5,
      (lines.at(-5) as string).replace(/./, (c) => (c === 'A' ? 'B' : 'A')),
    )
    .join('\n');
  expect(await refusalOf(openShare(changed, identity, expected))).toBe('damaged');
  expect(await refusalOf(openShare(whole.slice(0, -50), identity, expected))).toBe('not-sealed');
  expect(await refusalOf(openShare(lines.toSpliced(-5, 1).join('\n'), identity, expected))).toBe('damaged');
  expect(await refusalOf(openShare('', identity, expected))).toBe('not-sealed');
  expect(
    await refusalOf(openShare(await encryptText(pairOf(purchase.holders, 'anna').recipient, '{}'), identity, expected)),
  ).toBe('broken-share');
});

test.each([
  ['another byte', (bytes: Uint8Array) => bytes.with(3, (bytes[3] as number) ^ 1)],
  ['another place on the line', (bytes: Uint8Array) => bytes.with(-1, ((bytes.at(-1) as number) % 255) + 1)],
  ['nothing but zeros', (bytes: Uint8Array) => new Uint8Array(bytes.length)],
  ['fewer bytes', (bytes: Uint8Array) => bytes.slice(1)],
])('a passed share with %s is refused, though its own list vouches for it', async (_, change) => {
  const { identity, recipient } = pairOf(purchase.holders, 'bert');
  const fake = forged(anna, change(bytesOf(anna)));
  const [passed] = await passShare(fake, [{ id: 'bert', recipient }]);
  expect(await refusalOf(openPassedShare(passed?.encrypted ?? '', identity, bert))).toBe('tampered-share');
});

test.each([
  ['no key', async () => [bytesOf(anna).with(0, 1), bytesOf(bert).with(0, 2)]],
  ['another key', async () => split(new TextEncoder().encode((await createKeyPair()).identity), 2, 2)],
])('two forged shares that vouch for each other and give %s are refused', async (_, make) => {
  const bytes = await make();
  const list = [forged(anna, bytes[0] as Uint8Array), forged(bert, bytes[1] as Uint8Array)];
  const holders = anna.holders.map((one) => {
    const own = list.find(({ holder }) => holder === one.holder);
    return own ? { ...one, commitment: commitmentTo(own) } : one;
  });
  const [one, other] = list.map((share) => ({ ...share, holders })) as [ShareContent, ShareContent];
  expect(await refusalOf(combineShares(one, other, key()))).toBe('wrong-secret');
});

test('a share is passed only to a key that was named when the keys were made', async () => {
  const server = await createKeyPair();
  const { recipient } = pairOf(purchase.holders, 'bert');
  for (const to of [
    { id: 'bert', recipient: server.recipient },
    { id: 'dora', recipient: server.recipient },
    { id: 'chloe', recipient },
  ])
    expect(await refusalOf(passShare(anna, [{ id: 'bert', recipient }, to]))).toBe('not-a-holder');
  expect(
    await refusalOf(passShare(anna, [{ id: 'anna', recipient: pairOf(purchase.holders, 'anna').recipient }])),
  ).toBe('same-share');
});

test('a passed share is for whom it was passed to', async () => {
  const { identity, recipient } = pairOf(purchase.holders, 'bert');
  const content = canonicalJson({ schema: 'proviso.passed-share-content/1', to: 'chloe', content: anna });
  const passed = await encryptText(recipient, content);
  expect(await refusalOf(openPassedShare(passed, identity, bert))).toBe('wrong-share');
  const back = canonicalJson({ schema: 'proviso.passed-share-content/1', to: 'bert', content: bert });
  expect(await refusalOf(openPassedShare(await encryptText(recipient, back), identity, bert))).toBe('same-share');
});

test("a share dealt to a key put in the holder's place is told by the holder", async () => {
  // Whoever swapped the key at creation re-encrypts the share, so that nobody misses it.
  const anotherOwn = await createKeyPair();
  const encrypted = await encryptText(anotherOwn.recipient, canonicalJson(anna));
  const expected = expectedShare(purchase, 'anna', 'quality');
  expect(await refusalOf(openShare(encrypted, anotherOwn.identity, expected))).toBe('not-a-holder');
});
