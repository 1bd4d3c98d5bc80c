import { stripBlanks } from '../mail/blanks.ts';

/** Fields of RFC 9116 section 2.5, and one registered since; whether each may stand only once. */
const FIELDS: Record<string, { once: boolean; uri: boolean }> = {
  acknowledgments: { once: false, uri: true },
  canonical: { once: false, uri: true },
  contact: { once: false, uri: true },
  csaf: { once: false, uri: true },
  encryption: { once: false, uri: true },
  expires: { once: true, uri: false },
  hiring: { once: false, uri: true },
  policy: { once: false, uri: true },
  'preferred-languages': { once: true, uri: false },
};

export interface SecurityTxtProblem {
  code:
    | 'syntax'
    | 'unknown-field'
    | 'no-contact'
    | 'no-expires'
    | 'twice'
    | 'date'
    | 'uri'
    | 'plain-http'
    | 'languages'
    | 'signature-form'
    | 'text-outside-signature';
  line: number;
  field?: string;
}

export interface SecurityTxt {
  /** Values by field name in lower case, in order. */
  fields: Map<string, string[]>;
  /** When it ends, milliseconds since 1970; null where it does not say so in the proper form. */
  expires: number | null;
  /** The text that a signature covers, and the signature, where it is signed (RFC 9116 section 2.3). */
  signed: { text: string; signature: string } | null;
  problems: SecurityTxtProblem[];
}

/** Reads a security.txt (RFC 9116 sections 2 and 4). Never throws. Checking the signature is for `openpgp/`, which gets text and signature. */
export function parseSecurityTxt(text: string): SecurityTxt {
  const file: SecurityTxt = { fields: new Map(), expires: null, signed: null, problems: [] };
  const { lines, offset } = unwrap(text, file);
  for (const [at, line] of lines.entries()) readLine(line, at + offset, file);
  for (const [field, values] of file.fields)
    if (FIELDS[field]?.once && values.length > 1) file.problems.push({ code: 'twice', line: 0, field });
  if (!file.fields.has('contact')) file.problems.push({ code: 'no-contact', line: 0 });
  const [expires] = file.fields.get('expires') ?? [];
  if (expires === undefined) file.problems.push({ code: 'no-expires', line: 0 });
  else file.expires = readDate(expires);
  return file;
}

function readLine(line: string, number: number, file: SecurityTxt): void {
  if (/^\s*(?:#.*)?$/.test(line)) return;
  const [, name, rest = ''] = /^([A-Za-z0-9-]+):[ \t](.*)$/.exec(line) ?? [];
  const value = stripBlanks(rest);
  if (name === undefined || value === '') {
    file.problems.push({ code: 'syntax', line: number });
    return;
  }
  const field = name.toLowerCase();
  const values = file.fields.get(field);
  if (values === undefined) file.fields.set(field, [value]);
  else values.push(value);
  const known = FIELDS[field];
  const add = (code: SecurityTxtProblem['code']) => file.problems.push({ code, line: number, field });
  if (known === undefined) add('unknown-field');
  else if (known.uri && !isUri(value)) add('uri');
  // RFC 9116 sections 2.5.1 to 2.5.8: a web address must be https.
  else if (known.uri && /^http:/i.test(value)) add('plain-http');
  if (field === 'expires' && readDate(value) === null) add('date');
  if (
    field === 'preferred-languages' &&
    !value.split(',').every((tag) => /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(tag.trim()))
  )
    add('languages');
}

function isUri(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[!-~]+$/i.test(value) && (!/^https?:/i.test(value) || URL.canParse(value));
}

/** A date and time of RFC 3339; what JavaScript reads more freely is none. */
function readDate(value: string): number | null {
  const [, year, month, day] =
    /^(\d{4})-(\d\d)-(\d\d)[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/.exec(value) ?? [];
  const time = Date.parse(value.toUpperCase());
  if (year === undefined || Number.isNaN(time)) return null;
  // 31 February would roll over into March.
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(day) <= days ? time : null;
}

const BEGIN = '-----BEGIN PGP SIGNED MESSAGE-----';
const SIGNATURE = '-----BEGIN PGP SIGNATURE-----';
const END = '-----END PGP SIGNATURE-----';

/** Takes the frame of a cleartext signature off (RFC 9580 section 7): only what it covers is read. */
function unwrap(text: string, file: SecurityTxt): { lines: string[]; offset: number } {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const begin = lines.findIndex((line) => line.trimEnd() === BEGIN);
  const marks = lines.filter((line) => /^-----(?:BEGIN|END) PGP/.test(line));
  if (begin < 0) {
    if (marks.length > 0) file.problems.push({ code: 'signature-form', line: 0 });
    return { lines: lines.filter((line) => !/^-----(?:BEGIN|END) PGP/.test(line)), offset: 1 };
  }
  const body = lines.findIndex((line, at) => at > begin && line.trim() === '') + 1;
  const signature = lines.findIndex((line, at) => at > begin && line.trimEnd() === SIGNATURE);
  const end = lines.findIndex((line, at) => at > signature && line.trimEnd() === END);
  // No other header belongs there: what is in one is not signed.
  const headers = lines.slice(begin + 1, Math.max(begin, body - 1));
  const strange = headers.some((line) => !/^Hash: [A-Za-z0-9, -]+$/.test(line));
  if (body === 0 || signature < body || end < 0 || marks.length !== 3 || strange) {
    file.problems.push({ code: 'signature-form', line: begin + 1 });
    return { lines: [], offset: 1 };
  }
  const outside = [...lines.slice(0, begin), ...lines.slice(end + 1)].findIndex((line) => line.trim() !== '');
  if (outside >= 0) file.problems.push({ code: 'text-outside-signature', line: outside + 1 });
  const covered = lines.slice(body, signature);
  // Lines that began with a dash were given another; the signature is over those as they were, without blanks at their end.
  const plain = covered.map((line) => line.replace(/^- /, ''));
  file.signed = {
    text: plain.map(withoutEnd).join('\r\n'),
    signature: lines.slice(signature, end + 1).join('\n'),
  };
  return { lines: plain, offset: body + 1 };
}

/** A line without the blanks at its end; the mark before it keeps those at its beginning. */
const withoutEnd = (line: string): string => stripBlanks(`.${line}`).slice(1);
