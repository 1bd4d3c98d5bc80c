/**
 * Makes `features.csv` from labelled documents: numbers, publisher, labels and content hash, no text.
 *
 *   node packages/reading/training/extract.ts CORPUS     (a folder with manifest.csv and the files it names)
 *
 * Run `train.ts` afterwards. Documents that cannot be read are left out; labels that are unsure are kept and not learnt from.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@proviso/documents';
import { loadRegistry } from '@proviso/standards';
import { groundwork } from '../src/read.ts';
import { loadReadingData } from '../src/reading-data.ts';
import { QUESTIONS } from './questions.ts';

/** No feature depends on the day. */
const NO_DAY = '2000-01-01';
const corpus = process.argv[2];
if (!corpus) throw new Error('usage: extract.ts CORPUS');
const registry = loadRegistry();
const data = loadReadingData();
const labels = [...new Set(Object.values(QUESTIONS).map(({ label }) => label))];
const lines: string[] = [];

for (const row of csvRows(readFileSync(join(corpus, 'manifest.csv'), 'utf8'))) {
  const path = row.file ?? '';
  const bytes = readFileSync(join(corpus, path));
  const document = await parse(bytes, path);
  if (document.text === '' || document.problems.some((problem) => problem.fatal)) continue;
  const source = { path, sha256: row.sha256 ?? '', bytes: bytes.length, manifest: null };
  const { features } = groundwork(document, { engine: 'training', asOf: NO_DAY, registry, data, source });
  if (lines.length === 0) lines.push(['id', 'publisher', 'sha256', ...Object.keys(features), ...labels].join(','));
  const numbers = Object.values(features).map((value: number) => Number(value.toFixed(4)));
  const words = (row.publisher ?? '').replace(/[,"\n]/g, ' ');
  lines.push([row.id, words, row.sha256, ...numbers, ...labels.map((label) => row[label])].join(','));
}
writeFileSync(new URL('features.csv', import.meta.url), `${lines.join('\n')}\n`);
console.log(`${lines.length - 1} documents`);

/** Rows of a CSV by its first line; cells may be quoted. */
function csvRows(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\r?\n|$)/g)) {
    if (match[0] === '' && match.index === text.length) break;
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] !== ',') rows.push([]);
  }
  const [head = [], ...rest] = rows.filter((row) => row.length > 1);
  return rest.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ''])));
}
