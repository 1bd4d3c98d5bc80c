import { setFlagsFromString } from 'node:v8';

/** Megabytes of each half of the nursery; V8 lets it grow to several times that. */
const NURSERY = '--max-semi-space-size=8';
/** By how much the heap may grow past what was in use before all of it is swept; V8 takes up to 300. */
const GROWTH = '--heap-growing-percent=50';

/** One heap outside V8 for all threads of glibc, whose further ones are mostly holes. */
const ALLOCATION = { MALLOC_ARENA_MAX: '1' };

/**
 * For work that makes much garbage and keeps little, such as a list of names to probe: half the memory at much the same speed, and no limit that
 * could end the process. The nursery can be set only when Node starts, so the same command begins again in the place of this process; where that cannot
 * be done it stays as it is. Call it before anything is read or written.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(GROWTH);
  const { execPath, execArgv, argv, env } = process;
  if (execArgv.includes(NURSERY) || process.platform === 'win32') return;
  process.execve?.(execPath, [execPath, ...execArgv, NURSERY, ...argv.slice(1)], { ...ALLOCATION, ...env });
}
