import type { Happened, Purchase } from '@proviso/procurement';
import type { TenantScope } from '@proviso/store';
import { decisionLettersToSend } from '../evaluation/decision-post.ts';
import type { Deps } from '../http/deps.ts';
import { lettersOf, tells } from './letters-of-event.ts';
import { post } from './post.ts';
import { scheduleReminders } from './reminders.ts';
import { queueCalls } from './webhooks.ts';
import { worldOf } from './world.ts';

/**
 * Tells everybody who must know what happened to a purchase, in the transaction in which it happened: letters into the outbox, calls of other
 * systems, reminders of what is to come. A listener of `purchases/commands.ts`.
 */
export async function notify(
  trx: TenantScope,
  deps: Deps,
  purchase: Purchase,
  events: readonly Happened[],
): Promise<void> {
  // Scores come by the hundred and tell nobody.
  if (events.every(({ type }) => type === 'score.written' || type === 'consensus.written')) return;
  if (events.some(({ type }) => tells(type) || type === 'award.notified')) await write(trx, deps, purchase, events);
  await queueCalls(trx, deps, events);
  await scheduleReminders(trx, deps, purchase, events);
}

async function write(trx: TenantScope, deps: Deps, purchase: Purchase, events: readonly Happened[]): Promise<void> {
  const world = await worldOf(trx, deps, purchase);
  const letters = events.flatMap((event) => lettersOf(purchase, event, world));
  for (const { type, ids } of events)
    if (type === 'award.notified')
      letters.push(...(await decisionLettersToSend(trx, purchase, String(ids.lot), world)));
  await post(trx, deps, letters);
}
