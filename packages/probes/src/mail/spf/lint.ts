import type { Observation } from '../../check.ts';
import { saw } from '../judgement.ts';
import { ask, canonical, type Dialogue, isQueryable, texts } from '../lookup.ts';
import type { MacroPart } from './macro.ts';
import { coverage, type Network } from './networks.ts';
import { type Mechanism, modifier, parseSpf, type SpfRecord, spfRecords } from './record.ts';

/** What becomes of a client that no term names; `none` is a record that does not say, which is neutral too. */
export type Remainder = 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'unknown';

export interface SpfReport {
  /** The record of the domain itself. */
  record: string | null;
  remainder: Remainder;
  /** Terms that ask the DNS when nothing matches before the end, of this record and all that it leads to. */
  lookups: number;
  voidLookups: number;
  observations: Observation[];
}

/** RFC 7208 section 3.4: a record with its name should fit an answer of 512 bytes; 450 is the section's own figure. */
const LARGEST = 450;
/** From here on the count is of no more use; it also ends loops. */
const MOST_LOOKUPS = 50;
/** A share of all addresses that is as good as all, and one that deserves a question: a /8. */
const OPEN = 0.5;
const BROAD = 2 ** -8;

interface Walk {
  lookups: number;
  voidLookups: number;
  networks: Network[];
  observations: Observation[];
}
interface Reach {
  remainder: Remainder;
  open: boolean;
}

/**
 * Reads a domain's SPF record and every record that it leads to, as a reviewer would, with no client in mind: syntax with its place,
 * the count of RFC 7208 section 4.6.4, what happens to everybody else, and what the RFC advises against.
 */
export function* lintSpf(domain: string): Dialogue<SpfReport> {
  const walk: Walk = { lookups: 0, voidLookups: 0, networks: [], observations: [] };
  const { observations } = walk;
  const name = canonical(domain);
  const texted = yield* ask(name, 'TXT');
  const old = yield* ask(name, 'SPF');
  if (spfRecords(texts(old)).length > 0) observations.push(saw('warn', 'spf.type-99', { domain: name }));
  const record = spfRecords(texts(texted))[0] ?? null;
  const reach = yield* visit(name, walk, 'own');
  if (record !== null && record.length > LARGEST) observations.push(saw('warn', 'spf.long', { bytes: record.length }));
  if (reach.open) observations.push(saw('fail', 'spf.open', { domain: name }));
  else if (isBroad(walk.networks)) observations.push(saw('warn', 'spf.broad', { domain: name }));
  return { record, remainder: reach.remainder, lookups: walk.lookups, voidLookups: walk.voidLookups, observations };
}

function isBroad(networks: Network[]): boolean {
  return coverage(networks, 4) >= BROAD || coverage(networks, 16) >= BROAD;
}

/** Reads the record of one name, and goes on into what it includes. `role` says what its absence would mean. */
function* visit(name: string, walk: Walk, role: 'own' | 'target'): Dialogue<Reach> {
  const { observations } = walk;
  const unknown: Reach = { remainder: 'unknown', open: false };
  const answer = yield* ask(name, 'TXT');
  if (answer.status === 'error') {
    observations.push(saw('inconclusive', 'spf.dns', { domain: name, reason: answer.reason }));
    return unknown;
  }
  const [text, second] = spfRecords(texts(answer));
  if (text === undefined || second !== undefined) {
    const code =
      second !== undefined ? 'spf.several-records' : role === 'own' ? 'spf.none' : 'spf.target-without-record';
    observations.push(saw('fail', code, { domain: name }));
    return unknown;
  }
  const record = parseSpf(text);
  for (const { code, at, term } of record.problems)
    observations.push(saw('fail', 'spf.syntax', { domain: name, problem: code, at, term }));
  if (record.problems.length > 0) return unknown;
  lintOrder(record, name, walk);
  return yield* follow(record, name, walk);
}

/** Terms that have no effect, and words that nobody knows. */
function lintOrder({ mechanisms, modifiers }: SpfRecord, domain: string, { observations }: Walk): void {
  const all = mechanisms.findIndex((one) => one.name === 'all');
  const late = all < 0 ? undefined : mechanisms[all + 1];
  if (late !== undefined) observations.push(saw('warn', 'spf.after-all', { domain, term: late.text, at: late.at }));
  for (const { name, text, at } of modifiers) {
    if (name === 'redirect' && all >= 0)
      observations.push(saw('warn', 'spf.redirect-unused', { domain, term: text, at }));
    if (name !== 'redirect' && name !== 'exp')
      observations.push(saw('warn', 'spf.unknown-modifier', { domain, term: text, at }));
  }
}

function* follow(record: SpfRecord, name: string, walk: Walk): Dialogue<Reach> {
  const own: Network[] = [];
  let open = false;
  let remainder: Remainder = 'none';
  for (const mechanism of record.mechanisms) {
    if (mechanism.name === 'all') {
      remainder = ({ '+': 'pass', '-': 'fail', '~': 'softfail', '?': 'neutral' } as const)[mechanism.qualifier];
      break;
    }
    const before = walk.networks.length;
    const reached = yield* term(mechanism, name, walk);
    // What another qualifier includes lets nobody pass.
    if (mechanism.qualifier !== '+') walk.networks.length = before;
    if (mechanism.qualifier !== '+') continue;
    open ||= reached.open;
    own.push(...reached.networks);
  }
  walk.networks.push(...own);
  open ||= remainder === 'pass' || coverage(walk.networks, 4) >= OPEN || coverage(walk.networks, 16) >= OPEN;
  const target = modifier(record, 'redirect');
  if (target === null || record.mechanisms.some((one) => one.name === 'all')) return { remainder, open };
  const next = yield* step(target.domain, target.text, name, walk);
  return { remainder: next.remainder, open: open || next.open };
}

function* term(mechanism: Mechanism, domain: string, walk: Walk): Dialogue<{ open: boolean; networks: Network[] }> {
  const { name, address, cidr4, cidr6, text, at } = mechanism;
  const nothing = { open: false, networks: [] };
  if (name === 'ip4' || name === 'ip6')
    return { open: false, networks: address ? [{ address, bits: name === 'ip4' ? cidr4 : cidr6 }] : [] };
  if (name === 'include') return { open: (yield* step(mechanism.domain ?? [], text, domain, walk)).open, networks: [] };
  walk.lookups += 1;
  if (name === 'ptr') {
    walk.observations.push(saw('warn', 'spf.ptr', { domain, term: text, at }));
    return nothing;
  }
  const target = mechanism.domain === undefined ? domain : literal(mechanism.domain);
  if (target === null || walk.lookups > MOST_LOOKUPS) return nothing;
  if (!isQueryable(target)) {
    walk.observations.push(saw('warn', 'spf.impossible-name', { domain, term: text, at }));
    return nothing;
  }
  const exists = yield* looksAt(name, target, walk);
  // Without a macro in its name, `exists` says the same of every client.
  return { open: (name === 'exists' && exists) || (exists && (cidr4 === 0 || cidr6 === 0)), networks: [] };
}

/** Whether the term finds anything at all; nothing is a void lookup for every client. */
function* looksAt(name: Mechanism['name'], target: string, walk: Walk): Dialogue<boolean> {
  const first = name === 'mx' ? yield* ask(target, 'MX') : yield* ask(target, 'A');
  const found = first.records.length > 0 || name !== 'a' ? first : yield* ask(target, 'AAAA');
  if (first.status === 'error' || found.status === 'error')
    walk.observations.push(saw('inconclusive', 'spf.dns', { domain: target, reason: found.reason ?? first.reason }));
  else if (found.records.length === 0) {
    walk.voidLookups += 1;
    walk.observations.push(saw('warn', 'spf.void', { domain: target, term: name }));
  }
  if (name === 'mx' && found.records.length > 10)
    walk.observations.push(saw('fail', 'spf.many-exchangers', { domain: target, count: found.records.length }));
  return found.records.length > 0;
}

/** Into the record of an `include` or a `redirect`. */
function* step(parts: MacroPart[], text: string, domain: string, walk: Walk): Dialogue<Reach> {
  walk.lookups += 1;
  const unknown: Reach = { remainder: 'unknown', open: false };
  if (walk.lookups > MOST_LOOKUPS) return unknown;
  const target = literal(parts);
  if (target === null) {
    walk.observations.push(saw('inconclusive', 'spf.macro-target', { domain, term: text }));
    return unknown;
  }
  if (!isQueryable(target)) {
    walk.observations.push(saw('fail', 'spf.target-without-record', { domain: target }));
    return unknown;
  }
  return yield* visit(canonical(target), walk, 'target');
}

function literal(parts: MacroPart[]): string | null {
  return parts.every((part): part is { text: string } => 'text' in part)
    ? parts.map((part) => part.text).join('')
    : null;
}
