import type { Problem } from 'proviso-server/contract';

/** What the server refused, or that it could not be reached. `message` is in the reader's language where the server wrote it. */
export class ProblemError extends Error {
  /** HTTP status; 0 where no answer came. */
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(problem.message);
    this.status = status;
    this.problem = problem;
  }
}

/** Ids of `shell` messages for what has no words from the server. */
export const LOCAL_CODES = ['offline', 'unreadable-answer'] as const;

export function isProblem(error: unknown, code?: string): error is ProblemError {
  return error instanceof ProblemError && (code === undefined || error.problem.code === code);
}

/** What browsers say, and Vite of style sheets, when a part that a page fetches later is not there: none has a class or code for it. */
const PART_MISSING =
  /^(Failed to fetch dynamically imported module|error loading dynamically imported module|Importing a module script failed|Unable to preload CSS)/;

/** True when a part of the pages themselves could not be fetched, most often as the server has a newer build by now. */
export function isPartMissing(error: unknown): boolean {
  return error instanceof Error && PART_MISSING.test(error.message);
}
