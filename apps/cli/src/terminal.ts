/** One line for a terminal: no line ends, and nothing that a terminal would obey (control and bidirectional override characters). */
export function printable(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
}

/**
 * Whether to write colours: to a terminal that knows them, and not where `NO_COLOR` holds anything (https://no-color.org).
 */
export function wantsColour(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): boolean {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}
