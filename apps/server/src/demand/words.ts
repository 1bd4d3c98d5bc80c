import { type DemandFile, type Language, type Risk, requirementOf, worded } from '@proviso/catalogue';
import type { DemandWords } from '../contract/purchasing.ts';
import { sayOwn } from '../http/messages.ts';

/** Titles, sentences and reasons of a demand in one language, by id: from the texts that the demand file rests on. */
export function wordsOfDemand(file: DemandFile, language: Language): DemandWords {
  const { demand, catalogue } = file;
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
            reasons: demanded.reasons.map((reason) => reasonText(reason, file, language)),
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

type Reason = DemandFile['demand']['requirements'][number]['reasons'][number];

function reasonText(reason: Reason, { catalogue }: DemandFile, language: Language): string {
  switch (reason.kind) {
    case 'risk': {
      const risk = catalogue.risks.find(({ id }) => id === reason.risk);
      const need = risk?.needs.find(({ id }) => id === reason.need);
      return say(reason.only ? 'reason-risk-only' : 'reason-risk', language, {
        risk: risk?.title[language] ?? reason.risk,
        need: need?.text[language] ?? reason.need,
      });
    }
    case 'law': {
      const law = catalogue.laws.find(({ id }) => id === reason.law);
      return say('reason-law', language, { law: law?.title[language] ?? reason.law, ref: reason.ref });
    }
    case 'standard': {
      const entry = catalogue.standards.find(({ id }) => id === reason.standard);
      return say('reason-standard', language, { standard: entry?.title[language] ?? reason.standard });
    }
    case 'added':
      return say('reason-added', language, {});
  }
}

const say = (id: string, language: Language, values: Record<string, string>): string =>
  sayOwn(id, language, values) ?? id;
