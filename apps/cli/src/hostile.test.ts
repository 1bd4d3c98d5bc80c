import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reading } from '@proviso/reading';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOSTILE, writeHostileFolder } from './testing/hostile.ts';

const folder = mkdtempSync(join(tmpdir(), 'proviso-hostile-'));
const command = fileURLToPath(new URL('../bin/proviso.mjs', import.meta.url));
let status: number | null;
let stderr = '';
const readings = new Map<string, Reading>();

beforeAll(() => {
  writeHostileFolder(folder);
  const run = spawnSync(
    process.execPath,
    [command, 'read', '--no-cache', '--format', 'ndjson', '--timeout', '60', folder],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    },
  );
  status = run.status;
  stderr = run.stderr;
  for (const line of run.stdout.split('\n').filter(Boolean)) {
    const reading: Reading = JSON.parse(line);
    readings.set(basename(reading.source.path.split('!/')[0] ?? ''), reading);
  }
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the run goes to its end and says that some could not be read', () => {
  expect(status).toBe(3);
  expect(readings.size).toBe(HOSTILE.length + 1);
});

test.each(HOSTILE)('$name ends in a clear problem', ({ name, codes }) => {
  const reading = readings.get(name);
  const said = reading?.problems.map((problem) => problem.code) ?? [];
  if (codes.length === 0) expect(said).toEqual([]);
  else if (!codes.includes(''))
    expect(codes).toEqual(expect.arrayContaining([said.find((code) => codes.includes(code))]));
  for (const problem of reading?.problems ?? []) {
    expect(problem.message.length).toBeGreaterThan(20);
    if (problem.fatal) {
      expect(reading?.scope.value).toBeNull();
      expect(stderr).toContain(name);
    }
  }
});

// Where Linux has a device that is always full.
test.runIf(existsSync('/dev/full'))('a full disk is said in one line, with a code of its own', () => {
  const full = openSync('/dev/full', 'w');
  const good = join(folder, 'zz-good.md');
  const run = spawnSync(process.execPath, [command, 'read', '--no-cache', '--format', 'ndjson', good], {
    encoding: 'utf8',
    stdio: ['ignore', full, 'pipe'],
  });
  closeSync(full);
  expect(run.status).toBe(74);
  expect(run.stderr).toMatch(/^proviso: standard output cannot be written: the disk is full\.[^\n]*\n$/);
});

test('a good document among them is read as if it were alone', () => {
  const good = readings.get('zz-good.md');
  expect(good?.problems).toEqual([]);
  expect(good?.standards.mentions.map((mention) => mention.standard)).toEqual(['TLS 1.2']);
});
