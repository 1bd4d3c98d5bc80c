import type { Enquiry } from '../ask/ask.ts';
import type { Message } from '../wire/message.ts';
import { isBelow, labelsOf, type Name, nameBelow, parentOf, ROOT } from '../wire/name.ts';
import { readEach, readTarget } from '../wire/rdata.ts';
import { findRRset, type RRset, rrsetsOf } from '../wire/record.ts';
import { RCODE, TYPE } from '../wire/types.ts';
import { askFor, denierOf, signerOf, trustAt, trustIn } from './chain.ts';
import { type Context, type Link, newContext, type Trust, type ValidateOptions } from './context.ts';
import { showAbsence, showExpansion } from './proof.ts';
import { type NotSecure, notSecure, type Reason, type Status } from './reason.ts';
import { verifyRRset } from './signature.ts';
import { WorkExceeded } from './work.ts';

export interface Validation {
  /** Of the whole way, aliases included: no better than its worst step. */
  status: Status;
  /** Why it is not secure; null where it is. */
  reason: Reason | null;
  /** The name that the answer speaks of, at the end of the aliases. */
  name: Name;
  /** The aliases on the way, the name that was asked for first; empty without aliases. */
  aliases: Name[];
  /** The records, or null where there are none: then `absence` says how. Both null where there was no answer. */
  set: RRset | null;
  absence: 'no-data' | 'no-name' | null;
  /** The zone that signed the answer, where it is secure. */
  zone: Name | null;
  /** Zones whose keys were trusted, from the anchor down. */
  links: Link[];
}

/** Aliases followed before a limit is reached. */
export const MOST_ALIASES = 12;

/** Nothing found yet, and nothing against it. */
export const emptyValidation = (name: Name): Validation => ({
  status: 'secure',
  reason: null,
  name,
  aliases: [],
  set: null,
  absence: null,
  zone: null,
  links: [],
});

/**
 * Asks for a name and type, follows aliases, and judges every step by DNSSEC (RFC 4033 to 4035, 5155, 6840): `secure`
 * with signatures as far as a trust anchor, `insecure` where it is proved that none are to be expected, `bogus` where
 * they are missing or wrong, `indeterminate` where there was no answer or a limit was reached. Pure: the same replies,
 * anchors and time give the same result. Never throws for content.
 */
export function* validate(name: Name, type: number, options: ValidateOptions): Enquiry<Validation> {
  const context = newContext(options);
  const result: Validation = { ...emptyValidation(name), links: context.links };
  try {
    yield* follow(context, type, result);
  } catch (error) {
    if (!(error instanceof WorkExceeded)) throw error;
    worsen(result, notSecure('limit', result.name, type, error.message));
  }
  if (result.status !== 'secure') result.zone = null;
  return result;
}

function* follow(context: Context, type: number, result: Validation): Enquiry<void> {
  let message: Message | undefined;
  for (;;) {
    const here = result.name;
    if (!message || !speaksOf(message, here, type)) {
      const reply: Message | NotSecure = yield* askFor(context, here, type);
      if ('status' in reply) return worsen(result, reply);
      message = reply;
    }
    const set = findRRset(message.answer, here, type);
    if (set) {
      yield* judgeSet(context, message, set, result);
      result.set = set;
      return;
    }
    const alias = aliasIn(message, here);
    if (!alias) return yield* judgeAbsence(context, message, here, type, result);
    yield* judgeSet(context, message, alias.set, result);
    if (alias.target === null) return worsen(result, notSecure('malformed', here, alias.set.type));
    if (alias.target === here || result.aliases.includes(alias.target))
      return worsen(result, notSecure('alias-loop', here, alias.set.type));
    if (result.aliases.length >= MOST_ALIASES)
      return worsen(result, notSecure('limit', here, alias.set.type, 'more aliases than are followed'));
    result.aliases.push(here);
    result.name = alias.target;
  }
}

/** Does the message hold the record or an alias for this name? Else what it says about another name is no answer. */
const speaksOf = (message: Message, name: Name, type: number): boolean =>
  findRRset(message.answer, name, type) !== undefined || aliasIn(message, name) !== null;

interface Alias {
  set: RRset;
  /** Null where the record is malformed or the name would be too long. */
  target: Name | null;
}

/**
 * The alias that holds for a name: a DNAME above it before a CNAME at it, because the CNAME beside a DNAME is made by
 * the server and not signed (RFC 6672 section 5.3.1): its target is worked out here.
 */
export function aliasIn(message: Message, name: Name): Alias | null {
  const sets = rrsetsOf(message.answer);
  const dname = sets.find((set) => set.type === TYPE.DNAME && isBelow(name, set.name));
  const cname = dname ?? sets.find((set) => set.type === TYPE.CNAME && set.name === name);
  if (!cname) return null;
  const targets = readEach(readTarget, cname.data);
  if (targets.length !== 1 || cname.data.length !== 1) return { set: cname, target: null };
  const target = targets[0] as Name;
  if (!dname) return { set: cname, target };
  const kept = labelsOf(name).slice(0, labelsOf(name).length - labelsOf(dname.name).length);
  return { set: dname, target: nameBelow(kept, target) };
}

/** The zone to judge by: the one that claims to have signed, else the one that the name would be in. */
function* trustFor(context: Context, signer: Name | undefined, name: Name, type: number): Enquiry<Trust> {
  if (signer !== undefined) return yield* trustIn(context, signer);
  const parent = type === TYPE.DS && name !== ROOT ? parentOf(name) : name;
  return yield* trustAt(context, parent);
}

function* judgeSet(context: Context, message: Message, set: RRset, result: Validation): Enquiry<void> {
  const trust = yield* trustFor(context, signerOf(set), set.name, set.type);
  if (trust.status !== 'secure') return worsen(result, trust);
  const verified = verifyRRset(set, trust.keys, trust.zone, context);
  if (!verified.ok) return worsen(result, notSecure(verified.code, set.name, set.type));
  if (verified.source !== null) {
    const shown = showExpansion(message, set, verified.source, trust, context);
    if ('status' in shown) return worsen(result, shown);
    if (shown.optOut) return worsen(result, notSecure('opt-out', set.name, set.type));
  }
  result.zone = trust.zone;
}

function* judgeAbsence(
  context: Context,
  message: Message,
  name: Name,
  type: number,
  result: Validation,
): Enquiry<void> {
  result.absence = message.rcode === RCODE.NXDOMAIN ? 'no-name' : 'no-data';
  const trust = yield* trustFor(context, denierOf(message, name, type), name, type);
  if (trust.status !== 'secure') return worsen(result, trust);
  const shown = showAbsence(message, name, type, trust, context);
  if ('status' in shown) return worsen(result, shown);
  result.absence = shown.kind;
  // The start of authority beside the proof counts too: validators serve nothing where it is wrong (RFC 4035 section 3.2.3).
  const start = findRRset(message.authority, trust.zone, TYPE.SOA);
  const verified = start && verifyRRset(start, trust.keys, trust.zone, context);
  if (verified && !verified.ok) return worsen(result, notSecure(verified.code, trust.zone, TYPE.SOA));
  if (shown.optOut) return worsen(result, notSecure('opt-out', name, type));
  result.zone = trust.zone;
}

const ORDER: readonly Status[] = ['secure', 'insecure', 'indeterminate', 'bogus'];

/** Keeps the worst of the steps, and of equals the first. */
function worsen(result: Validation, step: NotSecure): void {
  if (ORDER.indexOf(step.status) <= ORDER.indexOf(result.status)) return;
  result.status = step.status;
  result.reason = step.reason;
}
