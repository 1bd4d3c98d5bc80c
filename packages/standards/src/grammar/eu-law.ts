/** Acts of the European Union by number, in any of its languages: `Regulation (EU) 2016/679`, `règlement (UE) n° 910/2014`, `Richtlinie 95/46/EG`. */
import { at, type Candidate, GAP, type Grammar, lawMember } from './ground.ts';

export type ActKind = 'regulation' | 'directive' | 'decision' | 'recommendation';

/** The lists of `words/eu-law.yaml`. */
export type ActWords = Record<ActKind | 'union' | 'european' | 'number' | 'of', string[]>;

export interface Act {
  kind: ActKind;
  year: string;
  number: string;
  /** Its being European is written, not only guessed from its number. */
  marked: boolean;
  length: number;
}

const made = new WeakMap<ActWords, Map<ActKind, RegExp>>();
const KINDS: readonly ActKind[] = ['regulation', 'directive', 'decision', 'recommendation'];

function expressions(words: ActWords): Map<ActKind, RegExp> {
  const known = made.get(words);
  if (known) return known;
  const union = `(?:${words.union.join('|')})`;
  const fresh = new Map<ActKind, RegExp>();
  for (const kind of KINDS) {
    const stems = words[kind].join('|');
    fresh.set(
      kind,
      new RegExp(
        `(?:${stems})\\p{L}*(?<filler>(?:\\s+(?!${union}\\b)[\\p{L}'’-]+){0,4}?)` +
          `(?<before>\\s*[(\\[]?(?<![\\p{L}])${union}(?![\\p{Script=Latin}])(?:,\\s?${union})?[)\\]]?)?` +
          `\\s*(?:(?:${words.number.join('|')})${GAP})?` +
          `(?<a>\\d{1,4})(?:${GAP}/${GAP}|\\s+(?:${words.of.join('|')})\\s+)(?<b>\\d{1,4})(?!\\d)` +
          `(?<after>${GAP}/${GAP}${union}(?![\\p{Script=Latin}])|\\s?\\(${union}\\))?`,
        'iuy',
      ),
    );
  }
  made.set(words, fresh);
  return fresh;
}

const isYear = (n: string) => /^(?:19[5-9]\d|20[0-4]\d)$/.test(n);

/** The act that is named at `index`, if one is. */
export function readAct(words: ActWords, text: string, index: number): Act | null {
  for (const [kind, expression] of expressions(words)) {
    const found = at(expression, text, index);
    if (!found?.groups) continue;
    const { a = '', b = '', before, after, filler = '' } = found.groups;
    const european = words.european.some((word) => filler.toLowerCase().includes(word));
    const marked = before !== undefined || after !== undefined || european;
    // A regulation before 2015 is number/year; everything else, and every later one, is year/number.
    let year: string;
    let number: string;
    if (isYear(a) && !(isYear(b) && kind === 'regulation' && Number(b) < 2015)) [year, number] = [a, b];
    else if (isYear(b)) [year, number] = [b, a];
    else if (a.length === 2 && after !== undefined) [year, number] = [`19${a}`, b];
    else continue;
    return { kind, year, number: String(Number(number)), marked, length: found[0].length };
  }
  return null;
}

/** Characters after its number in which the title of an act says what it is about. */
const TITLE = 220;

/** Key of an act in the table of known acts. */
export const actKey = (act: Act): string => `${act.kind} ${act.year}/${act.number}`;

/** How the act is cited in English: `Regulation (EU) 2016/679`, `Regulation (EU) No 910/2014`, `Directive 95/46/EC`. */
function englishName(act: Act): string {
  const kind = act.kind.charAt(0).toUpperCase() + act.kind.slice(1);
  const year = Number(act.year);
  if (year >= 2015) return `${kind} (EU) ${act.year}/${act.number}`;
  const union = year >= 2010 ? 'EU' : 'EC';
  const short = year < 2000 ? act.year.slice(2) : act.year;
  return act.kind === 'regulation'
    ? `Regulation (${union}) No ${act.number}/${act.year}`
    : `${kind} ${short}/${act.number}/${union}`;
}

/** Grammar over a table of known acts, key to id. */
export function euLaw(words: ActWords, known: ReadonlyMap<string, string>): Grammar {
  return (ground, start): Candidate[] => {
    const act = readAct(words, ground.text, start);
    if (!act) return [];
    const end = start + act.length;
    const id = known.get(actKey(act));
    if (id !== undefined) return [{ start, end, id, versioned: false, reason: 'id' }];
    // The Union's acts are about everything: one that is not known here counts only where its title says so.
    const digital = act.marked ? ground.words.digital.find(ground.text.slice(end, end + TITLE)) : null;
    if (!digital) return [];
    const reason = `series: an act of the European Union on "${digital}"`;
    return [{ start, end, ...lawMember(englishName(act), 'European Union'), versioned: false, reason }];
  };
}
