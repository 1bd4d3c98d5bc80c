import { styleText } from 'node:util';

/** What a terminal would obey instead of showing it: control characters, and marks that turn the direction of writing. */
const OBEYED = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text from outside (a file name, a quote, an error's words) as one line that a terminal only shows. */
export function printable(text: string): string {
  return text.replace(/\s+/g, ' ').replace(OBEYED, '').trim();
}

/**
 * What a program would read, shown on a terminal: line ends and tabs stay, whatever else a terminal would obey is written as JSON
 * writes it, which in JSON is the same.
 */
export function printableData(text: string): string {
  return text.replace(OBEYED, (character, at: number) =>
    character === '\n' || character === '\t' || (character === '\r' && text[at + 1] === '\n')
      ? character
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A text in a colour or weight, or as it is where none are written. */
export type Style = (format: Parameters<typeof styleText>[0], text: string) => string;

export function styler(color: boolean): Style {
  return color ? (format, text) => styleText(format, text, { validateStream: false }) : (_, text) => text;
}

/**
 * Whether to write colours: to a terminal that knows them, and not where `NO_COLOR` holds anything (https://no-color.org).
 */
export function wantsColour(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): boolean {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}
