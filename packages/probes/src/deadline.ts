/**
 * Runs a task under a signal that fires when so many milliseconds are over, with a `TimeoutError` as its reason, or when `signal` fires, with that one's
 * reason. Resolves and rejects as the task. Nothing is kept when it has settled: the platform's own clocks (`AbortSignal.timeout`) stay until their
 * time is up, which at hundreds of connections a second is most of what a prober remembers.
 */
export async function within<T>(
  milliseconds: number,
  signal: AbortSignal | undefined,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort(signal?.reason);
  const late = () => controller.abort(new DOMException(`not over within ${milliseconds} ms`, 'TimeoutError'));
  if (signal?.aborted) stop();
  else signal?.addEventListener('abort', stop, { once: true });
  const clock = setTimeout(late, milliseconds);
  try {
    return await task(controller.signal);
  } finally {
    clearTimeout(clock);
    signal?.removeEventListener('abort', stop);
  }
}
