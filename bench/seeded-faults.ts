/**
 * Plants known faults in real tender papers, lints them through the command line, and prints how many were found, in each language and
 * of each kind; what was missed; and what was said of a tender with nothing at fault. bench/seeded-faults/README.md says how.
 *
 *   node bench/seeded-faults.ts [--set second] [--language en] [--corpus FOLDER] [--repeat N] [--described] [--misses] [--json] [--keep]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './measure.ts';
import { type Measured, measureFaults, type Outcome } from './seeded-faults/measure-faults.ts';
import { EXPECTED, LANGUAGES, readSeeds, SETS } from './seeded-faults/seeds.ts';

const { values: options } = parseArgs({
  options: {
    set: { type: 'string', default: 'first' },
    language: { type: 'string', multiple: true, default: [...LANGUAGES] },
    corpus: { type: 'string', default: '../shared/corpus' },
    repeat: { type: 'string', default: '1' },
    described: { type: 'boolean', default: false },
    misses: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});

const set = SETS.find((one) => one === options.set);
if (!set) throw new Error(`--set is one of ${SETS.join(', ')}`);
const scratch = mkdtempSync(join(tmpdir(), 'proviso-seeded-'));
const measured: Measured[] = [];
try {
  for (const language of LANGUAGES.filter((one) => options.language.includes(one)))
    measured.push(
      await measureFaults(readSeeds(language, set), {
        docs: join(resolve(ROOT, options.corpus), 'docs'),
        scratch,
        repeat: Number(options.repeat),
        described: options.described,
      }),
    );
} finally {
  if (options.keep) console.error(`The planted files are in ${scratch}`);
  else rmSync(scratch, { recursive: true });
}

if (options.json) console.log(JSON.stringify(measured, null, 2));
else for (const lines of [table(measured), ...measured.map(details)]) console.log(lines.join('\n'));

function table(of: readonly Measured[]): string[] {
  const cell = (outcomes: readonly Outcome[]): string =>
    outcomes.length === 0 ? '-' : `${outcomes.filter(({ found }) => found).length}/${outcomes.length}`;
  const row = (name: string, pick: (one: Outcome) => boolean): string => {
    const cells = of.map(({ outcomes }) => cell(outcomes.filter(pick)).padStart(7));
    return `${name.padEnd(14)}${cells.join('')}${cell(of.flatMap(({ outcomes }) => outcomes.filter(pick))).padStart(9)}`;
  };
  return [
    `found/planted ${of.map(({ language }) => language.padStart(7)).join('')}${'all'.padStart(9)}`,
    ...Object.keys(EXPECTED).map((kind) => row(kind, (one) => one.kind === kind)),
    row('all', () => true),
  ];
}

function details({ language, outcomes, falseAlarms, remarks }: Measured): string[] {
  const others = Object.entries(remarks).map(([rule, n]) => `${rule} ${n}`);
  const missed = options.misses ? outcomes.filter(({ found }) => !found) : [];
  return [
    '',
    `${language}: ${falseAlarms.length} false alarms on the whole tender; other remarks on it: ${others.join(', ') || 'none'}`,
    ...falseAlarms.map(({ rule, text }) => `  ${rule}: ${text}`),
    ...missed.map(
      ({ id, planted, hosts, heard }) =>
        `  missed ${id} in ${hosts.join(', ')} (heard: ${heard.join(', ') || 'nothing'})\n    ${planted.join('\n').replaceAll('\n', '\n    ')}`,
    ),
  ];
}
