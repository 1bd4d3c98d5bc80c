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
