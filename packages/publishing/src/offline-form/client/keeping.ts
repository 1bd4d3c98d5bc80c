/** Keeps what is written in the browser, as far as the browser keeps anything for a page from disk. */
export type Keeping =
  /** Nothing was written yet. */
  | 'idle'
  | 'kept'
  /** The browser refuses. */
  | 'refused'
  /** Another tab with this form has written since; this one writes no more, so as not to undo that. */
  | 'elsewhere';

export interface Keeper {
  state(): Keeping;
  read(): string | null;
  write(text: string): void;
  forget(): void;
}

/** `changed` is called when the state becomes another. */
export function createKeeper(key: string, changed: () => void): Keeper {
  let state: Keeping = 'idle';
  const become = (next: Keeping): void => {
    if (next === state) return;
    state = next;
    changed();
  };
  const attempt = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch {
      become('refused');
      return null;
    }
  };
  addEventListener('storage', (event) => {
    if (event.key === key) become('elsewhere');
  });
  return {
    state: () => state,
    read: () => attempt(() => localStorage.getItem(key)),
    write: (text) => {
      if (state === 'elsewhere') return;
      attempt(() => {
        localStorage.setItem(key, text);
        become('kept');
      });
    },
    forget: () => {
      attempt(() => localStorage.removeItem(key));
      if (state === 'kept') become('idle');
    },
  };
}
