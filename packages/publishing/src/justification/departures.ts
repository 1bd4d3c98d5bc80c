import { type DemandFile, type Departure, explanationsOf, type Language, requirementOf } from '@proviso/catalogue';
import { say, wordsOf } from '../messages.ts';
import { type Block, detail, heading, text } from '../paper/blocks.ts';
import type { Terms } from '../terms.ts';
import { measured, parameterLabel } from './reasons.ts';

/** What the buyer changed on purpose, and the paragraphs that comply-or-explain asks for in the annual report. */
export function departureBlocks(file: DemandFile, language: Language, terms: Terms): Block[] {
  const words = wordsOf('justification', language);
  const { departures } = file.demand.context;
  if (departures.length === 0) return [heading(1, say(words, 'departures')), text(say(words, 'departures-none'))];
  const explanations = explanationsOf(file.demand, file.catalogue, language);
  return [
    heading(1, say(words, 'departures')),
    text(say(words, 'departures-intro')),
    ...departures.flatMap((one, i) => oneDeparture(one, i, file, language, terms)),
    ...(explanations.length === 0
      ? []
      : [
          heading(2, say(words, 'report')),
          text(say(words, 'report-intro')),
          ...explanations.map(({ paragraph }) => text(paragraph)),
        ]),
  ];
}

function oneDeparture(
  departure: Departure,
  at: number,
  { catalogue }: DemandFile,
  language: Language,
  terms: Terms,
): Block[] {
  const words = wordsOf('justification', language);
  const named = requirementOf(catalogue, departure.requirement);
  const reason = catalogue.explainReasons.find(({ id }) => id === departure.reason);
  // What comply-or-explain accepts is a question of asking for less, not of asking for more.
  const accepted = departure.kind === 'add' ? [] : [say(words, reason?.accepted ? 'accepted' : 'not-accepted')];
  return [
    heading(2, `${say(words, 'departure-number')} ${at + 1}: ${named.id} ${named.title[language]}`),
    detail(say(words, 'change'), changeInWords(departure, language, terms)(named)),
    detail(say(words, 'reason'), [`${reason?.title[language] ?? departure.reason}. ${departure.text}`], ...accepted),
    detail(say(words, 'owner'), departure.owner),
    detail(say(words, 'review'), terms.day(departure.review)),
  ];
}

function changeInWords({ kind, level, parameter, value }: Departure, language: Language, terms: Terms) {
  const words = wordsOf('justification', language);
  return (named: ReturnType<typeof requirementOf>): string => {
    if (kind === 'set-parameter' && parameter !== undefined && value !== undefined)
      return say(words, 'change-set-parameter', {
        parameter: parameterLabel(named, parameter, language),
        value: measured(named, parameter, value, language),
      });
    if (level === undefined) return say(words, kind === 'add' ? 'change-add-plain' : 'change-leave-out');
    return say(words, `change-${kind}`, { level: terms.level(level) });
  };
}
