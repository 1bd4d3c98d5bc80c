import { type Refusal, refuse } from '../refusal.ts';
import { deadlineAt } from '../time/deadline.ts';

/** The first id that stands twice in a list, or null. */
export function doubled(ids: readonly string[]): string | null {
  return ids.find((one, i) => ids.indexOf(one) !== i) ?? null;
}

/** Null where a time exists on that zone's calendar: 30 February does not. */
export function localFault(local: string, zone: string, where: string): Refusal | null {
  try {
    deadlineAt(local, zone);
    return null;
  } catch {
    return refuse('no-such-time', { local, zone }, where);
  }
}
