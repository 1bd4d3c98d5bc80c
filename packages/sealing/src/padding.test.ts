import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decryptedSize, encryptedSize } from './age.ts';
import { bucketOf, framed, framedSize, LARGEST_CONTENT, SMALLEST_BUCKET, unframed } from './padding.ts';
import { checkSealed, sealedSize } from './sealed.ts';
import { collected } from './streams.ts';
import { refusalOf } from './testing/purchase.ts';

const size = fc.integer({ min: 0, max: LARGEST_CONTENT });

test('a bucket holds what is put in, wastes less than a quarter, and is its own bucket', () => {
  fc.assert(
    fc.property(size, (bytes) => {
      const bucket = bucketOf(bytes);
      expect(bucket).toBeGreaterThanOrEqual(bytes);
      expect(bucket).toBeLessThanOrEqual(Math.max(SMALLEST_BUCKET, Math.ceil(bytes * 1.25)));
      expect(bucketOf(bucket)).toBe(bucket);
      expect(bucketOf(bytes + 1)).toBeGreaterThanOrEqual(bucket);
    }),
  );
});

test('from nothing to the largest there are 49 sizes', () => {
  const sizes = new Set<number>();
  for (let at = 0; at <= 2 ** 28; ) {
    const bucket = bucketOf(at);
    sizes.add(bucket);
    at = bucket + 1;
  }
  expect(sizes.size).toBe(49);
  expect(framedSize(LARGEST_CONTENT)).toBe(2 ** 28);
});

test('sizes of age files are computed both ways', () => {
  fc.assert(
    fc.property(size, (bytes) => {
      expect(decryptedSize(encryptedSize(bytes))).toBe(bytes);
    }),
  );
  // A last chunk with nothing but its tag is no age file.
  expect(decryptedSize(encryptedSize(65_536) + 16)).toBe(null);
  expect(decryptedSize(10)).toBe(null);
});

async function* inPieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array, void> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const step = sizes[i % sizes.length] ?? 1;
    yield bytes.subarray(at, at + step);
    at += step;
  }
}

const pieces = fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 5 });

test('content comes back as it was, in whatever pieces it travels', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 150_000 }), pieces, pieces, async (length, there, back) => {
      const content = Uint8Array.from({ length }, (_, i) => (i * 31) % 251);
      const frame = await collected(framed(inPieces(content, there), length));
      expect(frame).toHaveLength(framedSize(length));
      const again = await collected(unframed(inPieces(frame, [...back, 3]), length));
      expect(Buffer.compare(again, content)).toBe(0);
    }),
    { numRuns: 40 },
  );
});

test.each([
  ['bytes in the padding', (frame: Uint8Array) => frame.with(-1, 1), 'damaged'],
  ['a bucket too much', (frame: Uint8Array) => Buffer.concat([frame, new Uint8Array(65_536)]), 'damaged'],
  ['a byte too few', (frame: Uint8Array) => frame.subarray(0, -1), 'damaged'],
  ['nothing', () => new Uint8Array(0), 'damaged'],
  ['half a length', (frame: Uint8Array) => frame.subarray(0, 4), 'damaged'],
  ['a length beyond it', (frame: Uint8Array) => frame.with(5, 1), 'damaged'],
  ['a length beyond everything', (frame: Uint8Array) => frame.with(0, 255), 'too-big'],
])('a frame with %s is refused', async (_, change, code) => {
  const frame = await collected(framed(inPieces(new Uint8Array(1_000).fill(7), [1_000]), 1_000));
  expect(await refusalOf(collected(unframed(inPieces(change(frame), [30_000]), null)))).toBe(code);
});

test('a frame whose zeros never end is left', async () => {
  let given = 0;
  const endless = async function* () {
    for (; given < 50; given++) yield new Uint8Array(SMALLEST_BUCKET);
  };
  expect(await refusalOf(collected(unframed(endless(), null)))).toBe('damaged');
  expect(given).toBe(1);
});

test('a source with another size than it said is refused', async () => {
  const ten = new Uint8Array(10);
  for (const said of [9, 11]) expect(await refusalOf(collected(framed(inPieces(ten, [4]), said)))).toBe('file-changed');
  expect(await refusalOf(collected(framed(inPieces(ten, [4]), LARGEST_CONTENT + 1)))).toBe('too-big');
});

test('only padded sizes look sealed', () => {
  const head = new TextEncoder().encode(
    `age-encryption.org/v1\n-> mlkem768x25519 ${'A'.repeat(1_494)}\n${'A'.repeat(43)}\n--- ${'A'.repeat(43)}\n`,
  );
  const refused = (code: string) => expect.objectContaining({ code });
  expect(() => checkSealed(head, sealedSize(100))).not.toThrow();
  expect(() => checkSealed(head, encryptedSize(100))).toThrow(refused('not-sealed'));
  expect(() => checkSealed(head, sealedSize(LARGEST_CONTENT) + 1)).toThrow(refused('too-big'));
  expect(() => checkSealed(head.subarray(0, 100), sealedSize(100))).toThrow(refused('not-sealed'));
  for (const plain of ['{"answers":{}}', '', 'age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 18\n'])
    expect(() => checkSealed(new TextEncoder().encode(plain.padEnd(2_000)), sealedSize(100))).toThrow(
      refused('not-sealed'),
    );
});
