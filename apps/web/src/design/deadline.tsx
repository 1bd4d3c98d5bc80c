import { type ReactNode, useSyncExternalStore } from 'react';
import { useFormats } from '../i18n/provider.tsx';

const listeners = new Set<() => void>();
let now = new Date();
let ticking: ReturnType<typeof setInterval> | undefined;

/** The present minute; pages that show how long something has left are drawn again when it changes. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, () => now);
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = new Date();
    ticking = setInterval(() => {
      now = new Date();
      for (const one of listeners) one();
    }, 60_000);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(ticking);
  };
}

/** A moment that counts: day, time, zone, and how long it is still. `zone` is the buyer's, as in the notice. */
export function Deadline({ at, zone }: { at: string; zone?: string }): ReactNode {
  const formats = useFormats();
  return (
    <time dateTime={at}>
      {formats.moment(at, zone)} <span className="muted">({formats.relative(at, useNow())})</span>
    </time>
  );
}
