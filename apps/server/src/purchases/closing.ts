import { dueClosings, withTenant } from '@proviso/store';
import type { Deps } from '../http/deps.ts';
import { HttpProblem } from '../http/problem.ts';
import { carryOut } from './commands.ts';

/** What is late is late by the moment it came, so a few seconds do no harm. */
const EVERY_MS = 5_000;

/** Organisations in which the example is being played: its closings are past, and it closes its purchases itself. */
export const PLAYING = new Set<string>();

/** Closes the purchases whose closing has passed; gives how many. Another process may do the same at the same time: one of them does it. */
export async function closeDue(deps: Deps): Promise<number> {
  let closed = 0;
  for (const { tenant, id } of await dueClosings(deps.store.db, deps.now())) {
    if (PLAYING.has(tenant)) continue;
    const done = await withTenant(deps.store.db, tenant, (trx) =>
      carryOut(trx, deps, 'system', id, null, { type: 'purchase.close', input: {} }),
    ).then(
      () => true,
      (error: unknown) => {
        // Closed or extended meanwhile; anything else must not keep the others open.
        if (!(error instanceof HttpProblem)) deps.log(`Closing ${id}: ${String(error)}`);
        return false;
      },
    );
    if (done) closed++;
  }
  return closed;
}

/** Closes purchases as time goes by, until the function it gives is called. */
export function watchClosings(deps: Deps): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(() => closeDue(deps)).catch((error: unknown) => deps.log(`Closings: ${String(error)}`));
  }, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
