import { checkWords, type ProbeOutcome, VERDICTS, type Verdict } from '@proviso/probes';
import { type MessageId, messages, type Say } from '../messages.ts';
import { printable, type Style, styler } from '../terminal.ts';
import { excerpt, wrap } from './lines.ts';
import type { ProbeFormatter, ProbePage } from './probe-formatter.ts';
import { countsOf, type Group, groupsOf } from './probe-groups.ts';

/** Signs that say it without colour too. */
const SIGNS: Record<Verdict, string> = { fail: '✗', inconclusive: '?', warn: '!', pass: '✓', 'not-applicable': '–' };
const COLOURS = {
  fail: 'red',
  inconclusive: 'magenta',
  warn: 'yellow',
  pass: 'green',
  'not-applicable': 'dim',
} as const;
export const VERDICT_WORDS: Record<Verdict, MessageId> = {
  fail: 'probeFail',
  inconclusive: 'probeOpen',
  warn: 'probeWarn',
  pass: 'probePass',
  'not-applicable': 'probeNone',
};
const INDENT = '   ';
const MOST_SENTENCES = 6;

/** Names on the terminal: each with what is wrong, why it matters and what to do; what is in order is only counted. */
export function probePretty(page: ProbePage): ProbeFormatter {
  const say = messages(page.language);
  const style = styler(page.color);
  const width = Math.max(60, Math.min(page.width, 110));
  const totals = { names: 0, fail: 0, inconclusive: 0 };
  return {
    begin: () => '',
    one: (outcome) => {
      totals.names += 1;
      if (outcome.results.some(({ verdict }) => verdict === 'fail')) totals.fail += 1;
      else if (outcome.results.some(({ verdict }) => verdict === 'inconclusive')) totals.inconclusive += 1;
      return `${nameLines(outcome, page, say, style, width).join('\n')}\n`;
    },
    end: () => (totals.names > 1 ? `${style('bold', say('probeSummary', totals))}\n` : ''),
  };
}

function nameLines(outcome: ProbeOutcome, page: ProbePage, say: Say, style: Style, width: number): string[] {
  const { language, profile, all } = page;
  const counts = countsOf(outcome);
  const name = printable(outcome.subject);
  const told = VERDICTS.filter((verdict) => counts[verdict] > 0).map((verdict) =>
    style(COLOURS[verdict], `${SIGNS[verdict]} ${counts[verdict]} ${say(VERDICT_WORDS[verdict])}`),
  );
  const groups = groupsOf(outcome, language).filter(
    ({ verdict }) => all || (verdict !== 'pass' && verdict !== 'not-applicable'),
  );
  const when = outcome.started.slice(0, 16).replace('T', ' ');
  return [
    style('bold', `━━ ${name} ${'━'.repeat(Math.max(2, width - name.length - 4))}`),
    `${INDENT}${told.join('   ')}`,
    ...wrap(`${printable(profile.title)}, ${when} UTC`, width - 3).map((line) => style('dim', `${INDENT}${line}`)),
    '',
    ...groups.flatMap((group) => groupLines(group, language, say, style, width)),
    ...(groups.length === 0 ? [`${INDENT}${say('lintNothing')}`, ''] : []),
  ];
}

function groupLines(
  { check, verdict, subjects, sentences }: Group,
  language: ProbePage['language'],
  say: Say,
  style: Style,
  width: number,
): string[] {
  const { title, why, todo } = checkWords(check, language);
  const room = width - INDENT.length - 2;
  const rest = sentences.length - MOST_SENTENCES;
  const about = excerpt(printable(subjects.join(', ')), room - 2, 2);
  return [
    `${INDENT}${style(COLOURS[verdict], `${SIGNS[verdict]} ${title}`)}${style('dim', `  ${check}`)}`,
    ...about.map((line) => `${INDENT}  ${style('dim', line)}`),
    ...sentences
      .slice(0, MOST_SENTENCES)
      .flatMap((sentence) => excerpt(printable(sentence), room, 4).map((line) => `${INDENT}  ${line}`)),
    ...(rest > 0 ? [`${INDENT}  ${say('more', { n: rest })}`] : []),
    ...(verdict === 'fail' || verdict === 'warn'
      ? [...wrap(why, room), ...wrap(`→ ${todo}`, room)].map((line) => `${INDENT}  ${line}`)
      : []),
    '',
  ];
}
