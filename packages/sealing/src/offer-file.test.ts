import { beforeAll, expect, test } from 'vitest';
import { createKeyPair, type KeyPair } from './age.ts';
import { fingerprintOf } from './fingerprint.ts';
import { sha256Hex, sha256OfStream } from './hash.ts';
import { type FileSource, openFile, sealFile } from './offer-file.ts';
import type { PurchaseKeys } from './purchase-keys.ts';
import { checkSealed } from './sealed.ts';
import { chunksOf, collected, streamOf } from './streams.ts';
import { refusalOf } from './testing/purchase.ts';

let pair: KeyPair;
let keys: PurchaseKeys;

beforeAll(async () => {
  pair = await createKeyPair();
  const { recipient } = pair;
  keys = {
    schema: 'proviso.keys/1',
    purchase: 'p',
    parts: [{ part: 'quality', recipient, fingerprint: fingerprintOf(recipient) }],
  };
});

async function sealedFile(content: Uint8Array<ArrayBuffer>, name = 'plan.pdf') {
  const source = new File([content], name, { type: 'application/pdf' });
  const sealing = await sealFile(source, keys, 'quality');
  const bytes = await collected(chunksOf(sealing.stream));
  expect(bytes).toHaveLength(sealing.size);
  return { bytes, file: await sealing.file };
}

function streamed(bytes: Uint8Array, step = 50_000): ReadableStream<Uint8Array> {
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
  };
  return streamOf(pieces());
}

const open = (bytes: Uint8Array, file: Awaited<ReturnType<typeof sealedFile>>['file']) =>
  collected(chunksOf(openFile(streamed(bytes), pair.identity, file)));

test.each([0, 1, 65_528, 65_529, 200_000, 1_048_576])('a file of %i bytes comes back', async (length) => {
  const content = Uint8Array.from({ length }, (_, i) => (i * 7) % 253);
  const { bytes, file } = await sealedFile(content);
  expect(file).toEqual({
    name: 'plan.pdf',
    mediaType: 'application/pdf',
    size: length,
    sha256: sha256Hex(content),
    sealed: { sha256: sha256Hex(bytes), size: bytes.length },
  });
  expect(() => checkSealed(bytes.subarray(0, 2_000), bytes.length)).not.toThrow();
  expect(Buffer.compare(await open(bytes, file), content)).toBe(0);
  expect(await sha256OfStream(streamed(bytes))).toEqual(file.sealed);
});

test('a file in the place of another is refused, and so is one that was changed', async () => {
  const [one, other] = [await sealedFile(new Uint8Array(5).fill(1)), await sealedFile(new Uint8Array(5).fill(2))];
  const longer = await sealedFile(new Uint8Array(300_000));
  const again = await sealedFile(new Uint8Array(5).fill(1));
  expect(await refusalOf(open(other.bytes, one.file))).toBe('wrong-file');
  // The same content under another ciphertext is not what was received.
  expect(await refusalOf(open(again.bytes, one.file))).toBe('wrong-file');
  expect(await refusalOf(open(longer.bytes, one.file))).toBe('wrong-file');
  expect(await refusalOf(open(one.bytes, { ...one.file, size: 6 }))).toBe('wrong-file');
  expect(await refusalOf(open(one.bytes, { ...one.file, sha256: other.file.sha256 }))).toBe('wrong-file');
  expect(await refusalOf(open(one.bytes.slice(0, -1), one.file))).toBe('damaged');
  expect(await refusalOf(open(one.bytes.with(5_000, (one.bytes[5_000] as number) ^ 1), one.file))).toBe('damaged');
  expect(await refusalOf(open(new Uint8Array(3_000), one.file))).toBe('not-sealed');
});

/** A source that makes its bytes when they are asked for, and counts them. */
function counted(size: number, given: number): FileSource & { made: number; ended: boolean } {
  const source = {
    name: 'big.bin',
    type: '',
    size,
    made: 0,
    ended: false,
    stream: () =>
      streamOf(
        (async function* () {
          try {
            for (; source.made < given; source.made += 100_000) yield new Uint8Array(100_000);
          } finally {
            source.ended = true;
          }
        })(),
      ),
  };
  return source;
}

test('a file is read as its ciphertext is asked for, not before, and let go when nobody wants it', async () => {
  const source = counted(50_000_000, 50_000_000);
  const { stream, file } = await sealFile(source, keys, 'quality');
  const reader = stream.getReader();
  for (let read = 0; read < 2_000_000; ) read += (await reader.read()).value?.length ?? 0;
  expect(source.made).toBeLessThan(4_000_000);
  await reader.cancel();
  expect(await refusalOf(file)).toBe('file-changed');
  await expect.poll(() => source.ended).toBe(true);
});

test('a sealed file that nobody begins to read is let go as well', async () => {
  const source = counted(50_000_000, 50_000_000);
  const { stream, file } = await sealFile(source, keys, 'quality');
  await stream.cancel();
  expect(await refusalOf(file)).toBe('file-changed');
  expect(source.made).toBeLessThan(1_000_000);
});

test.each([
  ['of another key', async () => (await createKeyPair()).identity],
  ['that is none', async () => 'AGE-SECRET-KEY-PQ-1'],
  ['of this key, and then not read on', async () => null],
])('with an identity %s the sealed file is let go', async (_, other) => {
  const { bytes, file } = await sealedFile(new Uint8Array(1_000_000));
  let cancelled = false;
  const source = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(bytes.slice(0, 200_000)),
    cancel: () => {
      cancelled = true;
    },
  });
  const opened = openFile(source, (await other()) ?? pair.identity, file).getReader();
  await opened.read().catch(() => {});
  await opened.cancel().catch(() => {});
  await expect.poll(() => cancelled).toBe(true);
});

test('a file is opened as it is asked for, and one that never ends is left', async () => {
  const { bytes, file } = await sealedFile(new Uint8Array(10));
  let given = 0;
  const endless = async function* () {
    yield bytes;
    for (;;) {
      given += 1_000_000;
      yield new Uint8Array(1_000_000);
    }
  };
  const opened = openFile(streamOf(endless()), pair.identity, file);
  expect(await refusalOf(collected(chunksOf(opened)))).toBe('wrong-file');
  expect(given).toBeLessThan(10_000_000);
});

test('a file that grows or shrinks meanwhile is refused, also to who waits for its entry', async () => {
  for (const given of [400_000, 600_000]) {
    const { stream, file } = await sealFile(counted(500_000, given), keys, 'quality');
    expect(await refusalOf(collected(chunksOf(stream)))).toBe('file-changed');
    expect(await refusalOf(file)).toBe('file-changed');
  }
});

test('what cannot be sealed is said at once', async () => {
  const source = new File(['x'], 'x');
  expect(await refusalOf(sealFile(new File(['x'], ''), keys, 'quality'))).toBe('bad-input');
  expect(await refusalOf(sealFile(new File(['x'], 'x'.repeat(256)), keys, 'quality'))).toBe('bad-input');
  expect(await refusalOf(sealFile(source, keys, 'price'))).toBe('wrong-part');
  const broken = {
    ...keys,
    parts: [{ ...keys.parts[0], part: 'quality', recipient: 'age1x', fingerprint: '' } as never],
  };
  expect(await refusalOf(sealFile(source, broken, 'quality'))).toBe('bad-recipient');
});
