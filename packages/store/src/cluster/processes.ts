import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Whether a process of this number runs, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * What tells this process from a later one of the same number: the time it started. Null when there is none.
 * Linux: field 22 of /proc/PID/stat (proc(5)), with the boot it counts from; elsewhere what `ps` says.
 */
export async function birthOf(pid: number): Promise<string | null> {
  if (process.platform !== 'linux') return await ask(pid, 'lstart=');
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
    // The name in brackets may hold spaces and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return null;
    return `${boot.trim()} ${fields[19]}`;
  } catch {
    return null;
  }
}

/** The program a process runs and the folder it works in; null for what may not be seen. */
export async function sightOf(pid: number): Promise<{ program: string | null; folder: string | null }> {
  if (process.platform !== 'linux') return { program: await ask(pid, 'command='), folder: null };
  const [program, folder] = await Promise.all([
    // After an upgrade the kernel adds a remark to the path of the program that is gone.
    readlink(`/proc/${pid}/exe`).then(
      (path) => path.replace(/ \(deleted\)$/, ''),
      () => null,
    ),
    readlink(`/proc/${pid}/cwd`).catch(() => null),
  ]);
  return { program, folder };
}

/** Numbers of the processes that work in a folder. Linux only; elsewhere none are seen. */
export async function processesIn(folder: string): Promise<number[]> {
  if (process.platform !== 'linux') return [];
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const cwd = await readlink(`/proc/${name}/cwd`).catch(() => null);
    if (cwd === folder) found.push(Number(name));
  }
  return found;
}

/** Waits until `done` says so, looking every 20 ms. False when that takes longer than `timeoutMs`. */
export async function waitUntil(done: () => boolean | Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const end = performance.now() + timeoutMs;
  while (!(await done())) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

async function ask(pid: number, column: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', column, '-p', String(pid)]);
    return stdout.trim() || null;
  } catch {
    return null;
  }
}
