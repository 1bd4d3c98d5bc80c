import type { Analysis } from '../analysis.ts';
import { demandingBlocks } from './blocks.ts';
import type { TenderCue, TenderSign, TenderWords } from './tender-words.ts';

/** Signs of the tender words in each clause, by its index. */
export type TenderHits = readonly (readonly { sign: TenderSign; start: number; end: number }[])[];

/** What a document shows of a tender before any clause is judged. */
export interface TenderSigns {
  hits: TenderHits;
  /** One byte a block: 1 where its form makes it a demand (`blocks.ts`). */
  demanded: Uint8Array;
}

/** Whether a clause has a sign of a cue. */
export function says(hits: TenderHits[number] | undefined, cue: TenderCue): boolean {
  return (hits ?? []).some(({ sign }) => sign.cue === cue);
}

/** Looks for the tender words in every clause: one pass over the text. */
export function tenderSigns({ document, clauses }: Analysis, words: TenderWords): TenderSigns {
  const hits = clauses.map((clause) => {
    const own: { sign: TenderSign; start: number; end: number }[] = [];
    words.matcher.scan(document.text, clause.start, clause.end, (sign, start, end) => {
      own.push({ sign, start, end });
    });
    return own;
  });
  return { hits, demanded: demandingBlocks(document, words) };
}
