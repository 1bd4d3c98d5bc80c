import { Decrypter } from 'age-encryption';
import { beforeAll, expect, test } from 'vitest';
import { encryptStream, HEADER_BYTES } from './age.ts';
import { canonicalJson } from './canonical.ts';
import { sha256Hex } from './hash.ts';
import { type ExpectedPart, openOffer, type SealedPart, sealOffer } from './offer.ts';
import { keyOf } from './purchase-keys.ts';
import { LARGEST_JSON, sealedSize, sealJson } from './sealed.ts';
import { chunksOf, collected } from './streams.ts';
import { BINDING, openedBy, partWith, refusalOf, type TestPurchase, testPurchase } from './testing/purchase.ts';

let purchase: TestPurchase;
let quality: SealedPart;
let price: SealedPart;
let identity: { quality: string; price: string };

beforeAll(async () => {
  purchase = await testPurchase();
  const parts = { quality: partWith('yes, since 2021'), price: partWith('EUR 120 000') };
  [quality, price] = (await sealOffer({ binding: BINDING, parts }, purchase.keys)) as [SealedPart, SealedPart];
  identity = {
    quality: await openedBy(purchase, 'anna', 'bert', 'quality'),
    price: await openedBy(purchase, 'chloe', 'anna', 'price'),
  };
});

function expected(of: SealedPart): ExpectedPart {
  return { ...BINDING, part: of.part, sha256: of.sha256, submission: null };
}

/** What is refused when these bytes are opened in the place of the quality part, received as they are. */
function refused(bytes: Uint8Array, other: Partial<ExpectedPart> = {}, key = identity.quality): Promise<string> {
  return refusalOf(openOffer(bytes, key, { ...expected(quality), sha256: sha256Hex(bytes), ...other }));
}

test('what was sealed comes back, and the price belongs to it', async () => {
  const opened = await openOffer(quality.bytes, identity.quality, expected(quality));
  expect(opened).toMatchObject({ ...BINDING, ...partWith('yes, since 2021'), part: 'quality' });
  const [named] = opened.others;
  expect(named).toEqual({ part: 'price', sha256: price.sha256, size: price.size });
  const about = { ...expected(price), sha256: named?.sha256 ?? '', submission: opened.submission };
  expect((await openOffer(price.bytes, identity.price, about)).answers).toEqual({ 'GOV-01': 'EUR 120 000' });
});

test('plain age opens it: after eight bytes of length comes canonical JSON, then zeros', async () => {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity.quality);
  const plain = await decrypter.decrypt(quality.bytes);
  const length = Number(new DataView(plain.buffer, plain.byteOffset).getBigUint64(0));
  const text = new TextDecoder().decode(plain.subarray(8, 8 + length));
  expect(canonicalJson(JSON.parse(text))).toBe(text);
  expect(JSON.parse(text)).toMatchObject({ answers: { 'GOV-01': 'yes, since 2021' }, invitation: 'invitation-1' });
  expect(sha256Hex(text)).toBe((await openOffer(quality.bytes, identity.quality, expected(quality))).contentSha256);
  expect(plain.subarray(8 + length).every((byte) => byte === 0)).toBe(true);
});

test('a short and a long answer make the same size', async () => {
  const seal = (text: string) =>
    sealOffer({ binding: BINDING, parts: { quality: partWith(text), price: partWith('0') } }, purchase.keys);
  const [short, long] = [await seal(''), await seal('x'.repeat(60_000))];
  expect(short.map(({ size }) => size)).toEqual(long.map(({ size }) => size));
  expect(short[0]?.size).toBe(sealedSize(1));
});

test.each([
  ['purchase', 'purchase-2', 'wrong-purchase'],
  ['lot', 'lot-2', 'wrong-lot'],
  ['lot', null, 'wrong-lot'],
  ['invitation', 'invitation-2', 'wrong-invitation'],
  ['demand', 'e'.repeat(64), 'wrong-demand'],
  ['part', 'price', 'wrong-part'],
  ['submission', 'AAAAAAAAAAAAAAAAAAAAAA', 'wrong-submission'],
  ['sha256', 'f'.repeat(64), 'changed'],
])('put at another %s (%s) it is refused', async (field, value, code) => {
  expect(await refused(quality.bytes, { [field]: value })).toBe(code);
});

test("a part sealed to the other part's key is refused", async () => {
  expect(await refused(price.bytes)).toBe('wrong-key');
  expect(await refused(quality.bytes, {}, identity.price)).toBe('wrong-key');
  expect(await refused(quality.bytes, {}, 'AGE-SECRET-KEY-PQ-1QQQQ')).toBe('broken-identity');
});

test('the price of an earlier version is not the price of this one', async () => {
  const parts = { quality: partWith('better'), price: partWith('EUR 1') };
  const [newer] = (await sealOffer({ binding: BINDING, parts }, purchase.keys)) as [SealedPart];
  const opened = await openOffer(newer.bytes, identity.quality, expected(newer));
  const about = { ...expected(price), submission: opened.submission };
  expect(await refusalOf(openOffer(price.bytes, identity.price, about))).toBe('wrong-submission');
  expect(
    await refusalOf(openOffer(price.bytes, identity.price, { ...about, sha256: opened.others[0]?.sha256 ?? '' })),
  ).toBe('changed');
});

test('a price made again for the same offer is not the one that the quality part names', async () => {
  const { others, submission } = await openOffer(quality.bytes, identity.quality, expected(quality));
  const about = { ...expected(price), submission, others };
  expect((await openOffer(price.bytes, identity.price, about)).answers).toEqual({ 'GOV-01': 'EUR 120 000' });
  // Whoever sealed the offer knows its submission.
  const content = { ...partWith('EUR 1'), schema: 'proviso.offer-part/1', part: 'price', submission, others: [] };
  const bytes = await sealJson(keyOf(purchase.keys, 'price').recipient, canonicalJson({ ...content, ...BINDING }));
  const received = { ...about, sha256: sha256Hex(bytes) };
  expect(await refusalOf(openOffer(bytes, identity.price, received))).toBe('wrong-submission');
  const { others: _, ...withoutThem } = received;
  expect((await openOffer(bytes, identity.price, withoutThem)).answers).toEqual({ 'GOV-01': 'EUR 1' });
  for (const named of [[], [{ ...(others[0] as (typeof others)[0]), part: 'quality' as const }]])
    expect(await refusalOf(openOffer(price.bytes, identity.price, { ...about, others: named }))).toBe(
      'wrong-submission',
    );
});

test.each([
  ['nothing', () => new Uint8Array(0), 'not-sealed'],
  ['half a header', (bytes: Uint8Array) => bytes.slice(0, 800), 'not-sealed'],
  ['only the header', (bytes: Uint8Array) => bytes.slice(0, HEADER_BYTES), 'damaged'],
  ['the end missing', (bytes: Uint8Array) => bytes.slice(0, -1), 'damaged'],
  ['more at the end', (bytes: Uint8Array) => Buffer.concat([bytes, new Uint8Array(20)]), 'damaged'],
  ['another byte in the content', (bytes: Uint8Array) => bytes.with(9_000, (bytes[9_000] as number) ^ 1), 'damaged'],
  [
    'another byte in the nonce',
    (bytes: Uint8Array) => bytes.with(HEADER_BYTES, (bytes[HEADER_BYTES] as number) ^ 1),
    'damaged',
  ],
  [
    'another MAC',
    (bytes: Uint8Array) => bytes.with(HEADER_BYTES - 10, bytes[HEADER_BYTES - 10] === 65 ? 66 : 65),
    'damaged',
  ],
  ['another encapsulated key', (bytes: Uint8Array) => bytes.with(500, bytes[500] === 65 ? 66 : 65), 'wrong-key'],
  [
    'a header without end',
    () => new TextEncoder().encode(`age-encryption.org/v1\n-> mlkem768x25519 ${'A'.repeat(3_000_000)}`),
    'not-sealed',
  ],
  [
    'a thousand recipients',
    () => new TextEncoder().encode(`age-encryption.org/v1\n${'-> X25519 AAAA\nAAAA\n'.repeat(1_000)}`),
    'not-sealed',
  ],
  ['more bytes than any part', () => new Uint8Array(sealedSize(LARGEST_JSON) + 1), 'too-big'],
])('a ciphertext with %s is refused', async (_, change, code) => {
  expect(await refused(change(quality.bytes))).toBe(code);
});

test.each([
  ['text', 'no JSON', 'not-an-offer'],
  ['a list', '[]', 'not-an-offer'],
  ['deep nesting', '['.repeat(1_000_000), 'not-an-offer'],
  ['a draft', '{"schema":"proviso.draft/1"}', 'not-an-offer'],
])('%s sealed to the right key is no offer', async (_, json, code) => {
  expect(await refused(await sealJson(keyOf(purchase.keys, 'quality').recipient, json))).toBe(code);
});

test('content that is not framed, or not text, is refused', async () => {
  const { recipient } = keyOf(purchase.keys, 'quality');
  const raw = async (bytes: Uint8Array) =>
    collected(
      chunksOf(
        await encryptStream(
          recipient,
          (async function* () {
            yield bytes;
          })(),
        ),
      ),
    );
  expect(await refused(await raw(new TextEncoder().encode('{"a":1}{"a":1}')))).toBe('too-big');
  expect(await refused(await raw(new Uint8Array(100_000)))).toBe('damaged');
  expect(await refused(await raw(new Uint8Array(65_536).with(7, 2).with(8, 0xc3).with(9, 0x28)))).toBe('damaged');
});

test('an offer is not sealed unless it is whole', async () => {
  const seal = (binding: object, parts: object) =>
    refusalOf(sealOffer({ binding: { ...BINDING, ...binding }, parts }, purchase.keys));
  const both = { quality: partWith('a'), price: partWith('b') };
  expect(await seal({ purchase: 'another' }, both)).toBe('wrong-purchase');
  expect(await seal({ demand: 'abc' }, both)).toBe('bad-input');
  expect(await seal({}, { quality: partWith('a') })).toBe('wrong-part');
  const [first, second] = purchase.keys.parts as [(typeof purchase.keys.parts)[0], (typeof purchase.keys.parts)[0]];
  const swapped = { ...purchase.keys, parts: [{ ...first, recipient: second.recipient }, second] };
  expect(await refusalOf(sealOffer({ binding: BINDING, parts: both }, swapped))).toBe('broken-keys');
  expect(await seal({}, { ...both, quality: { ...partWith('a'), answers: { at: new Date(0) } } })).toBe('not-json');
  expect(await seal({}, { ...both, quality: partWith('x'.repeat(LARGEST_JSON)) })).toBe('too-big');
});
