import type { z } from 'zod';
import type { CommandKind, Context } from './command.ts';
import { awardCommands } from './commands/award.ts';
import { contractCommands } from './commands/contract.ts';
import { corrigendumCommands } from './commands/corrigendum.ts';
import { draftCommands } from './commands/draft.ts';
import { findingCommands } from './commands/findings.ts';
import { offerCommands } from './commands/offers.ts';
import { openingCommands } from './commands/opening.ts';
import { probingCommands } from './commands/probing.ts';
import { publicationCommands } from './commands/publication.ts';
import { questionCommands } from './commands/questions.ts';
import { roundCommands } from './commands/rounds.ts';
import { scoreCommands } from './commands/scores.ts';
import type { Happened } from './events.ts';
import { isBarred, recordRevealed } from './guards.ts';
import { inputProblem } from './input-problem.ts';
import { may } from './permissions.ts';
import type { ConsensusRow, ScoreRow } from './purchase/evaluation.ts';
import type { Purchase } from './purchase/purchase.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { compareInstants } from './time/deadline.ts';

/** Every command: its input, the states it may be given in, the permission it needs. The HTTP server is made from this table. */
export const COMMANDS = {
  ...draftCommands,
  ...publicationCommands,
  ...corrigendumCommands,
  ...questionCommands,
  ...offerCommands,
  ...openingCommands,
  ...scoreCommands,
  ...roundCommands,
  ...findingCommands,
  ...awardCommands,
  ...contractCommands,
  ...probingCommands,
};
export type CommandType = keyof typeof COMMANDS;
export type CommandInput<T extends CommandType> = z.input<(typeof COMMANDS)[T]['input']>;
export type Command = { [T in CommandType]: { type: T; input: CommandInput<T> } }[CommandType];

export interface Decision {
  /** The purchase after the command, one version further; the very same object where the command writes only rows. */
  purchase: Purchase;
  events: Happened[];
  /** Rows to write over those with the same offer, requirement and evaluator. */
  scores: ScoreRow[];
  /** Rows to add: of a cell the last one counts, and the earlier ones keep their reasons. */
  consensus: ConsensusRow[];
}

/**
 * What a command makes of a purchase, or why it does not. Pure; changes nothing it is handed. Whoever stores a decision that writes only
 * rows checks that the purchase still has the version it was decided on. What a purchase records never runs backwards in time; what is late
 * is told by the clock as given. Order of refusals: permission, state, form of the input, the rest.
 */
export function decide(
  purchase: Purchase,
  command: { type: string; input: unknown },
  given: Context,
): Decision | Refusal {
  const behind = compareInstants(given.at, purchase.updated) < 0;
  const context: Context = { ...given, at: behind ? purchase.updated : given.at, received: given.at };
  if (!Object.hasOwn(COMMANDS, command.type)) return refuse('unknown-command', { command: command.type.slice(0, 80) });
  const kind = COMMANDS[command.type as CommandType] as unknown as CommandKind;
  if (!may(context.by.roles, kind.action)) return refuse('not-permitted', { action: kind.action });
  if (!kind.states.includes(purchase.state)) return refuse('wrong-state', { state: purchase.state });
  const read = kind.input.safeParse(command.input, { reportInput: true });
  if (!read.success) {
    const issue = read.error.issues[0];
    return refuse('bad-input', inputProblem(issue), issue?.path.join('.') ?? '');
  }
  if (command.type !== 'conflict.declare' && isBarredHere(purchase, context.by.id, read.data))
    return refuse('conflict-declared');
  const draft = kind.rowsOnly ? purchase : structuredClone(purchase);
  const outcome = kind.decide(draft, read.data, context);
  if (isRefusal(outcome)) return outcome;
  if (!kind.rowsOnly) {
    recordRevealed(draft, context.at);
    draft.version = purchase.version + 1;
    draft.updated = context.at;
  }
  return {
    purchase: draft,
    events: outcome.events.map(({ type, ids = {}, hashes = [] }) => ({
      type,
      purchase: purchase.id,
      at: context.at,
      by: context.by.id,
      ids,
      hashes,
    })),
    scores: outcome.scores ?? [],
    consensus: outcome.consensus ?? [],
  };
}

/** A declared conflict keeps its person from every command on that lot, and, where it covers all lots, on the purchase. */
function isBarredHere(purchase: Purchase, person: string, input: unknown): boolean {
  const { lot } = input as { lot?: unknown };
  const lots = typeof lot === 'string' ? [lot] : purchase.lots.map(({ id }) => id);
  return lots.every((one) => isBarred(purchase, person, one));
}
