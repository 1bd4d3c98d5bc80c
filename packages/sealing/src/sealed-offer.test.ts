import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { sha256Hex } from './hash.ts';
import { type OfferBinding, openOffer, type SealedPart, sealOffer } from './offer.ts';
import { openFile, sealFile } from './offer-file.ts';
import { purchaseFingerprint } from './purchase-keys.ts';
import { checkSealedFor, type KeptFile, readSealedOffer, sealedOfferFile } from './sealed-offer.ts';
import { BINDING, openedBy, partWith, refusalOf, type TestPurchase, testPurchase } from './testing/purchase.ts';

let purchase: TestPurchase;
let bytes: Uint8Array<ArrayBuffer>;
let parts: SealedPart[];
let kept: KeptFile[];

beforeAll(async () => {
  purchase = await testPurchase();
  kept = [];
  const files = [];
  for (const name of ['plan.txt', 'proof.pdf']) {
    const made = await sealFile(new File([`content of ${name}`], name), purchase.keys, 'quality');
    const content = await new Response(made.stream).blob();
    const file = await made.file;
    kept.push({ sealed: file.sealed, content });
    files.push(file);
  }
  const quality = { ...partWith('yes, since 2021'), files };
  parts = await sealOffer({ binding: BINDING, parts: { quality, price: partWith('EUR 120 000') } }, purchase.keys);
  bytes = await bytesOf(sealedOfferFile(BINDING, purchase.keys, { parts, files: kept }));
});

const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer());
const refused = (content: Blob | Uint8Array<ArrayBuffer> | string) => refusalOf(readSealedOffer(new Blob([content])));
const FORMAT = 'proviso.sealed-offer/1\n';
const headEnd = () => bytes.indexOf(0x0a, FORMAT.length) + 1;
const head = () => JSON.parse(new TextDecoder().decode(bytes.subarray(FORMAT.length, headEnd())));
/** The file with another head before the same pieces. */
const withHead = (value: unknown) =>
  new Blob([FORMAT, typeof value === 'string' ? value : canonicalJson(value), '\n', bytes.subarray(headEnd())]);

describe('a sealed offer in one file', () => {
  it('comes back whole, and opens as it was sealed', async () => {
    const read = await readSealedOffer(new Blob([bytes]));
    expect(read).toMatchObject({ ...BINDING, keys: purchaseFingerprint(purchase.keys) });
    expect(read.parts).toEqual(parts);
    const identity = await openedBy(purchase, 'anna', 'bert', 'quality');
    const [quality] = read.parts as [SealedPart];
    const opened = await openOffer(quality.bytes, identity, {
      ...BINDING,
      part: 'quality',
      sha256: quality.sha256,
      submission: null,
    });
    expect(opened.answers).toEqual({ 'GOV-01': 'yes, since 2021' });
    expect(opened.files).toHaveLength(2);
    for (const [i, file] of opened.files.entries()) {
      const content = openFile((read.contents[i] as Blob).stream(), identity, file);
      expect(await new Response(content).text()).toBe(`content of ${file.name}`);
    }
  });

  it('says in its first lines what follows, and no answer', async () => {
    const text = new TextDecoder().decode(bytes);
    expect(text.startsWith(FORMAT)).toBe(true);
    expect(Object.keys(head()).sort()).toEqual(['demand', 'files', 'invitation', 'keys', 'lot', 'parts', 'purchase']);
    for (const secret of ['2021', '120 000', 'plan.txt', 'proof.pdf', 'Supplier']) expect(text).not.toContain(secret);
    const [first] = head().parts;
    expect(sha256Hex(bytes.subarray(headEnd(), headEnd() + first.size))).toBe(first.sha256);
  });

  it('is refused when cut anywhere', async () => {
    const ends = [FORMAT.length, FORMAT.length + 40, headEnd() - 1, headEnd(), headEnd() + 5_000, bytes.length - 1];
    for (const end of ends) expect([end, await refused(bytes.slice(0, end))]).toEqual([end, 'cut-short']);
  });

  it('is refused when anything was changed or added', async () => {
    for (const at of [headEnd() + 100, headEnd() + 40_000, bytes.length - 1]) {
      const other = bytes.slice();
      other[at] = (other[at] ?? 0) ^ 1;
      expect(['changed', 'not-sealed']).toContain(await refused(other));
    }
    expect(await refused(new Blob([bytes, 'x']))).toBe('changed');
  });
});

describe('what is no sealed offer', () => {
  it.each([
    ['nothing', ''],
    ['answers in plain', '{"schema":"proviso.answers/1"}'],
    ['another format', 'proviso.sealed-offer/2\n{}\n'],
    ['a line that is endless', `${FORMAT}${'['.repeat(200_000)}`],
    ['no JSON', `${FORMAT}{"purchase":\n`],
    ['deep JSON', `${FORMAT}${'['.repeat(60_000)}${']'.repeat(60_000)}\n`],
    ['JSON that is a list', `${FORMAT}[]\n`],
    ['JSON that is nothing', `${FORMAT}null\n`],
    ['text that is not UTF-8', new Blob([FORMAT, new Uint8Array([0x7b, 0xff, 0x0a])])],
  ])('is refused: %s', async (_, content) => {
    expect(await refused(content)).toBe('not-a-sealed-offer');
  });

  it.each<[string, (head: { parts: object[]; files: object[] }) => unknown, string]>([
    ['no parts', (one) => ({ ...one, parts: [] }), 'not-a-sealed-offer'],
    ['a part twice', (one) => ({ ...one, parts: [one.parts[0], one.parts[0]] }), 'not-a-sealed-offer'],
    ['an unknown part', (one) => ({ ...one, parts: [{ ...one.parts[0], part: '__proto__' }] }), 'not-a-sealed-offer'],
    ['a size below nothing', (one) => ({ ...one, parts: [{ ...one.parts[0], size: -1 }] }), 'not-a-sealed-offer'],
    ['a size that is no number', (one) => ({ ...one, parts: [{ ...one.parts[0], size: '9' }] }), 'not-a-sealed-offer'],
    ['a size beyond the file', (one) => ({ ...one, files: [{ ...one.files[0], size: 2 ** 50 }] }), 'cut-short'],
    ['a file too many', (one) => ({ ...one, files: Array(501).fill(one.files[0]) }), 'not-a-sealed-offer'],
    ['an object as purchase', (one) => ({ ...one, purchase: {} }), 'not-a-sealed-offer'],
    ['another fingerprint’s shape', (one) => ({ ...one, keys: 'f' }), 'not-a-sealed-offer'],
    ['pieces left out', (one) => ({ ...one, files: [] }), 'changed'],
  ])('is refused: a head with %s', async (_, change, code) => {
    expect(await refusalOf(readSealedOffer(withHead(change(head()))))).toBe(code);
  });

  it('is refused when a piece is in plain, though its hash is right', async () => {
    const plain = new Uint8Array(parts[0]?.size ?? 0).fill(65);
    const value = { ...head(), parts: [{ part: 'quality', sha256: sha256Hex(plain), size: plain.length }], files: [] };
    expect(await refused(new Blob([FORMAT, canonicalJson(value), '\n', plain]))).toBe('not-sealed');
  });
});

describe('what a sealed offer was sealed for', () => {
  const said = () => ({ ...BINDING, keys: purchaseFingerprint(purchase.keys) });

  it('is told apart, the purchase first', async () => {
    const other = purchaseFingerprint((await testPurchase()).keys);
    const expected = said();
    const fault = (change: Partial<OfferBinding & { keys: string }>) =>
      refusalOf((async () => checkSealedFor({ ...said(), ...change }, expected))());
    expect(await fault({})).toBe('no refusal');
    expect(await fault({ keys: expected.keys.toUpperCase() })).toBe('no refusal');
    expect(await fault({ purchase: 'x', keys: other, demand: 'e'.repeat(64), invitation: 'x' })).toBe('wrong-purchase');
    expect(await fault({ keys: other, demand: 'e'.repeat(64) })).toBe('other-keys');
    expect(await fault({ demand: 'e'.repeat(64), invitation: 'x' })).toBe('wrong-demand');
    expect(await fault({ invitation: 'x' })).toBe('wrong-invitation');
  });

  it('is not looked at where nothing is expected', () =>
    expect(() => checkSealedFor(said(), { purchase: BINDING.purchase })).not.toThrow());
});
