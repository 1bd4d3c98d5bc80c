/** Waits until an address may be connected to again. Rejects where the signal ends the waiting. */
export type Pace = (address: string, signal: AbortSignal) => Promise<void>;

/** Lets connections to one address begin so many milliseconds apart, in the order they came. */
export function paced(gap: number, now: () => number = () => performance.now()): Pace {
  const next = new Map<string, number>();
  return async (address, signal) => {
    if (gap <= 0) return;
    const at = Math.max(now(), next.get(address) ?? 0);
    next.set(address, at + gap);
    const wait = at - now();
    if (wait > 0) await pause(wait, signal);
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
