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
  const lines = passage.trim().split('\n');
  const rows = lines.filter((line) => line.startsWith('|'));
  // Below the head and its rule, if there is one; a cell of a letter or a number stands in many places.
  const body = rows.slice(rows.findIndex((row) => /^[|\s:-]+$/.test(row)) + 1);
  if (body.length > 0)
    return body.flatMap((row) => row.split('|').flatMap((cell) => (cell.trim().length > 8 ? [cell.trim()] : [])));
  const listed = lines.filter((line) => LISTED.test(line));
  // Of a list each line stands alone; a sentence may run over several.
  return listed.length === 0 ? [passage.trim()] : listed.map((line) => line.replace(LISTED, '').trim());
}

/** The mark of an item of a list. */
const LISTED = /^\s*(?:[-*+]|\d+[.)])\s+/;

export function overlaps(one: Place, other: Place): boolean {
  return one.start < other.end && other.start < one.end;
}
