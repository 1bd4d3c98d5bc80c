import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

let last = { pid: 0, at: 0, megabytes: 0 };

/**
 * Resident memory of a process in MB; 0 where it is gone or cannot be asked. Address space is no measure: WebAssembly reserves
 * gigabytes it never touches. Linux says it in a file; elsewhere `ps` is asked, at most four times a second.
 */
export function residentMegabytes(pid: number | undefined): number {
  if (pid === undefined) return 0;
  try {
    if (process.platform === 'linux') {
      const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
      return Number(kilobytes ?? 0) / 1024;
    }
    if (process.platform === 'win32') return 0;
    if (last.pid === pid && performance.now() - last.at < 250) return last.megabytes;
    const megabytes =
      Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'latin1', stdio: 'pipe' })) / 1024;
    last = { pid, at: performance.now(), megabytes };
    return megabytes;
  } catch {
    return 0;
  }
}
