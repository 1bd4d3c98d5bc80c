import { createPublicKey, verify } from 'node:crypto';
import { beforeAll, expect, test, vi } from 'vitest';
import { canonicalJson } from './canonical.ts';
import {
  createReceiptKey,
  missingIn,
  type Receipt,
  type ReceiptPrivateKey,
  receiptKeyId,
  receiptPublicKey,
  type SignedReceipt,
  signReceipt,
  signRequestReceipt,
  verifyReceipt,
  verifyRequestReceipt,
} from './receipt.ts';
import { refusalOf } from './testing/purchase.ts';

const RECEIPT: Receipt = {
  schema: 'proviso.receipt/1',
  purchase: 'purchase-1',
  lot: null,
  invitation: 'invitation-1',
  offer: 'offer-1',
  sealed: [
    { name: 'quality', sha256: 'a'.repeat(64), size: 67_195 },
    { name: 'price', sha256: 'b'.repeat(64), size: 67_195 },
  ],
  receivedAt: '2026-03-01T11:59:59.999Z',
  late: false,
};

let key: ReceiptPrivateKey;
let signed: SignedReceipt;

beforeAll(async () => {
  key = await createReceiptKey();
  signed = await signReceipt(RECEIPT, key);
});

test('a receipt verifies after a trip through a file, among older keys', async () => {
  const older = receiptPublicKey(await createReceiptKey());
  const again: unknown = JSON.parse(JSON.stringify(signed, null, 2));
  expect(await verifyReceipt(again, [older, receiptPublicKey(key)])).toEqual(RECEIPT);
});

test('another implementation verifies it', () => {
  const bytes = Buffer.from(canonicalJson(signed.receipt));
  const other = createPublicKey({ format: 'jwk', key: receiptPublicKey(key) });
  expect(verify(null, bytes, other, Buffer.from(signed.signature, 'base64url'))).toBe(true);
});

test('the public key does not hold the secret', () => {
  expect(Object.keys(receiptPublicKey(key)).sort()).toEqual(['crv', 'kty', 'x']);
  expect(JSON.stringify(signed)).not.toContain(key.d);
});

// RFC 8037 appendix A.1 and A.3; the thumbprint there is base64url of the same hash.
test('the id of a key is its thumbprint', () => {
  const example = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' } as const;
  expect(Buffer.from(receiptKeyId(example), 'hex').toString('base64url')).toBe(
    'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
  );
});

test.each(
  [
    { ...RECEIPT, purchase: 'purchase-2' },
    { ...RECEIPT, lot: 'lot-1' },
    { ...RECEIPT, invitation: 'invitation-2' },
    { ...RECEIPT, offer: 'offer-2' },
    { ...RECEIPT, receivedAt: '2026-03-01T12:00:00.000Z' },
    { ...RECEIPT, late: true },
    { ...RECEIPT, sealed: RECEIPT.sealed.slice(1) },
    { ...RECEIPT, sealed: RECEIPT.sealed.toReversed() },
    { ...RECEIPT, sealed: RECEIPT.sealed.map((one) => ({ ...one, size: 1 })) },
  ].map((receipt) => [receipt]),
)('a receipt that was changed does not verify: %o', async (receipt) => {
  expect(await refusalOf(verifyReceipt({ ...signed, receipt }, [receiptPublicKey(key)]))).toBe('bad-signature');
});

test('other keys, other signatures and other files are told apart', async () => {
  const stranger = await createReceiptKey();
  const theirs = await signReceipt(RECEIPT, stranger);
  const trusted = [receiptPublicKey(key)];
  expect(await refusalOf(verifyReceipt(theirs, trusted))).toBe('other-key');
  expect(await refusalOf(verifyReceipt({ ...theirs, key: signed.key }, trusted))).toBe('bad-signature');
  expect(await refusalOf(verifyReceipt({ ...signed, signature: 'short' }, trusted))).toBe('not-a-receipt');
  for (const none of [null, {}, RECEIPT, 'x'])
    expect(await refusalOf(verifyReceipt(none, trusted))).toBe('not-a-receipt');
  expect(await refusalOf(signReceipt({ ...RECEIPT, receivedAt: '1 March 2026' }, key))).toBe('not-a-receipt');
  expect(await refusalOf(signReceipt(RECEIPT, { ...key, d: 'x' }))).toBe('bad-input');
  const mixed = { ...key, d: (await createReceiptKey()).d };
  expect(await refusalOf(signReceipt(RECEIPT, mixed))).toBe('bad-input');
});

test('a receipt of a request is one of its own, and neither passes for the other', async () => {
  const trusted = [receiptPublicKey(key)];
  const { lot: _lot, offer, sealed, ...rest } = RECEIPT;
  const receipt = { ...rest, schema: 'proviso.request-receipt/1' as const, request: offer, received: sealed };
  const request = await signRequestReceipt(receipt, key);
  expect(await verifyRequestReceipt(JSON.parse(JSON.stringify(request)), trusted)).toEqual(receipt);
  expect(await refusalOf(verifyReceipt(request, trusted))).toBe('not-a-receipt');
  expect(await refusalOf(verifyRequestReceipt(signed, trusted))).toBe('not-a-receipt');
  const changed = { ...request, receipt: { ...receipt, late: true } };
  expect(await refusalOf(verifyRequestReceipt(changed, trusted))).toBe('bad-signature');
  expect(missingIn({ sealed: receipt.received }, sealed)).toEqual([]);
});

test('what was sent and is not in the receipt is named', () => {
  const sent = [RECEIPT.sealed[0] as Receipt['sealed'][number], { name: 'plan.pdf', sha256: 'b'.repeat(64), size: 1 }];
  expect(missingIn(RECEIPT, sent)).toEqual(['plan.pdf']);
  expect(missingIn(RECEIPT, RECEIPT.sealed)).toEqual([]);
});

test('a browser that does not know Ed25519 is not taken for a bad receipt', async () => {
  const none = vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('no', 'NotSupportedError'));
  try {
    expect(await refusalOf(verifyReceipt(signed, [receiptPublicKey(key)]))).toBe('unsupported');
  } finally {
    none.mockRestore();
  }
});
