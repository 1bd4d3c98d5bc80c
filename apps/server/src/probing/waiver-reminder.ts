import { endOfDay, type Purchase, rolesFor, wasOpened } from '@proviso/procurement';
import { getProbeWaiver, type ProbeWaiverRow, type TenantScope } from '@proviso/store';
import type { Deps } from '../http/deps.ts';
import { lettersFrom, type World, withRole } from '../messages/draft-letter.ts';
import type { Letter } from '../messages/letter.ts';
import { timeText, write } from '../messages/words.ts';
import { dayAfter, SOON_DAYS } from './view.ts';

const WHAT = 'waiver ';

/** Leaves a reminder of an acceptance before it ends; of one that is too short for it, none. */
export async function remindOfWaiver(
  trx: TenantScope,
  { jobs, now }: Pick<Deps, 'jobs' | 'now'>,
  { id: tenant }: { id: string },
  { id, purchase, until }: Pick<ProbeWaiverRow, 'id' | 'purchase' | 'until'>,
): Promise<void> {
  const at = new Date(`${dayAfter(until, -SOON_DAYS)}T06:00:00Z`);
  if (at > now()) await jobs.send('reminder', { tenant, purchase, what: `${WHAT}${id}` }, { at, trx });
}

/** The acceptance that a reminder is about; null where it is about something else, undefined where it was taken back. */
export async function waiverOf(trx: TenantScope, what: string): Promise<ProbeWaiverRow | null | undefined> {
  if (!what.startsWith(WHAT)) return null;
  const row = await getProbeWaiver(trx, what.slice(WHAT.length));
  return row?.ended === null ? row : undefined;
}

/** Letters to those who can accept it further. Pure. */
export function waiverLetters(purchase: Purchase, { until }: ProbeWaiverRow, world: World): Letter[] {
  if (!wasOpened(purchase)) return [];
  const people = withRole(world, rolesFor('probe.waive'));
  const end = endOfDay(until, purchase.description.zone);
  const values = (language: Parameters<typeof write>[1]) => ({
    what: write('deadline.waiver-end', language),
    when: timeText(end, language),
  });
  return lettersFrom(purchase, { id: 'deadline-near', people, values, page: 'proof' }, world);
}
