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
  /** Stopped with Ctrl-C; what was read is kept. */
  interrupted: 130,
} as const;

/** A mistake the person at the keyboard can mend: said in one line, without a stack. */
export class UsageError extends Error {}
