/** ETSI, 3GPP and ITU: `ETSI TS 119 312`, `ETSI GS NFV-SEC 001`, `TS 33.501`, `ETSI TS 133 501`, `ITU-T X.1205`, `X.509`, `G.711`. */
import { at, type Candidate, DASH, GAP, type Grammar, JOIN } from './ground.ts';
import { etsiVersion } from './iso.ts';

const ETSI = new RegExp(
  String.raw`ETSI${JOIN}(EN|TS|TR|EG|ES|SR|ETS|ETR|TBR|I-ETS)${JOIN}(\d{3})[\s\u2010-\u2015-]?(\d{3})((?:${DASH}\d{1,3}(?!\d))*)(?!\d)`,
  'uy',
);
const GROUP = new RegExp(
  String.raw`(?:ETSI${JOIN})?(GS|GR)${GAP}(NFV(?:[-\s](?:SEC|IFA|SOL|MAN|INF|REL|EVE|TST|PER|SWA))?|QKD|QSC|MEC|SAI|ZSM|ISI|CIM|ENI|PDL|IPE|IP6|F5G|ARF|NGP|INS)${GAP}(\d{3})(?:${DASH}(\d{1,2}))?(?!\d)`,
  'uy',
);
/** Bare `TS 119 312`: a range of numbers that ETSI uses for security and signatures. */
const BARE = new RegExp(
  String.raw`(TS|TR|EG|ES)${GAP}(\d{3})[\s\u2010-\u2015-]?(\d{3})((?:${DASH}\d{1,3}(?!\d))*)(?!\d)`,
  'uy',
);
const GPP = new RegExp(
  String.raw`(?:3GPP${JOIN}(?:(?:standards?|specifications?|spec\.?)${GAP})?)?(TS|TR)?${GAP}(\d{2})\.(\d{3})((?:${DASH}\d{1,2}(?!\d))*)(?!\d)`,
  'uy',
);
const ITU = new RegExp(
  String.raw`(?:ITU|UIT|CCITT)(?:${JOIN}[TR])?${JOIN}(?:(?:Rec(?:ommendation|omendación|ommandation|omendação)?s?\.?|Empfehlung|Raccomandazione|standards?)${GAP})?([A-Z])\.?${GAP}(\d{1,4}(?:\.\d{1,3}){0,2})(?![\d])`,
  'uy',
);
const LETTER = /([A-Z])[.\s]?(\d{1,4}(?:\.\d{1,2})?)(?![\p{Script=Latin}\p{N}]|[.,]\d)/uy;
const X509 = /[Xx][.\s-]?509(?:\s?v?\s?(\d)(?!\d|\.\d))?(?![\p{N}])/uy;

export const etsi: Grammar = (ground, start) => {
  const { text, lookup } = ground;
  const found = at(ETSI, text, start) ?? at(BARE, text, start);
  if (found) {
    const bare = !/^ETSI/.test(found[0]);
    const [, kind, first, second, parts] = found as unknown as [string, string, string, string, string];
    const part = parts.replace(/\D+/g, '-').replace(/-$/, '');
    const end = start + found[0].length;
    const id = `ETSI ${kind} ${first} ${second}${part}`;
    if (lookup.get(id)) return [{ start, ...etsiVersion(ground, { start, end }, id), reason: 'id' }];
    // ETSI publishes 3GPP's specifications with a 1 before the number.
    const gpp = `3GPP ${kind} ${first.slice(1)}.${second}${part}`;
    if (first.startsWith('1') && lookup.get(gpp))
      return [{ start, end, id: gpp, versioned: false, reason: `id: ETSI ${kind} ${first} ${second} is 3GPP's` }];
    if (lookup.editions(id).length > 0) return [{ start, ...etsiVersion(ground, { start, end }, id), reason: 'id' }];
    return bare ? [] : [{ start, end, id: null, versioned: false, reason: 'open: a number of the form of ETSI' }];
  }
  const group = at(GROUP, text, start);
  if (!group) return [];
  const end = start + group[0].length;
  const [, kind, name, number, part] = group;
  const id = `ETSI ${kind} ${(name as string).replace(' ', '-')} ${number}${part ? `-${part}` : ''}`;
  return [
    {
      start,
      end,
      id: lookup.get(id) ? id : null,
      versioned: false,
      reason: lookup.get(id) ? 'id' : 'open: a number of the form of ETSI',
    },
  ];
};

export const gpp: Grammar = (ground, start) => {
  const { text, lookup } = ground;
  const found = at(GPP, text, start);
  if (!found) return [];
  const named = found[0].startsWith('3GPP');
  const end = start + found[0].length;
  if (!named && found[1] === undefined) return [];
  const part = (found[4] ?? '').replace(/\D+/g, '-');
  for (const kind of found[1] ? [found[1]] : ['TS', 'TR']) {
    const id = `3GPP ${kind} ${found[2]}.${found[3]}${part}`;
    if (lookup.get(id)) return [{ start, end, id, versioned: false, reason: 'id' }];
  }
  return named ? [{ start, end, id: null, versioned: false, reason: 'open: a number of the form of 3GPP' }] : [];
};

/** The letter series whose numbers are read without their body: others look like clauses and parts. */
const ALONE =
  /^(?:X\.(?:5\d\d|8\d\d|12\d\d|6[89]\d|10\d\d)|G\.(?:7\d\d|65\d|98\d|99\d|826\d|8031|8032)|H\.(?:26\d|323|235|239|320|248)|E\.164|T\.(?:38|120)|Y\.(?:3\d{3})|V\.(?:24|35|90|92))(?:\.|$)/;

export const itu: Grammar = (ground, start) => {
  const { text, lookup } = ground;
  const named = at(ITU, text, start);
  if (named) {
    const end = start + named[0].length;
    const id = `ITU-T ${named[1]}.${named[2]}`;
    if (lookup.get(id)) return [{ start, end, id, versioned: false, reason: 'id' }];
    return [{ start, end, id: null, versioned: false, reason: 'open: a number of the form of ITU' }];
  }
  const x509 = at(X509, text, start);
  if (x509) {
    const id = lookup.get('X.509') ? 'X.509' : 'ITU-T X.509';
    return [{ start, end: start + x509[0].length, id, versioned: false, reason: 'id' }];
  }
  const found = at(LETTER, text, start);
  if (!found || text.charAt(start + 1) !== '.') return [];
  const number = `${found[1]}.${found[2]}`;
  const id = `ITU-T ${number}`;
  if (!ALONE.test(number) || !lookup.get(id)) return [];
  return [
    { start, end: start + found[0].length, id, versioned: false, reason: 'id: the body left out' } satisfies Candidate,
  ];
};
