import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const command = fileURLToPath(new URL('../../bin/proviso.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'proviso-read-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (...args: string[]) =>
  spawnSync(process.execPath, [command, 'read', '--no-cache', ...args], {
    encoding: 'utf8',
    cwd: folder,
    input: 'The supplier shall use TLS 1.2 or later.',
  });

test('a document on standard input goes by that name, not by where it was kept', () => {
  const run = read('-', '--format', 'ndjson');
  expect(run.status).toBe(0);
  expect(JSON.parse(run.stdout).source.path).toBe('standard-input');
});

test('a folder as --out is refused, and leaves nothing behind', () => {
  const run = read('-', '--out', folder);
  expect(run.status).toBe(2);
  expect(run.stderr).toContain('is a folder; name a file');
  expect(
    readdirSync(join(folder, '..')).filter((name) => name.endsWith('.part') && folder.endsWith(name.slice(0, -5))),
  ).toEqual([]);
});
