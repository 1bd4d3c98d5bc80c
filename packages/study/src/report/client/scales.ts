import type { Question, ReportDocument } from '../data.ts';

/** The three ordinal scales, weakest value first, as the codebook has them. */
export const SCALES: Record<Question, readonly string[]> = {
  scope: ['none', 'general', 'chapter', 'dedicated'],
  security: ['none', 'passing', 'aspiration', 'process', 'requirement', 'proof'],
  standards: ['none', 'unnamed', 'management', 'named', 'versioned', 'tested'],
};
export const QUESTIONS: readonly Question[] = ['scope', 'security', 'standards'];

/** Depth of colour of each value, 0 (hollow) to 5. */
const SHADES: Record<Question, readonly number[]> = {
  scope: [0, 2, 4, 5],
  security: [0, 1, 2, 3, 4, 5],
  standards: [0, 1, 2, 3, 4, 5],
};

export function shadeOf(question: Question, value: string): number {
  return SHADES[question][SCALES[question].indexOf(value)] ?? 0;
}

/** How an answer came about. `open`: people differ, so the machine's value stands for now. */
export type Maker = 'machine' | 'people' | 'open';

export interface Answer {
  value: string | null;
  maker: Maker;
}

/** Codes made in this page and not yet in the study: document path, then question, to value. */
export type PageCodes = ReadonlyMap<string, Partial<Record<Question, string>>>;

/** The answer that counts: what this page's coder says, else what people settled on, else the machine's. */
export function answerOf(doc: ReportDocument, question: Question, codes?: PageCodes): Answer {
  const here = codes?.get(doc.path)?.[question];
  if (here !== undefined) return { value: here, maker: 'people' };
  const confirmed = doc.confirmed[question];
  if (confirmed && confirmed.value !== null) return { value: confirmed.value, maker: 'people' };
  return { value: doc[question], maker: confirmed ? 'open' : 'machine' };
}
