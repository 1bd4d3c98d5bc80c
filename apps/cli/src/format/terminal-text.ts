/**
 * Text from outside (a file name, a quote, an error's words) as one line that a terminal only shows: control characters, which it
 * would obey, and marks that turn the direction of writing are taken out.
 */
export function terminalText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
}

/** What a program would read, shown on a terminal: control characters are written as JSON writes them, which in JSON is the same. */
export function terminalData(text: string): string {
  return text.replace(/[\p{Cc}--[\t\n\r]]/gv, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
