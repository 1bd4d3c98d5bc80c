import type { Problem } from '../contract/wire.ts';

/** A refusal with its status; what routes throw. The error handler says it as a `Problem` in the reader's language. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly problem: Omit<Problem, 'message'>;

  constructor(status: number, code: string, more: Omit<Problem, 'code' | 'message'> = {}) {
    super(code);
    this.status = status;
    this.problem = { code, ...more };
  }
}
