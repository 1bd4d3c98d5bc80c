import { answersBy } from '../commands/timing.ts';
import { countingOffers } from '../guards.ts';
import { owedObligations } from '../obligations.ts';
import type { Purchase } from '../purchase/purchase.ts';
import { compareInstants, type Deadline, endOfDay, isLate, shiftDays } from './deadline.ts';

export interface Upcoming {
  kind:
    | 'consultation-until'
    | 'questions-until'
    | 'answers-until'
    | 'selection-closing'
    | 'closing'
    | 'opening'
    | 'offers-valid-until'
    | 'standstill-end'
    | 'obligation-due'
    | 'contract-end';
  deadline: Deadline;
  /** What it is about: a lot, a consultation, an obligation, the one offer that binds for longer. */
  subject: string | null;
}

/** The deadlines of a purchase that have not passed at `at`, the nearest first: for the home page, reminders and calendars. Once it has ended only duties of its contract are left. */
export function upcoming(purchase: Purchase, at: string): Upcoming[] {
  if (purchase.state === 'stopped') return [];
  const { notice, state, description, contracts } = purchase;
  const found: Upcoming[] = [];
  const add = (kind: Upcoming['kind'], deadline: Deadline, subject: string | null = null): void => {
    if (!isLate(at, deadline)) found.push({ kind, deadline, subject });
  };
  for (const { id, until, outcome } of purchase.consultations) if (!outcome) add('consultation-until', until, id);
  if (notice && state === 'published') {
    add('questions-until', notice.questionsUntil);
    add('answers-until', answersBy(purchase, notice.closing));
    add(notice.stage === 'selection' ? 'selection-closing' : 'closing', notice.closing);
  }
  if (notice && notice.stage === 'tender' && contracts.length === 0) {
    if (state === 'published' || state === 'closed') add('opening', notice.opening);
    add('offers-valid-until', shiftDays(notice.closing, notice.validityDays));
    for (const { id, extended } of countingOffers(purchase)) {
      const until = extended.at(-1)?.until;
      if (until) add('offers-valid-until', until, id);
    }
  }
  for (const { lot, standstill, withdrawn } of purchase.awards)
    if (standstill && !withdrawn && standstill.means !== 'none') add('standstill-end', standstill.end, lot);
  const { zone } = description;
  for (const { id, due } of owedObligations(purchase)) add('obligation-due', endOfDay(due, zone), id);
  if (state !== 'ended') for (const { lot, to } of contracts) add('contract-end', endOfDay(to, zone), lot);
  return found.sort((a, b) => compareInstants(a.deadline.instant, b.deadline.instant));
}
