import type { Catalogue, Language } from '@proviso/catalogue';
import { COVERED } from '@proviso/reading';
import { messages, type Say } from '../messages.ts';
import type { KnownFinding, LintedTender } from '../run/lint-tender.ts';
import { printable, type Style, styler } from '../terminal.ts';
import { excerpt, placeIn, wrap } from './lines.ts';

export interface LintPage {
  color: boolean;
  width: number;
  language: Language;
  catalogue: Catalogue;
}

const LEVELS = { error: 'levelError', warning: 'levelWarning', note: 'levelNote' } as const;
const COLOURS = { error: 'red', warning: 'yellow', note: 'cyan' } as const;
const INDENT = '   ';
/** The rule whose findings are shown as a table of what is asked for, not one by one. */
const COVERAGE = 'tender/coverage';

/** One tender on the terminal: its files with their findings, then what such a purchase calls for and what of it is asked. */
export function lintPretty(tender: LintedTender, page: LintPage): string {
  const say = messages(page.language);
  const width = Math.max(60, Math.min(page.width, 110));
  const style = styler(page.color);
  const lines: string[] = [];
  for (const reading of tender.readings) {
    const { path } = reading.source;
    lines.push(style('bold', `━━ ${printable(path)} ${'━'.repeat(Math.max(2, width - printable(path).length - 4))}`));
    for (const problem of reading.problems)
      lines.push(
        ...wrap(`! ${printable(problem.message)}`, width - 5).map((line) => style('yellow', `${INDENT}${line}`)),
      );
    const own = tender.findings.filter((one) => one.path === path && one.rule !== COVERAGE);
    // Of what could not be read it is not known.
    if (own.length === 0 && reading.problems.length === 0) lines.push(`${INDENT}${say('lintNothing')}`);
    for (const finding of own) lines.push(...findingLines(finding, width, say, style));
    lines.push('');
  }
  lines.push(...purchaseLines(tender, page, say, width, style), ...tableLines(tender, page, say, style));
  lines.push(style('bold', summaryOf(tender, say)), '');
  return `${lines.join('\n')}\n`;
}

function findingLines(finding: KnownFinding, width: number, say: Say, style: Style): string[] {
  const room = width - INDENT.length - 2;
  const level = `${say(LEVELS[finding.level])}: `;
  const [first = '', ...rest] = wrap(printable(`${level}${finding.message}`), room);
  const place = placeIn(
    finding.page === null ? '' : say('page', { n: finding.page }),
    printable(finding.section),
    room,
  );
  const quote = excerpt(say('quoted', { text: printable(finding.text) }), room, 2);
  return [
    `${INDENT}${style(COLOURS[finding.level], first)}`,
    ...rest.map((line) => `${INDENT}  ${style(COLOURS[finding.level], line)}`),
    ...quote.map((line) => `${INDENT}  ${line}`),
    ...(finding.fix ? wrap(printable(`→ ${finding.fix}`), room).map((line) => `${INDENT}  ${line}`) : []),
    `${INDENT}  ${style('dim', [place, finding.rule].filter((part) => part !== '').join('  '))}`,
  ];
}

/** What the purchase was taken to be, or why absence was not judged. */
function purchaseLines(
  tender: LintedTender,
  { catalogue, language }: LintPage,
  say: Say,
  width: number,
  style: Style,
): string[] {
  const told = (text: string): string[] => [...wrap(text, width - INDENT.length).map((line) => `${INDENT}${line}`), ''];
  // Why nothing was read is said beside each file.
  if (tender.notJudged === 'unread') return [];
  if (tender.notJudged) return told(style('yellow', say(NOT_JUDGED[tender.notJudged])));
  if (!tender.inferred) return [];
  const names = tender.inferred.types.map(
    ({ id }) => catalogue.vocabulary.types.find((one) => one.id === id)?.text[language] ?? id,
  );
  return told(say('lintInferred', { types: names.join(', ') }));
}

const NOT_JUDGED = {
  language: 'lintNoLanguage',
  'no-procurement': 'lintNoProcurement',
  'no-ict': 'lintNoIct',
  'no-requirements': 'lintNoRequirements',
  'purchase-unknown': 'lintUnknownPurchase',
} as const;

/** Requirements that such a purchase calls for, by weight: asked for, perhaps, or not. */
function tableLines(tender: LintedTender, { catalogue, language }: LintPage, say: Say, style: Style): string[] {
  if (tender.notJudged || tender.coverage.length === 0) return [];
  const asked = tender.coverage.filter(({ match }) => (match?.confidence ?? 0) >= COVERED);
  const rows = [...tender.coverage].sort((a, b) => b.weight - a.weight || (a.requirement < b.requirement ? -1 : 1));
  return [
    `${INDENT}${style('bold', say('lintCoverage', { asked: asked.length, all: tender.coverage.length }))}`,
    ...rows.map(({ requirement, weight, match }) => {
      const title = catalogue.requirements.find(({ id }) => id === requirement)?.title[language] ?? '';
      const sure = match?.confidence ?? 0;
      const mark = sure >= COVERED ? style('green', '✓') : sure > 0 ? style('yellow', '?') : style('red', '✗');
      const share = `${(weight / 10).toFixed(1).padStart(4)} %`;
      return `${INDENT}${mark} ${requirement.padEnd(8)} ${share}  ${title}${sure > 0 ? style('dim', `  ${Math.round(sure * 100)} %`) : ''}`;
    }),
    '',
  ];
}

function summaryOf(tender: LintedTender, say: Say): string {
  const count = (level: string): number => tender.findings.filter((one) => one.level === level).length;
  return say('lintSummary', {
    errors: count('error'),
    warnings: count('warning'),
    notes: count('note'),
    aside: tender.setAside.length,
  });
}
