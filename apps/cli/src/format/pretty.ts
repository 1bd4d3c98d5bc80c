import { styleText } from 'node:util';
import { codeLabel, isNamed, isStale, type Mention, type Quote, type Reading, SCALES } from '@proviso/reading';
import { messages, type Say } from '../messages.ts';
import { printable } from '../terminal.ts';
import type { FormatContext, Formatter } from './formatter.ts';

const MENTIONS_SHOWN = 14;

type Style = (format: Parameters<typeof styleText>[0], text: string) => string;

/** One screen a document: the three answers, the best words for each, the standards with stale ones in red. */
export function createPretty(context: FormatContext): Formatter {
  const say = messages(context.language);
  const width = Math.max(60, Math.min(context.width, 110));
  const style: Style = context.color
    ? (format, text) => styleText(format, text, { validateStream: false })
    : (_, text) => text;
  const count = { n: 0, ict: 0, security: 0, named: 0, stale: 0, unread: 0 };
  return {
    begin: () => '',
    one: (reading) => {
      tally(count, reading);
      return document(reading, { say, style, width, language: context.language });
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
  const { say, style, width } = page;
  const { source, scope, security, standards } = reading;
  const lines: string[] = [];
  lines.push(style('bold', `━━ ${printable(source.path)} ${'━'.repeat(Math.max(2, width - source.path.length - 4))}`));
  const facts = [
    source.title,
    source.publisher,
    source.country,
    source.language,
    source.date,
    source.format,
    pagesOf(reading, say),
  ];
  lines.push(`   ${style('dim', cut(printable(facts.filter((fact) => fact).join(' · ')), width - 3))}`);
  if (source.duplicateOf) lines.push(`   ${style('dim', say('duplicate', { path: printable(source.duplicateOf) }))}`);
  for (const problem of reading.problems)
    lines.push(style(problem.fatal ? 'red' : 'yellow', wrap(`! ${printable(problem.message)}`, width, 3, 2)));
  if (reading.problems.some((problem) => problem.fatal)) return `${lines.join('\n')}\n\n`;

  lines.push('');
  const kind = say(scope.isProcurement ? 'procurement' : 'notProcurement');
  lines.push(
    answer('1', say('question1'), 'scope', scope.value, page, kind),
    ...quotes(scope.evidence.slice(0, 1), page),
  );
  const topics = security.topics.map((entry) => codeLabel('topic', entry.topic, page.language)).join(', ');
  lines.push(answer('2', say('question2'), 'security', security.value, page, ''));
  if (topics) lines.push(style('dim', wrap(`${say('topics')}: ${topics}`, width, 6)));
  lines.push(...quotes(security.evidence.slice(0, 2), page));
  lines.push(answer('3', say('question3'), 'standards', standards.value, page, ''));
  if (standards.delegatedTo.length > 0) lines.push(`      ${say('delegated')}: ${standards.delegatedTo.join(', ')}`);
  lines.push(...mentionLines(standards.mentions, page));
  return `${lines.join('\n')}\n\n`;
}

function answer(
  number: string,
  question: string,
  scale: keyof typeof SCALES,
  value: string | null,
  page: Page,
  extra: string,
): string {
  const { style, say } = page;
  const values: readonly string[] = SCALES[scale];
  const at = value === null ? -1 : values.indexOf(value);
  const dots = at < 0 ? '' : `${'●'.repeat(at)}${'○'.repeat(values.length - 1 - at)} `;
  const label = value === null ? say('noAnswer') : codeLabel(scale, value, page.language);
  return `   ${style('dim', number)}  ${question.padEnd(40)} ${style('cyan', dots)}${style('bold', label)}${extra ? ` · ${extra}` : ''}`;
}

function quotes(list: readonly Quote[], page: Page): string[] {
  return list.map((quote) => {
    const place = placeOf(quote, page.say);
    const words = cut(printable(quote.text), page.width - 12 - Math.min(place.length, 40));
    return `      “${words}”${place ? page.style('dim', `  ${cut(place, 40)}`) : ''}`;
  });
}

/** One line a standard: the strongest of its mentions, how often, and what is wrong with it. */
function mentionLines(mentions: readonly Mention[], page: Page): string[] {
  const { say, style } = page;
  const groups = new Map<string, Mention[]>();
  for (const mention of mentions) {
    if (!isNamed(mention)) continue;
    const key = `${mention.standard ?? mention.text}`;
    groups.set(key, [...(groups.get(key) ?? []), mention]);
  }
  const rows = [...groups]
    .map(([id, group]) => ({ id, group, stale: group.find(isStale) }))
    .sort((a, b) => Number(b.stale !== undefined) - Number(a.stale !== undefined));
  const shown = rows.slice(0, MENTIONS_SHOWN).map(({ id, group, stale }) => {
    const first = stale ?? group[0];
    if (first === undefined) return '';
    const times = group.length > 1 ? ` ×${group.length}` : '';
    const modality = codeLabel('modality', strongest(group), page.language);
    const notes = [
      stale
        ? `${codeLabel('status', stale.status, page.language)}${stale.replacedBy ? ` → ${stale.replacedBy}` : ''}`
        : '',
      first.standard === null ? say('open') : '',
      first.minimum ? say('minimum') : '',
    ].filter((note) => note !== '');
    const line = `${`${printable(id)}${times}`.padEnd(34)} ${modality.padEnd(12)} ${notes.join(', ')}`.trimEnd();
    const place = placeOf(first, say);
    return `      ${stale ? style('red', line) : line}${place ? style('dim', `  ${cut(place, 40)}`) : ''}`;
  });
  if (rows.length > MENTIONS_SHOWN)
    shown.push(style('dim', `      ${say('more', { n: rows.length - MENTIONS_SHOWN })}`));
  return shown;
}

function strongest(group: readonly Mention[]): string {
  return SCALES.modality.find((modality) => group.some((mention) => mention.modality === modality)) ?? 'context';
}

function pagesOf(reading: Reading, say: Say): string {
  return reading.source.pages === null ? '' : say('page', { n: reading.source.pages });
}

function placeOf(quote: Quote, say: Say): string {
  return [quote.page === null ? '' : say('page', { n: quote.page }), printable(quote.section)]
    .filter((part) => part !== '')
    .join(' › ');
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(1, length - 1)).trimEnd()}…`;
}

function wrap(text: string, width: number, indent: number, hang = 0): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + word.length + 1 > width - indent - hang) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((each, i) => `${' '.repeat(indent + (i > 0 ? hang : 0))}${each}`).join('\n');
}
