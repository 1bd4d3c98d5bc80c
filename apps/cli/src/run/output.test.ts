import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsageError } from '../exit.ts';
import { openOutput } from './output.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proviso-output-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

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
