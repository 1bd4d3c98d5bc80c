import type { Rule } from './rule.ts';

const PARTLY = new Set(['noise', 'scanned', 'partly-scanned', 'cut', 'truncated']);

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
        if (PARTLY.has(problem.code)) report({ clause, end: clause.start, values: { problem: problem.message } });
      }
    },
  }),
};
