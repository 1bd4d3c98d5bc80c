/** RFC, BCP, STD: `RFC 2119`, `rfc2119`, `RFC 4033-4035`, `RFCs 4033, 4034 and 4035`, `BCP 38`. */
import { afterJoiner, at, type Candidate, DASH, GAP, type Grammar, type Ground } from './ground.ts';

const RFC = new RegExp(
  String.raw`(?:IETF${GAP}[-/]?${GAP})?RFCs?${GAP}(?:No\.?|#|Nr\.?|n[°º]|:|${DASH}|_)?${GAP}0{0,3}(\d{1,5})(?!\d)`,
  'iuy',
);
const SERIES = new RegExp(
  String.raw`(?:IETF${GAP}[-/]?${GAP})?(BCP|STD)${GAP}${DASH}?${GAP}0{0,3}(\d{1,3})(?![\d.]\d)`,
  'uy',
);
const LONG = new RegExp(String.raw`Request${GAP} for${GAP} Comments?${GAP} (?:\(RFC\)${GAP})?(\d{1,5})(?!\d)`, 'iuy');
const ITEM = /(?:RFC\s?)?(\d{3,5})(?![\p{N}\p{Script=Latin}]|[.,]\d)/iuy;
const RANGE = new RegExp(String.raw`${GAP}${DASH}${GAP}(?:RFC\s?)?(\d{3,5})(?![\p{N}\p{Script=Latin}])`, 'iuy');
/** A range longer than this is more likely two numbers than a range. */
const LONGEST_RANGE = 12;

function one(ground: Ground, start: number, end: number, number: string): Candidate {
  const id = `RFC ${number}`;
  return ground.lookup.get(id)
    ? { start, end, id, versioned: true, reason: 'id' }
    : { start, end, id: null, versioned: false, reason: 'open: no RFC of this number is known' };
}

export const ietf: Grammar = (ground, start) => {
  const { text, lookup } = ground;
  const other = at(SERIES, text, start);
  if (other) {
    const id = `${other[1]} ${other[2]}`;
    const end = start + other[0].length;
    // BCP is a business continuity plan elsewhere: a number that no BCP has is not one.
    return lookup.get(id) ? [{ start, end, id, versioned: true, reason: 'id' }] : [];
  }
  const first = at(RFC, text, start) ?? at(LONG, text, start);
  if (!first) return [];
  let end = start + first[0].length;
  const found = [one(ground, start, end, first[1] as string)];
  let last = Number(first[1]);
  for (;;) {
    const range = at(RANGE, text, end);
    if (range && Number(range[1]) > last && Number(range[1]) - last <= LONGEST_RANGE) {
      const to = Number(range[1]);
      const stop = end + range[0].length;
      // All of a range stand in its last number, which is the only one written after the first.
      const place = stop - (range[1] as string).length;
      for (let n = last + 1; n <= to; n++)
        if (lookup.get(`RFC ${n}`))
          found.push({ ...one(ground, place, stop, String(n)), reason: 'list: in a range', range: true });
      last = to;
      end = stop;
      continue;
    }
    const next = afterJoiner(ground, end);
    const item = next < 0 ? null : at(ITEM, text, next);
    if (!item || !lookup.get(`RFC ${item[1]}`)) return found;
    // "RFC 1918, 2003" gives a year; a list that goes on with its own prefix is read at that prefix.
    if (/^(?:19|20)\d\d$/.test(item[1] as string) || /^rfc/i.test(item[0])) return found;
    end = next + item[0].length;
    last = Number(item[1]);
    found.push({ ...one(ground, next, end, item[1] as string), reason: 'list' });
  }
};
