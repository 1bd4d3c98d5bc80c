/** What the exit code says; listed in `proviso --help`. */
export const EXIT = {
  ok: 0,
  /** `--fail-on` found something. */
  findings: 1,
  /** The command line was wrong. */
  usage: 2,
  /** Finished, but some documents could not be read. */
  partly: 3,
  /** Proviso itself failed. */
  internal: 70,
  /** The answers could not be written: a full disk, a lost connection. */
  output: 74,
  /** Stopped with Ctrl-C; what was read is kept. */
  interrupted: 130,
} as const;

/** A mistake the person at the keyboard can mend: said in one line, without a stack. */
export class UsageError extends Error {}

/** The answers could not be written. Said in one line, without a stack. */
export class OutputError extends Error {}

/** What stands in the way of writing to `where`, and what to do. */
export function whyUnwritten(where: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = WHY_UNWRITTEN[code] ?? `(${error instanceof Error ? error.message : String(error)})`;
  return `${where} cannot be written: ${why} What was read is kept; give the same command again.`;
}

const WHY_UNWRITTEN: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Make room, or write elsewhere.',
  EDQUOT: 'your share of the disk is used up. Make room, or write elsewhere.',
  EIO: 'the device failed. Write elsewhere.',
};
