import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { instant, localTime } from '../fields.ts';

export const deadline = z.strictObject({
  /** As the notice prints it. */
  local: localTime,
  /** IANA name, as `Europe/Brussels`. */
  zone: z.string().min(1).max(64),
  /** The same moment in UTC: what is compared. */
  instant,
  /** `gap`: the clock skips that time and the moment after the gap is meant. `overlap`: it comes twice and the second is meant. */
  clock: z.enum(['plain', 'gap', 'overlap']),
});
export type Deadline = z.infer<typeof deadline>;

/**
 * A time on the wall clock of a zone as a moment. Where summer time begins or ends it may not exist or come twice; the later moment is
 * taken then, since a doubt may never cost a supplier an hour, and `clock` says so.
 * @throws RangeError for a time or zone that does not exist.
 */
export function deadlineAt(local: string, zone: string): Deadline {
  const wall = Temporal.PlainDateTime.from(local, { overflow: 'reject' });
  const early = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const late = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  const plain = early.epochMilliseconds === late.epochMilliseconds;
  const gap = !plain && !late.toPlainDateTime().equals(wall);
  return { local, zone, instant: instantText(late.toInstant()), clock: plain ? 'plain' : gap ? 'gap' : 'overlap' };
}

/** As `deadlineAt`, from a moment: its wall time in the zone. */
export function deadlineOf(moment: string, zone: string): Deadline {
  const at = Temporal.Instant.from(moment);
  return {
    local: at.toZonedDateTimeISO(zone).toPlainDateTime().toString(),
    zone,
    instant: instantText(at),
    clock: 'plain',
  };
}

/** The last millisecond of a day in a zone: periods end "with the expiry of the last hour of the last day". */
export function endOfDay(day: string, zone: string): Deadline {
  const next = Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone);
  return deadlineOf(next.toInstant().subtract({ milliseconds: 1 }).toString(), zone);
}

/** Late is what the server receives after the moment; at the very moment is in time. */
export function isLate(at: string, { instant: end }: Pick<Deadline, 'instant'>): boolean {
  return compareInstants(at, end) > 0;
}

/** Negative when `a` comes first. Moments are as `instant` says: in UTC, to the millisecond. */
export function compareInstants(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b);
}

/** The day on which a moment falls in a zone. */
export function dayIn(moment: string, zone: string): string {
  return Temporal.Instant.from(moment).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The same wall time some days before (negative) or after a deadline. */
export function shiftDays({ instant: at, zone }: Deadline, days: number): Deadline {
  const moved = Temporal.Instant.from(at).toZonedDateTimeISO(zone).add({ days });
  return deadlineOf(moved.toInstant().toString(), zone);
}

/** Is this a time zone that the runtime knows? */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
}

function instantText(at: Temporal.Instant): string {
  return Temporal.Instant.fromEpochMilliseconds(at.epochMilliseconds).toString();
}
