import { type Address, parseAddress } from '../address.ts';
import { type MacroPart, parseMacro } from './macro.ts';

export type Qualifier = '+' | '-' | '~' | '?';
export type MechanismName = 'all' | 'include' | 'a' | 'mx' | 'ptr' | 'ip4' | 'ip6' | 'exists';

/** A term that may match (RFC 7208 section 5). */
export interface Mechanism {
  kind: 'mechanism';
  name: MechanismName;
  qualifier: Qualifier;
  /** The name to look at; absent means the current domain. */
  domain?: MacroPart[];
  address?: Address;
  /** Bits that count, for IPv4 and for IPv6. */
  cidr4: number;
  cidr6: number;
  text: string;
  /** Offset in the record. */
  at: number;
}

/** A term that adds information (RFC 7208 section 6); unknown ones are kept, for the linter. */
export interface Modifier {
  kind: 'modifier';
  name: string;
  domain: MacroPart[];
  text: string;
  at: number;
}

export interface SyntaxProblem {
  code:
    | 'character'
    | 'unknown-mechanism'
    | 'domain-missing'
    | 'domain-syntax'
    | 'macro-syntax'
    | 'macro-letter'
    | 'argument-unwanted'
    | 'address-syntax'
    | 'cidr-syntax'
    | 'modifier-twice';
  /** Offset in the record, and the term that it is in. */
  at: number;
  term: string;
}

export interface SpfRecord {
  text: string;
  mechanisms: Mechanism[];
  modifiers: Modifier[];
  /** Any of these makes the whole record a permanent error (RFC 7208 section 4.6). */
  problems: SyntaxProblem[];
}

const MODIFIER = /^([a-z][a-z0-9\-_.]*)=(.*)$/is;
const MECHANISM = /^([+\-~?]?)([a-z0-9\-_.]+)(?::(.*?))?((?:\/.*)?)$/is;
const NAMES = new Set<string>(['all', 'include', 'a', 'mx', 'ptr', 'ip4', 'ip6', 'exists']);
const CIDR = /^(.*?)(?:\/(\d*))?(?:\/\/(\d*))?$/s;

/** The records of a TXT answer that are SPF records (RFC 7208 section 4.5): the version, then a space or the end. */
export function spfRecords(records: readonly string[]): string[] {
  return records.filter((text) => /^v=spf1(?: |$)/i.test(text));
}

/** Reads a record that `spfRecords` let through. Never throws; what is wrong is in `problems`. */
export function parseSpf(text: string): SpfRecord {
  const record: SpfRecord = { text, mechanisms: [], modifiers: [], problems: [] };
  for (const found of text.slice(6).matchAll(/[^ ]+/g)) {
    const term = found[0];
    const at = found.index + 6;
    const read = readTerm(term, at);
    if (read.kind === 'mechanism') record.mechanisms.push(read);
    else if (read.kind === 'problem') record.problems.push({ code: read.code, at: read.at, term });
    else if (isKnown(read.name) && record.modifiers.some((other) => other.name === read.name))
      record.problems.push({ code: 'modifier-twice', at, term });
    else record.modifiers.push(read);
  }
  return record;
}

/** The target of a modifier, or null where the record has none of that name. */
export function modifier(record: SpfRecord, name: 'redirect' | 'exp'): Modifier | null {
  return record.modifiers.find((one) => one.name === name) ?? null;
}

function isKnown(name: string): boolean {
  return name === 'redirect' || name === 'exp';
}

interface Wrong {
  kind: 'problem';
  code: SyntaxProblem['code'];
  at: number;
}
function wrong(code: SyntaxProblem['code'], at: number): Wrong {
  return { kind: 'problem', code, at };
}

function readTerm(term: string, at: number): Mechanism | Modifier | Wrong {
  const strange = term.search(/[^!-~]/);
  if (strange >= 0) return wrong('character', at + strange);
  const [, name, value] = MODIFIER.exec(term) ?? [];
  if (name !== undefined && value !== undefined) return readModifier(name.toLowerCase(), value, term, at);
  const [, sign = '', called = '', argument, cidr = ''] = MECHANISM.exec(term) ?? [];
  const mechanism = called.toLowerCase();
  if (!NAMES.has(mechanism)) return wrong('unknown-mechanism', at);
  const base: Mechanism = {
    kind: 'mechanism',
    name: mechanism as MechanismName,
    qualifier: (sign || '+') as Qualifier,
    cidr4: 32,
    cidr6: 128,
    text: term,
    at,
  };
  // A slash may also stand inside a name, so the whole argument is cut again by the rules of its mechanism.
  const rest = argument === undefined ? undefined : argument + cidr;
  const offset = at + sign.length + called.length + 1;
  switch (base.name) {
    case 'all':
      return rest === undefined && cidr === '' ? base : wrong('argument-unwanted', offset - 1);
    case 'ip4':
    case 'ip6':
      return readNetwork(base, rest ?? '', cidr, offset);
    case 'a':
    case 'mx':
      return readHosts(base, rest, cidr, offset);
    default:
      if (rest === undefined && cidr !== '') return wrong('argument-unwanted', offset - 1);
      if (rest === undefined) return base.name === 'ptr' ? base : wrong('domain-missing', at);
      return readTarget(base, rest, offset);
  }
}

function readModifier(name: string, value: string, text: string, at: number): Modifier | Wrong {
  const offset = at + name.length + 1;
  const parts = isKnown(name) ? readDomain(value, offset) : readLoose(value, offset);
  return Array.isArray(parts) ? { kind: 'modifier', name, domain: parts, text, at } : parts;
}

/** The value of an unknown modifier is a macro string, no more (RFC 7208 section 6). */
function readLoose(value: string, offset: number): MacroPart[] | Wrong {
  const parts = parseMacro(value);
  return Array.isArray(parts) ? parts : wrong(parts.code, offset + parts.at);
}

function readTarget(base: Mechanism, value: string, offset: number): Mechanism | Wrong {
  const domain = readDomain(value, offset);
  return Array.isArray(domain) ? { ...base, domain } : domain;
}

function readHosts(base: Mechanism, rest: string | undefined, cidr: string, offset: number): Mechanism | Wrong {
  const [, name = '', four, six] = CIDR.exec(rest ?? cidr) ?? [];
  const cidr4 = readLength(four, 32);
  const cidr6 = readLength(six, 128);
  if (rest === undefined && name !== '') return wrong('cidr-syntax', offset - 1);
  if (cidr4 === null || cidr6 === null) return wrong('cidr-syntax', offset + name.length);
  const sized = { ...base, cidr4, cidr6 };
  return rest === undefined ? sized : readTarget(sized, name, offset);
}

function readNetwork(base: Mechanism, rest: string, cidr: string, offset: number): Mechanism | Wrong {
  if (rest === '') return wrong(cidr === '' ? 'domain-missing' : 'address-syntax', offset);
  const [, text = '', length] = /^([^/]*)(?:\/(.*))?$/s.exec(rest) ?? [];
  const address = parseAddress(text, { unmap: false });
  const size = base.name === 'ip4' ? 4 : 16;
  if (address?.length !== size) return wrong('address-syntax', offset);
  const bits = readLength(length, size * 8);
  if (bits === null) return wrong('cidr-syntax', offset + text.length);
  return { ...base, address, ...(size === 4 ? { cidr4: bits } : { cidr6: bits }) };
}

/** A prefix length without leading zeros (RFC 7208 section 5.6); absent means all bits. */
function readLength(text: string | undefined, most: number): number | null {
  if (text === undefined) return most;
  return /^(?:0|[1-9]\d{0,2})$/.test(text) && Number(text) <= most ? Number(text) : null;
}

/**
 * A `domain-spec` (RFC 7208 section 7.1): a macro string that ends in a macro, or in a dot and a top label that is not all digits.
 */
function readDomain(value: string, offset: number): MacroPart[] | Wrong {
  if (value === '') return wrong('domain-missing', offset);
  const parts = parseMacro(value);
  if (!Array.isArray(parts)) return wrong(parts.code, offset + parts.at);
  const last = parts.at(-1);
  if (last === undefined || !('text' in last)) return parts;
  // `%%`, `%_` and `%-` are macros too, so that what they leave behind may end a name.
  if (/%[%_-]$/.test(value)) return parts;
  const label = /\.([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)\.?$/i.exec(last.text)?.[1];
  return label !== undefined && !/^\d+$/.test(label) ? parts : wrong('domain-syntax', offset);
}
