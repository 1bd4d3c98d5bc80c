import type { Language } from '@proviso/catalogue';

/**
 * One line of text that any reader can show: line breaks and tabs are blanks, and characters that XML does not allow, halves of pairs
 * and marks that turn the reading direction are left out (a title could otherwise show other words than it holds).
 */
export function printable(text: string): string {
  return text
    .replace(/[\t\n\r\u0085\u2028\u2029]+/g, ' ')
    .replace(/\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu, '');
}

/** A line as it is printed in its language: in French, marks that stand off from a word stay on its line. */
export function typeset(text: string, language: Language): string {
  const line = printable(text);
  return language === 'fr' ? line.replace(/ (?=[:;!?»])/g, '\u00a0').replace(/« /g, '«\u00a0') : line;
}

/** At most `length` characters; a longer text ends in an ellipsis and never in half a pair. */
export function shortened(text: string, length: number): string {
  const characters = [...printable(text)];
  return characters.length <= length ? characters.join('') : `${characters.slice(0, length - 1).join('')}…`;
}
