import { beforeAll, expect, test } from 'vitest';
import { createPurchaseKeys, purchaseFingerprint, RECOVERY, readPurchaseKeys } from './purchase-keys.ts';
import { pairOf, refusalOf, type TestPurchase, testPurchase } from './testing/purchase.ts';

let purchase: TestPurchase;

beforeAll(async () => {
  purchase = await testPurchase();
});

test('keys are not made for holders of whom one could open alone', async () => {
  const [a, b] = [pairOf(purchase.holders, 'anna').recipient, pairOf(purchase.holders, 'bert').recipient];
  const made = (openers: { id: string; recipient: string }[], recovery: string | null = null) =>
    refusalOf(createPurchaseKeys({ purchase: 'p', openers, recovery, parts: ['quality'] }));
  expect(await made([])).toBe('too-few-openers');
  expect(await made([{ id: 'a', recipient: a }], b)).toBe('too-few-openers');
  expect(
    await made([
      { id: 'a', recipient: a },
      { id: 'a', recipient: b },
    ]),
  ).toBe('holder-twice');
  expect(
    await made([
      { id: 'a', recipient: a },
      { id: 'b', recipient: a },
    ]),
  ).toBe('recipient-twice');
  expect(
    await made(
      [
        { id: 'a', recipient: a },
        { id: 'b', recipient: b },
      ],
      b,
    ),
  ).toBe('recipient-twice');
  expect(
    await made([
      { id: 'a', recipient: a },
      { id: RECOVERY, recipient: b },
    ]),
  ).toBe('reserved-holder');
  expect(
    await made([
      { id: '', recipient: a },
      { id: 'b', recipient: b },
    ]),
  ).toBe('bad-input');
  expect(
    await made([
      { id: 'a', recipient: a },
      { id: 'b', recipient: b.slice(0, -1) },
    ]),
  ).toBe('bad-recipient');
  expect(
    await made([
      { id: 'a', recipient: a },
      { id: 'b', recipient: b.toUpperCase() },
    ]),
  ).toBe('bad-recipient');
  const many = Array.from({ length: 51 }, (_, i) => ({ id: `o${i}`, recipient: a }));
  expect(await made(many)).toBe('too-many-openers');
});

test('public keys are taken only with their own fingerprints', () => {
  const { keys } = purchase;
  expect(readPurchaseKeys(JSON.parse(JSON.stringify(keys)))).toEqual(keys);
  const [quality, price] = keys.parts as [(typeof keys.parts)[0], (typeof keys.parts)[0]];
  const swapped = [{ ...quality, recipient: price.recipient }, price];
  expect(() => readPurchaseKeys({ ...keys, parts: swapped })).toThrow(expect.objectContaining({ code: 'broken-keys' }));
  expect(() => readPurchaseKeys({ ...keys, parts: [quality, quality] })).toThrow(/two keys/);
  expect(() => readPurchaseKeys(null)).toThrow(expect.objectContaining({ code: 'broken-keys' }));
});

test('one fingerprint tells other keys, another purchase, and keys that changed places', () => {
  const { keys } = purchase;
  const [quality, price] = keys.parts as [(typeof keys.parts)[0], (typeof keys.parts)[0]];
  const exchanged = [
    { ...price, part: 'quality' as const },
    { ...quality, part: 'price' as const },
  ];
  const all = [keys, { ...keys, purchase: 'other' }, { ...keys, parts: [quality] }, { ...keys, parts: exchanged }];
  expect(new Set(all.map(purchaseFingerprint)).size).toBe(4);
  const travelled: unknown = JSON.parse(JSON.stringify({ note: 'not part of it', ...keys }));
  expect(purchaseFingerprint(readPurchaseKeys(travelled))).toBe(purchaseFingerprint(keys));
});
