#!/usr/bin/env node
// Not TypeScript: an older Node cannot run TypeScript, so it hands over to the pinned one.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

if (Number(process.versions.node.split('.')[0]) >= 24) {
  module.enableCompileCache?.();
  const [command, ...options] = process.argv.slice(2);
  if (command === 'probe' && options.some((option) => option.startsWith('--list'))) {
    const { keepHeapSmall } = await import('../src/run/small-heap.ts');
    keepHeapSmall();
  }
  await import('../src/main.ts');
} else {
  const pinned = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url));
  if (!existsSync(pinned)) {
    console.error(
      `proviso needs Node 24 or newer; this is ${process.version}. Run "npm ci" in the checkout, or install Node 24.`,
    );
    process.exit(2);
  }
  const run = spawnSync(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(run.status ?? 1);
}
