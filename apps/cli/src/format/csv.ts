import { isNamed, isStale, type Reading } from '@proviso/reading';
import { csvLine } from '@proviso/study';

const COLUMNS = [
  'path',
  'sha256',
  'format',
  'language',
  'title',
  'pages',
  'date',
  'country',
  'publisher',
  'type',
  'duplicateOf',
  'scope',
  'concernsIct',
  'isProcurement',
  'security',
  'topics',
  'standards',
  'named',
  'stale',
  'delegatedTo',
  'findings',
  'problems',
] as const;

/** The first line: names of the columns. */
export function csvHeader(): string {
  return csvLine([...COLUMNS]);
}

/** One row a document, for a spreadsheet; lists are joined by `; `. An answer that could not be given is `not readable`. */
export function csvRow(reading: Reading): string {
  const { source, scope, security, standards } = reading;
  const said = (value: string | boolean | null): string => (value === null ? 'not readable' : String(value));
  const core = standards.mentions.filter(isNamed);
  const names = (list: readonly { standard: string | null; text: string }[]): string =>
    [...new Set(list.map((mention) => mention.standard ?? mention.text))].join('; ');
  const row: Record<(typeof COLUMNS)[number], string> = {
    path: source.path,
    sha256: source.sha256,
    format: source.format,
    language: source.language ?? '',
    title: source.title ?? '',
    pages: source.pages === null ? '' : String(source.pages),
    date: source.date ?? '',
    country: source.country ?? '',
    publisher: source.publisher ?? '',
    type: source.type ?? '',
    duplicateOf: source.duplicateOf ?? '',
    scope: said(scope.value),
    concernsIct: said(scope.concernsIct),
    isProcurement: said(scope.isProcurement),
    security: said(security.value),
    topics: security.topics.map((entry) => entry.topic).join('; '),
    standards: said(standards.value),
    named: names(core),
    stale: names(standards.mentions.filter(isStale)),
    delegatedTo: standards.delegatedTo.join('; '),
    findings: String(reading.findings.length),
    problems: reading.problems.map((problem) => problem.code).join('; '),
  };
  return csvLine(COLUMNS.map((column) => row[column]));
}
