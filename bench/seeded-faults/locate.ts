import { readFileSync } from 'node:fs';
import { parse } from '@proviso/documents';

export interface Place {
  start: number;
  end: number;
}

/**
 * Where a planted passage stands in the text that the reader makes of the file. Marks of lists and tables are gone there, so that the
 * last line is looked for, cell by cell.
 * @throws Error where the reader lost it: then nothing can be measured.
 */
export async function placesOf(file: string, passages: readonly string[]): Promise<Place[]> {
  const { text } = await parse(readFileSync(file), file);
  return passages.flatMap((passage) =>
    pieces(passage).map((piece) => {
      const found = new RegExp(piece.split(/\s+/).map(escaped).join('\\s+')).exec(text);
      if (!found) throw new Error(`${file}: the reader has no text "${piece}"`);
      return { start: found.index, end: found.index + found[0].length };
    }),
  );
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function pieces(passage: string): string[] {
  const last = passage.trim().split('\n').at(-1) ?? '';
  if (!last.startsWith('|')) return [passage.trim().replace(/^- /, '')];
  // A cell of a letter or a number stands in many places.
  return last.split('|').flatMap((cell) => (cell.trim().length > 8 ? [cell.trim()] : []));
}

export function overlaps(one: Place, other: Place): boolean {
  return one.start < other.end && other.start < one.end;
}
