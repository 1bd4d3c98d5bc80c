import { parseDocument } from 'yaml';
import type { BoundedBuilder } from './bounded.ts';
import { tidy } from './piece.ts';

/** Keys of front matter, in the languages that site generators and document templates use, and the property each states. */
const KEYS: Readonly<Record<string, string>> = {
  title: 'title',
  titel: 'title',
  titre: 'title',
  titolo: 'title',
  titulo: 'title',
  título: 'title',
  pealkiri: 'title',
  otsikko: 'title',
  author: 'author',
  authors: 'author',
  autor: 'author',
  auteur: 'author',
  autore: 'author',
  creator: 'author',
  date: 'date',
  datum: 'date',
  fecha: 'date',
  data: 'date',
  published: 'date',
  publish_date: 'date',
  publishdate: 'date',
  issued: 'date',
  date_issued: 'date',
  pubdate: 'date',
  ausfertigungsdatum: 'date',
  first_published_at: 'date',
  publicatiedatum: 'date',
  effective_date: 'date',
  created: 'created',
  updated: 'modified',
  modified: 'modified',
  lastmod: 'modified',
  last_modified: 'modified',
  last_reviewed: 'modified',
  last_modified_at: 'modified',
  version: 'version',
  lang: 'language',
  language: 'language',
  locale: 'language',
  taal: 'language',
  publisher: 'publisher',
  organisation: 'publisher',
  organization: 'publisher',
  organisatie: 'publisher',
  herausgeber: 'publisher',
  issuer: 'publisher',
  agency: 'publisher',
  country: 'country',
  land: 'country',
  pays: 'country',
  type: 'type',
  doctype: 'type',
  document_type: 'type',
  status: 'status',
  license: 'licence',
  licence: 'licence',
  keywords: 'keywords',
  tags: 'keywords',
};

/** Front matter as a person would read it: at most this many bytes are parsed. */
const LONGEST = 200_000;
/** Words from which a value is prose and not a label, a file name or a code. */
const PROSE_WORDS = 6;

/** The front matter of a text (YAML between `---`, TOML between `+++`) and what stands after it. */
export function splitFrontMatter(text: string): { matter: string | null; kind: 'yaml' | 'toml'; body: string } {
  const found = /^\s{0,100}(---|\+\+\+)[ \t]*\n/.exec(text);
  if (found === null) return { matter: null, kind: 'yaml', body: text };
  const fence = found[1] as string;
  const from = found[0].length;
  // A rule and a paragraph at the top are no front matter: its first line is a key, a comment or a list.
  const first = text.slice(from, from + 2000).replace(/^(?:\s*(?:#.*)?\n)+/, '');
  if (!/^["']?[\p{L}_@$][^\n]{0,200}?["']?\s*[:=]/u.test(first) && !first.startsWith(fence))
    return { matter: null, kind: 'yaml', body: text };
  const close = new RegExp(`^(?:${fence === '---' ? '---|\\.\\.\\.' : '\\+\\+\\+'})[ \\t]*$`, 'm');
  const rest = text.slice(from);
  const end = close.exec(rest.slice(0, LONGEST));
  if (end === null) return { matter: null, kind: 'yaml', body: text };
  return {
    matter: rest.slice(0, end.index),
    kind: fence === '---' ? 'yaml' : 'toml',
    body: rest.slice(end.index + end[0].length),
  };
}

/** What front matter states: properties of the document, and sentences that belong to its text. */
export function readFrontMatter(
  builder: BoundedBuilder,
  matter: string,
  kind: 'yaml' | 'toml',
): { prose: [key: string, text: string][] } {
  const prose: [string, string][] = [];
  const values = kind === 'yaml' ? yamlValues(matter) : lineValues(matter, '=');
  for (const [key, value] of values) {
    const folded = key.toLowerCase().replace(/[\s-]/g, '_');
    const text = textOf(value);
    if (text === '') continue;
    const name = KEYS[folded];
    if (name !== undefined && name !== 'keywords') builder.property(name, dateOnly(name, text));
    else builder.property(folded, text);
    if (name === undefined && typeof value === 'string' && text.split(' ').length >= PROSE_WORDS)
      prose.push([key, text]);
  }
  return { prose };
}

/** Template values such as `git Last Modified` are no dates. */
function dateOnly(name: string, text: string): string {
  return (name === 'date' || name === 'created' || name === 'modified') && !/\d{4}/.test(text) ? '' : text;
}

function yamlValues(matter: string): [string, unknown][] {
  try {
    const document = parseDocument(matter, {
      schema: 'failsafe',
      uniqueKeys: false,
      strict: false,
      logLevel: 'silent',
    });
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    if (document.errors.length === 0 && typeof value === 'object' && value !== null && !Array.isArray(value))
      return Object.entries(value);
  } catch {
    // Read line by line below.
  }
  return lineValues(matter, ':');
}

/** Front matter that is not valid: what can be told from single lines. */
function lineValues(matter: string, separator: string): [string, unknown][] {
  const values: [string, unknown][] = [];
  for (const line of matter.split('\n')) {
    const at = line.indexOf(separator);
    if (at < 1 || /^\s|^#/.test(line)) continue;
    const value = line
      .slice(at + 1)
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2');
    if (value !== '' && !/^[[{|>]/.test(value)) values.push([line.slice(0, at).trim(), value]);
  }
  return values;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return tidy(value);
  if (Array.isArray(value))
    return value
      .filter((item) => typeof item === 'string')
      .slice(0, 50)
      .map(tidy)
      .join(', ');
  return '';
}
