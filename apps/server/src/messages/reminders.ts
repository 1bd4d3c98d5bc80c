import {
  countingOffers,
  countingRequests,
  type Happened,
  type Obligation,
  openLots,
  type Purchase,
  type Upcoming,
  upcoming,
} from '@proviso/procurement';
import { getPurchase, type JobHandler, type TenantScope, withTenant } from '@proviso/store';
import type { Deps } from '../http/deps.ts';
import { waiverLetters, waiverOf } from '../probing/waiver-reminder.ts';
import { documentOf } from '../purchases/rows.ts';
import { lookAtProof } from '../requests/proof-job.ts';
import { lettersFrom, members, team, type World } from './draft-letter.ts';
import type { Letter } from './letter.ts';
import { post } from './post.ts';
import { tenantOf } from './tenant.ts';
import { dayText, timeText, write } from './words.ts';
import { worldOf } from './world.ts';

const DAY = 86_400_000;
/** So long before the day of an obligation its owner is reminded, and finds it on the home page. */
export const AHEAD = 14 * DAY;
/** So long before a deadline people are reminded of it: our choice. */
const BEFORE: Partial<Record<Upcoming['kind'], number>> = {
  closing: 3 * DAY,
  'selection-closing': 3 * DAY,
  'answers-until': 2 * DAY,
  opening: DAY,
  'standstill-end': DAY,
  'obligation-due': AHEAD,
};

/** The one that comes after its deadline: the time for requests to take part is over, and somebody must choose. */
const CANDIDATES = 'candidates';

interface Reminder {
  /** The kind, and where there are several, of what: `standstill-end lot-1`; of obligations, the day: one letter tells of all; or `CANDIDATES`. */
  what: string;
  kind: Upcoming['kind'];
  deadline: Upcoming['deadline'];
  /** What it is about: a lot, obligations. */
  subjects: string[];
  at: Date;
}

/** The reminders of a purchase that are still to come, or due now. */
export function remindersOf(purchase: Purchase, now: Date): Reminder[] {
  const found = new Map<string, Reminder>();
  for (const { kind, deadline, subject } of upcoming(purchase, now.toISOString())) {
    const before = BEFORE[kind];
    if (before === undefined) continue;
    const of = kind === 'obligation-due' ? deadline.local.slice(0, 10) : subject;
    const what = of === null ? kind : `${kind} ${of}`;
    const at = new Date(Date.parse(deadline.instant) - before);
    const one = found.get(what) ?? { what, kind, deadline, subjects: [], at };
    found.set(what, { ...one, subjects: subject === null ? one.subjects : [...one.subjects, subject] });
  }
  const reminders = [...found.values()];
  const { state, notice } = purchase;
  if (state !== 'published' || notice?.stage !== 'selection') return reminders;
  const deadline = notice.closing;
  // At the very moment a request is still in time.
  const at = new Date(Date.parse(deadline.instant) + 1);
  return [...reminders, { what: CANDIDATES, kind: 'selection-closing', deadline, subjects: [], at }];
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
      // From now on requests are read: their files are looked at first.
      if (what === CANDIDATES) await lookAtProof(trx, deps, tenant, id);
      await post(trx, deps, reminderLetters(purchase, found, await worldOf(trx, deps, purchase)));
    });
  };
}

/** Letters of one reminder. Pure. */
export function reminderLetters(
  purchase: Purchase,
  { what: id, kind, deadline, subjects }: Omit<Reminder, 'at'>,
  world: World,
): Letter[] {
  if (id === CANDIDATES) {
    const count = countingRequests(purchase).length;
    const draft = { people: team(purchase, world), values: () => ({ count }), page: 'candidates' };
    return lettersFrom(purchase, { id: 'candidates-wanted', ...draft }, world);
  }
  if (kind === 'obligation-due') return obligationLetters(purchase, subjects, world);
  const values = (language: Parameters<typeof write>[1]) => ({
    what: write(`deadline.${kind}`, language),
    when: timeText(deadline, language),
  });
  const people = members(world, kind === 'opening' ? purchase.openers : team(purchase, world));
  const letters = lettersFrom(purchase, { id: 'deadline-near', people, values, page: 'overview' }, world);
  if (kind === 'selection-closing') return [...letters, ...requestsNear(purchase, deadline, world)];
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

/** To those who were invited and have not asked to take part yet: nobody's to know before the closing. */
function requestsNear(purchase: Purchase, deadline: Upcoming['deadline'], world: World): Letter[] {
  const asked = countingRequests(purchase).map(({ supplier }) => supplier);
  const draft = {
    suppliers: world.invited.filter(({ id }) => !asked.includes(id)),
    values: (language: Parameters<typeof write>[1]) => ({ closing: timeText(deadline, language) }),
    hiddenUntil: deadline.instant,
  };
  return lettersFrom(purchase, { id: 'requests-near', ...draft }, world);
}

/** One letter for each owner of obligations that are due on a day; where an owner has left, for whoever looks after the purchase. */
function obligationLetters(purchase: Purchase, subjects: readonly string[], world: World): Letter[] {
  const due = purchase.obligations.filter(({ id }) => subjects.includes(id));
  const own = new Map<string, Obligation[]>();
  for (const one of due) {
    const [owner] = members(world, [one.owner]);
    for (const person of owner === undefined ? team(purchase, world) : [owner])
      own.set(person, [...(own.get(person) ?? []), one]);
  }
  return [...own].flatMap(([person, list]) => {
    const values = (language: Parameters<typeof write>[1]) => ({
      due: dayText(list[0]?.due ?? '', language),
      list: list.map(({ requirement }) => `– ${requirement}`).join('\n'),
    });
    return lettersFrom(purchase, { id: 'obligations-due', people: [person], values, page: 'contract' }, world);
  });
}
