import type { Catalogue, DemandFile, Language } from '@proviso/catalogue';
import type { Paper } from '../paper/blocks.ts';
import { htmlPage } from '../paper/html-page.ts';
import { wordFile } from '../paper/word-file.ts';
import { policyPaper } from './policy.ts';
import { standardsPaper } from './standards-explained.ts';
import { trainingPaper } from './training.ts';
import { yearlyReportPaper } from './yearly-report.ts';

/** One paper of the toolkit, as a Word file to change and as a page to read. */
export interface Tool {
  /** Name for files, without an ending. */
  name: 'procurement-policy' | 'yearly-report' | 'standards-explained' | 'training-course';
  docx: Uint8Array;
  html: string;
}

/**
 * What an organisation needs to make a rule of it: a model policy, the yearly report, a page on each standard, and a course. Made from
 * the catalogue; the report is filled in from `demands` where they are given.
 */
export async function toolkit(
  catalogue: Catalogue,
  language: Language,
  demands: readonly DemandFile[] = [],
): Promise<Tool[]> {
  const papers: [Tool['name'], Paper][] = [
    ['procurement-policy', policyPaper(catalogue, language)],
    ['yearly-report', yearlyReportPaper(catalogue, language, demands)],
    ['standards-explained', standardsPaper(catalogue, language)],
    ['training-course', trainingPaper(catalogue, language)],
  ];
  return Promise.all(
    papers.map(async ([name, paper]) => ({ name, docx: await wordFile(paper), html: htmlPage(paper) })),
  );
}
