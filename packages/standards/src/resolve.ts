/** Which standards a text names, where, and what holds of them. */
import { afterJoiner, type Candidate, type Ground } from './grammar/ground.ts';
import { matcherOf } from './matcher.ts';
import type { Registry } from './registry.ts';
import { hasEquivalent, isBoilerplate, isMinimum } from './resolve-around.ts';
import { readings } from './resolve-candidates.ts';
import { isAddress } from './resolve-exclude.ts';
import { knownFacts, openFacts } from './resolve-status.ts';
import type { ResolveContext, ResolvedMention } from './types.ts';

/** Characters to each side in which a word of the field makes an unknown standard one of the field. */
const FIELD_WITHIN = 160;
/** The standard of key words is a way of writing when it stands beside them. */
const KEY_WORDS = /^(?:RFC (?:2119|8174)|BCP 14)$/;

/**
 * Finds the standards that `text` names, in the order in which they stand; none overlap. Give a whole document at once: an acronym
 * that is spelled out or made clear in one place is understood in the others. Offsets are UTF-16 into `text`, and `mention.text` is that
 * slice. Pure; throws ContainerError when the compiled file is not of this version.
 */
export function resolve(text: string, context: ResolveContext, registry: Registry): ResolvedMention[] {
  const matcher = matcherOf(registry);
  const read = halfWidth(text);
  const ground: Ground = { text: read, lookup: matcher.lookup, words: matcher.words };
  const found = readings(ground, matcher, registry, context);
  const chosen = choose(found.filter((r) => !isAddress(read, r.start, r.end) && !declaresKeyWords(r, ground)));
  wholeWords(chosen);
  const mentions = chosen.map((reading, i) =>
    mention(reading, chosen[i + 1]?.start ?? text.length, ground, registry, context),
  );
  if (read !== text) for (const one of mentions) one.text = text.slice(one.start, one.end);
  // "ISO 27001, 27017 and 27018 or equivalent": what is said of the last member is said of the list.
  for (let i = mentions.length - 2; i >= 0; i--) {
    const one = mentions[i] as ResolvedMention;
    const next = mentions[i + 1] as ResolvedMention;
    if (next.orEquivalent && !one.orEquivalent && afterJoiner(ground, one.end) === next.start) one.orEquivalent = true;
  }
  return mentions;
}

/** RFC 2119 and its kin where they only say how MUST and SHOULD are meant: the document asks nothing by it. */
function declaresKeyWords({ id, start, end }: Candidate, ground: Ground): boolean {
  return id !== null && KEY_WORDS.test(id) && isBoilerplate(ground, start, end);
}

/** Full-width letters and figures of East Asian texts as their usual twins: one for one, so that offsets stay. */
function halfWidth(text: string): string {
  if (!/[\uff01-\uff5e]/.test(text)) return text;
  return text.replace(/[\uff01-\uff5e\u3000]/g, (c) =>
    c === '\u3000' ? ' ' : String.fromCharCode(c.charCodeAt(0) - 0xfee0),
  );
}

/** Longest first where readings overlap, what is known before what is open; of equally long ones the one that knows more. */
function choose(all: Candidate[]): Candidate[] {
  const known = (r: Candidate) => (r.id === null ? 0 : r.member ? 1 : r.versioned ? 3 : 2);
  const isOpen = (r: Candidate) => Number(r.id === null || r.member?.source === '');
  const sorted = all.sort((a, b) => a.start - b.start || b.end - a.end || known(b) - known(a));
  const out: Candidate[] = [];
  for (let i = 0; i < sorted.length; ) {
    let stop = (sorted[i] as Candidate).end;
    let j = i + 1;
    while (j < sorted.length && (sorted[j] as Candidate).start < stop)
      stop = Math.max(stop, (sorted[j++] as Candidate).end);
    const cluster = sorted
      .slice(i, j)
      .sort((a, b) => isOpen(a) - isOpen(b) || b.end - b.start - (a.end - a.start) || known(b) - known(a));
    const taken: Candidate[] = [];
    // The middle of a range (`RFC 4033-4035`) shares its place with the whole range.
    for (const one of cluster)
      if (
        taken.every(
          (t) =>
            one.end <= t.start ||
            one.start >= t.end ||
            (one.start === t.start && one.end === t.end && one.range === true && t.range === true && one.id !== t.id),
        )
      )
        taken.push(one);
    out.push(...taken.sort((a, b) => a.start - b.start));
    i = j;
  }
  return out;
}

/** Names glued to one word (`RSA2048SHA256`) share its place: a mention does not cut a word. */
function wholeWords(readings: Candidate[]): void {
  for (let i = 0; i + 1 < readings.length; i++) {
    const [one, next] = [readings[i] as Candidate, readings[i + 1] as Candidate];
    if (one.end !== next.start) continue;
    next.start = one.start;
    for (let j = i; j >= 0 && (readings[j] as Candidate).start === one.start; j--)
      (readings[j] as Candidate).end = next.end;
  }
}

/** A bracket that opens inside a name closes inside it. */
function closed(text: string, start: number, end: number): number {
  const piece = text.slice(start, end);
  return piece.lastIndexOf('(') > piece.lastIndexOf(')') && text.charAt(end) === ')' ? end + 1 : end;
}

function mention(
  reading: Candidate,
  next: number,
  ground: Ground,
  registry: Registry,
  context: ResolveContext,
): ResolvedMention {
  const { text, words } = ground;
  const { start, id, member } = reading;
  const end = closed(text, start, reading.end);
  const around = text.slice(Math.max(0, start - FIELD_WITHIN), start) + text.slice(end, end + FIELD_WITHIN);
  const facts =
    id === null
      ? openFacts(reading, context, reading.core ?? words.field.find(around) !== null)
      : member
        ? {
            standard: id,
            title: member.title,
            status: member.status,
            statusThen: context.date === undefined ? null : member.status,
            replacedBy: null,
            succession: [],
            kind: member.kind,
            topics: member.topics,
            core: member.core,
            versioned: reading.versioned,
            reason: reading.reason,
          }
        : knownFacts(reading, text.slice(start, end), registry, context);
  return {
    text: text.slice(start, end),
    start,
    end,
    ...facts,
    minimum: isMinimum(ground, start, end, next),
    orEquivalent: hasEquivalent(ground, end, next),
  };
}
