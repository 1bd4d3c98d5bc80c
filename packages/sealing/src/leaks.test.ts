import { expect, test } from 'vitest';
import { createLinkSecret, sealDraft } from './draft.ts';
import { sealOffer } from './offer.ts';
import { sealFile } from './offer-file.ts';
import { createReceiptKey, signReceipt } from './receipt.ts';
import { combineShares, passShare } from './shares.ts';
import { chunksOf, collected } from './streams.ts';
import { BINDING, openedBy, ownShare, pairOf, refusalOf, testPurchase } from './testing/purchase.ts';

const PLANTED = ['Zwaluwstaart-Ångström-7741', 'EUR 987 654,32'];

/** The text as it could lie in a file, a log or a memory: with each encoding's inner part, whatever stands beside it. */
function disguises(text: string): Buffer[] {
  const encodings = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()];
  const shapes = encodings.flatMap((bytes) => [
    bytes,
    Buffer.from(bytes.toString('hex')),
    Buffer.from(bytes.toString('hex').toUpperCase()),
    // In base64 the same bytes look three ways, by where they begin; the outer characters depend on the neighbours.
    ...[0, 1, 2].flatMap((shift) =>
      (['base64', 'base64url'] as const).map((kind) =>
        Buffer.from(
          Buffer.concat([Buffer.alloc(shift), bytes])
            .toString(kind)
            .replaceAll('=', '')
            .slice(4, -2),
        ),
      ),
    ),
  ]);
  return [...shapes, Buffer.from(encodeURIComponent(text)), Buffer.from(JSON.stringify(text).slice(1, -1))];
}

function found(haystack: Uint8Array | string, secrets: readonly string[]): string[] {
  const bytes = Buffer.from(haystack as string);
  return secrets.filter((text) => disguises(text).some((one) => bytes.includes(one)));
}

test.each(['utf8', 'utf16le', 'hex', 'base64', 'base64url'] as const)(
  'the search itself finds a text in %s',
  (encoding) => {
    const [text] = PLANTED as [string];
    const stored = encoding.startsWith('utf')
      ? Buffer.from(`ab${text}cd`, encoding)
      : Buffer.from(Buffer.from(`ab${text}cd`).toString(encoding));
    expect(found(stored, [text])).toEqual([text]);
  },
);

test('nothing that leaves the browser holds an answer, a price, a file or a key', async () => {
  const purchase = await testPurchase();
  const link = await createLinkSecret();
  const [text, price] = PLANTED as [string, string];
  const source = new File([`%PDF ${text}`], `${text}.pdf`, { type: 'application/pdf' });
  const sealing = await sealFile(source, purchase.keys, 'quality');
  const file = await collected(chunksOf(sealing.stream));
  const quality = { answers: { 'GOV-01': text }, declaration: { name: text }, files: [await sealing.file] };
  const parts = { quality, price: { answers: { total: price }, declaration: null, files: [] } };
  const offer = await sealOffer({ binding: BINDING, parts }, purchase.keys);
  const draft = await sealDraft({ text, price }, BINDING, link);
  const anna = await ownShare(purchase, 'anna', 'quality');
  const bert = await ownShare(purchase, 'bert', 'quality');
  const passed = await passShare(anna, [{ id: 'bert', recipient: pairOf(purchase.holders, 'bert').recipient }]);
  const key = await createReceiptKey();
  const sealed = offer.map(({ part: name, sha256, size }) => ({ name, sha256, size }));
  const { purchase: id, lot, invitation } = BINDING;
  const receipt = await signReceipt(
    {
      schema: 'proviso.receipt/1',
      purchase: id,
      lot,
      invitation,
      offer: 'o',
      sealed,
      receivedAt: '2026-03-01T12:00:00.000Z',
      late: false,
    },
    key,
  );
  const identities = [
    await openedBy(purchase, 'anna', 'bert', 'quality'),
    await openedBy(purchase, 'anna', 'bert', 'price'),
    ...[...purchase.holders.values()].map(({ identity }) => identity),
    link.identity,
    link.text,
  ];
  const secrets = [...PLANTED, ...identities, anna.share, bert.share, key.d];
  const armoured = [...purchase.shares, ...passed].map(({ encrypted }) =>
    Buffer.from(encrypted.replace(/-----[^-]+-----/g, ''), 'base64'),
  );
  const seen: (Uint8Array | string)[] = [
    ...offer.map(({ bytes }) => bytes),
    file,
    draft,
    ...armoured,
    JSON.stringify([purchase.keys, purchase.shares, passed, receipt, offer.map(({ bytes, ...rest }) => rest)]),
  ];
  expect(seen.flatMap((one) => found(one, secrets))).toEqual([]);
});

test('a refusal does not repeat the secret it is about', async () => {
  const purchase = await testPurchase();
  const anna = await ownShare(purchase, 'anna', 'quality');
  const bert = { ...(await ownShare(purchase, 'bert', 'quality')), share: `${anna.share.slice(0, -3)}AAA` };
  const error = (await combineShares(anna, bert, 'age1').catch((one: unknown) => one)) as Error;
  expect(await refusalOf(Promise.reject(error))).toBe('tampered-share');
  expect(found(`${error.stack} ${JSON.stringify(error)}`, [anna.share.slice(0, 40)])).toEqual([]);
});
