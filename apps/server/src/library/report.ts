import { nullReading, type Reading } from '@proviso/reading';
import {
  type Brief,
  briefPage,
  type DocumentChoice,
  type Page,
  type ReadRow,
  readingPage,
  type TenantScope,
  withTenant,
} from '@proviso/store';
import { FigureCount, type ReportFigures, streamReport } from '@proviso/study';
import type { Deps } from '../http/deps.ts';
import { sayOwn } from '../http/messages.ts';
import type { Actor } from '../http/route.ts';
import { ENGINE } from './engine.ts';

/** Which documents of which organisation a report is of, and the language of its words. */
export interface ReportWish {
  tenant: string;
  choice: DocumentChoice;
  language: Actor['language'];
}

/** Documents at a time: briefs are small, readings come with their documents' texts. */
const [BRIEFS, READINGS] = [200, 8];

export interface LibraryFigures extends ReportFigures {
  /** Of those that are in no share, not read yet. */
  waiting: number;
  /** Files that are there a second time; they count once. */
  same: number;
  /** First and last day by which standards were judged: those on which documents were read. */
  judged: { from: string; to: string } | null;
}

/** What a report over the chosen documents would say first. */
export async function figuresOf(deps: Deps, wish: ReportWish, most: number): Promise<LibraryFigures> {
  const count = new FigureCount();
  const calls = new Calls();
  let waiting = 0;
  let same = 0;
  let judged: LibraryFigures['judged'] = null;
  for await (const rows of portions(deps, wish, (trx, page) =>
    briefPage(trx, wish.choice, { ...page, limit: BRIEFS }),
  )) {
    const readings = rows.map((row) => calls.named(row, row.brief ? expanded(row.brief) : unread(deps, row, wish)));
    readings.forEach(({ source }, i) => {
      if (source.duplicateOf !== null) same += 1;
      else if (rows[i]?.read === false) waiting += 1;
    });
    for (const { brief } of rows) if (brief?.asOf) judged = widened(judged, brief.asOf);
    count.add(readings);
  }
  return { ...count.figures(most), waiting, same, judged };
}

function widened(days: LibraryFigures['judged'], day: string): LibraryFigures['judged'] {
  if (days === null) return { from: day, to: day };
  return { from: day < days.from ? day : days.from, to: day > days.to ? day : days.to };
}

/** The report over the chosen documents as one HTML file, in pieces. Nothing is read again. */
export async function* reportOf(
  deps: Deps,
  wish: ReportWish,
  about: { title: string; question: string },
): AsyncGenerator<string> {
  const { judged, ...headline } = await figuresOf(deps, wish, 0);
  const asOf = judged?.from ?? deps.now().toISOString().slice(0, 10);
  // The report has one day for all; nothing is judged again, so where there were several it says that.
  const several = judged !== null && judged.from !== judged.to ? sayOwn('report-judged', wish.language, judged) : '';
  const question = [about.question, several].filter(Boolean).join(' · ');
  yield* streamReport(readings(deps, wish), { ...about, question, headline, asOf, language: wish.language });
}

async function* readings(deps: Deps, wish: ReportWish): AsyncGenerator<Reading[]> {
  const calls = new Calls();
  for await (const rows of portions(deps, wish, (trx, page) =>
    readingPage(trx, wish.choice, { ...page, limit: READINGS }),
  )) {
    yield rows.map(({ reading, text, ...row }) => {
      const found = (reading as Reading | null) ?? unread(deps, row, wish);
      return calls.named(row, text ? { ...found, text } : found);
    });
  }
}

/** Page after page, each in a transaction of its own: a slow reader keeps none open. */
async function* portions<Row>(
  { store }: Deps,
  { tenant }: ReportWish,
  ask: (trx: TenantScope, page: { after?: string }) => Promise<Page<Row>>,
): AsyncGenerator<Row[]> {
  let after: string | null = null;
  do {
    const page: Page<Row> = await withTenant(store.db, tenant, (trx) => ask(trx, after === null ? {} : { after }));
    if (page.rows.length > 0) yield page.rows;
    after = page.next;
  } while (after !== null);
}

/** What a report calls documents: their names, numbered where several have the same. The same bytes a second time are a duplicate. */
class Calls {
  readonly #times = new Map<string, number>();
  readonly #files = new Map<string, string>();

  named(row: Omit<ReadRow, 'read'>, reading: Reading): Reading {
    const path = this.#free(row.name);
    const sha256 = row.sha256.toString('hex');
    const duplicateOf = this.#files.get(sha256) ?? null;
    if (duplicateOf === null) this.#files.set(sha256, path);
    return { ...reading, source: { ...reading.source, path, sha256, duplicateOf } };
  }

  #free(name: string): string {
    for (;;) {
      const n = (this.#times.get(name) ?? 0) + 1;
      this.#times.set(name, n);
      if (n === 1) return name;
      const numbered = `${name} (${n})`;
      if (this.#times.has(numbered)) continue;
      this.#times.set(numbered, 1);
      return numbered;
    }
  }
}

/** Of a document that waits to be read: every answer is null, and it says so. */
function unread(deps: Deps, { name, sha256, bytes }: Omit<ReadRow, 'read'>, { language }: ReportWish): Reading {
  const message = sayOwn('report-not-read', language) ?? '';
  const source = { path: name, sha256: sha256.toString('hex'), bytes, manifest: null };
  const asOf = deps.now().toISOString().slice(0, 10);
  return nullReading(source, { engine: ENGINE, asOf }, [{ code: 'not-found', message, fatal: true }]);
}

/** As much of a reading as figures look at. */
function expanded({ scope, concernsIct, security, standards, mentions }: Brief): Reading {
  const nothing = nullReading({ path: '', sha256: '', bytes: 0, manifest: null }, { engine: ENGINE, asOf: '' }, []);
  return {
    ...nothing,
    scope: { ...nothing.scope, value: scope as Reading['scope']['value'], concernsIct },
    security: { ...nothing.security, value: security as Reading['security']['value'] },
    standards: {
      ...nothing.standards,
      value: standards as Reading['standards']['value'],
      mentions: mentions as Reading['standards']['mentions'],
    },
  };
}
