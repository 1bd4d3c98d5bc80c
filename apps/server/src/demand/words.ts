import { type DemandFile, type Language, type Risk, requirementOf, worded } from '@proviso/catalogue';
import { reasonInWords, termsOf } from '@proviso/publishing/reasons';
import type { DemandWords } from '../contract/purchasing.ts';

/** Titles, sentences and reasons of a demand in one language, by id: from the texts that the demand file rests on. */
export function wordsOfDemand(file: DemandFile, language: Language): DemandWords {
  const { demand, catalogue } = file;
  const terms = termsOf(language);
  return {
    requirements: Object.fromEntries(
      demand.requirements.map((demanded) => {
        const words = worded(demand, demanded, catalogue, language);
        const { checks } = requirementOf(catalogue, demanded.id);
        const check = catalogue.checks.filter(({ id }) => checks.includes(id)).map(({ title }) => title[language]);
        return [
          demanded.id,
          {
            title: words.title,
            sentence: words.sentence,
            why: words.why,
            question: words.question,
            check: check.length > 0 ? check.join('; ') : null,
            clause: words.clause,
            reasons: demanded.reasons.map((reason) => reasonInWords(reason, file, language, terms)),
          },
        ];
      }),
    ),
    risks: Object.fromEntries(
      catalogue.risks.map(({ id, title, threat }: Risk) => [id, { title: title[language], threat: threat[language] }]),
    ),
    laws: Object.fromEntries(catalogue.laws.map(({ id, title, citation }) => [id, `${title[language]} (${citation})`])),
  };
}
