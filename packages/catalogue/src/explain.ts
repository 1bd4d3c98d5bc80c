import type { Demand } from './derive.ts';
import type { Language } from './scales.ts';
import type { Catalogue } from './schema.ts';
import { fill } from './template.ts';
import { requirementOf } from './wording.ts';

/** One departure in words, for the annual report that comply-or-explain asks for. */
export interface Explanation {
  requirement: string;
  reason: string;
  paragraph: string;
  owner: string;
  review: string;
  /** Comply-or-explain policies accept this kind of reason. */
  accepted: boolean;
}

/** The departures of a demand as the paragraphs of an annual report, in one language. */
export function explanationsOf(demand: Demand, catalogue: Catalogue, language: Language): Explanation[] {
  return demand.context.departures
    .filter(({ kind }) => kind !== 'add')
    .map(({ requirement, reason, text, owner, review }) => {
      const entry = catalogue.explainReasons.find(({ id }) => id === reason);
      if (!entry) throw new Error(`The catalogue ${catalogue.edition.edition} has no reason ${reason}.`);
      const named = requirementOf(catalogue, requirement);
      const values = {
        requirement: `${requirement} (${named.title[language]})`,
        text: /[.!?]$/.test(text) ? text : `${text}.`,
        owner,
        review: new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
          dateStyle: 'long',
          timeZone: 'UTC',
        }).format(new Date(review)),
        level: '',
      };
      return {
        requirement,
        reason: entry.title[language],
        paragraph: fill(entry.paragraph[language], { values, equivalent: '' }),
        owner,
        review,
        accepted: entry.accepted,
      };
    });
}
