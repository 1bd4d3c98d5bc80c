/**
 * How well clauses are matched with the requirements of the catalogue that they ask for: each labelled clause is read as a document of
 * its own, and the requirements it is said to cover are compared with its labels.
 *
 *   node bench/coverage-accuracy.ts [--language en] [--misses] [--json]
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCatalogue } from '@proviso/catalogue';
import { parse } from '@proviso/documents';
import { CatalogueWords, lintDocument, loadReadingData } from '@proviso/reading';
import { loadRegistry } from '@proviso/standards';
import { ROOT } from './measure.ts';

const LANGUAGES = ['en', 'fr', 'nl', 'de'];
/** From this confidence on a clause counts as asking for a requirement. */
const SURE = 0.5;
const AS_OF = '2026-11-01';

const { values: options } = parseArgs({
  options: {
    language: { type: 'string', multiple: true, default: LANGUAGES },
    misses: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

interface Clause {
  id: string;
  text: string;
  /** What it asks for; none for clauses that only look like it. */
  requirements: string[];
}

interface Matched extends Clause {
  language: string;
  /** The language the reader took it for. */
  readAs: string | null;
  matched: string[];
}

interface Counts {
  asked: number;
  found: number;
  wrong: number;
}

const catalogue = loadCatalogue();
const words = new CatalogueWords(catalogue);
const tools = { registry: loadRegistry(), data: loadReadingData(), engine: 'bench', asOf: AS_OF };

async function match(language: string, clause: Clause): Promise<Matched> {
  const bytes = new TextEncoder().encode(`${clause.text}\n`);
  const source = {
    path: `${clause.id}.txt`,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    // One clause is little to know a language by, and a clause is never read without the document around it.
    manifest: { language, date: null, country: null, publisher: null, type: null, title: null },
  };
  const { facts } = lintDocument(await parse(bytes, source.path), { ...tools, source }, words);
  const sure = facts.coverage.filter(({ confidence }) => confidence >= SURE);
  return {
    ...clause,
    language,
    readAs: facts.language,
    matched: [...new Set(sure.map(({ requirement }) => requirement))],
  };
}

function readClauses(language: string): Clause[] {
  const known = new Set(catalogue.requirements.map(({ id }) => id));
  const file = join(ROOT, `bench/labelled-clauses/${language}.ndjson`);
  const clauses = readFileSync(file, 'utf8').trim().split('\n');
  return clauses.map((line) => {
    const clause = JSON.parse(line) as Clause;
    const strange = clause.requirements.filter((id) => !known.has(id));
    if (strange.length > 0) throw new Error(`${file}: ${clause.id} has ${strange.join(', ')}, not in the catalogue`);
    return clause;
  });
}

function count(of: readonly Matched[], requirement?: string): Counts {
  const counts = { asked: 0, found: 0, wrong: 0 };
  for (const { requirements, matched } of of) {
    const meant = (id: string): boolean => requirement === undefined || id === requirement;
    counts.asked += requirements.filter(meant).length;
    counts.found += requirements.filter((id) => meant(id) && matched.includes(id)).length;
    counts.wrong += matched.filter((id) => meant(id) && !requirements.includes(id)).length;
  }
  return counts;
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : (part / whole).toFixed(3);
}

function table(matched: readonly Matched[], languages: readonly string[]): string[] {
  const of = (language: string): Matched[] => matched.filter((one) => one.language === language);
  const cell = ({ asked, found, wrong }: Counts): string =>
    asked + wrong === 0 ? '-' : `${found}/${asked}${wrong > 0 ? ` +${wrong}` : ''}`;
  const row = (name: string, cells: readonly string[]): string =>
    `${name.padEnd(12)}${cells.map((one) => one.padStart(12)).join('')}`;
  const columns = [...languages.map(of), [...matched]];
  const named = new Set(matched.flatMap(({ requirements, matched: found }) => [...requirements, ...found]));
  const totals = columns.map((column) => count(column));
  const none = columns.map((column) => column.filter(({ requirements }) => requirements.length === 0));
  return [
    'found/asked +wrongly said',
    row('', [...languages, 'all']),
    ...[...named].sort().map((id) =>
      row(
        id,
        columns.map((column) => cell(count(column, id))),
      ),
    ),
    row('all', totals.map(cell)),
    row(
      'precision',
      totals.map(({ found, wrong }) => share(found, found + wrong)),
    ),
    row(
      'recall',
      totals.map(({ found, asked }) => share(found, asked)),
    ),
    row(
      'asks nothing',
      none.map((column) => `${column.filter(({ matched: found }) => found.length === 0).length}/${column.length}`),
    ),
  ];
}

function misses(matched: readonly Matched[]): string[] {
  return matched.flatMap(({ id, text, requirements, matched: found, language, readAs }) => {
    const missed = requirements.filter((one) => !found.includes(one));
    const wrong = found.filter((one) => !requirements.includes(one));
    if (missed.length + wrong.length === 0) return [];
    const notes = [
      missed.length > 0 ? `missed ${missed.join(' ')}` : '',
      wrong.length > 0 ? `wrongly ${wrong.join(' ')}` : '',
      readAs === language ? '' : `read as ${readAs ?? 'no language'}`,
    ];
    return [`${id} ${notes.filter((note) => note !== '').join('; ')}\n    ${text}`];
  });
}

const languages = LANGUAGES.filter((one) => options.language.includes(one));
const matched: Matched[] = [];
for (const language of languages)
  for (const clause of readClauses(language)) matched.push(await match(language, clause));

if (options.json) console.log(JSON.stringify(matched, null, 2));
else console.log([...table(matched, languages), ...(options.misses ? ['', ...misses(matched)] : [])].join('\n'));
