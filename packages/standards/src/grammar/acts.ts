/** National acts by number or day, where they are of this field: `arrêté du 22 mars 2019 relatif à la signature électronique`, `Resolução TSE nº 23.501/2016`. */
import { parted } from '../words.ts';
import { at, GAP, type Grammar, lawMember } from './ground.ts';

/** The lists of `words/acts.yaml`. */
export interface NationalActWords {
  acts: Record<string, string>;
  months: string;
  links: string;
  about: string;
}

/** Characters after the number in which the title stands, and before it in which the act's name may. */
const TITLE = 130;
const NAME = 70;

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');

/** The words an act begins with. */
export function actStarts(words: NationalActWords): string[] {
  return [...new Set(Object.values(words.acts).flatMap(parted))];
}

/** Grammar for the acts of these lists; started at one of their words. */
export function nationalActs(words: NationalActWords): Grammar {
  const types = actStarts(words)
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join('|');
  const day = String.raw`\d{1,2}(?:er|\.|º)?\s(?:${parted(words.months).join('|')})(?:\sde|\sdel)?\s(?:19|20)\d\d|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d`;
  const number = String.raw`\d{1,4}(?:\.\d{3})?(?:[/-](?:[A-Z]{1,4}[/-])?\d{2,4})?(?:/[A-Z]{2,6})?|\d{4}:\d{1,4}`;
  const link = `(?:${parted(words.links).join('|')})`;
  const about = new RegExp(`^[\\s,)]*(?:\\([^)]*\\)\\s*)?(?:${parted(words.about).map(escaped).join('|')})`, 'iu');
  const expression = new RegExp(
    `(?:${types})(?![\\p{L}])(?:\\s+\\p{Lu}[\\p{L}.]+){0,3}\\s*(?:${link}${GAP}){0,2}(?:(?:${day})|(?:${number})(?:${GAP},?${GAP}${link}?${GAP}(?:${day}))?)(?![\\p{L}\\d])`,
    'iuy',
  );
  return (ground, start) => {
    const { text, words: phrases } = ground;
    const found = at(expression, text, start);
    if (!found || !/\d{3}|\d[./]\d/.test(found[0])) return [];
    const end = start + found[0].length;
    const title = /^[^.;\n]*/.exec(text.slice(end, end + TITLE))?.[0] ?? '';
    // A name in front of it, of which the act is given in brackets.
    const name = /([^.;\n]*)\($/.exec(text.slice(Math.max(0, start - NAME), start))?.[1] ?? '';
    const digital = (about.test(title) ? phrases.digital.find(title) : null) ?? phrases.digital.find(name);
    if (!digital) return [];
    return [
      {
        start,
        end,
        ...lawMember(found[0]),
        versioned: false,
        reason: `series: an act by its number, beside "${digital}"`,
      },
    ];
  };
}
