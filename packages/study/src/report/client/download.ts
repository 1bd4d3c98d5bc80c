import { csvText } from '../../csv.ts';
import type { ReportData } from '../data.ts';
import type { Page } from './page.ts';
import { save } from './save.ts';
import { answerOf, QUESTIONS } from './scales.ts';

const COLUMNS = [
  'document',
  'sha256',
  'title',
  'country',
  'publisher',
  'type',
  'language',
  'date',
  'format',
  'pages',
  'nearly the same as',
  'concerns ICT',
  'procurement',
  'scope',
  'scope by',
  'security',
  'security by',
  'standards',
  'standards by',
  'topics',
  'standards named',
  'no longer hold',
  'delegated to',
  'problems',
] as const;

/** The documents that are shown, one a line; an answer that could not be given is `not readable`. Values are the codebook's, not words of a language. */
export function saveTable(page: Page): void {
  const known = (value: boolean | string | null): string => (value === null ? 'not readable' : String(value));
  const rows = page.shown.map((doc) => {
    const id = (index: number): string => page.data.standards[index]?.id ?? '';
    return [
      doc.path,
      doc.sha256,
      doc.title ?? '',
      doc.country ?? '',
      doc.publisher ?? '',
      doc.type ?? '',
      doc.language ?? '',
      doc.date ?? '',
      doc.format,
      doc.pages === null ? '' : String(doc.pages),
      doc.duplicateOf ?? '',
      known(doc.concernsIct),
      known(doc.isProcurement),
      ...QUESTIONS.flatMap((question) => {
        const answer = answerOf(doc, question, page.codes);
        return [known(answer.value), answer.maker];
      }),
      doc.topics.map((entry) => entry.topic).join('; '),
      doc.named.map((naming) => id(naming.standard)).join('; '),
      doc.named
        .filter((naming) => naming.stale)
        .map((naming) => id(naming.standard))
        .join('; '),
      doc.delegatedTo.join('; '),
      doc.problems.map((problem) => problem.code).join('; '),
    ];
  });
  save('proviso-documents.csv', 'text/csv', csvText(COLUMNS, rows));
}

/** All embedded data, shown or not. */
export function saveData(data: ReportData): void {
  save('proviso-report.json', 'application/json', JSON.stringify(data, null, 1));
}
