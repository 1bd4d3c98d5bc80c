import { type Catalogue, type Demand, LANGUAGES, type Language, worded } from '@proviso/catalogue';
import { type Finding, ruleDescriptions } from '@proviso/reading';
import { say, wordsOf } from '../messages.ts';
import type { AnnotateJob } from './annotate-file.ts';

/** The rule that lists what a tender does not ask; its findings at one place become one list. */
const LISTED = 'tender/coverage';

type Found = Pick<Finding, 'rule' | 'message' | 'fix' | 'start' | 'end'> & { requirement?: string; absent?: true };

/** One comment for all findings on the same words, so that a place is not buried under bubbles. */
export function lintNotes(findings: readonly Found[], language: Language, catalogue: Catalogue): AnnotateJob['notes'] {
  const words = wordsOf('lint-comments', language);
  const why = new Map(ruleDescriptions(language, 'tender').map((rule) => [rule.id, rule.why]));
  const titleOf = (id: string): string => catalogue.requirements.find((one) => one.id === id)?.title[language] ?? '';
  const groups = Map.groupBy(findings, ({ start, end }) => `${start}-${end}`);
  return [...groups.values()].map((group) => {
    const [{ start, end } = { start: 0, end: 0 }] = group;
    const missing = group.filter(({ rule }) => rule === LISTED);
    const said = group
      .filter(({ rule }) => rule !== LISTED)
      .flatMap(({ rule, message, fix }) => [`${message}${fix ? ` ${fix}` : ''}`, why.get(rule) ?? '', `[${rule}]`]);
    const listed = missing.map(({ requirement = '' }) => `– ${requirement} ${titleOf(requirement)}`);
    const paragraphs = listed.length > 0 ? [...said, say(words, 'missing'), ...listed, `[${LISTED}]`] : said;
    return { start, end, paragraphs: paragraphs.filter((text) => text !== '') };
  });
}

/**
 * Clauses for what is missing from a tender, to be proposed at the end of a document: in the language it is `written` in where the catalogue
 * has it, else in `fallback`. Nothing where no demand is known.
 */
export function lintProposals(
  { demand, findings }: { demand: Demand | null; findings: readonly Found[] },
  catalogue: Catalogue,
  written: string | null,
  fallback: Language,
): AnnotateJob['proposals'] {
  if (!demand) return [];
  const language = LANGUAGES.find((one) => one === written) ?? fallback;
  const words = wordsOf('lint-comments', language);
  const missing = new Set(findings.filter(({ absent }) => absent).map(({ requirement }) => requirement));
  const clauses = demand.requirements
    .filter(({ id }) => missing.has(id))
    .map((one) => worded(demand, one, catalogue, language));
  if (clauses.length === 0) return [];
  return [
    {
      after: null,
      paragraphs: [
        { text: say(words, 'proposed'), bold: true },
        ...(clauses.some(({ draft }) => draft) ? [{ text: say(words, 'draft') }] : []),
        ...clauses.flatMap(({ id, title, clause, remedy }) => [
          { text: `${id} ${title}`, bold: true },
          { text: clause },
          { text: remedy },
        ]),
      ],
    },
  ];
}
