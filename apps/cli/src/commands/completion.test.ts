import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const command = fileURLToPath(new URL('../../bin/proviso.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'proviso-completion-'));
const script = join(folder, 'completion.bash');

beforeAll(() => {
  writeFileSync(script, spawnSync(process.execPath, [command, 'completion', 'bash'], { encoding: 'utf8' }).stdout);
  writeFileSync(join(folder, 'annex one.pdf'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What bash offers after these words; the last one is being typed. */
function offers(words: readonly string[]): string[] {
  const line = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _proviso; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const run = spawnSync('bash', ['--norc', '-c', line, script, 'proviso', ...words], { encoding: 'utf8', cwd: folder });
  expect(run.stderr).toBe('');
  return run.stdout.split('\n').filter(Boolean);
}

/** A machine may have no bash; then nothing can be completed by it. */
const hasBash = spawnSync('bash', ['--version']).error === undefined;

test.skipIf(!hasBash).each<[string[], string[]]>([
  [['re'], ['read', 'resolve', 'restore']],
  [
    ['study', ''],
    ['init', 'collect', 'read', 'code', 'report', '--help'],
  ],
  [
    ['read', '--fail-on', ''],
    ['note', 'warning', 'error'],
  ],
  [
    ['completion', ''],
    ['bash', 'zsh', 'fish', '--help'],
  ],
  [
    ['probe', '--fail-on', ''],
    ['warn', 'inconclusive', 'fail'],
  ],
  [['probe', 're'], ['replay']],
  [['read', 'ann'], ['annex one.pdf']],
  [
    ['study', 'code', '--s'],
    ['--sheet', '--share'],
  ],
])('%j', (words, expected) => {
  expect(offers(words).sort()).toEqual([...expected].sort());
});
