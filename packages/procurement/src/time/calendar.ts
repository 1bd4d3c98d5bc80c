import { Temporal } from 'temporal-polyfill';

/** Is this day (2026-01-31) a public holiday where the period runs? `holidaysOf` makes one; a test may use a list. */
export type Calendar = (day: string) => boolean;

/** No Saturday, Sunday or public holiday: Regulation (EEC, Euratom) No 1182/71, Article 2(2). */
export function isWorkingDay(day: Temporal.PlainDate, holiday: Calendar): boolean {
  return day.dayOfWeek < 6 && !holiday(day.toString());
}

/** The day itself, or the first working day after it. */
export function workingDayFrom(day: Temporal.PlainDate, holiday: Calendar): Temporal.PlainDate {
  let at = day;
  while (!isWorkingDay(at, holiday)) at = at.add({ days: 1 });
  return at;
}

/** The n-th working day after `day`, which is not counted itself. */
export function workingDaysAfter(day: Temporal.PlainDate, count: number, holiday: Calendar): Temporal.PlainDate {
  let at = day;
  for (let left = count; left > 0; ) {
    at = at.add({ days: 1 });
    if (isWorkingDay(at, holiday)) left--;
  }
  return at;
}

/** Working days after `from` up to and with `to`. */
export function workingDaysBetween(from: Temporal.PlainDate, to: Temporal.PlainDate, holiday: Calendar): number {
  let count = 0;
  for (let at = from.add({ days: 1 }); Temporal.PlainDate.compare(at, to) <= 0; at = at.add({ days: 1 }))
    if (isWorkingDay(at, holiday)) count++;
  return count;
}
