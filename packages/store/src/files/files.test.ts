import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeS3, fakeS3 } from '../testing/fake-s3.ts';
import { diskFiles } from './disk.ts';
import { type FileStore, streamOf } from './file-store.ts';
import { s3Files } from './s3.ts';

let folder: string;
let s3: FakeS3;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proviso-files-'));
  s3 = await fakeS3();
});
afterAll(async () => {
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

const hashOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const onS3 = (over = {}) =>
  s3Files({
    endpoint: s3.endpoint,
    bucket: 'bucket',
    accessKeyId: 'key',
    secretAccessKey: 'secret',
    region: 'eu-west-1',
    prefix: 'proviso/',
    spoolFolder: join(folder, 'spool'),
    retryMs: 1,
    ...over,
  });
async function listed(store: FileStore): Promise<string[]> {
  const found: string[] = [];
  for await (const hash of store.list()) found.push(hash);
  return found;
}
async function* chunks(...parts: (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Error) throw part;
    yield Buffer.from(part);
  }
}

const stores: [string, () => FileStore, (sha256: string) => Promise<unknown>][] = [
  [
    'on disk',
    () => diskFiles(join(folder, 'files')),
    (sha256) => writeFile(join(folder, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256), 'other'),
  ],
  ['in S3', () => onS3(), async (sha256) => s3.objects.set(`proviso/${sha256}`, Buffer.from('other'))],
];

describe.each(stores)('files %s', (_, make, damage) => {
  it('come back by their hash, whatever the size', async () => {
    const store = make();
    for (const bytes of [Buffer.alloc(0), Buffer.from('a'), randomBytes(300_001)]) {
      const stored = await store.put(streamOf(bytes));
      expect(stored).toEqual({ sha256: hashOf(bytes), bytes: bytes.length });
      expect(await store.size(stored.sha256)).toBe(bytes.length);
      expect((await buffer(await store.get(stored.sha256))).equals(bytes)).toBe(true);
      expect(await store.put(streamOf(bytes))).toEqual(stored);
    }
  });

  it('are listed, all of them, and removed', async () => {
    const store = make();
    const hashes = await Promise.all(
      ['p', 'q', 'r', 's', 't'].map(async (text) => (await store.put(streamOf(text))).sha256),
    );
    const found = await listed(store);
    expect(found).toEqual(found.toSorted());
    expect(hashes.filter((hash) => !found.includes(hash))).toEqual([]);
    for (const hash of hashes) await store.remove(hash);
    await store.remove(hashes[0] ?? '');
    expect((await listed(store)).filter((hash) => hashes.includes(hash))).toEqual([]);
  });

  it('that are not there say so', async () => {
    const store = make();
    expect(await store.size(hashOf('never'))).toBeNull();
    await expect(store.get(hashOf('never'))).rejects.toMatchObject({
      code: 'no-file',
      message: expect.stringContaining(hashOf('never')),
    });
  });

  it.each(['', '../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(63)}/`])('are never asked for as %j', async (name) => {
    const store = make();
    for (const asked of [store.size(name), store.get(name), store.remove(name)])
      await expect(asked).rejects.toThrow(TypeError);
  });

  it('that were damaged fail when they are read, and are mended by storing them again', async () => {
    const store = make();
    const { sha256 } = await store.put(streamOf('whole'));
    await damage(sha256);
    await expect(buffer(await store.get(sha256))).rejects.toMatchObject({ code: 'damaged-file' });
    await store.put(streamOf('whole'));
    expect((await buffer(await store.get(sha256))).toString()).toBe('whole');
  });

  it('too large, or broken off, leave nothing', async () => {
    const store = make();
    const before = await listed(store);
    await expect(store.put(chunks('12345', '67890', '1'), { limit: 10 })).rejects.toMatchObject({
      code: 'file-too-large',
    });
    await expect(store.put(chunks('123', new Error('line dropped')))).rejects.toThrow('line dropped');
    expect(await store.put(chunks('12345', '67890'), { limit: 10 })).toMatchObject({ bytes: 10 });
    expect((await listed(store)).length).toBe(before.length + 1);
    for (const coming of ['files/coming', 'spool'])
      expect(await readdir(join(folder, coming)).catch(() => [])).toEqual([]);
  });
});

describe('a full disk', () => {
  const full = async (path: string) => {
    const file = await open(path, 'wx');
    return {
      write: async (...args: unknown[]) => {
        const [chunk, at] = args as [Uint8Array, number];
        if (at > 0) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
        // As a real disk does: it takes what fits.
        return await file.write(chunk, 0, 2);
      },
      sync: () => file.sync(),
      close: () => file.close(),
    };
  };
  it('says so and keeps nothing half', async () => {
    const place = join(folder, 'full');
    const store = diskFiles(place, { openForWriting: full as never });
    await expect(store.put(streamOf('four'))).rejects.toMatchObject({
      code: 'file-store',
      message: `The disk of ${join(place, 'coming')} is full. Make room and send the file again; nothing of it was kept.`,
    });
    expect(await readdir(place, { recursive: true })).toEqual(['coming']);
  });
});

describe('an S3 store', () => {
  it('that stumbles is asked again; one that does not work is named', async () => {
    const { sha256 } = await onS3().put(streamOf('again'));
    s3.failNext(2);
    expect(await onS3().size(sha256)).toBe(5);
    s3.failNext(3);
    await expect(onS3().size(sha256)).rejects.toMatchObject({
      code: 'file-store',
      message: expect.stringContaining('answers 503'),
    });
    const away = onS3({ endpoint: 'http://127.0.0.1:1' });
    await expect(away.size(sha256)).rejects.toMatchObject({
      code: 'file-store',
      message: expect.stringContaining('http://127.0.0.1:1'),
    });
  });

  it('that refuses is quoted', async () => {
    await expect(onS3({ accessKeyId: 'other' }).put(streamOf('x'))).rejects.toMatchObject({
      message: expect.stringMatching(/refused to store a file \(403 AccessDenied\)\. Check bucket "bucket"/),
    });
  });

  it('gets each request signed, by path', () => {
    expect(s3.requests).toContain(`PUT /bucket/proviso/${hashOf('whole')}`);
    expect(s3.requests.every((request) => /^(GET|HEAD|PUT|DELETE) \/bucket\//.test(request))).toBe(true);
  });
});
