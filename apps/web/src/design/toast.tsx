import { type ReactNode, useSyncExternalStore } from 'react';
import { useWords } from '../i18n/provider.tsx';
import { Button } from './button.tsx';

export interface Toast {
  text: string;
  /** Takes back what was done. */
  undo?(): void;
}

const LASTS = 8000;
let shown: (Toast & { id: number })[] = [];
const listeners = new Set<() => void>();
let next = 1;

/** Says quietly that something was done, with the way back where there is one. It stays while it offers an undo, until it is closed. */
export function toast(one: Toast): void {
  const id = next;
  next += 1;
  shown = [...shown.slice(-2), { ...one, id }];
  for (const listener of listeners) listener();
  // What can be acted on may not run away from slow readers (WCAG 2.2.1).
  if (!one.undo) setTimeout(() => close(id), LASTS);
}

function close(id: number): void {
  shown = shown.filter((one) => one.id !== id);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts(): ReactNode {
  const t = useWords('shell');
  const toasts = useSyncExternalStore(subscribe, () => shown);
  return (
    <div className="toasts" role="status">
      {toasts.map((one) => (
        <div key={one.id} className="toast">
          <span>{one.text}</span>
          {one.undo ? (
            <>
              <Button
                small
                onPress={() => {
                  close(one.id);
                  one.undo?.();
                }}
              >
                {t('undo')}
              </Button>
              <Button small onPress={() => close(one.id)}>
                {t('close')}
              </Button>
            </>
          ) : null}
        </div>
      ))}
    </div>
  );
}
