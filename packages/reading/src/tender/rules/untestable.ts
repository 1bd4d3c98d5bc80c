import type { Rule } from '../../rules/rule.ts';

/** Security demanded as an absolute: no test can show it, and no product has it. */
export const untestable: Rule = {
  id: 'tender/untestable',
  level: 'warning',
  good: [
    { text: 'The software must have no known exploited vulnerabilities at delivery.' },
    {
      text: 'Au moment de la livraison, le logiciel doit être sans vulnérabilité connue et activement exploitée.',
      language: 'fr',
    },
    { text: 'De software moet bij levering vrij zijn van bekende kritieke kwetsbaarheden.', language: 'nl' },
    { text: 'Die Software muss bei Lieferung frei von bekannten kritischen Schwachstellen sein.', language: 'de' },
  ],
  bad: [
    { text: 'Invitation to tender for software. The information system must be 100% secure.' },
    {
      text: 'Appel d’offres pour un logiciel. Le système d’information doit garantir une sécurité absolue.',
      language: 'fr',
    },
    { text: 'Aanbesteding van software. Het informatiesysteem moet te allen tijde veilig zijn.', language: 'nl' },
    { text: 'Ausschreibung von Software. Das Informationssystem muss absolut sicher sein.', language: 'de' },
  ],
  create: ({ report, tender, analysis, scope }) => ({
    clause(clause, judgement) {
      // Absolutes of other trades ("a perfectly tight roof") are theirs to judge.
      if (!tender || !scope.concernsIct || judgement.modality === 'boilerplate') return;
      const found =
        wholly(analysis.document.text, clause) ??
        (tender.hits[clause.index] ?? []).find(({ sign }) => sign.cue === 'untestable');
      if (!found || judgement.modality === 'context') return;
      // "Under no circumstances shall" may be said of anything.
      const field = clause.hits.some(({ sign }) => sign.cue === 'security' || sign.cue === 'ict');
      if (!field) return;
      // "No data can ever be lost": the verb is part of the absolute, and leaves nothing open.
      const may = clause.hits.some(({ sign, end }) => sign.cue === 'may' && end <= found.start);
      if (judgement.modality === 'may' && may) return;
      // "No known vulnerabilities of severity critical" can be tested: a word of degree beside it makes it a measure.
      const behind = analysis.document.text.slice(found.end, clause.end);
      if (MEASURED.test(behind) && !UNKNOWN.test(behind)) return;
      report({ clause, start: found.start, end: found.end });
    },
  }),
};

/** "Known or unknown" measures nothing. */
const UNKNOWN = /(?:unknown|inconnue?s?|onbekende?|unbekannte?[nrs]?)/i;
const MEASURED =
  /\b(?:known|CVSS|critical|high|severity|connue?s?|critiques?|bekende?|kritieke?|bekannten?|kritischen?)\b/i;

/** "100 % secure": a share of security, in every language of the rules. */
const WHOLLY =
  /100\s?%\s?(?:ig\s)?(?:secure|safe|security|sécurité|veiligheid|beveiliging|Sicherheit|sécurisée?s?|sûre?s?|veilig|beveiligd|sicher)/iu;

function wholly(text: string, { start, end }: { start: number; end: number }): { start: number; end: number } | null {
  const match = WHOLLY.exec(text.slice(start, end));
  return match ? { start: start + match.index, end: start + match.index + match[0].length } : null;
}
