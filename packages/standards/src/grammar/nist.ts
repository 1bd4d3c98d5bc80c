/**
 * NIST: `NIST SP 800-53 Rev. 5`, `NIST 800-53A`, `SP800-53r4`, `800-53`, `NIST Special Publication 800-53, Revision 5`,
 * `FIPS PUB 140-2`, `FIPS 140-2/3`, `NISTIR 8259A`, `CSWP 29`.
 */
import { afterJoiner, at, type Candidate, DASH, GAP, type Grammar, type Ground, JOIN } from './ground.ts';

const BODY = String.raw`(?:(?:NIST|N[Il1]ST|National${GAP} Institute${GAP} of${GAP} Standards${GAP} and${GAP} Technology(?:${GAP}\(NIST\))?)(?:'s|’s)?[\s,]{0,2}${JOIN})`;
const SP = String.raw`(?:(?:Special${GAP} Publications?|Spec\.${GAP}Pub\.|SPs?|S\.P\.)${JOIN}(?:\(${GAP}(?:NIST${GAP})?SP${GAP}\)${GAP})?)`;
const NUMBER = String.raw`(800|1800|500|1500|1200|1300|1190|1271|260|2000)${GAP}(?:${DASH}|[.\s])${GAP}(\d{1,3})(?:([A-Ga-g])(?![\p{Script=Latin}])(?:${DASH}?(\d)(?![\p{N}]))?|${DASH}(\d)(?!\d))?`;
const PART = String.raw`(?:[\s,]{1,3}(?:Part|Pt\.?|Vol(?:ume)?\.?|part)${GAP}(\d))?`;
const REVISION = String.raw`(?:${GAP},?${GAP}\(?(?:\p{L}{1,3}\s)?(?:Revision|Rev|R[ée]vision|revisie|revisión|revisão|revisione|r)\.?${GAP}(\d)(?!\d|\.\d)\)?|${DASH}r(?:ev)?\.?(\d)(?!\d)|${GAP}\((\d)(?:st|nd|rd|th)${GAP}revision\))?`;
const PUBLICATION = new RegExp(`(?:${BODY}?${SP}|${BODY})(?:No\\.?${GAP})?${NUMBER}${PART}${REVISION}`, 'iuy');
const BARE = new RegExp(`${NUMBER}${PART}${REVISION}`, 'iuy');
const FIPS = new RegExp(
  String.raw`${BODY}?(?:F[Il1]PS|Federal${GAP} Information${GAP} Processing${GAP} Standards?(?:${GAP}\(FIPS\))?)${JOIN}(?:(?:PUBs?\.?|Publications?|Standards?)${JOIN})?(?:\(FIPS(?:${GAP}PUB)?\)${GAP})?(?:No\.?${GAP}|Number${GAP})?(\d{2,3})(?:${DASH}([1-9])(?!\d))?(?!\d)`,
  'iuy',
);
const FIPS_ITEM = new RegExp(String.raw`(?:(\d{2,3})${DASH}|${DASH})?([1-9])(?![\p{N}\p{Script=Latin}]|[.,]\d)`, 'uy');
const REPORT = new RegExp(
  String.raw`(?:${BODY}(?:IR|Interagency${GAP}(?:or${GAP} Internal${GAP})?Report|Internal${GAP} Report)s?|NISTIRs?)${JOIN}(?:\(NISTIR\)${GAP})?(\d{4})([A-H]?)(?![\p{N}\p{Script=Latin}])${REVISION}`,
  'uy',
);
const PAPER = new RegExp(
  String.raw`${BODY}?(CSWP|AI)${JOIN}(\d{1,3})(?:${DASH}(\d))?(?![\p{N}\p{Script=Latin}]|[.]\d)`,
  'uy',
);

/** The edition asked for, the family when none is written, or the family with the edition that no record has. */
function pick(
  ground: Ground,
  base: string,
  revision: string | undefined,
  place: { start: number; end: number },
): Candidate | null {
  const { lookup } = ground;
  if (revision !== undefined) {
    for (const id of [`${base} Rev. ${revision}`, `${base}-${revision}`])
      if (lookup.get(id)) return { ...place, id, versioned: true, reason: 'id' };
    // The first printing is called revision 1 of nothing.
    if (lookup.get(base) || lookup.editions(base).length > 0)
      return {
        ...place,
        id: base,
        versioned: true,
        unknown: `Rev. ${revision}`,
        reason: `id: no record of revision ${revision}`,
      };
    return null;
  }
  return lookup.get(base) || lookup.editions(base).length > 0
    ? { ...place, id: base, versioned: false, reason: 'id' }
    : null;
}

function publication(ground: Ground, start: number, found: RegExpExecArray, bare: boolean): Candidate | null {
  const [whole, series, number, letter, letterEdition, edition, part, ...revisions] = found;
  const end = start + whole.length;
  const revision = letterEdition ?? revisions.find((r) => r !== undefined);
  const base = `NIST SP ${series}-${number}${(letter ?? '').toUpperCase()}`;
  const place = { start, end };
  if (part !== undefined) {
    const ofPart =
      pick(ground, `${base} Part ${part}`, revision, place) ?? pick(ground, `${base}pt${part}`, revision, place);
    if (ofPart) return ofPart;
  }
  // `800-63-3` is an edition, `800-57-1` a part.
  if (edition !== undefined) {
    const dated = pick(ground, `${base}-${edition}`, revision, place);
    if (dated) return { ...dated, versioned: true };
    const ofPart = pick(ground, `${base} Part ${edition}`, revision, place);
    if (ofPart) return ofPart;
  }
  const known = pick(ground, base, revision, place);
  if (known) return known;
  if (bare) return null;
  return {
    ...place,
    id: null,
    versioned: false,
    reason: 'open: no NIST publication of this number is known',
    core: series === '800' || series === '1800',
  };
}

function fips(ground: Ground, start: number, found: RegExpExecArray): Candidate[] {
  const { text, lookup } = ground;
  const base = `NIST FIPS ${found[1]}`;
  let end = start + found[0].length;
  const out: Candidate[] = [];
  const edition = found[2];
  const first = edition === undefined ? base : `${base}-${edition}`;
  if (lookup.get(first) || lookup.editions(first).length > 0)
    out.push({ start, end, id: first, versioned: edition !== undefined, reason: 'id' });
  else if (lookup.editions(base).length > 0)
    out.push({
      start,
      end,
      id: base,
      versioned: true,
      unknown: `-${edition}`,
      reason: `id: no record of FIPS ${found[1]}-${edition}`,
    });
  else return [{ start, end, id: null, versioned: false, core: true, reason: 'open: no FIPS of this number is known' }];
  for (;;) {
    const next = afterJoiner(ground, end);
    const item = next < 0 ? null : at(FIPS_ITEM, text, next);
    if (!item) return out;
    const number = item[1] ?? (found[1] as string);
    const id = `NIST FIPS ${number}-${item[2]}`;
    if (!lookup.get(id) || (edition === undefined && item[1] === undefined)) return out;
    end = next + item[0].length;
    out.push({ start: next, end, id, versioned: true, reason: 'list' });
  }
}

/** Started at `NIST`, `SP`, `FIPS`, …; a bare `800-53` is read by `nistNumber`. */
export const nist: Grammar = (ground, start) => {
  const { text, lookup } = ground;
  const sp = at(PUBLICATION, text, start);
  if (sp) {
    const one = publication(ground, start, sp, false);
    return one ? [one, ...letters(ground, one, sp)] : [];
  }
  const processing = at(FIPS, text, start);
  if (processing) return fips(ground, start, processing);
  const report = at(REPORT, text, start);
  if (report) {
    const place = { start, end: start + report[0].length };
    const base = `NIST IR ${report[1]}${report[2]}`;
    const revision = report.slice(3).find((r) => r !== undefined);
    const known = pick(ground, base, revision, place);
    return [known ?? { ...place, id: null, versioned: false, reason: 'open: no NIST report of this number is known' }];
  }
  const paper = at(PAPER, text, start);
  if (paper) {
    const id = `NIST ${paper[1]} ${paper[2]}${paper[3] ? `-${paper[3]}` : ''}`;
    if (lookup.get(id)) return [{ start, end: start + paper[0].length, id, versioned: true, reason: 'id' }];
  }
  return [];
};

/** `SP 800-90A/B/C`, `800-53/53A`: further letters of the same number. */
function letters(ground: Ground, first: Candidate, found: RegExpExecArray): Candidate[] {
  const out: Candidate[] = [];
  const expression = new RegExp(String.raw`/(?:${found[2]})?([A-G])(?![\p{Script=Latin}\p{N}])`, 'uy');
  let end = first.end;
  for (;;) {
    const next = at(expression, ground.text, end);
    if (!next) return out;
    const start = end + 1;
    end += next[0].length;
    const one = pick(ground, `NIST SP ${found[1]}-${found[2]}${next[1]}`, undefined, { start, end });
    if (!one) return out;
    out.push({ ...one, reason: 'list' });
  }
}

/** A bare `800-53`: only a number that is known, and that is no part of a longer one such as a telephone number. */
export const nistNumber: Grammar = (ground, start) => {
  const { text } = ground;
  if (/[\p{L}\p{N}+$€£.]$|\d[-–\s./]$|\+\d{0,3}[\s-]$/u.test(text.slice(Math.max(0, start - 4), start))) return [];
  const found = at(BARE, text, start);
  if (!found || !new RegExp(DASH, 'u').test(text.charAt(start + (found[1] as string).length))) return [];
  const end = start + found[0].length;
  if (/^[\p{N}]|^[-–]\d|^[.,]\d/u.test(text.slice(end, end + 2))) return [];
  const one = publication(ground, start, found, true);
  return one ? [{ ...one, reason: `${one.reason}, the body left out` }] : [];
};
