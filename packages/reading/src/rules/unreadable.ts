import type { Rule } from './rule.ts';

const PARTLY = new Set(['noise', 'scanned', 'partly-scanned', 'cut', 'truncated']);

/** From so many pages on, a picture that fills the first or the last page is its cover; the reading's problems still name it. */
const COVERED_FROM = 10;

/** A part of the document could not be read: the answers come from the rest, and may miss something. Reported at the first words. */
export const unreadable: Rule = {
  id: 'documents/unreadable',
  level: 'warning',
  good: [{ text: 'A document that was read to the end.' }],
  bad: [],
  create: ({ report, analysis, problems }) => ({
    end() {
      const clause = analysis.clauses[0];
      if (!clause) return;
      for (const problem of problems) {
        const { code, pages } = problem;
        const last = analysis.document.pages ?? 0;
        const cover =
          code === 'partly-scanned' && last >= COVERED_FROM && pages?.every((page) => page === 1 || page === last);
        if (PARTLY.has(code) && !cover) report({ clause, end: clause.start, values: { problem: problem.message } });
      }
    },
  }),
};
