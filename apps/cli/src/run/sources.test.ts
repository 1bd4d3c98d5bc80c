import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { listSources, whyMissing } from './sources.ts';

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

test('what is no file is told with what to do, and the rest of the folder is listed', async () => {
  const odd = mkdtempSync(join(tmpdir(), 'proviso-odd-'));
  try {
    // Where nothing makes a pipe, a socket stands for it.
    const socket = createServer();
    if (spawnSync('mkfifo', [join(odd, 'b-pipe.txt')]).error) {
      await once(socket.listen(join(odd, 'b-pipe.txt')), 'listening');
      onTestFinished(() => void socket.close());
    }
    symlinkSync('d-round', join(odd, 'c-round'));
    symlinkSync('c-round', join(odd, 'd-round'));
    symlinkSync('nowhere', join(odd, 'e-gone.txt'));
    for (const name of ['a.txt', 'f.txt', 'new\nline\u001b[2J.txt']) writeFileSync(join(odd, name), 'x');
    const sources = await listSources([odd, '/dev/null']);
    expect(sources.map((source) => [relative(odd, source.path), source.missing?.slice(0, 24)])).toEqual([
      ['a.txt', undefined],
      ['b-pipe.txt', 'This is a pipe, a socket'],
      ['c-round', 'This link leads round in'],
      ['d-round', 'This link leads round in'],
      ['e-gone.txt', 'There is no such file or'],
      ['f.txt', undefined],
      ['new\nline\u001b[2J.txt', undefined],
      [relative(odd, '/dev/null'), 'This is a pipe, a socket'],
    ]);
  } finally {
    rmSync(odd, { recursive: true, force: true });
  }
});

// Only Linux lets a name be any bytes.
test.runIf(process.platform === 'linux')(
  'a name that is not UTF-8 is shown as well as it can be, and opened',
  async () => {
    const odd = mkdtempSync(join(tmpdir(), 'proviso-bytes-'));
    const bytes = (...parts: (string | number)[]): Buffer =>
      Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));
    try {
      writeFileSync(bytes(odd, '/caf', 0xe9, '.txt'), 'one');
      mkdirSync(bytes(odd, '/d', 0xff));
      writeFileSync(bytes(odd, '/d', 0xff, '/plain.txt'), 'two');
      const sources = await listSources([odd]);
      expect(sources.map((source) => relative(odd, source.path))).toEqual(['caf\ufffd.txt', 'd\ufffd/plain.txt']);
      expect(sources.map((source) => readFileSync(source.file ?? '', 'utf8'))).toEqual(['one', 'two']);
    } finally {
      rmSync(bytes(odd), { recursive: true, force: true });
    }
  },
);

test.each(['ENOENT', 'EACCES', 'ELOOP', 'ENAMETOOLONG', 'EMFILE'])('%s is told in a sentence', (code) => {
  expect(whyMissing(Object.assign(new Error(`${code}: it went wrong`), { code }))).toMatch(/^[A-Z].{20,}/);
});
