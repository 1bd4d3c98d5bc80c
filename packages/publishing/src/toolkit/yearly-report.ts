import { type Catalogue, type DemandFile, explanationsOf, type Language } from '@proviso/catalogue';
import { say, wordsOf } from '../messages.ts';
import { type Block, heading, note, type Paper, table, text } from '../paper/blocks.ts';
import { termsOf } from '../terms.ts';
import { standardCounts } from './standard-counts.ts';
import { toolPaper } from './tool-paper.ts';

/** Rows left to fill in by hand where nothing is known. */
const BLANK_ROWS = 4;

/** The yearly report of comply or explain: tables to fill in, filled from the year's demands where they are given. */
export function yearlyReportPaper(catalogue: Catalogue, language: Language, demands: readonly DemandFile[]): Paper {
  const words = wordsOf('yearly-report', language);
  return toolPaper(catalogue, language, {
    name: say(words, 'title'),
    under: say(words, 'under'),
    blocks: [
      note(demands.length === 0 ? say(words, 'note-empty') : say(words, 'note-filled', { count: demands.length })),
      ...purchases(demands, language),
      ...standards(catalogue, demands, language),
      ...explanations(demands, language),
      ...measured(catalogue, language),
      ...toFill('contracts', ['contract', 'checks-made', 'failures', 'remedies'], language),
      ...toFill('lessons', ['measure', 'owner', 'due'], language),
      heading(1, say(words, 'signature')),
      text(say(words, 'signature-text')),
    ],
  });
}

function purchases(demands: readonly DemandFile[], language: Language): Block[] {
  const words = wordsOf('yearly-report', language);
  const rows = demands.map(({ demand }) => ({
    name: [demand.context.title, demand.context.reference].filter((one) => one !== undefined).join(', '),
    counts: [
      demand.requirements.length,
      demand.requirements.filter(({ knockout }) => knockout).length,
      demand.context.departures.filter(({ kind }) => kind !== 'add').length,
      demand.open.length,
    ],
  }));
  const total = [0, 1, 2, 3].map((i) => rows.reduce((sum, { counts }) => sum + (counts[i] ?? 0), 0));
  return [
    heading(1, say(words, 'purchases')),
    table(
      [
        { head: say(words, 'purchase'), width: 26 },
        ...['requirements', 'knockouts', 'departures', 'open'].map((id) => ({ head: say(words, id), width: 18.5 })),
      ],
      rows.length === 0
        ? blankRows(5, language)
        : [...rows, { name: say(words, 'total'), counts: total }].map(({ name, counts }) => [
            name,
            ...counts.map(String),
          ]),
    ),
  ];
}

function standards(catalogue: Catalogue, demands: readonly DemandFile[], language: Language): Block[] {
  const words = wordsOf('yearly-report', language);
  const blank = termsOf(language).say('blank');
  return [
    heading(1, say(words, 'standards')),
    text(say(words, 'standards-intro')),
    table(
      [
        { head: say(wordsOf('toolkit', language), 'standard'), width: 36 },
        ...['in-scope', 'asked', 'explained', 'unexplained'].map((id) => ({ head: say(words, id), width: 16 })),
      ],
      standardCounts(catalogue, demands, language).map(({ title, inScope, asked, explained, neither }) => [
        title,
        ...[inScope, asked, explained, neither].map((count) => (demands.length === 0 ? blank : String(count))),
      ]),
    ),
  ];
}

function explanations(demands: readonly DemandFile[], language: Language): Block[] {
  const words = wordsOf('yearly-report', language);
  const rows = demands.flatMap(({ demand, catalogue }) =>
    explanationsOf(demand, catalogue, language).map(({ paragraph, accepted }) => [
      demand.context.title,
      paragraph,
      say(words, accepted ? 'accepted-yes' : 'accepted-no'),
    ]),
  );
  const head = [heading(1, say(words, 'explanations')), text(say(words, 'explanations-intro'))];
  if (demands.length > 0 && rows.length === 0) return [...head, text(say(words, 'explanations-none'))];
  return [
    ...head,
    table(
      [
        { head: say(words, 'purchase'), width: 26 },
        { head: say(words, 'explanation'), width: 56 },
        { head: say(words, 'accepted'), width: 18 },
      ],
      rows.length === 0 ? blankRows(3, language) : rows,
    ),
  ];
}

function measured({ checks }: Catalogue, language: Language): Block[] {
  const words = wordsOf('yearly-report', language);
  const blank = termsOf(language).say('blank');
  return [
    heading(1, say(words, 'measured')),
    text(say(words, 'measured-intro')),
    table(
      [
        { head: say(words, 'check'), width: 40 },
        ...['systems', 'passed', 'day'].map((id) => ({ head: say(words, id), width: 20 })),
      ],
      checks.filter(({ kind }) => kind === 'live').map(({ title }) => [title[language], blank, blank, blank]),
    ),
  ];
}

function toFill(head: string, columns: readonly string[], language: Language): Block[] {
  const words = wordsOf('yearly-report', language);
  return [
    heading(1, say(words, head)),
    table(
      columns.map((id) => ({ head: say(words, id), width: 100 / columns.length })),
      blankRows(columns.length, language),
      { together: true },
    ),
  ];
}

function blankRows(columns: number, language: Language): string[][] {
  return Array.from({ length: BLANK_ROWS }, () => Array(columns).fill(termsOf(language).say('blank')) as string[]);
}
