/** One line for a terminal: no line ends, and nothing that a terminal would obey (control and bidirectional override characters). */
export function printable(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
}
