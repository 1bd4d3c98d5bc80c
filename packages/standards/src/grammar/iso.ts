/**
 * ISO, IEC, EN and what nations make of them: `ISO/IEC 27001:2013`, `ISO27001`, `lSO 27001`, `NEN-EN-ISO/IEC 27001+A11:2020`,
 * `ISO 27001, 27017 and 27018`, `IEC 62443-4-1/-4-2`, `UNI CEI EN ISO/IEC 27001:2017`. The adopted text is what counts: a national
 * or European adoption of an international standard is read as that standard.
 */

import type { Words } from '../words.ts';
import { afterJoiner, at, type Candidate, DASH, GAP, type Grammar, type Ground, JOIN } from './ground.ts';
import { ownNumbers, prefixPattern } from './own-numbers.ts';

const INTERNATIONAL = `[IlL1][S5][O0]|[IlL1]EC|CEI|CISPR|IEEE|ANSI|ISA|SAE|ASTM|JTC${GAP}1`;
const EUROPEAN = `prEN|FprEN|EN|CEN|CENELEC|CLC|ENV|HD`;
const DELIVERABLE = 'TS|TR|PAS|IWA|Guide|DIS|FDIS|CD|DTS|DTR|SPEC';
const YEAR = String.raw`(?:19[4-9]\d|20[0-4]\d)`;
/** `ISO certified to 27001`, `norme ISO n° 27001`, `ISO-Norm 27001`. */
const FILLER = String.raw`(?:(?:standards?|norms?|norma|norme|normes|normen|norm|normu|standardi|standarde|standaard|estándar|padrão|certified(?: to)?|certification|certificat|zertifiziert nach|Nr\.?|No\.?|n[°º.]|series|family|number)${JOIN}){0,2}`;

interface Expressions {
  stack: RegExp;
  number: RegExp;
  part: RegExp;
  item: RegExp;
  year: RegExp;
  month: RegExp;
  amendment: RegExp;
}

const made = new WeakMap<Words, Expressions>();

function expressions(words: Words): Expressions {
  const known = made.get(words);
  if (known) return known;
  const national = words.national.map((n) => prefixPattern(n.prefix)).sort((a, b) => b.length - a.length);
  const any = `(?:${[INTERNATIONAL, EUROPEAN, DELIVERABLE, ...national].join('|')})`;
  const fresh: Expressions = {
    stack: new RegExp(`(?:${any}(?:\\([EF]\\))?(?:${JOIN}|\\s?:\\s?)(?=[\\p{L}\\d])){1,8}`, 'iuy'),
    number: new RegExp(
      `${FILLER}([1-9][\\dOol]{4}(?![\\p{Script=Latin}\\d])|\\d{3}[\\s\\u2010-\\u2015-]\\d{3}(?!\\d)|\\d{1,6})`,
      'iuy',
    ),
    part: new RegExp(`(?:${DASH}\\d{1,4}(?![\\d])(?!\\.\\d))+`, 'uy'),
    item: new RegExp(
      `(?:(\\d{3}\\s\\d{3}|\\d{4,6})|(?=${DASH}?\\d{1,2}(?:${DASH}\\d{1,2})?(?![\\d\\p{Script=Latin}.%])))`,
      'uy',
    ),
    year: new RegExp(
      `${GAP}(?::|;)${GAP}(${YEAR})(?!\\d)|${GAP}\\((${YEAR})\\)|${GAP}[\\u2010-\\u2015-]${GAP}(${YEAR})(?!\\d)|/(${YEAR})(?![\\d/])|[\\s,]{1,3}\\(?(?:${words.edition})\\.?${GAP}:?${GAP}(${YEAR})\\)?(?!\\d)|[\\s_.]{1,2}(${YEAR})(?![\\d./-])`,
      'iuy',
    ),
    month: /[-/](?:0[1-9]|1[0-2])(?![\d])/uy,
    amendment: new RegExp(
      `${GAP}(?:[+/]|,\\s)${GAP}(?:A|AC|Amd\\.?|Amdt\\.?|Amendment|Cor\\.?|Corr\\.?|C|Cor)${GAP}\\d{0,2}(?:${GAP}:${GAP}\\d{4})?(?![\\p{Script=Latin}\\d])`,
      'iuy',
    ),
  };
  made.set(words, fresh);
  return fresh;
}

/** What the prefixes before the number say. */
interface Stack {
  text: string;
  international: boolean;
  european: boolean;
  /** Country of the first national prefix. */
  country?: string;
  prefix?: string;
}

function readStack(ground: Ground, start: number, end: number): Stack | null {
  const text = ground.text.slice(start, end);
  const cleaned = text.replace(/[IlL1][S5][O0]/g, 'ISO').replace(/[lL1]EC/g, 'IEC');
  const upper = cleaned.toUpperCase();
  const words = upper.split(/[^\p{L}\d.]+/u).filter((w) => w !== '');
  const international = words.some((w) => w === 'ISO' || w === 'IEC' || w === 'CISPR');
  const cei = words.includes('CEI');
  const european = words.some((w) => /^(?:PREN|FPREN|EN|CEN|CENELEC|CLC)$/.test(w));
  const found = ground.words.national.find((n) => {
    const key = n.prefix.toUpperCase();
    return (
      upper.startsWith(key) &&
      !/\p{L}/u.test(upper.charAt(key.length)) &&
      (n.prefix !== 'CEI' || !/^CEI\s?\//.test(upper))
    );
  });
  // A short prefix is a common word in small letters somewhere: "en 2016", "as 2019". IEC and ISO are not.
  if (
    !international &&
    text.trim() !== '' &&
    /\p{Ll}/u.test(text.replace(/^(?:pr|Fpr)EN/, 'EN').replace(/NCh|Guide|Def Stan/g, ''))
  )
    return null;
  return {
    text: upper.trim(),
    international: international || (cei && !european && found?.prefix !== 'CEI'),
    european,
    ...(found ? { country: found.country, prefix: found.prefix } : {}),
  };
}

interface Numbered {
  /** `27001`, `319411` without blanks. */
  number: string;
  /** `-4-1`, with plain hyphens. */
  part: string;
  year: string | undefined;
  end: number;
}

/** A last part that is a year is the edition (`27001-2013`), unless a part of that number is known. */
function splitYear(ground: Ground, number: string, part: string): { part: string; year: string | undefined } {
  const tail = new RegExp(`-(${YEAR})$`).exec(part);
  if (!tail || ground.lookup.byNumber(number + part).length > 0) return { part, year: undefined };
  return { part: part.slice(0, tail.index), year: tail[1] };
}

function readTail(ground: Ground, number: string, start: number): Numbered {
  const { text, words } = ground;
  const e = expressions(words);
  let end = start;
  const parts = at(e.part, text, end);
  let part = '';
  let year: string | undefined;
  if (parts) {
    end += parts[0].length;
    ({ part, year } = splitYear(ground, number, parts[0].replace(/[^\d]+/g, '-')));
  }
  if (year === undefined) {
    const found = at(e.year, text, end);
    const written = found?.slice(1).find((y) => y !== undefined);
    // After a blank or a slash only a year that is an edition: "ISO 9001 2019 budget" names none.
    const loose = found !== null && (found[4] !== undefined || found[6] !== undefined || found[3] !== undefined);
    if (found && written && (!loose || isEdition(ground, number + part, written))) {
      year = written;
      end += found[0].length;
    }
  }
  if (year !== undefined) {
    const month = at(e.month, text, end);
    if (month) end += month[0].length;
  }
  for (let found = at(e.amendment, text, end); found; found = at(e.amendment, text, end)) end += found[0].length;
  return { number, part, year, end };
}

function isEdition(ground: Ground, number: string, year: string): boolean {
  return ground.lookup.byNumber(number).some((family) => ground.lookup.get(`${family}:${year}`) !== undefined);
}

/** The family of a number, the one of the written body first. */
function familyFor(ground: Ground, stack: Stack, number: string): string | undefined {
  const families = ground.lookup.byNumber(number);
  if (families.length < 2) return families[0];
  const written = /ISO/.test(stack.text)
    ? /IEC|CEI/.test(stack.text)
      ? /^ISO\/IEC/
      : /^ISO/
    : /IEC|CEI/.test(stack.text)
      ? /IEC/
      : /./;
  const deliverable = /\b(TS|TR|PAS|GUIDE)\b/.exec(stack.text)?.[1];
  const fits = (family: string) =>
    (written.test(family) ? 2 : 0) +
    (/\b(?:TS|TR|PAS|Guide)\b/.exec(family)?.[0].toUpperCase() === deliverable ? 1 : 0);
  return [...families].sort((a, b) => fits(b) - fits(a))[0];
}

function candidate(ground: Ground, stack: Stack, n: Numbered, start: number, reason: string): Candidate | null {
  const { lookup } = ground;
  const place = { start, end: n.end };
  const own = ownNumber(ground, stack, n, place, reason);
  if (own) return own;
  const key = n.number + n.part;
  const european = stack.european || (stack.country !== undefined && !stack.international);
  const etsi =
    n.number.length === 6 && european ? `ETSI EN ${n.number.slice(0, 3)} ${n.number.slice(3)}${n.part}` : undefined;
  if (etsi && lookup.get(etsi)) return { ...place, ...etsiVersion(ground, place, etsi), reason };
  const family = familyFor(ground, stack, key);
  // A number of another body is not this one's: `NEN 7510` is no ISO 7510, but `DIN 27001` is how people say ISO 27001.
  const adopted = stack.european || stack.country !== undefined;
  if (
    family !== undefined &&
    (stack.international || (adopted && (/^6\d{4}/.test(n.number) || lookup.get(family)?.core === true)))
  ) {
    if (n.year === undefined) return { ...place, id: family, versioned: false, reason };
    const dated = `${family}:${n.year}`;
    if (lookup.get(dated)) return { ...place, id: dated, versioned: true, reason };
    if (adopted) {
      const years = lookup
        .editions(family)
        .filter((id) => id.startsWith(`${family}:`))
        .map((id) => id.slice(family.length + 1))
        .filter((y) => /^\d{4}$/.test(y) && y <= (n.year as string))
        .sort();
      const text = years.at(-1);
      if (text !== undefined)
        return {
          ...place,
          id: `${family}:${text}`,
          versioned: true,
          reason: `${reason}: adopted in ${n.year}, the text is that of ${text}`,
        };
    }
    return {
      ...place,
      id: family,
      versioned: true,
      unknown: n.year,
      reason: `${reason}: no record of an edition of ${n.year}`,
    };
  }
  // A part that no record has, of a standard that is known: the whole of it.
  const whole = n.part === '' ? undefined : wholeOf(ground, stack, n);
  if (whole !== undefined)
    return { ...place, id: whole, versioned: false, reason: `${reason}: no record of part ${n.part.slice(1)}` };
  return open(ground, stack, n, place);
}

function wholeOf(ground: Ground, stack: Stack, n: Numbered): string | undefined {
  const { lookup } = ground;
  const known = (id: string) => lookup.get(id) !== undefined || lookup.editions(id).length > 0;
  if (stack.european && known(`EN ${n.number}`)) return `EN ${n.number}`;
  return stack.international ? lookup.byNumber(n.number)[0] : undefined;
}

function ownNumber(
  ground: Ground,
  stack: Stack,
  n: Numbered,
  place: { start: number; end: number },
  reason: string,
): Candidate | null {
  const prefix = stack.european && stack.country === undefined ? 'EN' : stack.international ? undefined : stack.prefix;
  if (prefix === undefined) return null;
  const base = `${prefix}${stack.european && prefix !== 'EN' ? ' EN' : ''} ${n.number}${n.part}`;
  for (const id of [`EN ${n.number}${n.part}`, base]) {
    if (id.startsWith('EN') && !stack.european) continue;
    const known = ground.lookup.get(id) !== undefined || ground.lookup.editions(id).length > 0;
    const dated =
      n.year === undefined
        ? undefined
        : (ground.lookup.get(`${id}:${n.year}`) ?? ground.lookup.get(`${id} (${n.year})`));
    if (dated) return { ...place, id: dated.id, versioned: true, reason };
    if (!known) continue;
    return n.year === undefined || ground.lookup.editions(id).length === 0
      ? { ...place, id, versioned: false, reason }
      : { ...place, id, versioned: true, unknown: n.year, reason: `${reason}: no record of an edition of ${n.year}` };
  }
  return null;
}

const VERSION = /[\s,]{0,3}\(?(?:V|Version\s|v\.?\s?)\s?(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\)?(?:\s?\(\d{4}-\d{2}\))?/uy;

/** `EN 303 645 V2.1.1`: ETSI counts versions, not years. Lengthens `place`. */
export function etsiVersion(
  ground: Ground,
  place: { start: number; end: number },
  id: string,
): Pick<Candidate, 'id' | 'versioned' | 'version' | 'end'> {
  const found = at(VERSION, ground.text, place.end);
  if (!found) return { id, versioned: false, end: place.end };
  return { id, versioned: true, version: found[1] as string, end: place.end + found[0].length };
}

const FILM_SPEED = /^(?:[1-9]\d00|[1-9]\d\d00)$/;

/** A number of the right form that no catalogue here holds. */
function open(ground: Ground, stack: Stack, n: Numbered, place: { start: number; end: number }): Candidate | null {
  const digits = n.number.length;
  const written = ground.text.slice(place.start, place.end);
  // Short numbers after ISO are film speeds and counts as often as standards.
  if (
    stack.international ? digits < 4 || digits > 5 : stack.european ? digits < 3 || (digits > 5 && digits !== 6) : true
  )
    return null;
  if (/^(?:19|20)\d\d$/.test(n.number) && n.year === undefined && n.part === '') return null;
  if (stack.international && FILM_SPEED.test(n.number)) return null;
  return {
    ...place,
    id: null,
    versioned: false,
    reason: `open: a number of the form of ${written.replace(/[\s\d:.-]+.*$/u, '') || 'a standard'}`,
  };
}

/** Started at any of the prefixes. */
export const iso: Grammar = (ground, start) => {
  const { text, words } = ground;
  const e = expressions(words);
  const stacked = at(e.stack, text, start);
  const numbered = stacked ? at(e.number, text, start + stacked[0].length) : null;
  const stack = stacked ? readStack(ground, start, start + stacked[0].length) : null;
  if (!stacked || !numbered || !stack) return ownNumbers(ground, start);
  const after = start + stacked[0].length + numbered[0].length;
  const number = (numbered[1] as string).replace(/[Oo]/g, '0').replace(/l/g, '1').replace(/\D+/g, '');
  const six = (numbered[1] as string).length > number.length;
  // "EN 100 200 people": six digits in two groups are ETSI's, known or with the first digit it uses.
  if (six && !/^[123]/.test(number)) return ownNumbers(ground, start);
  const first = readTail(ground, number, after);
  if (/[\p{N}]/u.test(text.charAt(first.end)) || /^[.,]\d/.test(text.slice(first.end, first.end + 2)))
    return ownNumbers(ground, start);
  const one = candidate(ground, stack, first, start, 'id');
  if (!one || one.id === null) {
    const own = ownNumbers(ground, start);
    return own.length > 0 ? own : one ? [one] : [];
  }
  return [one, ...list(ground, stack, first, one.end)];
};

/** `, 27017 and 27018`; `/-2`; `-1/2`. */
function list(ground: Ground, stack: Stack, first: Numbered, from: number): Candidate[] {
  const { text, words, lookup } = ground;
  const e = expressions(words);
  const out: Candidate[] = [];
  let last = first;
  let end = from;
  for (;;) {
    const start = afterJoiner(ground, end);
    const item = start < 0 ? null : at(e.item, text, start);
    if (!item) return out;
    let next: Numbered;
    if (item[1] !== undefined) {
      const number = item[1].replace(/\s/g, '');
      next = readTail(ground, number, start + item[0].length);
      const known =
        lookup.byNumber(number + next.part).length > 0 ||
        lookup.get(`ETSI EN ${number.slice(0, 3)} ${number.slice(3)}${next.part}`);
      const kin =
        number.length === last.number.length && number.length === 5 && number.slice(0, 2) === last.number.slice(0, 2);
      if (!known && !kin) return out;
      if (new RegExp(`^${YEAR}$`).test(number) && !lookup.byNumber(number).length) return out;
    } else {
      // Parts of the same number: they replace the last part that was written, or all of them when written with as many.
      const bare = /^[^\d]?(\d{1,2}(?:[-\u2010-\u2015]\d{1,2})?)/u.exec(text.slice(start, start + 8));
      if (!bare || first.part === '') return out;
      const written = (bare[1] as string).replace(/\D/g, '-').split('-');
      const parts = first.part.slice(1).split('-');
      const part = `-${[...parts.slice(0, Math.max(0, parts.length - written.length)), ...written].join('-')}`;
      const known =
        lookup.byNumber(first.number + part).length > 0 ||
        lookup.get(`ETSI EN ${first.number.slice(0, 3)} ${first.number.slice(3)}${part}`);
      if (!known) return out;
      const tail = readTail(ground, first.number, start + bare[0].length);
      next = { ...tail, part };
    }
    if (/[\p{N}\p{Script=Latin}%€$]/u.test(text.charAt(next.end)) || /^[.,]\d/.test(text.slice(next.end, next.end + 2)))
      return out;
    const one = candidate(ground, stack, next, start, 'list');
    if (!one) return out;
    out.push(one);
    last = next;
    end = one.end;
  }
}

/** A bare `27001` beside words of certification: a number that only an international standard of this field has. */
export const isoNumber: Grammar = (ground, start) => {
  const { text, lookup, words } = ground;
  const found = at(/\d{5}/uy, text, start);
  if (!found || /[\p{L}\p{N}.,/+$€£#§-]$/u.test(text.slice(Math.max(0, start - 1), start))) {
    if (!found || !/\p{L}[-/]$/u.test(text.slice(Math.max(0, start - 2), start))) return [];
  }
  const number = found[0];
  const family = lookup.byNumber(number)[0];
  if (family === undefined) return [];
  const tail = readTail(ground, number, start + number.length);
  if (/^[\p{N}\p{L}€$%]|^[.,]\d|^\s?(?:€|EUR|USD|\$|kr\b)/u.test(text.slice(tail.end, tail.end + 5))) return [];
  const around = text.slice(Math.max(0, start - 60), Math.min(text.length, tail.end + 40));
  const near = words.certification.find(around);
  if (near === null) return [];
  const stack: Stack = { text: family.replace(/ \d.*/, ''), international: true, european: false };
  const one = candidate(ground, stack, tail, start, `id: the body left out, beside "${near}"`);
  return one && one.id !== null ? [one] : [];
};
