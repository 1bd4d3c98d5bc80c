import { askOne, type Enquiry, messageOf, type Reply } from '../ask/ask.ts';
import type { Message } from '../wire/message.ts';
import { isBelow, isWithin, labelsOf, type Name, nameOf, parentOf, ROOT } from '../wire/name.ts';
import { type Ds, readDnskey, readDs, readEach } from '../wire/rdata.ts';
import { findRRset, type RRset, rrsetsOf } from '../wire/record.ts';
import { RCODE, rcodeName, TYPE } from '../wire/types.ts';
import { DIGESTS, VERIFIABLE } from './algorithms.ts';
import type { Context, SecureZone, Trust } from './context.ts';
import { isZoneKey, keyTag, matchesDs } from './keys.ts';
import { showAbsence } from './proof.ts';
import { type NotSecure, notSecure } from './reason.ts';
import { signersOf, verifyRRset } from './signature.ts';

/**
 * Asks, and reads the answer: a message that says yes or no, or why there is nothing to judge by. @throws WorkExceeded
 */
export function* askFor(context: Context, name: Name, type: number): Enquiry<Message | NotSecure> {
  context.work.question();
  const reply: Reply = yield* askOne({ name, type });
  const message = messageOf(reply);
  if (typeof message === 'string') {
    const known = message === 'malformed' || message === 'limit' || message === 'not-recorded';
    return notSecure(known ? message : 'no-answer', name, type, message);
  }
  if (message.truncated || message.question?.name !== name || message.question.type !== type)
    return notSecure('malformed', name, type);
  if (message.rcode !== RCODE.NOERROR && message.rcode !== RCODE.NXDOMAIN)
    return notSecure('server-failure', name, type, rcodeName(message.rcode));
  // A server that only points elsewhere has not said that there is nothing.
  if (message.answer.length === 0 && !message.authoritative && !message.recursionAvailable)
    return notSecure('server-failure', name, type, 'referral');
  return message;
}

/**
 * The deepest zone that claims to have signed the set, where that can be its zone: a DS set is its parent's (RFC 4035
 * section 2.4).
 */
export function signerOf(set: RRset): Name | undefined {
  return signersOf(set).find((signer) => set.type !== TYPE.DS || signer !== set.name || set.name === ROOT);
}

/** The deepest zone above `name` that claims to have signed what a negative answer proves with. */
export function denierOf(message: Message, name: Name, type: number): Name | undefined {
  return rrsetsOf(message.authority)
    .filter((set) => set.type === TYPE.SOA || set.type === TYPE.NSEC || set.type === TYPE.NSEC3)
    .flatMap(signersOf)
    .filter((signer) => (type === TYPE.DS && name !== ROOT ? isBelow(name, signer) : isWithin(name, signer)))
    .sort((one, other) => labelsOf(other).length - labelsOf(one).length)[0];
}

/**
 * Are the keys of this zone trusted? Up through the signers of its DS sets, as far as an anchor (RFC 4035 section 5).
 * @throws WorkExceeded
 */
export function* trustIn(context: Context, zone: Name): Enquiry<Trust> {
  const known = context.zones.get(zone);
  if (known) return known;
  const trust = yield* establish(context, zone);
  // A name that a forged signature called a zone may be looked at again as what it is.
  if (trust.status === 'secure' || trust.reason.code !== 'signer-no-zone') context.zones.set(zone, trust);
  return trust;
}

function* establish(context: Context, zone: Name): Enquiry<Trust> {
  const anchors = context.anchors.get(zone);
  if (anchors) {
    const trust = yield* keysBy(context, zone, anchors, 'anchor');
    // The keys of the root are everybody's: where they are not good, the way to it changes answers, and nothing is known of what is below.
    return zone === ROOT && trust.status === 'bogus'
      ? notSecure('root-changed', ROOT, TYPE.DNSKEY, trust.reason.code)
      : trust;
  }
  if (zone === ROOT) return notSecure('no-anchor', zone, TYPE.DNSKEY);
  const message = yield* askFor(context, zone, TYPE.DS);
  if ('status' in message) return message;
  const set = findRRset(message.answer, zone, TYPE.DS);
  const parent = set ? signerOf(set) : denierOf(message, zone, TYPE.DS);
  const above = parent === undefined ? yield* trustAt(context, parentOf(zone)) : yield* trustIn(context, parent);
  if (above.status !== 'secure') return above;
  const cut = yield* descend(context, above, zone);
  return cut ?? notSecure('signer-no-zone', zone, TYPE.DS);
}

/**
 * The trusted zone that a name without signatures would be in, going down from the anchor, or where trust ends. @throws
 * WorkExceeded
 */
export function* trustAt(context: Context, name: Name): Enquiry<Trust> {
  const labels = labelsOf(name);
  const path = labels.map((_, at) => nameOf(labels.slice(at))).concat(ROOT);
  const start = path.find((one) => context.anchors.has(one));
  if (start === undefined) return notSecure('no-anchor', name, TYPE.DNSKEY);
  let trust = yield* trustIn(context, start);
  for (const child of path.slice(0, path.indexOf(start)).reverse()) {
    if (trust.status !== 'secure') return trust;
    const known: Trust | undefined = context.zones.get(child);
    const below: Trust | null = known ?? (yield* descend(context, trust, child));
    if (below) {
      context.zones.set(child, below);
      trust = below;
    }
  }
  return trust;
}

/**
 * What is delegated at `child` from a trusted zone above: another trusted zone, the end of trust, or nothing (null).
 */
function* descend(context: Context, above: SecureZone, child: Name): Enquiry<Trust | null> {
  const message = yield* askFor(context, child, TYPE.DS);
  if ('status' in message) return message;
  const set = findRRset(message.answer, child, TYPE.DS);
  if (set) {
    const verified = verifyRRset(set, above.keys, above.zone, context);
    if (!verified.ok) return notSecure(verified.code, child, TYPE.DS);
    if (verified.source !== null) return notSecure('denial-wrong', child, TYPE.DS);
    return yield* keysBy(context, child, readEach(readDs, set.data), 'ds');
  }
  // An alias has no zone of its own (RFC 1034 section 3.6.2, RFC 6672 section 2.4).
  for (const alias of rrsetsOf(message.answer)) {
    const here = alias.type === TYPE.CNAME && alias.name === child;
    if (!here && !(alias.type === TYPE.DNAME && isBelow(child, alias.name))) continue;
    const verified = verifyRRset(alias, above.keys, above.zone, context);
    return verified.ok ? null : notSecure(verified.code, alias.name, alias.type);
  }
  const shown = showAbsence(message, child, TYPE.DS, above, context);
  if ('status' in shown) return shown;
  if (shown.optOut) return notSecure('opt-out', child, TYPE.DS);
  return shown.types?.has(TYPE.NS) ? notSecure('no-ds', child, TYPE.DS) : null;
}

/** The keys of a zone, trusted by a digest that its parent or an anchor gives (RFC 4035 section 5.2). */
function* keysBy(context: Context, zone: Name, all: readonly Ds[], by: 'anchor' | 'ds'): Enquiry<Trust> {
  const accepted = all.filter(
    ({ algorithm, digestType }) =>
      context.algorithms.includes(algorithm) && VERIFIABLE.includes(algorithm) && digestType in DIGESTS,
  );
  if (accepted.length === 0) return notSecure('algorithm-not-accepted', zone, TYPE.DS);
  // With a better digest there, SHA-1 does not count (RFC 4509 section 3).
  const strong = accepted.filter(({ digestType }) => digestType !== 1);
  const digests = strong.length > 0 ? strong : accepted;
  const message = yield* askFor(context, zone, TYPE.DNSKEY);
  if ('status' in message) return message;
  const set = findRRset(message.answer, zone, TYPE.DNSKEY);
  if (!set) return notSecure('key-missing', zone, TYPE.DNSKEY);
  const keys = readEach(readDnskey, set.data).filter(isZoneKey);
  const entry = keys.flatMap((key) => {
    const ds = digests.find((one) => matchesDs(zone, key, one));
    return ds ? [{ key, ds }] : [];
  });
  if (entry.length === 0) return notSecure('key-not-delegated', zone, TYPE.DNSKEY);
  const verified = verifyRRset(
    set,
    entry.map(({ key }) => key),
    zone,
    context,
  );
  if (!verified.ok) return notSecure(verified.code, zone, TYPE.DNSKEY);
  const used = entry.find(({ key }) => key === verified.key) as (typeof entry)[number];
  context.links.push({
    zone,
    by,
    keyTag: keyTag(used.key),
    algorithm: used.key.algorithm,
    digestType: used.ds.digestType,
  });
  return { status: 'secure', zone, keys };
}
