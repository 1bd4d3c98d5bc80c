import type { DemandDiff, DemandFile, Language } from '@proviso/catalogue';
import { messages } from '../messages.ts';
import { printable } from '../terminal.ts';
import { LEVEL_WORDS } from './demand-pretty.ts';

/** What another edition, or another context, would change in a demand; one line a change. */
export function diffPretty(diff: DemandDiff, before: DemandFile, now: DemandFile, language: Language): string {
  const say = messages(language);
  const entries = [now, before].flatMap(({ catalogue }) => [...catalogue.requirements, ...catalogue.risks]);
  // The earlier demand is a file that came from anywhere.
  const name = (id: string): string =>
    `${printable(id)}  ${printable(entries.find((one) => one.id === id)?.title[language] ?? '')}`;
  const shown = (value: unknown): string => printable(String(value ?? '–'));
  const lines = [
    ...diff.added.map((id) => `+ ${name(id)}`),
    ...diff.removed.map((id) => `- ${name(id)}`),
    ...diff.levels.map(({ id, from, to }) => `~ ${name(id)}: ${say(LEVEL_WORDS[from])} → ${say(LEVEL_WORDS[to])}`),
    ...diff.parameters.map(
      ({ id, parameter, from, to }) => `~ ${printable(id)}  ${printable(parameter)}: ${shown(from)} → ${shown(to)}`,
    ),
    ...diff.knockouts.map(({ id, to }) => `~ ${id}  ${say('knockout')}: ${say(to ? 'yes' : 'no')}`),
    ...diff.reworded.map((id) => `≈ ${name(id)}: ${say('reworded')}`),
    ...diff.risks.map(({ id, from, to }) => `  ${name(id)}: ${shown(from)} → ${shown(to)}`),
  ];
  const head = `${shown(diff.from.edition)} → ${shown(diff.to.edition)}`;
  return `${[head, ...(lines.length > 0 ? lines : [say('noDifference')])].join('\n')}\n`;
}
