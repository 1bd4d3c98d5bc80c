import type { DemandDiff, DemandFile, Language } from '@proviso/catalogue';
import { messages } from '../messages.ts';

/** What another edition, or another context, would change in a demand; one line a change. */
export function diffPretty(diff: DemandDiff, before: DemandFile, now: DemandFile, language: Language): string {
  const say = messages(language);
  const title = (id: string): string =>
    [now, before]
      .flatMap(({ catalogue }) => [...catalogue.requirements, ...catalogue.risks])
      .find((one) => one.id === id)?.title[language] ?? '';
  const lines = [
    ...diff.added.map((id) => `+ ${id}  ${title(id)}`),
    ...diff.removed.map((id) => `- ${id}  ${title(id)}`),
    ...diff.levels.map(
      ({ id, from, to }) => `~ ${id}  ${title(id)}: ${say(LEVEL_WORDS[from])} → ${say(LEVEL_WORDS[to])}`,
    ),
    ...diff.parameters.map(({ id, parameter, from, to }) => `~ ${id}  ${parameter}: ${from ?? '–'} → ${to ?? '–'}`),
    ...diff.knockouts.map(({ id, to }) => `~ ${id}  ${say('knockout')}: ${say(to ? 'yes' : 'no')}`),
    ...diff.reworded.map((id) => `≈ ${id}  ${title(id)}: ${say('reworded')}`),
    ...diff.risks.map(({ id, from, to }) => `  ${id}  ${title(id)}: ${from ?? '–'} → ${to ?? '–'}`),
  ];
  const head = `${diff.from.edition} → ${diff.to.edition}`;
  return `${[head, ...(lines.length > 0 ? lines : [say('noDifference')])].join('\n')}\n`;
}

const LEVEL_WORDS = { basic: 'levelBasic', standard: 'levelStandard', advanced: 'levelAdvanced' } as const;
