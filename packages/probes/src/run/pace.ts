/** Waits until an address may be connected to again. Rejects where the signal ends the waiting. */
export type Pace = (address: string, signal: AbortSignal) => Promise<void>;

/** Lets connections to one address begin at least so many milliseconds apart, in the order they came: counted from when the last did begin. */
export function paced(gap: number, now: () => number = () => performance.now()): Pace {
  const lines = new Map<string, Promise<number>>();
  return async (address, signal) => {
    if (gap <= 0) return;
    const before = lines.get(address) ?? Promise.resolve(Number.NEGATIVE_INFINITY);
    const turn = before.then(async (last) => {
      const wait = last + gap - now();
      if (wait > 0) await pause(wait, signal);
      return now();
    });
    // Who gave up has begun nothing.
    lines.set(
      address,
      turn.catch(() => before),
    );
    await turn;
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    if (signal.aborted) return reject(signal.reason);
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', end, { once: true });
  });
}
