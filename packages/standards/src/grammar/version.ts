/** Editions after a name: `TLS 1.2`, `SAML version 2.0`, `PCI-DSS v4`, `SSL v2 and v3`, `OWASP Top 10:2021`, `TLS 1.0, 1.1`. */

import type { Words } from '../words.ts';
import { afterJoiner, at, type Candidate, GAP, type Ground } from './ground.ts';

interface Expressions {
  tail: RegExp;
  item: RegExp;
}

const made = new WeakMap<Words, Expressions>();
const NUMBER = String.raw`(?<number>\d{1,4}(?:\.\d{1,3}){0,3})`;

function expressions(words: Words): Expressions {
  const known = made.get(words);
  if (known) return known;
  const word = `(?<word>(?:${words.edition})(?![\\p{Script=Latin}])\\.?${GAP}|v\\.?${GAP})`;
  const end = String.raw`(?![\p{N}\p{Script=Latin}%€$]|[.,]\d|\s?(?:GHz|MHz|MB|GB|Mbps|Gbps|%|€|EUR))`;
  const fresh = {
    tail: new RegExp(
      `(?:[\\s,\\-(/\\u00ad\\ufffe]{0,3}${word}|:${GAP}|[\\s\\-_/(\\[\\u00ad\\ufffe\\u2010-\\u2013]{0,3})${NUMBER}${end}`,
      'iuy',
    ),
    item: new RegExp(`${word}?${NUMBER}${end}`, 'iuy'),
  };
  made.set(words, fresh);
  return fresh;
}

const plain = (version: string) => version.replace(/^[^\d]*/, '').replace(/(?:\.0)+$/, '');

/** The edition of `family` that is written `version`; undefined when no record has it. */
function findEdition(ground: Ground, family: string, version: string): string | undefined {
  const { lookup } = ground;
  for (const id of [
    `${family} ${version}`,
    `${family}:${version}`,
    `${family} v${version}`,
    `${family}v${version}`,
    `${family}${version}`,
  ])
    if (id !== family && lookup.get(id)) return id;
  const editions = lookup.editions(family).filter((id) => id !== family);
  const same = (other: string | undefined) => other !== undefined && plain(other) === plain(version);
  const exact =
    editions.find((id) => same(lookup.get(id)?.edition)) ?? editions.find((id) => same(/[\d.]+$/.exec(id)?.[0]));
  if (exact !== undefined) return exact;
  // "SNMP version 2" is 2c, "NTP 4" is 4.0: the only edition that begins so.
  const begins = editions.filter((id) => new RegExp(`[\\sv]${version.replace(/\./g, '\\.')}[a-z]$`).test(id));
  return begins.length === 1 ? begins[0] : undefined;
}

/** Reads the edition after the name that ends at `mention.end`, and the list of editions after that. */
export function withEditions(ground: Ground, mention: Candidate): Candidate[] {
  const { text, lookup, words } = ground;
  if (mention.id === null || mention.versioned) return [mention];
  const record = lookup.get(mention.id);
  const family = record?.family ?? mention.id;
  const { tail, item } = expressions(words);
  const found = at(tail, text, mention.end);
  if (!found?.groups) return [mention];
  const { number = '', word } = found.groups;
  const edition = findEdition(ground, family, number);
  let end = mention.end + found[0].length;
  // "ASVS (V1)" is a chapter; "(2021)" and "(2.0)" are editions.
  if (/[([]/.test(found[0]) && /^\d{1,2}$/.test(number)) return [mention];
  // "(2021)" and "(version 2.0)" belong to the name; of "(1.2 or later)" only the figure does.
  if (/[([]/.test(found[0]) && /[)\]]/.test(text.charAt(end))) end++;
  // A lone figure after a blank is more often a footnote, a level or a count than an edition.
  if (edition === undefined && (word === undefined || !lookup.editions(family).some((id) => id !== family)))
    return [mention];
  const out: Candidate[] = [
    edition === undefined
      ? {
          ...mention,
          id: family,
          end,
          versioned: true,
          unknown: number,
          reason: `${mention.reason}: no record of edition ${number}`,
        }
      : { ...mention, id: edition, end, versioned: true },
  ];
  for (;;) {
    const start = afterJoiner(ground, end);
    const next = start < 0 ? null : at(item, text, start);
    if (!next?.groups) return out;
    const more = next.groups.number ?? '';
    if (next.groups.word === undefined && !more.includes('.') && !/^\d{4}$/.test(more) && number.includes('.'))
      return out;
    const id = findEdition(ground, family, more);
    if (id === undefined) return out;
    end = start + next[0].length;
    out.push({ ...mention, start, end, id, versioned: true, reason: 'list' });
  }
}
