/** IEEE: `IEEE 802.1X`, `802.11a/b/g/n/ac`, `IEEE Std 802.3af`, `IEEE 802.1X-2010`, `IEEE 1363`. */
import { afterJoiner, at, type Candidate, DASH, GAP, type Grammar, type Ground, JOIN } from './ground.ts';

const BODY = String.raw`(?:(?:ANSI${JOIN})?IEEE(?:${JOIN}(?:Std\.?|Standards?|St|norma?|Norm))?${JOIN})`;
const NUMBER = String.raw`802(?:\.(\d{1,2}(?:\.\d)?))${GAP}([A-Z]{1,2}[a-z]{0,2}|[a-z]{1,2})?(?![\p{Script=Latin}])`;
const NAMED = new RegExp(`${BODY}${NUMBER}`, 'uy');
const BARE = new RegExp(NUMBER, 'uy');
const OTHER = new RegExp(String.raw`${BODY}(\d{3,5}(?:\.\d{1,2}){0,2})(?!\d)`, 'uy');
const YEAR = new RegExp(String.raw`(?:${DASH}|${GAP}:${GAP})((?:19|20)\d\d)(?!\d)`, 'uy');
/** `/b/g/n/ac`, `, .3at`: letters that go on after a slash, or with the number's last piece again. */
const LETTERS = /(?:(?:802)?\.?(\d{1,2}))?\s?([a-z]{1,2}|[A-Z]{1,2})(?![\p{Script=Latin}\p{N}])/uy;
/** 802.11 is a family of amendments: any of them is named by its letters whether the registry lists it or not. */
const PARTS = new Set(['1', '2', '3', '11', '15', '15.1', '15.4', '16', '17', '21', '22']);

function pick(
  ground: Ground,
  start: number,
  end: number,
  number: string,
  letters: string,
  reason: string,
): Candidate | null {
  const { text, lookup } = ground;
  const year = at(YEAR, text, end);
  const base = `IEEE 802.${number}`;
  const known = (id: string) => lookup.get(id) !== undefined || lookup.editions(id).length > 0;
  // `802.1x` is how most people write 802.1X.
  const forms =
    letters === ''
      ? [base]
      : [`${base}${letters}`, `${base}${letters.toUpperCase()}`, `${base}${letters.toLowerCase()}`];
  const family = forms.find(known) ?? (known(base) || PARTS.has(number) ? base : undefined);
  if (family === undefined) return null;
  if (year) {
    const dated = `${family}-${year[1]}`;
    const stop = end + year[0].length;
    if (lookup.get(dated)) return { start, end: stop, id: dated, versioned: true, reason };
    return {
      start,
      end: stop,
      id: family,
      versioned: true,
      unknown: year[1] as string,
      reason: `${reason}: no record of an edition of ${year[1]}`,
    };
  }
  return { start, end, id: family, versioned: false, reason };
}

function eight(ground: Ground, start: number, found: RegExpExecArray): Candidate[] {
  const { text } = ground;
  const number = found[1] as string;
  let end = start + found[0].trimEnd().length;
  const letters = found[2] ?? '';
  // "802.11 a wireless network": a letter after a blank is a word, unless more letters follow by slashes.
  const loose = letters !== '' && /\s$/.test(found[0].slice(0, -letters.length));
  const list = /^\s?[/,]/.test(text.slice(end));
  const first = pick(
    ground,
    start,
    loose && !list ? end - letters.length - 1 : end,
    number,
    loose && !list ? '' : letters,
    'id',
  );
  if (!first) return [];
  const out = [first];
  end = first.end;
  if (letters === '' && !/^\s?[a-z]{1,2}\//.test(text.slice(end, end + 5))) return out;
  for (;;) {
    const next = afterJoiner(ground, end);
    const item = next < 0 ? null : at(LETTERS, text, next);
    // Only a slash joins bare letters; after a comma or a word the number's last piece stands again.
    if (!item || (item[1] === undefined && !/[/,]/.test(text.slice(end, next)))) return out;
    if (
      item[1] === undefined &&
      /\s/.test(text.slice(end, next)) &&
      (item[2] as string).length > 1 &&
      !/^(?:ac|ax|be|af|at|bt|an)$/.test(item[2] as string)
    )
      return out;
    const stop = next + item[0].length;
    const one = pick(ground, next, stop, item[1] ?? number, item[2] as string, 'list');
    if (!one) return out;
    out.push(one);
    end = one.end;
  }
}

export const ieee: Grammar = (ground, start) => {
  const { text, lookup } = ground;
  const found = at(NAMED, text, start);
  if (found) return eight(ground, start, found);
  const other = at(OTHER, text, start);
  if (!other) return [];
  const end = start + other[0].length;
  const year = at(YEAR, text, end);
  const base = `IEEE ${other[1]}`;
  if (year && lookup.get(`${base}-${year[1]}`))
    return [{ start, end: end + year[0].length, id: `${base}-${year[1]}`, versioned: true, reason: 'id' }];
  if (lookup.get(base) || lookup.editions(base).length > 0)
    return [{ start, end, id: base, versioned: false, reason: 'id' }];
  return [{ start, end, id: null, versioned: false, reason: 'open: a number of the form of IEEE' }];
};

/** A bare `802.1X`. A number with more digits before or after is an amount or an address. */
export const ieeeNumber: Grammar = (ground, start) => {
  const { text } = ground;
  if (/[\p{N}.,]$/u.test(text.slice(Math.max(0, start - 1), start))) return [];
  const found = at(BARE, text, start);
  if (!found || !PARTS.has(found[1] as string)) return [];
  const after = text.slice(start + found[0].length, start + found[0].length + 3);
  if (/^\d|^[.,]\d/.test(after) || /^\s?(?:€|\$|%|m²)/.test(after)) return [];
  return eight(ground, start, found).map((c) => ({ ...c, reason: `${c.reason}: the body left out` }));
};
