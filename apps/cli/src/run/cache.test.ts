import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultCacheFolder, ResultCache } from './cache.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proviso-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what was put comes back, for the same content, version and options only', async () => {
  const cache = new ResultCache<{ n: number }>(folder, ['engine 1', '2026-01-01']);
  await cache.put('abc', 'text', { n: 1 });
  expect(await cache.get('abc', 'text')).toEqual({ n: 1 });
  expect(await cache.get('abc', 'other options')).toBeNull();
  expect(await cache.get('abd', 'text')).toBeNull();
  expect(await new ResultCache(folder, ['engine 2', '2026-01-01']).get('abc', 'text')).toBeNull();
});

test('a damaged entry counts as absent', async () => {
  const cache = new ResultCache<number>(folder, ['e']);
  await cache.put('abc', '', 1);
  for (const sub of readdirSync(folder)) {
    for (const name of readdirSync(join(folder, sub))) writeFileSync(join(folder, sub, name), '{"cut off');
  }
  expect(await cache.get('abc', '')).toBeNull();
});

test('a folder that cannot be written is no reason to stop', async () => {
  const file = join(folder, 'a file');
  writeFileSync(file, '');
  await expect(new ResultCache<number>(file, ['e']).put('abc', '', 1)).resolves.toBeUndefined();
});

test('an entry that could not be finished leaves nothing behind', async () => {
  const cache = new ResultCache<unknown>(folder, ['e']);
  await cache.put('abc', '', {});
  const [sub] = readdirSync(folder);
  const [entry] = readdirSync(join(folder, sub ?? ''));
  rmSync(join(folder, sub ?? '', entry ?? ''));
  // A folder where the entry should go: the draft is written, and cannot take its place.
  mkdirSync(join(folder, sub ?? '', entry ?? '', 'x'), { recursive: true });
  await cache.put('abc', '', {});
  expect(readdirSync(join(folder, sub ?? ''))).toEqual([entry]);
});

test.each([
  [{ PROVISO_CACHE: '/x' }, '/x'],
  [{ XDG_CACHE_HOME: '/c' }, join('/c', 'proviso')],
])('%o chooses %s', (env, expected) => expect(defaultCacheFolder(env)).toBe(expected));
