import type { Refusal } from '@proviso/procurement';
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

/** Who one is, not what one sent, is the reason of these. */
const FORBIDDEN: readonly string[] = ['not-permitted', 'conflict-declared', 'declare-first'];

/** A refusal of procurement as the answer to a request: 403 or 422. */
export function refused({ code, where, values }: Refusal): HttpProblem {
  return new HttpProblem(FORBIDDEN.includes(code) ? 403 : 422, code, {
    values,
    ...(where === undefined ? {} : { where }),
  });
}
