import { placeInText, type RunPlace } from '@proviso/documents';
import type { Insertion } from './insertions.ts';

/**
 * Marks of runs that we split, as revision ids: Word keeps them, readers ignore them, and taking our comments out finds them. The last
 * digit says what was done: between two parts of a run, inside a text that kept its spaces already, inside one that had to be told to.
 */
export const SPLIT = { between: '0050C0D2', inText: '0050C0D0', inPlainText: '0050C0D1' } as const;

/** The places where a run is cut, by the offset of the character that comes after the cut, with what stands there. */
export type Cuts = ReadonlyMap<number, { before: string; after: string }>;

/**
 * Insertions that put marks into a run: `before` closes what ends there, `after` opens what begins there. At the edges of a run nothing
 * is split; a cut inside something that cannot be split (deleted text, a formula) moves to its end.
 */
export function cutRun(xml: string, run: RunPlace, cuts: Cuts): Insertion[] {
  const insertions: Insertion[] = [];
  const told = new Set<number>();
  for (const [offset, { before, after }] of [...cuts].sort(([a], [b]) => a - b)) {
    const marks = before + after;
    let shown = 0;
    let done = false;
    for (const [i, piece] of run.pieces.entries()) {
      const from = shown;
      shown += piece.length;
      if (offset > shown || (offset === shown && i < run.pieces.length - 1 && piece.length > 0)) continue;
      if (offset === from && i === 0) insertions.push({ at: run.start, text: marks, order: 0 });
      else if (offset >= shown && i === run.pieces.length - 1) insertions.push({ at: run.end, text: marks, order: 0 });
      else if (offset === from || !piece.text)
        insertions.push({
          at: offset === from ? piece.start : piece.end,
          text: split('', marks, SPLIT.between, run, ''),
          order: 0,
        });
      else {
        const { inner, innerEnd, keepsSpace } = piece.text;
        const plain = !keepsSpace && !told.has(i);
        if (plain) insertions.push({ at: piece.start + '<w:t'.length, text: PRESERVE, order: 0 });
        told.add(i);
        insertions.push({
          at: placeInText(xml, inner, innerEnd, offset - from),
          text: split('</w:t>', marks, plain ? SPLIT.inPlainText : SPLIT.inText, run, `<w:t${PRESERVE}>`),
          order: 0,
        });
      }
      done = true;
      break;
    }
    if (!done) insertions.push({ at: offset === 0 ? run.start : run.end, text: marks, order: 0 });
  }
  return insertions;
}

const PRESERVE = ' xml:space="preserve"';

function split(close: string, marks: string, id: string, run: RunPlace, open: string): string {
  return `${close}</w:r>${marks}<w:r w:rsidR="${id}">${run.properties}${open}`;
}

/** Joins what `cutRun` split, once the marks are out: the original XML again. */
export function joinRuns(xml: string): string {
  const inText = `</w:t></w:r><w:r w:rsidR="(${SPLIT.inText}|${SPLIT.inPlainText})">${PROPERTIES}<w:t${PRESERVE}>`;
  const between = `</w:r><w:r w:rsidR="${SPLIT.between}">${PROPERTIES}`;
  let out = '';
  let last = 0;
  for (const match of xml.matchAll(new RegExp(`${inText}|${between}`, 'g'))) {
    let head = xml.slice(last, match.index);
    if (match[1] === SPLIT.inPlainText) {
      const at = head.lastIndexOf(`<w:t${PRESERVE}`);
      if (at >= 0) head = `${head.slice(0, at)}<w:t${head.slice(at + 4 + PRESERVE.length)}`;
    }
    out += head;
    last = match.index + match[0].length;
  }
  return out + xml.slice(last);
}

/** The properties of a run, which may hold an older form of themselves (`w:rPrChange`). */
const PROPERTIES =
  '(?:<w:rPr>(?:(?!<w:rPr>|</w:rPr>)[\\s\\S]|<w:rPr>(?:(?!</w:rPr>)[\\s\\S])*</w:rPr>)*</w:rPr>|<w:rPr/>)?';
