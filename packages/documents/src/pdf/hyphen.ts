/** PDFium's mark for a hyphen at the end of a line. */
const MARK = '\uFFFE';

/** Short words after which a hyphen at the line end stands for an omitted part: `Informations- und`, `in- en uitvoer`. */
const CONJUNCTION =
  /^(?:und|oder|bzw|sowie|bis|en|of|and|or|et|ou|e|ed|o|y|u|og|eller|och|samt|ja|tai|või|i|oraz|lub|to)(?=[\s,.;:)]|$)/iu;

/**
 * Joins a text with the line after it. A word divided at the line end becomes whole; hyphens that belong to a name, a number or
 * a compound stay. `known` holds words of the same document in lower case and decides what grammar cannot.
 */
export function joinLines(text: string, next: string, known?: ReadonlySet<string>): string {
  const last = text.at(-1);
  if (last === MARK || last === '-' || last === '\u00AD' || last === '\u2010') {
    const before = text.slice(0, -1);
    return before + joint(before, next, known) + next;
  }
  if (last !== undefined && isWide(last) && isWide(next.at(0) ?? '')) return text + next;
  return `${text} ${next}`;
}

/** What stands between the two halves: nothing, a hyphen, or a hyphen and a space. */
function joint(before: string, next: string, known: ReadonlySet<string> | undefined): '' | '-' | '- ' {
  const head = /[\p{L}\p{N}]+$/u.exec(before)?.[0] ?? '';
  const tail = /^[\p{L}\p{N}]+/u.exec(next)?.[0] ?? '';
  if (head === '') return before.endsWith(' ') || before === '' ? '- ' : '-';
  if (CONJUNCTION.test(next)) return '- ';
  if (/\p{N}/u.test(head) || /^\p{N}/u.test(tail)) return '-';
  if (/^\p{Lu}/u.test(tail))
    return /^\p{Lu}+$/u.test(head + tail) && head.length + tail.length > 9 && head.length > 2 ? '' : '-';
  if (/^\p{Lu}{2,}$/u.test(head)) return '-';
  if (/[\p{L}\p{N}]-[\p{L}\p{N}]+$/u.test(before)) return '-';
  if (known !== undefined) {
    if (known.has((head + tail).toLowerCase())) return '';
    if (known.has(`${head}-${tail}`.toLowerCase())) return '-';
  }
  return '';
}

/** Inside a text: a mark in the middle of a line is a plain hyphen, or one PDFium joined by itself. */
export function mendMarks(text: string): string {
  return text.includes(MARK) ? text.replaceAll(/\uFFFE(?=\s|$)/g, '-').replaceAll(MARK, '') : text;
}

/** Words and hyphenated words of lines, lower case; what `joinLines` looks up. */
export function knownWords(lines: Iterable<string>): Set<string> {
  const words = new Set<string>();
  for (const line of lines) {
    for (const [word] of line.matchAll(/\p{L}+(?:-\p{L}+)*/gu)) words.add(word.toLowerCase());
  }
  return words;
}

/** Scripts written without spaces between words. */
function isWide(character: string): boolean {
  return /[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef\u0e00-\u0e7f]/.test(character);
}
