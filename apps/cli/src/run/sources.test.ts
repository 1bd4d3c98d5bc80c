import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listSources } from './sources.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'proviso-sources-'));
  const put = (name: string): void => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), 'x');
  };
  for (const name of ['b.txt', 'a.pdf', 'sub/c.docx', '.hidden', '~$lock.docx', 'Thumbs.db', 'node_modules/x.md'])
    put(name);
  for (const name of ['page.html', 'page_files/menu.js', 'other_files/kept.txt']) put(name);
  symlinkSync(folder, join(folder, 'loop'));
  symlinkSync(join(folder, 'b.txt'), join(folder, 'linked.txt'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const listed = async (...paths: string[]): Promise<string[]> =>
  (await listSources(paths)).map((source) => relative(folder, source.path));

test('a folder is listed by name, without litter, without going round a linked folder', async () => {
  expect(await listed(folder)).toEqual([
    'a.pdf',
    'b.txt',
    'linked.txt',
    'other_files/kept.txt',
    'page.html',
    'sub/c.docx',
  ]);
});

test('paths keep the order they were given in, and a hidden file that is named is read', async () => {
  expect(await listed(join(folder, 'b.txt'), join(folder, '.hidden'), join(folder, 'a.pdf'))).toEqual([
    'b.txt',
    '.hidden',
    'a.pdf',
  ]);
});

test('a path that names nothing is kept, with what to do', async () => {
  const [source] = await listSources([join(folder, 'nowhere.pdf')]);
  expect(source?.missing).toMatch(/no such file.*spelling/i);
});
