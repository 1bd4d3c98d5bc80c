import { hasCue } from '../analysis.ts';
import { buysNothing } from '../tender/tender-facts.ts';
import { namedAfter } from './named-after.ts';
import type { Rule } from './rule.ts';

/** Security is to follow "the standards", and none is named in the sentence. */
export const unnamedStandards: Rule = {
  id: 'security/unnamed-standards',
  level: 'warning',
  good: [
    { text: 'Information security must follow international standards such as ISO/IEC 27001.' },
    { text: 'The desks must meet the applicable standards.' },
    { text: 'Security controls must follow the American National Standards Institute.' },
  ],
  bad: [
    { text: 'The information security of the system must follow the latest international standards.' },
    { text: 'La sécurité informatique doit respecter les normes en vigueur.', language: 'fr' },
  ],
  create: ({ report, analysis, standards, strength, tender }) => {
    // In a law or report among the files of a tender it is nobody's demand.
    if (tender && (tender.facts.law || buysNothing(tender.facts.type))) return {};
    const named = new Set(standards.mentions.map((mention) => mention.start));
    return {
      clause(clause, judgement) {
        const cue = clause.hits.find((hit) => hit.sign.cue === 'unnamed');
        if (!cue || judgement.modality !== 'must' || judgement.addressee === 'buyer') return;
        if (strength[clause.index] !== 'strong' && strength[clause.index] !== 'word') return;
        if (hasCue(clause, 'vague') && clause.hits.some((hit) => hit.sign.cue === 'vague' && hit.start === cue.start))
          return;
        for (const start of named) if (start >= clause.start && start < clause.end) return;
        if (namedAfter(analysis.document.text, cue.end)) return;
        report({ clause, start: cue.start, end: cue.end, values: { words: '' } });
      },
    };
  },
};
