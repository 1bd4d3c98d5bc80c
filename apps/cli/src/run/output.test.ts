import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OutputError, UsageError, unwritten } from '../exit.ts';
import { makeFolder, openOutput, writeOutput } from './output.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proviso-output-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

test('a file stands under its name only when it is whole', async () => {
  const file = join(folder, 'report.html');
  const output = openOutput(file);
  await output.write('a');
  await output.write('b');
  expect(existsSync(file)).toBe(false);
  await output.close();
  expect(readFileSync(file, 'utf8')).toBe('ab');
  expect(readdirSync(folder)).toEqual(['report.html']);
});

test('what is abandoned leaves nothing behind', async () => {
  const output = openOutput(join(folder, 'report.html'));
  await output.write('a');
  await output.abandon();
  expect(readdirSync(folder)).toEqual([]);
});

test("a folder's name and a folder that is not there are said at once", async () => {
  expect(() => openOutput(folder)).toThrow(UsageError);
  await expect(openOutput(join(folder, 'none', 'report.html')).write('a')).rejects.toThrow(UsageError);
});

test('a file that cannot be made leaves nothing behind, and a folder in the place of a file is said', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(writeOutput(join(folder, 'none', 'report.html'), 'a')).rejects.toThrow(UsageError);
  await expect(makeFolder(join(folder, 'file', 'below'))).rejects.toThrow(UsageError);
  await writeOutput(join(folder, 'bytes'), new Uint8Array([1, 2]));
  expect(readdirSync(folder)).toEqual(['bytes', 'file']);
});

test.each([
  ['ENOSPC', false, OutputError],
  ['ENOSPC', true, OutputError],
  ['EDQUOT', true, OutputError],
  ['EPIPE', true, OutputError],
  ['EACCES', false, UsageError],
  ['ENOENT', false, UsageError],
])('%s on a file opened (%s) is %o', (code, opened, kind) => {
  const told = unwritten('report.html', Object.assign(new Error('told'), { code }), opened);
  expect(told).toBeInstanceOf(kind);
  expect(told.message).toMatch(/^report\.html cannot be written[:.] .*\.$/);
});

test.each([
  { tty: true, styled: false, shown: 'a\\u001b[2J\n' },
  { tty: true, styled: true, shown: 'a\u001b[2J\n' },
  { tty: false, styled: false, shown: 'a\u001b[2J\n' },
])('standard output: terminal $tty, styled $styled', async ({ tty, styled, shown }) => {
  const written: unknown[] = [];
  const { isTTY } = process.stdout;
  vi.spyOn(process.stdout, 'write').mockImplementation(((text: unknown, done: () => void) => {
    written.push(text);
    done();
    return true;
  }) as typeof process.stdout.write);
  try {
    process.stdout.isTTY = tty;
    await writeOutput(undefined, 'a\u001b[2J\n', { styled });
  } finally {
    process.stdout.isTTY = isTTY;
  }
  expect(written).toEqual([shown]);
});
