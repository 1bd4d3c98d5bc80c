import { randomBytes } from 'node:crypto';
import { HttpProblem } from '../http/problem.ts';

const DAY_MS = 86_400_000;

/** A secret of 256 random bits for a link or key, in characters that any URL takes. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Days that a link to join or to set up is good for. */
export const LINK_DAYS = 7;

export const inDays = (now: Date, days: number): Date => new Date(now.getTime() + days * DAY_MS);

/** For what is a person's own. @throws HttpProblem 403 for a key */
export function notForKeys(scopes: readonly string[] | null): void {
  if (scopes !== null) throw new HttpProblem(403, 'not-for-keys');
}
