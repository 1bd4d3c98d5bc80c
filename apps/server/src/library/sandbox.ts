import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createPool, type Outcome, type Pool } from '@proviso/documents/pool';
import type { FileStore } from '@proviso/store';
import type { ChildAnswer, ChildJob } from './child-job.ts';

/** Children at once, and what each may take: ordinary documents take two thirds of that memory. */
const LIMITS = { size: 2, timeoutMs: 120_000, memoryMb: 384 };
/** An idle child goes after so long, with the memory it holds. */
const IDLE_MS = 60_000;

let pool: Pool<ChildJob, ChildAnswer<ChildJob>> | undefined;
let idle: NodeJS.Timeout | undefined;
let running = 0;

/**
 * Has a child process parse something. Never rejects: what broke its limits, or the child, is a problem with a code. The children start with
 * the first job and go when there has been none for a minute.
 */
export async function inSandbox<Job extends ChildJob>(
  job: Job,
  options: { signal?: AbortSignal } = {},
): Promise<Outcome<ChildAnswer<Job>>> {
  clearTimeout(idle);
  pool ??= createPool({ ...LIMITS, module: new URL('./reading-child.ts', import.meta.url) });
  running++;
  try {
    return (await pool.run(job, options)) as Outcome<ChildAnswer<Job>>;
  } finally {
    running--;
    if (running === 0) idle = setTimeout(() => void closeSandbox(), IDLE_MS).unref();
  }
}

/** Ends the children; the next job starts others. */
export async function closeSandbox(): Promise<void> {
  clearTimeout(idle);
  const open = pool;
  pool = undefined;
  await open?.close();
}

/** Lays stored files out for a child, in a folder that only this user can read and that is gone afterwards. */
export async function withFolder<Result>(
  files: FileStore,
  wanted: readonly { sha256: string; as: string }[],
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'proviso-sandbox-'));
  try {
    for (const { sha256, as } of wanted)
      await pipeline(await files.get(sha256), createWriteStream(join(folder, as), { mode: 0o600 }));
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
