import { type Address, inPrefix, parseAddress, reverseName } from '../address.ts';
import { type Answer, ask, canonical, type Dialogue, isQueryable, texts } from '../lookup.ts';
import { expandMacro, type MacroPart, type MacroValues, parseMacro } from './macro.ts';
import { type Mechanism, modifier, parseSpf, type Qualifier, type SpfRecord, spfRecords } from './record.ts';

export type SpfResult = 'none' | 'neutral' | 'pass' | 'fail' | 'softfail' | 'temperror' | 'permerror';

/** Who speaks (RFC 7208 section 2). */
export interface SpfClient {
  /** Address of the client, IPv4 or IPv6. */
  address: string;
  /** What it called itself. */
  helo: string;
  /** The envelope sender; empty or absent means that the name it called itself is judged. */
  sender?: string;
}

export interface SpfOptions {
  /** Terms that ask the DNS (RFC 7208 section 4.6.4). */
  maxLookups?: number;
  maxVoidLookups?: number;
  /** For explanations: who judges, and when (seconds since 1970). */
  receiver?: string;
  now?: number;
}

export interface SpfOutcome {
  result: SpfResult;
  /** Why there is an error. */
  problem?:
    | 'syntax'
    | 'multiple-records'
    | 'lookup-limit'
    | 'void-limit'
    | 'mx-limit'
    | 'target-without-record'
    | 'dns';
  /** The term that decided, as written, and the domain of its record. */
  term?: string;
  domain: string;
  /** What the domain says to those it rejects (RFC 7208 section 6.2). */
  explanation?: string;
  lookups: number;
  voidLookups: number;
}

/** What is kept of an explanation, which may repeat a macro thousands of times. */
const LONGEST_EXPLANATION = 4096;
const RESULTS: Record<Qualifier, SpfResult> = { '+': 'pass', '-': 'fail', '~': 'softfail', '?': 'neutral' };

/** What one evaluation carries through all its records. */
interface State {
  address: Address;
  helo: string;
  sender: string;
  receiver: string;
  now: number;
  maxLookups: number;
  maxVoidLookups: number;
  lookups: number;
  voidLookups: number;
}

/** Ends an evaluation from any depth. */
class Stop extends Error {
  result: 'temperror' | 'permerror';
  problem: NonNullable<SpfOutcome['problem']>;
  constructor(result: 'temperror' | 'permerror', problem: NonNullable<SpfOutcome['problem']>) {
    super(problem);
    this.result = result;
    this.problem = problem;
  }
}

/**
 * `check_host()` of RFC 7208 section 4, whole: macros, limits of section 4.6.4, explanations.
 * @returns the result; an address that is none is `none`, since there is no client to judge
 */
export function* checkHost(client: SpfClient, options: SpfOptions = {}): Dialogue<SpfOutcome> {
  const { maxLookups = 10, maxVoidLookups = 2, receiver = 'unknown', now = 0 } = options;
  const address = parseAddress(client.address);
  const sender = fullSender(client);
  const domain = canonical(sender.slice(sender.lastIndexOf('@') + 1));
  const nothing = { result: 'none' as const, domain, lookups: 0, voidLookups: 0 };
  if (address === null || !isQueryable(domain) || !domain.includes('.') || domain.startsWith('[')) return nothing;
  const state: State = {
    address,
    helo: client.helo,
    sender,
    receiver,
    now,
    maxLookups,
    maxVoidLookups,
    lookups: 0,
    voidLookups: 0,
  };
  const counts = () => ({ lookups: state.lookups, voidLookups: state.voidLookups });
  try {
    const { explain, ...found } = yield* evaluate(domain, state);
    const explanation = found.result === 'fail' && explain ? yield* explanationOf(explain, found.domain, state) : null;
    return { ...found, ...(explanation === null ? {} : { explanation }), ...counts() };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { result: error.result, problem: error.problem, domain, ...counts() };
  }
}

/** The identity that is judged; without a local part it is postmaster's (RFC 7208 section 4.3). */
function fullSender({ sender = '', helo }: SpfClient): string {
  const identity = sender === '' ? helo : sender;
  if (identity.startsWith('@')) return `postmaster${identity}`;
  return identity.includes('@') ? identity : `postmaster@${identity}`;
}

interface Found {
  result: SpfResult;
  domain: string;
  term?: string;
  explain?: MacroPart[];
}

function* evaluate(domain: string, state: State): Dialogue<Found> {
  const answer = yield* ask(domain, 'TXT');
  if (answer.status === 'error') throw new Stop('temperror', 'dns');
  const records = spfRecords(texts(answer));
  if (records.length > 1) throw new Stop('permerror', 'multiple-records');
  if (records[0] === undefined) return { result: 'none', domain };
  const record = parseSpf(records[0]);
  if (record.problems.length > 0) throw new Stop('permerror', 'syntax');
  for (const mechanism of record.mechanisms) {
    if (!(yield* matches(mechanism, domain, state))) continue;
    return { result: RESULTS[mechanism.qualifier], domain, term: mechanism.text, ...explainOf(record) };
  }
  return yield* redirected(record, domain, state);
}

function explainOf(record: SpfRecord): { explain?: MacroPart[] } {
  const target = modifier(record, 'exp');
  return target === null ? {} : { explain: target.domain };
}

/** RFC 7208 section 6.1: the other record takes over whole, its explanation too; if there is none, that is an error. */
function* redirected(record: SpfRecord, domain: string, state: State): Dialogue<Found> {
  const target = modifier(record, 'redirect');
  if (target === null) return { result: 'neutral', domain };
  countLookup(state);
  const name = yield* expand(target.domain, domain, state);
  const found = isQueryable(name) ? yield* evaluate(canonical(name), state) : null;
  if (found === null || found.result === 'none') throw new Stop('permerror', 'target-without-record');
  return found;
}

function* matches(mechanism: Mechanism, domain: string, state: State): Dialogue<boolean> {
  const { name } = mechanism;
  if (name === 'all') return true;
  if (name === 'ip4' || name === 'ip6') return covers(mechanism, mechanism.address ?? null, state.address);
  countLookup(state);
  const target = mechanism.domain === undefined ? domain : yield* expand(mechanism.domain, domain, state);
  // Macros can make a name that no query fits; that matches nothing (RFC 7208 section 4.8).
  if (name !== 'include' && !isQueryable(target)) return false;
  switch (name) {
    case 'include':
      return yield* included(target, state);
    case 'a':
      return yield* hostCovers(target, mechanism, state);
    case 'mx':
      return yield* exchangerCovers(target, mechanism, state);
    case 'exists': {
      const answer = yield* ask(target, 'A');
      return countVoid(answer, state).records.length > 0;
    }
    case 'ptr': {
      const names = yield* validatedNames(state, true);
      return names.some((one) => isWithin(one, target));
    }
  }
}

/** RFC 7208 section 5.2, the table of results. */
function* included(target: string, state: State): Dialogue<boolean> {
  const found = isQueryable(target) ? yield* evaluate(canonical(target), state) : null;
  if (found === null || found.result === 'none') throw new Stop('permerror', 'target-without-record');
  return found.result === 'pass';
}

function covers(mechanism: Mechanism, network: Address | null, address: Address): boolean {
  return network !== null && inPrefix(address, network, address.length === 4 ? mechanism.cidr4 : mechanism.cidr6);
}

function* hostCovers(name: string, mechanism: Mechanism, state: State): Dialogue<boolean> {
  const answer = yield* ask(name, state.address.length === 4 ? 'A' : 'AAAA');
  return countVoid(answer, state).records.some((text) =>
    covers(mechanism, parseAddress(text, { unmap: false }), state.address),
  );
}

/** RFC 7208 section 5.4; more than ten exchangers are an error (section 4.6.4). */
function* exchangerCovers(name: string, mechanism: Mechanism, state: State): Dialogue<boolean> {
  const answer = yield* ask(name, 'MX');
  const exchangers = countVoid(answer, state).records.map((record) => record.exchange);
  let tried = 0;
  for (const exchanger of exchangers) {
    if (++tried > 10) throw new Stop('permerror', 'mx-limit');
    if (isQueryable(exchanger) && (yield* hostCovers(exchanger, mechanism, state))) return true;
  }
  return false;
}

/** Names of the client that lead back to it (RFC 7208 section 5.5): the first ten, and errors are as if there were none. */
function* validatedNames(state: State, counted: boolean): Dialogue<string[]> {
  const answer = yield* ask(reverseName(state.address), 'PTR');
  if (answer.status === 'error') return [];
  if (counted) countVoid(answer, state);
  const names: string[] = [];
  for (const name of answer.records.slice(0, 10)) {
    if (!isQueryable(name)) continue;
    const back = yield* ask(name, state.address.length === 4 ? 'A' : 'AAAA');
    const own = back.records.some((text) => {
      const address = parseAddress(text, { unmap: false });
      return address !== null && inPrefix(state.address, address, state.address.length * 8);
    });
    if (own) names.push(canonical(name));
  }
  return names;
}

function isWithin(name: string, domain: string): boolean {
  return name === canonical(domain) || name.endsWith(`.${canonical(domain)}`);
}

function countLookup(state: State): void {
  state.lookups += 1;
  if (state.lookups > state.maxLookups) throw new Stop('permerror', 'lookup-limit');
}

function countVoid<A extends Answer>(answer: A, state: State): A {
  if (answer.status === 'error') throw new Stop('temperror', 'dns');
  if (answer.records.length === 0) state.voidLookups += 1;
  if (state.voidLookups > state.maxVoidLookups) throw new Stop('permerror', 'void-limit');
  return answer;
}

/** A name made from macros; too long, it loses labels from its left until it fits (RFC 7208 section 7.3). */
function* expand(parts: MacroPart[], domain: string, state: State): Dialogue<string> {
  const name = canonical(expandMacro(parts, yield* valuesFor(parts, domain, state)));
  const dot = name.length > 253 ? name.indexOf('.', name.length - 254) : -1;
  return name.slice(dot + 1);
}

function* valuesFor(parts: MacroPart[], domain: string, state: State): Dialogue<MacroValues> {
  const { address, helo, sender, receiver, now } = state;
  const asked = parts.some((part) => 'letter' in part && part.letter === 'p');
  const names = asked ? yield* validatedNames(state, false) : [];
  const validated =
    names.find((name) => name === domain) ?? names.find((name) => isWithin(name, domain)) ?? names[0] ?? 'unknown';
  return { address, helo, sender, domain, validated, receiver, now };
}

/** Anything wrong with an explanation means that there is none (RFC 7208 section 6.2). */
function* explanationOf(target: MacroPart[], domain: string, state: State): Dialogue<string | null> {
  const name = yield* expand(target, domain, state);
  const answer = isQueryable(name) ? yield* ask(name, 'TXT') : null;
  if (answer === null || answer.status === 'error' || answer.records.length !== 1) return null;
  const parts = parseMacro(texts(answer)[0] ?? '', true);
  if (!Array.isArray(parts)) return null;
  return expandMacro(parts, yield* valuesFor(parts, domain, state)).slice(0, LONGEST_EXPLANATION);
}
