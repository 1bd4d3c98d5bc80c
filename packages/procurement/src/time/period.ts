/** Periods as Regulation (EEC, Euratom) No 1182/71, Article 3, counts them; its paragraph 4 was opened, the others are from memory. */
import { Temporal } from 'temporal-polyfill';
import { type Calendar, workingDayFrom, workingDaysAfter, workingDaysBetween } from './calendar.ts';
import { type Deadline, dayIn, deadlineOf, endOfDay } from './deadline.ts';

export type Length =
  | { hours: number }
  | { days: number }
  | { workingDays: number }
  | { weeks: number }
  | { months: number }
  | { years: number };

export interface PeriodEnd {
  end: Deadline;
  /** Why it ends later than plain counting says: its last day was none to work on, or it held too few working days. */
  moved: 'non-working-end' | 'two-working-days' | null;
}

/**
 * The end of a period that begins with something that happens at `from` (a moment in UTC). The day of the event is not counted (3(1));
 * holidays and weekends are, unless the period is in working days (3(3)); it ends with the last hour of its last day (3(2)), or of the next
 * working day where that is a holiday, Saturday or Sunday (3(4)); a period of two days or more holds at least two working days (3(5)).
 * In hours, the hour of the event is not counted (3(1)) and holidays change nothing.
 */
export function endOfPeriod(from: string, length: Length, zone: string, holiday: Calendar): PeriodEnd {
  if ('hours' in length) return { end: hoursAfter(from, length.hours, zone), moved: null };
  const start = Temporal.PlainDate.from(dayIn(from, zone));
  if ('workingDays' in length) {
    const last = workingDayFrom(workingDaysAfter(start, length.workingDays, holiday), holiday);
    return { end: endOfDay(last.toString(), zone), moved: null };
  }
  // Months and years end on the same date, or on the last day of a month that lacks it (3(2)(c)): as Temporal adds them.
  const plain = start.add(length);
  const long = !('days' in length) || length.days >= 2;
  const onWorkingDay = workingDayFrom(plain, holiday);
  const enough =
    long && workingDaysBetween(start, onWorkingDay, holiday) < 2 ? workingDaysAfter(start, 2, holiday) : onWorkingDay;
  const moved = !enough.equals(onWorkingDay) ? 'two-working-days' : enough.equals(plain) ? null : 'non-working-end';
  return { end: endOfDay(enough.toString(), zone), moved };
}

function hoursAfter(from: string, hours: number, zone: string): Deadline {
  const at = Temporal.Instant.from(from).toZonedDateTimeISO(zone);
  const hour = at.round({ smallestUnit: 'hour', roundingMode: 'floor' });
  return deadlineOf(
    hour
      .add({ hours: hours + 1 })
      .toInstant()
      .toString(),
    zone,
  );
}

/** Does a closing leave the whole period? Told to the minute, so that 23:59 counts as the end of its day. */
export function leavesPeriod(closing: Deadline, end: Deadline): boolean {
  return (
    Temporal.Instant.from(closing.instant).epochMilliseconds + 60_000 >
    Temporal.Instant.from(end.instant).epochMilliseconds
  );
}
