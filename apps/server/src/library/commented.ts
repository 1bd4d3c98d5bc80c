import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Catalogue, LANGUAGES, type Language, worded } from '@proviso/catalogue';
import { ruleDescriptions } from '@proviso/reading';
import type { FileStore } from '@proviso/store';
import { HttpProblem } from '../http/problem.ts';
import { write } from '../messages/words.ts';
import type { AnnotateJob } from './child-job.ts';
import type { KeptReading, Linted, ShownFinding } from './kept-reading.ts';
import { inSandbox, withFolder } from './sandbox.ts';

/** The rule that lists what a tender does not ask; its findings at one place become one comment. */
const LISTED = 'tender/coverage';

/**
 * A buyer's own Word file with the linter's comments on its very words, and, where asked for, clauses for what is missing.
 * @throws HttpProblem 422 `not-word` for another format, 422 with the reader's code when the child could not write it
 */
export async function commentedWord(
  files: FileStore,
  sha256: string,
  kept: KeptReading,
  linted: Linted,
  { catalogue, date, suggest }: { catalogue: Catalogue; date: string; suggest: boolean },
): Promise<Buffer> {
  if (kept.reading.source.format !== 'docx') throw new HttpProblem(422, 'not-word');
  return await withFolder(files, [{ sha256, as: 'draft.docx' }], async (folder) => {
    const out = join(folder, 'commented.docx');
    const outcome = await inSandbox({
      kind: 'annotate',
      file: join(folder, 'draft.docx'),
      out,
      date,
      notes: notesOf(linted.findings, kept.language, catalogue),
      proposals: suggest ? proposalsOf(linted, catalogue, kept) : [],
    });
    if (!outcome.ok) throw new HttpProblem(422, 'cannot-comment', { values: { problem: outcome.problem.code } });
    return await readFile(out);
  });
}

/** One comment for all findings on the same words, so that a place is not buried under bubbles. */
function notesOf(findings: readonly ShownFinding[], language: Language, catalogue: Catalogue): AnnotateJob['notes'] {
  const why = new Map(ruleDescriptions(language, 'tender').map((rule) => [rule.id, rule.why]));
  const groups = Map.groupBy(findings, ({ start, end }) => `${start}-${end}`);
  return [...groups.values()].map((group) => {
    const [{ start, end } = { start: 0, end: 0 }] = group;
    const missing = group.filter(({ rule }) => rule === LISTED);
    return {
      start,
      end,
      paragraphs: [
        ...group
          .filter(({ rule }) => rule !== LISTED)
          .flatMap(({ rule, message, fix }) => [`${message}${fix ? ` ${fix}` : ''}`, why.get(rule) ?? '', `[${rule}]`]),
        ...(missing.length === 0
          ? []
          : [
              write('comment.missing', language),
              ...missing.map(({ requirement = '' }) => `– ${requirement} ${titleOf(catalogue, requirement, language)}`),
              `[${LISTED}]`,
            ]),
      ].filter((text) => text !== ''),
    };
  });
}

const titleOf = (catalogue: Catalogue, requirement: string, language: Language): string =>
  catalogue.requirements.find(({ id }) => id === requirement)?.title[language] ?? '';

/** Clauses for what no document of the purchase asks, in this document's own language where the catalogue has it. */
function proposalsOf(
  { dossier: { demand, findings } }: Linted,
  catalogue: Catalogue,
  { reading, language: fallback }: KeptReading,
): AnnotateJob['proposals'] {
  if (!demand) return [];
  const language = LANGUAGES.find((one) => one === reading.source.language) ?? fallback;
  const missing = new Set(findings.filter(({ absent }) => absent).map(({ requirement }) => requirement));
  const clauses = demand.requirements
    .filter(({ id }) => missing.has(id))
    .map((one) => worded(demand, one, catalogue, language));
  if (clauses.length === 0) return [];
  return [
    {
      after: null,
      paragraphs: [
        { text: write('comment.proposed', language), bold: true },
        ...(clauses.some(({ draft }) => draft) ? [{ text: write('comment.draft', language) }] : []),
        ...clauses.flatMap(({ id, title, clause, remedy }) => [
          { text: `${id} ${title}`, bold: true },
          { text: clause },
          { text: remedy },
        ]),
      ],
    },
  ];
}
