/**
 * `npm run bench:probes [-- --quick]`: how many names a second, with how much memory, against servers in another process of this machine.
 * Writes its part of docs/benchmarks.md, unless --quick. Both processes share the machine's cores, so that a server's handshakes are in the figures.
 * Each row is measured in a process of its own.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { machine, record } from './measure.ts';

const quick = process.argv.includes('--quick');
const NAMES = quick ? 30 : 150;
const lines: string[] = [];
const say = (line: string): void => {
  console.log(line);
  lines.push(line);
};

say('## Probing\n');
say(
  `\`npm run bench:probes\` on ${machine()}. ${NAMES} compliant names, whose servers are in a second process of the same machine; 32 at a time, median of three. Memory is the most that the process took (wanted ≤ 250 MB).\n`,
);
say('| what | names a second | wanted | ms of CPU a name | memory, MB | faults seen |\n|---|---|---|---|---|---|');
for (const part of ['dns', 'dnssec', 'resolver', 'web', 'web-tls', 'everything']) await rows(part);
say('\n| what | figure | wanted |\n|---|---|---|');
for (const part of ['one', 'far', 'many']) await rows(part);
if (!quick) record('npm run bench:probes', lines);

async function rows(part: string): Promise<void> {
  const file = fileURLToPath(new URL('probes/part.ts', import.meta.url));
  const child = spawn(process.execPath, [file, part, String(NAMES), ...(quick ? ['--quick'] : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) say(line);
  if (child.exitCode === null) await once(child, 'exit');
  if (child.exitCode !== 0) throw new Error(`${part} ended with ${child.exitCode}`);
}
