import type { OfferDraft } from './draft.ts';
import type { Merged } from './merge.ts';

/** Sealed drafts in this browser and on the server; both hold ciphertext only. */
export interface SealedDraft {
  bytes: Uint8Array<ArrayBuffer>;
  /** The server's version that it follows. */
  version: number;
  /** Not on the server yet. */
  waiting: boolean;
}

export type KeepState =
  /** Nothing was written yet. */
  | 'idle'
  | 'sending'
  /** On the server, sealed. */
  | 'kept'
  /** In this browser, sealed; the server cannot be reached now. */
  | 'here'
  /** Nowhere: neither server nor browser took it. */
  | 'refused';

export interface KeepingDeps {
  seal(draft: OfferDraft): Promise<Uint8Array<ArrayBuffer>>;
  open(bytes: Uint8Array): Promise<OfferDraft>;
  here: { put(sealed: SealedDraft): Promise<void> };
  there: {
    get(): Promise<{ bytes: Uint8Array<ArrayBuffer>; version: number }>;
    put(bytes: Uint8Array<ArrayBuffer>, version: number): Promise<number>;
  };
  isUnreachable(error: unknown): boolean;
  isOvertaken(error: unknown): boolean;
  merge(base: OfferDraft, mine: OfferDraft, theirs: OfferDraft): Merged;
  /** The state is another one. */
  changed(): void;
  /** Both drafts were put together: the page shows the outcome, and asks about what clashes. */
  merged(outcome: Merged): void;
  /** Runs the work some time from now: `soon` after the last letter, `later` to try again. */
  wait(how: 'soon' | 'later', work: () => void): void;
}

export interface Keeping {
  state(): KeepState;
  /** Keeps a draft before long. */
  write(draft: OfferDraft): void;
  /** Keeps at once what waits, if the last attempt is over. */
  flush(): Promise<void>;
}

/**
 * Keeps a draft while it is written: sealed, first in this browser, then on the server. What another tab kept meanwhile is put together with
 * what is here, never written over.
 */
export function createKeeping(deps: KeepingDeps, start: { draft: OfferDraft; version: number }): Keeping {
  let state: KeepState = 'idle';
  /** What the server has, as far as is known here. */
  let base = start.draft;
  let version = start.version;
  let latest: OfferDraft | null = null;
  let running = false;
  let timed = 0;

  const become = (next: KeepState): void => {
    if (next === state) return;
    state = next;
    deps.changed();
  };
  const keepHere = async (bytes: Uint8Array<ArrayBuffer>, waiting: boolean): Promise<boolean> => {
    try {
      await deps.here.put({ bytes, version, waiting });
      return true;
    } catch {
      return false;
    }
  };
  const overtaken = async (mine: OfferDraft): Promise<void> => {
    const found = await deps.there.get();
    const theirs = await deps.open(found.bytes);
    // What was written while this was fetched belongs to mine.
    const outcome = deps.merge(base, latest ?? mine, theirs);
    version = found.version;
    base = theirs;
    latest = outcome.draft;
    deps.merged(outcome);
  };
  const attempt = async (draft: OfferDraft): Promise<void> => {
    const bytes = await deps.seal(draft);
    const here = await keepHere(bytes, true);
    try {
      version = await deps.there.put(bytes, version);
    } catch (error) {
      if (deps.isOvertaken(error)) {
        await overtaken(draft);
        return;
      }
      latest ??= draft;
      become(here ? 'here' : 'refused');
      if (deps.isUnreachable(error)) deps.wait('later', () => void flush());
      throw error;
    }
    base = draft;
    await keepHere(bytes, false);
    if (latest === null) become('kept');
  };
  const flush = async (): Promise<void> => {
    if (running) return;
    running = true;
    try {
      while (latest !== null) {
        become('sending');
        const draft = latest;
        latest = null;
        await attempt(draft).catch((error) => {
          latest ??= draft;
          if (state === 'sending') become('refused');
          throw error;
        });
      }
    } catch {
      // Said by the state; the next letter, or the next try, begins again.
    } finally {
      running = false;
    }
  };
  return {
    state: () => state,
    write: (draft) => {
      latest = draft;
      // Not kept yet: who leaves now is asked.
      become('sending');
      timed += 1;
      const mine = timed;
      deps.wait('soon', () => {
        if (mine === timed) void flush();
      });
    },
    flush,
  };
}
