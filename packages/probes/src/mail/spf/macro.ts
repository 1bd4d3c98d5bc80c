import { type Address, dotted, formatAddress } from '../address.ts';

/** A piece of a macro string (RFC 7208 section 7.1): text as it is, or a letter with what is done to its value. */
export type MacroPart =
  | { text: string }
  | { letter: string; keep: number | null; reverse: boolean; delimiters: string; escape: boolean };

/** Where a macro string is wrong: offset from its start. */
export interface MacroError {
  code: 'macro-syntax' | 'macro-letter' | 'character';
  at: number;
}

const EXPANSION = /%(?:\{([a-zA-Z])(\d*)(r?)([.\-+,/_=]*)\}|([%_-]))/iy;
const LETTERS = 'slodiphv';
/** Only in the text of an explanation (RFC 7208 section 7.2). */
const EXPLANATION_LETTERS = `${LETTERS}crt`;

/**
 * Reads a macro string.
 * @param explanation the text that `exp=` points to: spaces and the letters c, r and t are allowed
 */
export function parseMacro(text: string, explanation = false): MacroPart[] | MacroError {
  const parts: MacroPart[] = [];
  const letters = explanation ? EXPLANATION_LETTERS : LETTERS;
  let literal = '';
  for (let at = 0; at < text.length; ) {
    const character = text[at] ?? '';
    if (character !== '%') {
      if (character < (explanation ? ' ' : '!') || character > '~') return { code: 'character', at };
      literal += character;
      at += 1;
      continue;
    }
    EXPANSION.lastIndex = at;
    const found = EXPANSION.exec(text);
    if (found === null) return { code: 'macro-syntax', at };
    const [whole, letter, digits = '', reverse = '', delimiters = '', sign] = found;
    at = EXPANSION.lastIndex;
    if (letter === undefined) {
      literal += sign === '%' ? '%' : sign === '_' ? ' ' : '%20';
      continue;
    }
    if (!letters.includes(letter.toLowerCase())) return { code: 'macro-letter', at: at - whole.length };
    if (digits !== '' && Number(digits) === 0) return { code: 'macro-syntax', at: at - whole.length };
    if (literal !== '') parts.push({ text: literal });
    literal = '';
    parts.push({
      letter: letter.toLowerCase(),
      keep: digits === '' ? null : Math.min(Number(digits), 128),
      reverse: reverse !== '',
      delimiters: delimiters === '' ? '.' : delimiters,
      escape: letter !== letter.toLowerCase(),
    });
  }
  if (literal !== '') parts.push({ text: literal });
  return parts;
}

/** What the letters stand for. `validated` is the name for `p`, found before, or `unknown`. */
export interface MacroValues {
  sender: string;
  domain: string;
  address: Address;
  helo: string;
  validated: string;
  /** Who judges, and when (seconds): for explanations. */
  receiver: string;
  now: number;
}

/** Puts values in the place of letters (RFC 7208 section 7.3). */
export function expandMacro(parts: readonly MacroPart[], values: MacroValues): string {
  return parts.map((part) => ('text' in part ? part.text : transformed(part, valueFor(part.letter, values)))).join('');
}

function valueFor(letter: string, { sender, domain, address, helo, validated, receiver, now }: MacroValues): string {
  const at = sender.lastIndexOf('@');
  switch (letter) {
    case 's':
      return sender;
    case 'l':
      return sender.slice(0, at);
    case 'o':
      return sender.slice(at + 1);
    case 'd':
      return domain;
    case 'i':
      return dotted(address);
    case 'p':
      return validated;
    case 'v':
      return address.length === 4 ? 'in-addr' : 'ip6';
    case 'h':
      return helo;
    case 'c':
      return formatAddress(address);
    case 'r':
      return receiver;
    default:
      return String(now);
  }
}

function transformed(part: Exclude<MacroPart, { text: string }>, value: string): string {
  let pieces = [''];
  for (const character of value) {
    if (part.delimiters.includes(character)) pieces.push('');
    else pieces[pieces.length - 1] += character;
  }
  if (part.reverse) pieces.reverse();
  if (part.keep !== null) pieces = pieces.slice(-part.keep);
  const joined = pieces.join('.');
  return part.escape ? escaped(joined) : joined;
}

/** Everything but the unreserved characters of RFC 3986 as %XX. */
function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9\-._~]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}
