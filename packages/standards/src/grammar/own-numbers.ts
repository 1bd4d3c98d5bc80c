/** Numbers of national and other bodies that are no adoption of anything, known by their form (`words/bodies.yaml`). */
import type { Words } from '../words.ts';
import { at, type Candidate, DASH, type Ground, JOIN } from './ground.ts';

const YEAR = String.raw`(?:19[4-9]\d|20[0-4]\d)`;

/** A prefix as a regular expression. */
export function prefixPattern(prefix: string): string {
  return prefix.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace('/', JOIN);
}

/** A number of a body's own form at `start`: `DIN 66399`, `NF Z42-013`, `ANSI/TIA-942`. */
export function ownNumbers(ground: Ground, start: number): Candidate[] {
  for (const { prefix, expression } of ownForms(ground.words, ground.text.charAt(start))) {
    const found = at(expression, ground.text, start);
    if (!found) continue;
    const end = start + found[0].length;
    const number = (found[1] as string).replace(/\s+/g, ' ');
    const id = [`${prefix} ${number}`, `${prefix}-${number}`, `${prefix} ${number.replace(' ', '')}`].find(
      (one) => ground.lookup.get(one) || ground.lookup.editions(one).length > 0,
    );
    if (id === undefined)
      return [{ start, end, id: null, versioned: false, reason: `open: a number of the form of ${prefix}` }];
    return [{ start, end, id, versioned: false, reason: 'id' }];
  }
  return [];
}

interface OwnForm {
  prefix: string;
  expression: RegExp;
}

const ownMade = new WeakMap<Words, Map<string, OwnForm[]>>();

/** The forms of the bodies whose prefix starts with this letter. */
function ownForms(words: Words, letter: string): OwnForm[] {
  let known = ownMade.get(words);
  if (!known) {
    known = new Map();
    for (const { prefix, own } of [...words.national, ...words.other]) {
      if (own.length === 0) continue;
      // "DS-001" is how a buyer numbers his questions: two letters and figures need a blank between them.
      const joins = prefix.length > 2 ? JOIN : `(?:\\s{0,2}(?!0)|${DASH}(?=\\p{Lu}))`;
      const expression = new RegExp(
        `${prefixPattern(prefix)}${joins}(${own.join('|')})(?![\\p{Script=Latin}\\d])(?!\\.\\d)(?:\\s?[:(]\\s?${YEAR}\\)?)?`,
        'uy',
      );
      const list = known.get(prefix.charAt(0)) ?? [];
      known.set(prefix.charAt(0), [...list, { prefix, expression }]);
    }
    ownMade.set(words, known);
  }
  return known.get(letter) ?? [];
}
