/** When a closing may be: the minimum periods, the last days for questions and answers, what a corrigendum must leave. */
import type { Context } from '../command.ts';
import {
  answerDays,
  type Circumstance,
  daysAfterCorrigendum,
  leastPeriod,
  type Period,
  procedureOf,
  type Significance,
} from '../procedures.ts';
import type { Notice, Purchase } from '../purchase/purchase.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { compareInstants, type Deadline, dayIn, deadlineAt, deadlineOf, isLate, shiftDays } from '../time/deadline.ts';
import { endOfPeriod, leavesPeriod } from '../time/period.ts';
import { localFault } from './checks.ts';

export interface Times {
  questionsUntil: string;
  closing: string;
  opening: string;
}

/** What shortens the period of a stage that runs from `from`. */
export function circumstancesOf({ description, notice }: Purchase, from: string): Circumstance[] {
  const { electronic, urgency, priorInformation, zone } = description;
  // Article 27(2)(b): sent between 35 days and 12 months before the contract notice, also where the period runs from an invitation.
  const day = dayIn(notice?.sent ?? from, zone);
  const early =
    priorInformation !== null &&
    daysBetween(priorInformation, day) >= 35 &&
    compareInstants(`${priorInformation}T00:00:00Z`, yearBefore(day)) >= 0;
  return [
    ...(electronic ? (['electronic'] as const) : []),
    ...(early ? (['prior-information'] as const) : []),
    ...(urgency === null ? [] : (['urgent'] as const)),
  ];
}

/** The shortest period for a purchase's stage, with its article. */
export function periodFor(purchase: Purchase, stage: Notice['stage'] | 'round', from: string): Period {
  return leastPeriod(procedureOf(purchase.description.procedure), stage, circumstancesOf(purchase, from));
}

/** The last moment at which an answer to all still leaves suppliers the days that Article 47(3)(a) gives them. */
export function answersBy({ description }: Purchase, closing: Deadline): Deadline {
  return shiftDays(closing, -answerDays(description.urgency !== null));
}

/** The three times of a notice, checked against each other and against the minimum period that runs from `context.at`. */
export function timesFor(
  purchase: Purchase,
  stage: Notice['stage'] | 'round',
  times: Times,
  context: Context,
): { questionsUntil: Deadline; closing: Deadline; opening: Deadline } | Refusal {
  const { zone } = purchase.description;
  for (const name of ['questionsUntil', 'closing', 'opening'] as const) {
    const fault = localFault(times[name], zone, name);
    if (fault) return fault;
  }
  const [questionsUntil, closing, opening] = [times.questionsUntil, times.closing, times.opening].map((one) =>
    deadlineAt(one, zone),
  ) as [Deadline, Deadline, Deadline];
  if (!isAfter(closing, context.at)) return refuse('in-the-past', { local: times.closing }, 'closing');
  const period = periodFor(purchase, stage, context.at);
  if (period.days > 0) {
    const { end } = endOfPeriod(context.at, { days: period.days }, zone, context.calendar);
    if (!leavesPeriod(closing, end))
      return refuse(
        'closing-too-early',
        { days: period.days, source: period.source, earliest: minute(end.local) },
        'closing',
      );
  }
  const fault = orderFault(purchase, { questionsUntil, closing, opening }, context.at);
  return fault ?? { questionsUntil, closing, opening };
}

function orderFault(
  purchase: Purchase,
  { questionsUntil, closing, opening }: { questionsUntil: Deadline; closing: Deadline; opening: Deadline },
  at: string,
): Refusal | null {
  const last = answersBy(purchase, closing);
  if (compareInstants(questionsUntil.instant, last.instant) > 0)
    return refuse('questions-too-late', { latest: minute(last.local) }, 'questionsUntil');
  if (!isAfter(questionsUntil, at)) return refuse('in-the-past', { local: questionsUntil.local }, 'questionsUntil');
  return compareInstants(opening.instant, closing.instant) < 0 ? refuse('opening-before-closing', {}, 'opening') : null;
}

/**
 * The earliest closing after a change: never before the present one; for anything but a slip at least the days for answers, and the share of
 * the minimum period that the weight of the change calls for.
 */
export function closingAfterChange(
  purchase: Purchase,
  notice: Notice,
  significance: Significance,
  context: Context,
): Deadline {
  if (significance === 'minor') return notice.closing;
  const { zone, urgency } = purchase.description;
  const stage = purchase.round > 1 ? 'round' : notice.stage;
  const share = daysAfterCorrigendum(periodFor(purchase, stage, notice.from), significance);
  const days = Math.max(share, answerDays(urgency !== null));
  return later(notice.closing, endOfPeriod(context.at, { days }, zone, context.calendar).end);
}

/** The earliest closing that leaves the days for answers after an answer given now. */
export function closingAfterAnswer(purchase: Purchase, notice: Notice, at: string): Deadline {
  const { zone, urgency } = purchase.description;
  return later(notice.closing, shiftDays(deadlineOf(at, zone), answerDays(urgency !== null)));
}

/** A time without its seconds, as people read it. */
export const minute = (local: string): string => local.slice(0, 16).replace('T', ' ');

const later = (a: Deadline, b: Deadline): Deadline => (compareInstants(a.instant, b.instant) >= 0 ? a : b);
const isAfter = (one: Deadline, at: string): boolean => isLate(one.instant, { instant: at });

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

function yearBefore(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCFullYear(at.getUTCFullYear() - 1);
  return at.toISOString();
}
