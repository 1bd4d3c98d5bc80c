/**
 * `npm run lint-precision`: lints the reviewed documents and counts how many findings were judged right by hand
 * (`bench/lint-precision/verdicts.tsv`). A finding that nobody has judged is counted apart. Needs the corpus beside the checkout. With
 * `--new` prints the findings without a verdict, as lines to complete; with `--wrong` those that were judged wrong, and why.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PROVISO, ROOT, run } from './measure.ts';

interface Finding {
  rule: string;
  path: string;
  text: string;
  message: string;
  requirement?: string;
  fingerprint: string;
}

const corpus = join(ROOT, '../shared/corpus/docs');
if (!existsSync(corpus)) {
  console.error('The reviewed documents are not beside the checkout, so nothing was measured.');
  process.exit(0);
}
const lines = readFileSync(join(ROOT, 'bench/lint-precision/verdicts.tsv'), 'utf8').trim().split('\n').slice(1);
const verdicts = new Map(
  lines.map((line) => {
    const [document = '', rule = '', requirement = '', fingerprint = '', verdict = ''] = line.split('\t');
    return [[document, rule, requirement, fingerprint].join('\t'), verdict] as const;
  }),
);
const reasons = new Map(lines.map((line) => [line.split('\t').slice(0, 4).join('\t'), line.split('\t')[5] ?? '']));
const documents = [...new Set(lines.map((line) => line.split('\t')[0] ?? ''))].map((name) => join(corpus, name));
const { stdout } = await run(
  [...PROVISO, 'lint', '--each', '--no-cache', '--quiet', '--format', 'json', ...documents],
  {
    keepOutput: true,
  },
);
const found: Finding[] = JSON.parse(stdout).tenders.flatMap((tender: { findings: Finding[] }) => tender.findings);

const table = new Map<string, { right: number; wrong: number; open: number }>();
for (const one of found) {
  const key = [basename(one.path), one.rule, one.requirement ?? '', one.fingerprint].join('\t');
  const verdict = verdicts.get(key);
  const row = table.get(one.rule) ?? { right: 0, wrong: 0, open: 0 };
  table.set(one.rule, row);
  if (verdict === 'right') row.right++;
  else if (verdict === 'wrong') row.wrong++;
  else row.open++;
  if (process.argv.includes('--wrong') && verdict === 'wrong')
    console.log(`${key}\t${reasons.get(key)} [${one.text.slice(0, 160)}]`);
  if (process.argv.includes('--new') && verdict === undefined)
    console.log(`${key}\t\t${one.message} [${one.text.slice(0, 120)}]`);
}
console.log(`| rule | right | wrong | not judged | right, of those judged |\n|---|---|---|---|---|`);
for (const [rule, { right, wrong, open }] of [...table].sort())
  console.log(
    `| ${rule} | ${right} | ${wrong} | ${open} | ${right + wrong === 0 ? '–' : (right / (right + wrong)).toFixed(2)} |`,
  );
const sum = (pick: 'right' | 'wrong' | 'open'): number =>
  [...table.values()].reduce((total, row) => total + row[pick], 0);
console.log(
  `| all | ${sum('right')} | ${sum('wrong')} | ${sum('open')} | ${(sum('right') / (sum('right') + sum('wrong'))).toFixed(2)} |`,
);
console.log(`\n${documents.length} documents, ${found.length} findings.`);
