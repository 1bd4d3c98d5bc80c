import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const SCRIPT = `
import { keepHeapSmall } from ${JSON.stringify(new URL('small-heap.ts', import.meta.url).href)};
keepHeapSmall();
let read = '';
for await (const chunk of process.stdin) read += chunk;
console.log(JSON.stringify({ args: process.argv.slice(2), nurseries: process.execArgv.filter((one) => one.includes('semi-space')), read }));
process.exitCode = 3;
`;

it.skipIf(process.platform === 'win32')('begins the same command again, once, with what it was given', () => {
  const folder = mkdtempSync(join(tmpdir(), 'proviso-small-heap-'));
  try {
    const file = join(folder, 'command.mjs');
    writeFileSync(file, SCRIPT);
    const args = ['--list', '-', 'a b', '"quoted" $HOME', ''];
    const run = spawnSync(process.execPath, [file, ...args], { input: 'one.test\ntwo.test\n', encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(3);
    expect(JSON.parse(run.stdout)).toEqual({
      args,
      nurseries: ['--max-semi-space-size=8'],
      read: 'one.test\ntwo.test\n',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
