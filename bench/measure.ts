import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The command as a person runs it, under the Node this script runs under. */
export const PROVISO = [process.execPath, fileURLToPath(new URL('../apps/cli/bin/proviso.mjs', import.meta.url))];

/** On which machine and day a measurement was made, as a sentence. */
export function machine(): string {
  return (
    `${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ` +
    `${Math.round(totalmem() / 1024 ** 3)} GiB, Node ${process.version}`
  );
}

/** Writes one part of docs/benchmarks.md anew; the parts of the other benches stay as they are. */
export function record(command: string, lines: readonly string[]): void {
  const file = join(ROOT, 'docs/benchmarks.md');
  const mark = `<!-- ${command} -->`;
  const parts = readFileSync(file, 'utf8').split(/^(?=<!-- npm run )/m);
  const part = `${mark}\n\n${lines.join('\n').trim()}\n\n`;
  const at = parts.findIndex((one) => one.startsWith(mark));
  if (at < 0) parts.push(part);
  else parts[at] = part;
  writeFileSync(file, `${parts.join('').trimEnd()}\n`);
}

export interface Run {
  seconds: number;
  code: number;
  stdout: string;
  /** Largest resident memory of any one process of the run, MB; 0 where /proc is not to be had. */
  peakMb: number;
}

/** Runs a command and watches the memory of its whole process tree, every 50 ms. */
export function run(command: string[], options: { keepOutput?: boolean; env?: NodeJS.ProcessEnv } = {}): Promise<Run> {
  const [file, ...args] = command;
  if (file === undefined) throw new Error('no command');
  return new Promise((done, fail) => {
    const started = performance.now();
    const child = spawn(file, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: options.env ?? process.env,
    });
    const chunks: Buffer[] = [];
    let peakMb = 0;
    const timer = setInterval(() => {
      if (child.pid) peakMb = Math.max(peakMb, ...treeOf(child.pid).map(residentMb));
    }, 50);
    child.stdout.on('data', (chunk: Buffer) => {
      if (options.keepOutput) chunks.push(chunk);
    });
    child.on('error', fail);
    child.on('close', (code) => {
      clearInterval(timer);
      done({
        seconds: (performance.now() - started) / 1000,
        code: code ?? -1,
        stdout: Buffer.concat(chunks).toString('utf8'),
        peakMb,
      });
    });
  });
}

/** The middle value; of an even number of them the upper one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function treeOf(pid: number): number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
    );
    return [pid, ...children.flatMap(treeOf)];
  } catch {
    return [];
  }
}

function residentMb(pid: number): number {
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 1024 ** 2;
  } catch {
    return 0;
  }
}
