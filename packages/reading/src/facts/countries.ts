import { readContent } from '@proviso/content';
import { TermMatcher } from '../term-matcher.ts';

interface Cues {
  domains: string[];
  names: string[];
}

/** A domain as it is found in addresses: `…gouv.fr`, at the end of a host. */
const HOST = /(?:https?:\/\/|www\.|@)[\w.-]{0,80}?([\w-]+\.[a-z]{2,})(?=[/\s,;:)>\]"'|]|$)/gi;
/** Only the opening says whose document it is; further on other states are named. */
const OPENING = 30_000;

let known: { names: TermMatcher<string>; domains: Map<string, string> } | undefined;

function cues(): { names: TermMatcher<string>; domains: Map<string, string> } {
  if (known) return known;
  const data = readContent(new URL('../../facts/countries.yaml', import.meta.url)) as Record<string, Cues>;
  const names = Object.entries(data).flatMap(([label, { names }]) => names.map((text) => ({ text, label })));
  const domains = new Map(
    Object.entries(data).flatMap(([country, cue]) => cue.domains.map((domain) => [domain, country] as const)),
  );
  known = { names: new TermMatcher(names), domains };
  return known;
}

/** Languages in which file properties name countries. */
const NAMING = ['en', 'fr', 'de', 'nl', 'es', 'it', 'pt'];
let codes: Map<string, string> | undefined;

/**
 * ISO 3166 alpha-2 (or `EU`) of a country written as a code or by its name in one of seven languages; null for anything else.
 * The names are those of Unicode CLDR, which the runtime carries.
 */
export function countryCode(written: string): string | null {
  if (/^[A-Z]{2}$/.test(written)) return written;
  codes ??= countryNames();
  return codes.get(written.toLowerCase()) ?? null;
}

function countryNames(): Map<string, string> {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const found = new Map<string, string>();
  for (const language of NAMING) {
    const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
      const name = names.of(code)?.toLowerCase();
      // Some codes are aliases of others (UK of GB): the first in the alphabet is the current one.
      if (name && !found.has(name)) found.set(name, code);
    }
  }
  return found;
}

/** The country a text shows most signs of, with the first of them; null for fewer than two signs' worth. */
export function countryIn(text: string): { value: string; start: number; end: number } | null {
  const { names, domains } = cues();
  const opening = text.slice(0, OPENING);
  const votes = new Map<string, { weight: number; start: number; end: number }>();
  const vote = (country: string, weight: number, start: number, end: number): void => {
    const entry = votes.get(country);
    if (entry) entry.weight += weight;
    else votes.set(country, { weight, start, end });
  };
  names.scan(opening, 0, opening.length, (country, start, end) => vote(country, 2, start, end));
  for (const match of opening.matchAll(HOST)) {
    const host = match[0].replace(/^(?:https?:\/\/|www\.|@)/i, '').toLowerCase();
    const country = domainCountry(host, domains);
    if (country) vote(country, 1, match.index, match.index + match[0].length);
  }
  let best: { value: string; weight: number; start: number; end: number } | null = null;
  for (const [value, entry] of votes) if (!best || entry.weight > best.weight) best = { value, ...entry };
  return best && best.weight >= 2 ? best : null;
}

function domainCountry(host: string, domains: ReadonlyMap<string, string>): string | undefined {
  const parts = host.split('.');
  for (let i = 0; i < parts.length; i++) {
    const country = domains.get(parts.slice(i).join('.'));
    if (country) return country;
  }
  return undefined;
}
