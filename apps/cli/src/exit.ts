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
export class UsageError extends Error {
  /** What is wrong in particular, a line each. */
  readonly details: readonly string[];

  constructor(message: string, details: readonly string[] = []) {
    super(message);
    this.details = details;
  }
}

/** The answers could not be written. Said in one line, without a stack. */
export class OutputError extends Error {}

/**
 * What stands in the way of writing to `where`, and what to do. A full or failing disk is an OutputError, as is anything that befalls a
 * file already `opened`; the rest, a name that cannot be written, is the person's to mend.
 */
export function unwritten(where: string, error: unknown, opened: boolean): OutputError | UsageError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = WHY_UNWRITTEN[code];
  if (known === undefined && !opened)
    return new UsageError(`${where} cannot be written. Name one in a folder that is there and that you may write to.`);
  const why = known ?? `${error instanceof Error ? error.message : String(error)}.`;
  return new OutputError(`${where} cannot be written: ${why} Then give the same command again.`);
}

const WHY_UNWRITTEN: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Make room, or write elsewhere.',
  EDQUOT: 'your share of the disk is used up. Make room, or write elsewhere.',
  EIO: 'the device failed. Write elsewhere.',
};
