/**
 * Takes white space off both ends: space and tab, or what is named. Not `trim`, which also takes off characters (a no-break space, say)
 * that belong to a value for everybody else; and not a pattern, whose time grows with the square of a run of blanks.
 */
export function stripBlanks(text: string, blanks = ' \t'): string {
  let start = 0;
  let end = text.length;
  while (start < end && blanks.includes(text.charAt(start))) start += 1;
  while (end > start && blanks.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
