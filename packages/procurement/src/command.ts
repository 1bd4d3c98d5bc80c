import type { z } from 'zod';
import type { EventType } from './events.ts';
import type { Action } from './permissions.ts';
import type { ConsensusRow, ScoreRow } from './purchase/evaluation.ts';
import type { Purchase, State } from './purchase/purchase.ts';
import type { Refusal } from './refusal.ts';
import type { Calendar } from './time/calendar.ts';
import { type Deadline, isLate } from './time/deadline.ts';

/** Who gives a command. Roles are those in this purchase; `supplier` is whom a link or account speaks for. */
export interface Actor {
  id: string;
  roles: readonly string[];
  supplier?: string | null;
}

/** What a decision needs from the world: who, when by the server's clock, the holidays of the purchase's country, and rows kept apart. */
export interface Context {
  by: Actor;
  /** UTC, as `2026-01-31T11:00:00Z`. */
  at: string;
  /** Set by `decide`: `at` as it was given, where a purchase further on made `at` later. What is late is told by this. */
  received?: string;
  calendar: Calendar;
  /** All scores and agreed scores of the purchase, in the order they were written: for `evaluation.finish`, `consensus.write`, `quality.freeze`. */
  scores?: readonly ScoreRow[];
  consensus?: readonly ConsensusRow[];
}

/** What a handler gives back after it has changed the copy it was handed. */
export interface Outcome {
  events: { type: EventType; ids?: Record<string, string | number>; hashes?: string[] }[];
  scores?: ScoreRow[];
  consensus?: ConsensusRow[];
}

export interface CommandKind<S extends z.ZodType = z.ZodType> {
  /** What the command carries; the server validates and documents with it. */
  input: S;
  /** Where the purchase must stand. */
  states: readonly State[];
  action: Action;
  /** Writes rows beside the purchase and leaves it, and its version, as they are. */
  rowsOnly?: true;
  /** Changes the copy it is given, or refuses. */
  decide(draft: Purchase, input: z.output<S>, context: Context): Outcome | Refusal;
}

/** Keeps the type of the input in a table of commands. */
export function command<S extends z.ZodType>(kind: CommandKind<S>): CommandKind<S> {
  return kind;
}

/** Has a moment passed by the clock as it stands? Not by the purchase's own time: one jump of the clock would make late all that follows. */
export function hasPassed({ at, received = at }: Context, end: Pick<Deadline, 'instant'>): boolean {
  return isLate(received, end);
}

/** Who did it and when, as every entry of a purchase keeps it. */
export function madeBy({ by, at }: Context): { by: string; at: string } {
  return { by: by.id, at };
}
