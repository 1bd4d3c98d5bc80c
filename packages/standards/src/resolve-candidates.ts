/** Every reading of every place in a text that could name a standard, before one of them is chosen. */
import { at, type Candidate, type Ground } from './grammar/ground.ts';
import { withEditions } from './grammar/version.ts';
import type { Matcher } from './matcher.ts';
import { Target } from './matcher-facts.ts';
import type { Registry } from './registry.ts';
import { forbidden, judge } from './resolve-gates.ts';
import { isDigit, isWord, tokenize } from './tokens.ts';
import { scan } from './trie.ts';
import type { ResolveContext } from './types.ts';

/** A name found by the trie. */
interface Hit {
  start: number;
  end: number;
  record: number;
  gate: number;
  language: string;
  tokens: number;
}

/** Names of one token are of their language only; longer ones say themselves what they are. */
const SHORT = 6;
/** How far back from a name its own acronym or long form may open a bracket. */
const BRACKET = /\s{0,2}[([]\s?/y;
const BRACKET_END = /\s?[)\]]/y;

/** Every reading of every name found, overlapping ones too: `resolve` chooses among them. */
export function readings(ground: Ground, matcher: Matcher, registry: Registry, context: ResolveContext): Candidate[] {
  const { text } = ground;
  const { facts } = matcher;
  const tokens = tokenize(text);
  const hits: Hit[] = [];
  const out: Candidate[] = [];
  const tried = new Set<number>();
  scan(matcher.trie, text, tokens, (target, language, first, last, end) => {
    const start = tokens.start[first] as number;
    const kind = Target.kindOf(target);
    const index = Target.indexOf(target);
    if (kind === 'name') {
      const name = facts.names[index];
      if (!name) return;
      let stop = end;
      if (name.glued) {
        if (!isDigit(text, end)) return;
        stop = end - 1;
      }
      if (!bordersHold(text, start, stop)) return;
      hits.push({
        start,
        end: stop,
        record: name.record,
        gate: name.gate,
        language: facts.languages[language] ?? '*',
        tokens: last - first + 1,
      });
      return;
    }
    // Several anchors may lead to one place ("ISO", "ISO/IEC").
    const key = start * 64 + (kind === 'grammar' ? index : 32 + (index % 32));
    if (kind === 'grammar') {
      if (tried.has(key)) return;
      tried.add(key);
      out.push(...(matcher.grammars[index]?.(ground, start) ?? []));
    } else out.push(...seriesAt(matcher, registry, ground, index, start));
  });
  facts.series.forEach((one, index) => {
    if (one.everywhere) out.push(...seriesEverywhere(matcher, registry, ground, index));
  });
  return [...out, ...named(hits, ground, matcher, registry, context)];
}

/** A name that ends in a whole version: `SSLv3`, `SAML 2`. */
const WHOLE_VERSION = /(?:[vV]|[A-Za-z] )\d$/;

/** Names stand by themselves: no letter or digit is glued to them, except a number after letters (`BIO1`, `TLS12`). */
function bordersHold(text: string, start: number, end: number): boolean {
  if (start > 0 && isWord(text, start - 1) && !isCjk(text, start - 1) && !isCjk(text, start)) {
    // "RSA2048SHA256": a long name after the figure of another.
    if (!isDigit(text, start - 1) || end - start < 5) return false;
  }
  // "TLSv1" in "TLSv1.4" is another version.
  if (text[end] === '.' && isDigit(text, end + 1) && WHOLE_VERSION.test(text.slice(start, end))) return false;
  if (!isWord(text, end) || isCjk(text, end)) return true;
  // "SNMPv4": a version that no name has.
  if ((text[end] === 'v' || text[end] === 'V') && isDigit(text, end + 1) && /^[A-Z]+$/.test(text.slice(start, end)))
    return true;
  // "C5x", "A4b": a short name that ends in a figure is no longer itself with letters behind it.
  return isDigit(text, end) || (isDigit(text, end - 1) && end - start > 3);
}

function isCjk(text: string, index: number): boolean {
  const c = text.charCodeAt(index);
  return c >= 0x2e80 && c < 0xfb00;
}

function named(
  hits: Hit[],
  ground: Ground,
  matcher: Matcher,
  registry: Registry,
  context: ResolveContext,
): Candidate[] {
  const { text } = ground;
  const { facts } = matcher;
  /** Things whose name stands somewhere without a gate, or with its gate open: one text means one thing by one acronym. */
  const spoken = new Map<number, string>();
  const verdicts = hits.map((hit) => {
    if (
      hit.language !== '*' &&
      hit.end - hit.start <= SHORT &&
      context.language !== undefined &&
      context.language !== hit.language
    )
      return { open: false, word: null };
    if (hit.gate < 0) {
      if (hit.tokens > 1 || hit.end - hit.start > SHORT) spoken.set(hit.record, text.slice(hit.start, hit.end));
      return { open: true, word: null };
    }
    const gate = facts.gates[hit.gate];
    const verdict = gate ? judge(gate, text, hit.start, hit.end) : { open: true, word: null };
    if (verdict.open && verdict.word !== null && !spoken.has(hit.record)) spoken.set(hit.record, verdict.word);
    return verdict;
  });
  const open: { hit: Hit; reason: string; weight: number }[] = [];
  hits.forEach((hit, i) => {
    const verdict = verdicts[i];
    const record = registry.at(hit.record);
    const gate = hit.gate < 0 ? undefined : facts.gates[hit.gate];
    let reason: string | undefined;
    if (verdict?.open) reason = verdict.word === null ? 'alias' : `alias: "${verdict.word}" is near`;
    else if (
      gate &&
      verdict &&
      spoken.has(hit.record) &&
      (hit.language === '*' || context.language === undefined || context.language === hit.language)
    ) {
      // In a line of capitals an acronym looks like any word (DES, ARC): there only its own context counts.
      if (inCapitals(text, hit.start, hit.end)) return;
      if (!forbidden(gate, text, hit.start, hit.end)) reason = `alias: elsewhere with "${spoken.get(hit.record)}"`;
    }
    if (reason === undefined) return;
    const weight =
      (record.country !== undefined && record.country === context.country ? 4 : 0) +
      (hit.language !== '*' && hit.language === context.language ? 2 : 0) +
      (verdict?.word ? 2 : 0) -
      (record.country !== undefined &&
      context.country !== undefined &&
      record.country !== context.country &&
      record.country !== 'EU'
        ? 1
        : 0);
    open.push({ hit, reason, weight });
  });
  return competing(open, ground, registry);
}

/** Whether the words to both sides are in capitals, and letters. */
function inCapitals(text: string, start: number, end: number): boolean {
  const before = /(\p{L}{3,})[^\p{L}\n]{0,3}$/u.exec(text.slice(Math.max(0, start - 24), start))?.[1];
  const after = /^[^\p{L}\n]{0,3}(\p{L}{3,})/u.exec(text.slice(end, end + 24))?.[1];
  const capital = (word: string | undefined) => word !== undefined && word === word.toUpperCase();
  return capital(before) && capital(after);
}

/** Of several things of one name at one place, the one that fits the context; the others are said in the reason. */
function competing(
  open: { hit: Hit; reason: string; weight: number }[],
  ground: Ground,
  registry: Registry,
): Candidate[] {
  const places = new Map<string, { hit: Hit; reason: string; weight: number }[]>();
  for (const one of open) {
    const key = `${one.hit.start} ${one.hit.end}`;
    const there = places.get(key);
    if (there) there.push(one);
    else places.set(key, [one]);
  }
  const byStart = new Map<number, { hit: Hit; id: string; family: string }[]>();
  const chosen: { hit: Hit; reason: string; id: string; family: string }[] = [];
  for (const there of places.values()) {
    const best = there.sort((a, b) => b.weight - a.weight)[0];
    if (!best) continue;
    const record = registry.at(best.hit.record);
    const others = [...new Set(there.map((o) => registry.at(o.hit.record).id))].filter((id) => id !== record.id);
    const reason = others.length > 0 ? `${best.reason}; not ${others.slice(0, 3).join(', ')}` : best.reason;
    const item = { hit: best.hit, reason, id: record.id, family: record.family ?? record.id };
    chosen.push(item);
    byStart.set(item.hit.start, [...(byStart.get(item.hit.start) ?? []), item]);
  }
  return chosen.flatMap(({ hit, reason, id, family }) => {
    const end = withBracket(ground.text, hit.end, family, byStart);
    return withEditions(ground, { start: hit.start, end, id, versioned: isEditionOf(registry, hit.record), reason });
  });
}

/** `Transport Layer Security (TLS)`: the same thing again in brackets belongs to the name. */
function withBracket(
  text: string,
  end: number,
  family: string,
  byStart: Map<number, { hit: Hit; family: string }[]>,
): number {
  const bracket = at(BRACKET, text, end);
  if (!bracket) return end;
  const inside = (byStart.get(end + bracket[0].length) ?? []).filter((other) => other.family === family);
  const stop = Math.max(...inside.map((other) => other.hit.end), 0);
  if (stop === 0) return end;
  const close = at(BRACKET_END, text, stop);
  return close ? stop + close[0].length : end;
}

/** A name of one edition says the edition. */
function isEditionOf(registry: Registry, index: number): boolean {
  const record = registry.at(index);
  return record.edition !== undefined || (record.family !== undefined && record.family !== record.id);
}

function member(
  matcher: Matcher,
  registry: Registry,
  ground: Ground,
  index: number,
  found: RegExpExecArray,
  start: number,
): Candidate[] {
  const one = matcher.facts.series[index];
  if (!one) return [];
  const end = start + found[0].length;
  const gate = one.gate < 0 ? undefined : matcher.facts.gates[one.gate];
  const verdict = gate ? judge(gate, ground.text, start, end) : { open: true, word: null };
  if (!verdict.open) return [];
  const fill = (template: string) =>
    template
      .replace(/\$(\d)/g, (_, n: string) => found[Number(n)] ?? '')
      .replace(/\s+/g, ' ')
      // A group that took no part leaves its joiner behind.
      .replace(/[\s.,/-]+$/, '')
      .trim();
  const id = fill(one.id);
  const reason = verdict.word === null ? `series: ${one.label}` : `series: ${one.label}, "${verdict.word}" is near`;
  const known = registry.get(id);
  if (known) return [{ start, end, id: known.id, versioned: known.edition !== undefined, reason }];
  const { body, kind, core, topics, confidence } = one;
  return [
    {
      start,
      end,
      id,
      versioned: false,
      reason,
      member: {
        id,
        title: fill(one.title),
        body,
        status: 'unknown',
        replaces: [],
        replacedBy: [],
        kind,
        topics,
        core,
        source: '',
        confidence,
      },
    },
  ];
}

function seriesAt(matcher: Matcher, registry: Registry, ground: Ground, index: number, start: number): Candidate[] {
  const found = at(matcher.series(index), ground.text, start);
  return found && found[0] !== '' ? member(matcher, registry, ground, index, found, start) : [];
}

function seriesEverywhere(matcher: Matcher, registry: Registry, ground: Ground, index: number): Candidate[] {
  const out: Candidate[] = [];
  for (const found of ground.text.matchAll(matcher.series(index)))
    out.push(...member(matcher, registry, ground, index, found as RegExpExecArray, found.index));
  return out;
}
