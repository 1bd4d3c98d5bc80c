import { readFileSync } from 'node:fs';
import { parse } from '@proviso/documents';

export interface Place {
  start: number;
  end: number;
}

/**
 * Where planted passages stand in the text that the reader makes of the file; null where it lost one, as within markup that it leaves
 * out. Marks of lists and tables are gone there, so that the last line is looked for, cell by cell.
 */
export async function placesOf(file: string, passages: readonly string[]): Promise<Place[] | null> {
  const { text } = await parse(readFileSync(file), file);
  const places = passages.flatMap(pieces).map((piece) => {
    const found = new RegExp(piece.split(/\s+/).map(escaped).join('\\s+')).exec(text);
    return found && { start: found.index, end: found.index + found[0].length };
  });
  return places.every((place) => place !== null) ? places : null;
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
