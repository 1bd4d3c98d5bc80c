import { countingOffers, type Happened, openLots, type Purchase, type Upcoming, upcoming } from '@proviso/procurement';
import { getPurchase, type JobHandler, type TenantScope, withTenant } from '@proviso/store';
import type { Deps } from '../http/deps.ts';
import { waiverLetters, waiverOf } from '../probing/waiver-reminder.ts';
import { documentOf } from '../purchases/rows.ts';
import { lettersFrom, members, team, type World } from './draft-letter.ts';
import type { Letter } from './letter.ts';
import { post } from './post.ts';
import { tenantOf } from './tenant.ts';
import { timeText, write } from './words.ts';
import { worldOf } from './world.ts';

const DAY = 86_400_000;
/** So long before a deadline people are reminded of it: our choice. */
const BEFORE: Partial<Record<Upcoming['kind'], number>> = {
  closing: 3 * DAY,
  'selection-closing': 3 * DAY,
  'answers-until': 2 * DAY,
  opening: DAY,
  'standstill-end': DAY,
  'obligation-due': 14 * DAY,
};

interface Reminder {
  /** The kind, and where there are several, of what: `obligation-due GOV-01`. */
  what: string;
  kind: Upcoming['kind'];
  due: Upcoming;
  at: Date;
}

/** The reminders of a purchase that are still to come, or due now. */
export function remindersOf(purchase: Purchase, now: Date): Reminder[] {
  return upcoming(purchase, now.toISOString()).flatMap((due): Reminder[] => {
    const before = BEFORE[due.kind];
    if (before === undefined) return [];
    const what = due.subject === null ? due.kind : `${due.kind} ${due.subject}`;
    return [{ what, kind: due.kind, due, at: new Date(Date.parse(due.deadline.instant) - before) }];
  });
}

/** After these there is a deadline that was not there, or has moved. */
const MOVES: readonly Happened['type'][] = [
  'purchase.published',
  'corrigendum.published',
  'question.answered',
  'candidates.decided',
  'round.started',
  'award.notified',
  'contract.signed',
  'obligation.updated',
];

/** Leaves a job for each reminder of a purchase, where something moved its deadlines. One that waits already stays, and looks again when it comes. */
export async function scheduleReminders(
  trx: TenantScope,
  { jobs, now }: Pick<Deps, 'jobs' | 'now'>,
  purchase: Purchase,
  events: readonly Happened[],
): Promise<void> {
  if (!events.some(({ type }) => MOVES.includes(type))) return;
  const { id: tenant } = await tenantOf(trx);
  for (const { what, at } of remindersOf(purchase, now()))
    if (at > now()) await jobs.send('reminder', { tenant, purchase: purchase.id, what }, { at, trx });
}

/** Works on the queue `reminder`: tells people, or waits on where the deadline has moved. */
export function reminderWorker(deps: Deps): JobHandler<'reminder'> {
  return async ({ tenant, purchase: id, what }) => {
    await withTenant(deps.store.db, tenant, async (trx) => {
      const row = await getPurchase(trx, id);
      if (row === undefined) return;
      const purchase = documentOf(row);
      const waiver = await waiverOf(trx, what);
      if (waiver === undefined) return;
      if (waiver !== null) {
        await post(trx, deps, waiverLetters(purchase, waiver, await worldOf(trx, deps, purchase)));
        return;
      }
      const found = remindersOf(purchase, deps.now()).find((one) => one.what === what);
      if (found === undefined) return;
      if (found.at > deps.now()) {
        await deps.jobs.send('reminder', { tenant, purchase: id, what }, { at: found.at, trx });
        return;
      }
      await post(trx, deps, reminderLetters(purchase, found, await worldOf(trx, deps, purchase)));
    });
  };
}

/** Letters of one reminder. Pure. */
export function reminderLetters(
  purchase: Purchase,
  { kind, due }: Pick<Reminder, 'kind' | 'due'>,
  world: World,
): Letter[] {
  const values = (language: Parameters<typeof write>[1]) => ({
    what: write(`deadline.${kind}`, language),
    when: timeText(due.deadline, language),
  });
  const owner = purchase.obligations.find(({ id }) => id === due.subject)?.owner;
  const own =
    kind === 'opening' ? purchase.openers : kind === 'obligation-due' && owner ? [owner] : team(purchase, world);
  const people = members(world, own);
  const letters = lettersFrom(purchase, { id: 'deadline-near', people, values, page: 'overview' }, world);
  if (kind !== 'closing' || !purchase.notice) return letters;
  const { closing } = purchase.notice;
  // Whoever gets this has not bid on everything: that is nobody's to know before the closing.
  const waiting = world.invited.filter(
    ({ id }) =>
      (purchase.invited === null || purchase.invited.includes(id)) &&
      openLots(purchase).some(({ id: lot }) => !countingOffers(purchase, lot).some(({ supplier }) => supplier === id)),
  );
  const near = lettersFrom(
    purchase,
    {
      id: 'closing-near',
      suppliers: waiting,
      values: (language) => ({ closing: timeText(closing, language) }),
      hiddenUntil: closing.instant,
    },
    world,
  );
  return [...letters, ...near];
}
