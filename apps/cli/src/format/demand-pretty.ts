import {
  type Catalogue,
  type Demand,
  type DemandFile,
  type Language,
  type Rating,
  requirementOf,
} from '@proviso/catalogue';
import { messages, type Say } from '../messages.ts';
import { printable, type Style, styler } from '../terminal.ts';

export interface DemandPage {
  color: boolean;
  language: Language;
}

const COLOURS: Record<Rating, Parameters<Style>[0]> = {
  low: 'green',
  medium: 'yellow',
  high: 'red',
  critical: ['red', 'bold'],
};
/** Likelihoods from the top row down. */
const SCALE = [5, 4, 3, 2, 1] as const;

/** A demand on the terminal: how many requirements, the risks as a matrix, and the requirements by weight. */
export function demandPretty({ demand, catalogue }: DemandFile, { color, language }: DemandPage): string {
  const say = messages(language);
  const style = styler(color);
  const title = (id: string): string => catalogue.requirements.find((one) => one.id === id)?.title[language] ?? '';
  const rows = [...demand.requirements].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
  return [
    style('bold', printable(demand.context.title)),
    summaryOf(demand, catalogue.requirements.length, say),
    '',
    ...matrix(demand, say, style),
    '',
    ...rows.map(({ id, weight, level, knockout }) => {
      const share = `${(weight / 10).toFixed(1).padStart(5)} %`;
      return ` ${id.padEnd(8)} ${share}  ${say(LEVEL_WORDS[level]).padEnd(11)} ${title(id)}${knockout ? style('bold', `  ${say('knockout')}`) : ''}`;
    }),
    '',
    ...notes(demand, catalogue, language, say),
  ].join('\n');
}

/** Messages that name a level. */
export const LEVEL_WORDS = { basic: 'levelBasic', standard: 'levelStandard', advanced: 'levelAdvanced' } as const;

function summaryOf(demand: Demand, all: number, say: Say): string {
  const rated = (rating: Rating): number => demand.risks.filter((risk) => risk.rating === rating).length;
  return say('demandSummary', {
    n: demand.requirements.length,
    all,
    knockouts: demand.requirements.filter(({ knockout }) => knockout).length,
    risks: demand.risks.length,
    critical: rated('critical'),
    high: rated('high'),
  });
}

/** Risks by likelihood (upwards) and impact (to the right), their numbers in the cells. */
function matrix({ risks }: Demand, say: Say, style: Style): string[] {
  const cell = (likelihood: number, impact: number): string => {
    const here = risks.filter((risk) => risk.likelihood === likelihood && risk.impact === impact);
    const text = here.length === 0 ? '·' : here.map(({ id }) => id.slice(4)).join(' ');
    return style(
      here[0] ? COLOURS[here[0].rating] : 'dim',
      text.length > WIDTH - 1 ? `${here.length} ×`.padEnd(WIDTH) : text.padEnd(WIDTH),
    );
  };
  return [
    ` ${say('likelihood')} ↑`,
    ...SCALE.map(
      (likelihood) => ` ${likelihood} │ ${[1, 2, 3, 4, 5].map((impact) => cell(likelihood, impact)).join('')}`,
    ),
    `   └${'─'.repeat(WIDTH * 5 + 1)} ${say('impact')} →`,
    `     ${[1, 2, 3, 4, 5].map((impact) => String(impact).padEnd(WIDTH)).join('')}`,
  ];
}

const WIDTH = 14;

function notes(demand: Demand, catalogue: Catalogue, language: Language, say: Say): string[] {
  const laws = demand.laws.map((id) => catalogue.laws.find((law) => law.id === id)?.title[language] ?? id);
  const open = demand.open.map(({ risk, need, rating }) => {
    const entry = catalogue.risks.find(({ id }) => id === risk);
    return say('demandOpen', {
      need: entry?.needs.find(({ id }) => id === need)?.text[language] ?? need,
      risk: entry?.title[language] ?? risk,
      rating: say(RATING_WORDS[rating]),
    });
  });
  const draft = demand.requirements.some((one) => requirementOf(catalogue, one.id).reviewed[language] === null);
  return [
    ...(laws.length > 0 ? [say('demandLaws', { laws: laws.join('; ') })] : []),
    ...open,
    ...(draft ? [say('demandDraft')] : []),
    catalogue.edition.note[language],
    '',
  ];
}

const RATING_WORDS = {
  low: 'ratingLow',
  medium: 'ratingMedium',
  high: 'ratingHigh',
  critical: 'ratingCritical',
} as const;
