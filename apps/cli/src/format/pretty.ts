import {
  codeLabel,
  type Finding,
  isNamed,
  isStale,
  type Mention,
  type Quote,
  type Reading,
  SCALES,
} from '@proviso/reading';
import { messages, type Say } from '../messages.ts';
import { printable, type Style, styler } from '../terminal.ts';
import type { FormatContext, Formatter } from './formatter.ts';
import { cut, excerpt, placeIn, wrap } from './lines.ts';

const MENTIONS_SHOWN = 14;
const FINDINGS_SHOWN = 5;
const QUOTE_LINES = 2;
/** What stands left of the answers, quotes and names. */
const INDENT = ' '.repeat(6);

/** One screen a document: the three answers, the best words for each, the standards with stale ones in red, and what to put right. */
export function createPretty(context: FormatContext): Formatter {
  const say = messages(context.language);
  const width = Math.max(60, Math.min(context.width, 110));
  const style = styler(context.color);
  const count = { n: 0, ict: 0, security: 0, named: 0, stale: 0, unread: 0 };
  return {
    begin: () => '',
    one: (reading) => {
      tally(count, reading);
      const title = printable(reading.source.title ?? '');
      return document(reading, { say, style, width, language: context.language, title });
    },
    end: () => {
      if (count.n < 2) return '';
      const unread = count.unread > 0 ? ` ${style('yellow', say('summaryUnread', { n: count.unread }))}` : '';
      return `${style('bold', say('summary', count))}${unread}\n`;
    },
  };
}

interface Page {
  say: Say;
  style: Style;
  width: number;
  language: string;
  /** Of the document at hand: a heading that only says it again is left out of places. */
  title: string;
}

function tally(count: Record<'n' | 'ict' | 'security' | 'named' | 'stale' | 'unread', number>, reading: Reading): void {
  count.n += 1;
  if (reading.problems.some((problem) => problem.fatal)) count.unread += 1;
  if (reading.scope.concernsIct) count.ict += 1;
  if (reading.security.value !== null && reading.security.value !== 'none') count.security += 1;
  if (reading.standards.mentions.some(isNamed)) count.named += 1;
  if (reading.standards.mentions.some(isStale)) count.stale += 1;
}

function document(reading: Reading, page: Page): string {
  const lines = [...headOf(reading, page)];
  for (const problem of reading.problems) {
    const [first, ...rest] = wrap(`! ${printable(problem.message)}`, page.width - 5);
    const text = [`   ${first}`, ...rest.map((line) => `     ${line}`)].join('\n');
    lines.push(page.style(problem.fatal ? 'red' : 'yellow', text));
  }
  if (!reading.problems.some((problem) => problem.fatal))
    lines.push('', ...answers(reading, page), ...findingLines(reading.findings, page));
  return `${lines.join('\n')}\n\n`;
}

/** The path, and what is known of the document. */
function headOf({ source }: Reading, { say, style, width }: Page): string[] {
  const path = cut(printable(source.path), width - 6);
  const facts = [
    source.title,
    source.publisher,
    source.country,
    source.language,
    source.date,
    source.format === 'unknown' ? '' : source.format,
    source.pages === null ? '' : say(source.pages === 1 ? 'onePage' : 'pages', { n: source.pages }),
  ];
  const known = cut(printable(facts.filter((fact) => fact).join(' · ')), width - 3);
  return [
    style('bold', `━━ ${path} ${'━'.repeat(width - path.length - 4)}`),
    ...(known === '' ? [] : [`   ${style('dim', known)}`]),
    ...(source.duplicateOf ? [`   ${style('dim', say('duplicate', { path: printable(source.duplicateOf) }))}`] : []),
  ];
}

function answers({ scope, security, standards }: Reading, page: Page): string[] {
  const { say, style } = page;
  const list = (text: string): string[] => wrap(text, page.width - INDENT.length).map((line) => `${INDENT}${line}`);
  const topics = security.topics.map((entry) => codeLabel('topic', entry.topic, page.language)).join(', ');
  return [
    ...answer('1', 'scope', scope.value, page, say(scope.isProcurement ? 'procurement' : 'notProcurement')),
    ...scope.evidence.slice(0, 1).flatMap((quote) => quoted(quote, page)),
    ...answer('2', 'security', security.value, page, ''),
    ...(topics ? list(say('topics', { list: topics })).map((line) => style('dim', line)) : []),
    ...security.evidence.slice(0, 2).flatMap((quote) => quoted(quote, page)),
    ...answer('3', 'standards', standards.value, page, ''),
    ...(standards.delegatedTo.length > 0 ? list(say('delegated', { list: standards.delegatedTo.join(', ') })) : []),
    ...mentionLines(standards.mentions, page),
  ];
}

const QUESTION = { scope: 'question1', security: 'question2', standards: 'question3' } as const;

/** Question and answer on one line where they fit, else one below the other. */
function answer(
  number: string,
  scale: keyof typeof QUESTION & keyof typeof SCALES,
  value: string | null,
  { style, say, width, language }: Page,
  extra: string,
): string[] {
  const values: readonly string[] = SCALES[scale];
  const at = value === null ? -1 : values.indexOf(value);
  const dots = at < 0 ? '' : `${'●'.repeat(at)}${'○'.repeat(values.length - 1 - at)} `;
  const label = value === null ? say('noAnswer') : codeLabel(scale, value, language);
  const tail = extra ? ` · ${extra}` : '';
  const question = say(QUESTION[scale]);
  const told = `${style('cyan', dots)}${style('bold', label)}${tail}`;
  const lead = `   ${style('dim', number)}  `;
  const beside = question.padEnd(40);
  return INDENT.length + beside.length + 1 + dots.length + label.length + tail.length <= width
    ? [`${lead}${beside} ${told}`]
    : [`${lead}${question}`, `${INDENT}${told}`];
}

/** The words, and after them or below them where they stand. */
function quoted(quote: Quote, page: Page): string[] {
  const room = page.width - INDENT.length;
  const words = excerpt(page.say('quoted', { text: printable(quote.text) }), room - 1, QUOTE_LINES);
  const lines = words.map((line, i) => `${INDENT}${i > 0 ? ' ' : ''}${line}`);
  const left = room - (words.at(-1) ?? '').length - 3;
  const whole = placeOf(quote, page, room - 1);
  if (whole === '') return lines;
  if (left < Math.min(whole.length, LEAST_PLACE)) return [...lines, `${INDENT} ${page.style('dim', whole)}`];
  return [...lines.slice(0, -1), `${lines.at(-1)}  ${page.style('dim', placeOf(quote, page, left))}`];
}

/** Characters below which a place tells nothing. */
const LEAST_PLACE = 30;

interface Naming {
  name: string;
  modality: string;
  notes: string;
  place: Mention;
  stale: boolean;
}

/** One line a standard: the strongest of its mentions, how often, and what is wrong with it; stale ones first. */
function mentionLines(mentions: readonly Mention[], page: Page): string[] {
  const groups = new Map<string, Mention[]>();
  for (const mention of mentions) {
    if (!isNamed(mention)) continue;
    const key = mention.standard ?? mention.text;
    groups.set(key, [...(groups.get(key) ?? []), mention]);
  }
  const rows = [...groups]
    .flatMap(([id, group]) => namingOf(id, group, page))
    .sort((a, b) => Number(b.stale) - Number(a.stale));
  const shown = rows.slice(0, MENTIONS_SHOWN);
  const columns = {
    name: Math.min(NAME_WIDTH, Math.max(...shown.map(({ name }) => name.length))),
    modality: Math.max(...shown.map(({ modality }) => modality.length)),
  };
  return [
    ...shown.map((row) => mentionLine(row, columns, page)),
    ...(rows.length > shown.length
      ? [page.style('dim', `${INDENT}${page.say('more', { n: rows.length - shown.length })}`)]
      : []),
  ];
}

const NAME_WIDTH = 40;

function mentionLine(row: Naming, columns: { name: number; modality: number }, page: Page): string {
  const words = [row.name.padEnd(columns.name), row.modality.padEnd(columns.modality), row.notes].filter(Boolean);
  const line = cut(words.join('  '), page.width - INDENT.length);
  const place = placeOf(row.place, page, page.width - INDENT.length - line.length - 2);
  const told = row.stale ? page.style('red', line) : line;
  return `${INDENT}${told}${place.length < 3 ? '' : page.style('dim', `  ${place}`)}`.trimEnd();
}

function namingOf(id: string, group: readonly Mention[], { say, language }: Page): Naming[] {
  const stale = group.find(isStale);
  const modality = SCALES.modality.find((each) => group.some((mention) => mention.modality === each)) ?? 'context';
  const first = stale ?? group.find((mention) => mention.modality === modality);
  if (first === undefined) return [];
  const notes = [
    stale ? `${codeLabel('status', stale.status, language)}${stale.replacedBy ? ` → ${stale.replacedBy}` : ''}` : '',
    first.standard === null ? say('open') : '',
    first.kind === 'law' ? say('law') : '',
    first.minimum ? say('minimum') : '',
  ];
  return [
    {
      name: `${printable(id)}${group.length > 1 ? ` ×${group.length}` : ''}`,
      modality: codeLabel('modality', modality, language),
      notes: notes.filter((note) => note !== '').join(', '),
      place: first,
      stale: stale !== undefined,
    },
  ];
}

const LEVELS = { error: 'levelError', warning: 'levelWarning', note: 'levelNote' } as const;
const COLOURS = { error: 'red', warning: 'yellow', note: 'dim' } as const;

/** What to put right, worst first; the same thing said of several places is said once. */
function findingLines(findings: readonly Finding[], page: Page): string[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) groups.set(finding.message, [...(groups.get(finding.message) ?? []), finding]);
  const order = Object.keys(LEVELS);
  const rows = [...groups.values()].sort(([a], [b]) => order.indexOf(a?.level ?? '') - order.indexOf(b?.level ?? ''));
  const shown = rows.slice(0, FINDINGS_SHOWN).flatMap((group) => {
    const finding = group[0] as Finding;
    const times = group.length > 1 ? ` ×${group.length}` : '';
    const level = page.say(LEVELS[finding.level]);
    const text = printable(`${level}: ${finding.message}${finding.fix ? ` ${finding.fix}` : ''}${times}`);
    const [first, ...rest] = wrap(text, page.width - INDENT.length - 2);
    const block = [`${INDENT}${first}`, ...rest.map((line) => `${INDENT}  ${line}`)].join('\n');
    return page.style(COLOURS[finding.level], block);
  });
  if (rows.length > FINDINGS_SHOWN)
    shown.push(page.style('dim', `${INDENT}${page.say('more', { n: rows.length - FINDINGS_SHOWN })}`));
  return shown.length === 0 ? [] : [`   ${page.style('dim', '!')}  ${page.say('findings')}`, ...shown];
}

function placeOf(quote: Quote, { say, title }: Page, width: number): string {
  const section = printable(quote.section);
  const below = section === title ? '' : section.startsWith(`${title} › `) ? section.slice(title.length + 3) : section;
  return placeIn(quote.page === null ? '' : say('page', { n: quote.page }), title === '' ? section : below, width);
}
