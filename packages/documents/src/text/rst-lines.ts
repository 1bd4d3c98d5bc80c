/** What the lines of a reStructuredText source are. */

const RULE = /^([!-/:-@[-`{-~])\1{2,}\s*$/;
const BULLET = /^([*+•‣⁃-])[ \t]+(?=\S)/;
const ENUMERATOR = /^(\(?(?:\d{1,4}|[a-zA-Z]|[ivxlcdmIVXLCDM]{1,7}|#)[.)])[ \t]+(?=\S)/;
const FIELD = /^:((?:[^:\\\n]|\\.|:(?=\S)){1,100}):(?:[ \t]+|$)/;

export function indentOf(line: string): number {
  let width = 0;
  for (const char of line) {
    if (char === ' ') width++;
    else if (char === '\t') width += 8 - (width % 8);
    else break;
  }
  return width;
}

/** The character of a line that is nothing but one repeated mark; null for others. */
export function ruleOf(line: string | undefined): string | null {
  return line === undefined ? null : (RULE.exec(line)?.[1] ?? null);
}

export interface SectionTitle {
  text: string;
  /** Mark and whether a rule stands above too: the style that tells the level. */
  style: string;
  lines: number;
}

/** A title at `at`: a line with a rule below, or between two rules. Null where there is none. */
export function sectionTitle(lines: readonly string[], at: number): SectionTitle | null {
  const line = lines[at] ?? '';
  const over = ruleOf(line);
  if (over !== null) {
    const text = lines[at + 1]?.trim() ?? '';
    if (text !== '' && ruleOf(lines[at + 2]) === over && ruleOf(lines[at + 1]) === null)
      return { text, style: `${over}${over}`, lines: 3 };
    return null;
  }
  const under = ruleOf(lines[at + 1]);
  if (under === null || line.trim() === '' || /^\s/.test(line)) return null;
  const length = (lines[at + 1] ?? '').trim().length;
  // A shorter rule is a fault docutils warns of; a much shorter one belongs to something else.
  return length >= Math.min(line.trim().length, 4) && length >= line.trim().length * 0.6
    ? { text: line.trim(), style: under, lines: 2 }
    : null;
}

export interface ListMark {
  width: number;
  number: string | undefined;
}

/** The mark of a bullet or enumerated item at the start of `line`; null where there is none. */
export function listMark(line: string): ListMark | null {
  const bullet = BULLET.exec(line);
  if (bullet !== null) return { width: bullet[0].length, number: undefined };
  const enumerator = ENUMERATOR.exec(line);
  if (enumerator === null) return null;
  const number = (enumerator[1] as string).replace(/[().]/g, '');
  return { width: enumerator[0].length, number: number === '#' ? undefined : number };
}

/** `:name: value` at the start of a line. */
export function fieldMark(line: string): { name: string; width: number } | null {
  const found = FIELD.exec(line);
  return found === null || /^[\w:.+-]{1,40}:`/.test(line.slice(1))
    ? null
    : { name: (found[1] as string).trim(), width: found[0].length };
}

/** End of the block of lines from `from` that are blank or indented at least `indent`; trailing blank lines stay out. */
export function indentedEnd(lines: readonly string[], from: number, indent: number): number {
  let at = from;
  let end = from;
  while (at < lines.length) {
    const line = lines[at] as string;
    if (line.trim() !== '') {
      if (indentOf(line) < indent) break;
      end = at + 1;
    }
    at++;
  }
  return end;
}

/** Lines without the indent they have in common. */
export function dedent(lines: readonly string[]): string[] {
  let least = Number.POSITIVE_INFINITY;
  for (const line of lines) if (line.trim() !== '') least = Math.min(least, indentOf(line));
  if (least === Number.POSITIVE_INFINITY || least === 0) return [...lines];
  return lines.map((line) => cut(line, least));
}

function cut(line: string, width: number): string {
  let at = 0;
  let seen = 0;
  while (at < line.length && seen < width && (line[at] === ' ' || line[at] === '\t')) {
    seen += line[at] === '\t' ? 8 - (seen % 8) : 1;
    at++;
  }
  return ' '.repeat(Math.max(0, seen - width)) + line.slice(at);
}
