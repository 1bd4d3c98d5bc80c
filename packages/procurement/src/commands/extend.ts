import { type Context, hasPassed } from '../command.ts';
import type { Notice, Purchase } from '../purchase/purchase.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { compareInstants, type Deadline, deadlineAt, deadlineOf } from '../time/deadline.ts';
import { leavesPeriod } from '../time/period.ts';
import { localFault } from './checks.ts';
import { answersBy, minute } from './timing.ts';

/**
 * Moves the closing of a notice, and the opening with it; questions keep the same distance where they were open still. Changes nothing where
 * the present closing leaves enough.
 */
export function extend(
  draft: Purchase,
  current: Notice,
  closing: string | null,
  least: Deadline,
  context: Context,
): { from: Deadline; to: Deadline } | null | Refusal {
  const { zone } = draft.description;
  const earliest = { earliest: minute(least.local) };
  if (closing === null)
    return leavesPeriod(current.closing, least) ? null : refuse('extension-needed', earliest, 'closing');
  const fault = localFault(closing, zone, 'closing');
  if (fault) return fault;
  const to = deadlineAt(closing, zone);
  if (compareInstants(to.instant, current.closing.instant) < 0)
    return refuse('never-shorter', { from: minute(current.closing.local) }, 'closing');
  if (!leavesPeriod(to, least)) return refuse('extension-needed', earliest, 'closing');
  const by = Date.parse(to.instant) - Date.parse(current.closing.instant);
  const opening = deadlineOf(new Date(Date.parse(current.opening.instant) + by).toISOString(), zone);
  const asked = hasPassed(context, current.questionsUntil) ? current.questionsUntil : answersBy(draft, to);
  const questionsUntil =
    compareInstants(asked.instant, current.questionsUntil.instant) > 0 ? asked : current.questionsUntil;
  draft.notice = { ...current, closing: to, opening, questionsUntil };
  return { from: current.closing, to };
}
