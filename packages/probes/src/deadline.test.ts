import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { within } from './deadline.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Ends as the signal says, with its reason. */
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason));
  });

it('ends when the time is over, and says that it was the time', async () => {
  const ended = expect(within(1000, undefined, untilAborted)).rejects.toMatchObject({ name: 'TimeoutError' });
  await vi.advanceTimersByTimeAsync(1000);
  await ended;
});

it.each([
  ['while it runs', false],
  ['before', true],
])('ends with the reason of a signal that fires %s', async (_, before) => {
  const stop = new AbortController();
  const reason = new Error('a person');
  if (before) stop.abort(reason);
  const ended = expect(within(1000, stop.signal, untilAborted)).rejects.toBe(reason);
  stop.abort(reason);
  await ended;
  expect(vi.getTimerCount()).toBe(0);
});

it.each([
  ['settles', async () => 'done', 'done'],
  ['fails', () => Promise.reject(new Error('failed')), 'failed'],
])('keeps neither clock nor listener of a task that %s', async (_, task, outcome) => {
  const { signal } = new AbortController();
  const came = await within<string>(1000, signal, task).catch((error: Error) => error.message);
  expect(came).toBe(outcome);
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
