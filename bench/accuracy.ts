/**
 * `npm run accuracy`: reads the labelled documents of a corpus through the command line, scores the readings with the corpus's own
 * scorer, and prints the figures beside those on publishers left out. `bench/accuracy-ratchet.json` keeps them from falling.
 *
 *   node bench/accuracy.ts [--corpus FOLDER] [--misses] [--ratchet] [--raise]
 *
 * Without `--corpus`, `../shared/corpus` is taken, and where it is not there only the figures from the features in the tree are
 * printed. `--ratchet` exits with 1 when a figure has fallen; `--raise` writes the figures of today as the new floor.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Question } from '../packages/reading/src/classifier.ts';
import { QUESTIONS } from '../packages/reading/training/questions.ts';
import { readFeatures, train } from '../packages/reading/training/train.ts';

type Figures = Record<string, number>;

const ROOT = resolve(import.meta.dirname, '..');
const RATCHET = join(ROOT, 'bench/accuracy-ratchet.json');
/** A figure may move by this much without anybody's doing: one label of some two hundred and eighty. */
const SLACK = 0.0036;
/** Exit codes of a run that went to its end: all well, findings, some documents not readable. */
const FINISHED = new Set([0, 1, 3]);

const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};

/** Share right on publishers the weights were not learnt from. */
function leftOut(): Figures {
  const rows = readFeatures();
  const figures: Figures = {};
  for (const question of Object.keys(QUESTIONS) as Question[]) {
    const { documents, base, rule, fitted, unseen } = train(rows, question).figures;
    figures[`leftout.${question}`] = unseen;
    console.log(
      `${question.padEnd(17)} ${documents} documents  most frequent answer ${base.toFixed(3)}  plain rule ${rule.toFixed(3)}  learnt from ${fitted.toFixed(3)}  publisher left out ${unseen.toFixed(3)}`,
    );
  }
  return figures;
}

/** The scorer's figures over the corpus. */
function scored(corpus: string): Figures {
  const folder = mkdtempSync(join(tmpdir(), 'proviso-accuracy-'));
  try {
    const readings = join(folder, 'readings.ndjson');
    const run = spawnSync(
      process.execPath,
      ['apps/cli/src/main.ts', 'read', '--format', 'ndjson', '--with-text', '--no-cache', join(corpus, 'docs')],
      { cwd: ROOT, stdio: ['ignore', openSync(readings, 'w'), 'inherit'] },
    );
    if (run.status === null || !FINISHED.has(run.status))
      throw new Error(`reading ended with ${run.status ?? run.signal}`);
    const files = [
      '--gold',
      join(corpus, 'gold.jsonl'),
      '--manifest',
      join(corpus, 'manifest.csv'),
      '--readings',
      readings,
    ];
    const scorer = [join(corpus, '../score/score.mjs'), ...files];
    console.log(
      execFileSync(process.execPath, [...scorer, ...(process.argv.includes('--misses') ? ['--misses'] : [])], {
        encoding: 'utf8',
      }),
    );
    return figuresOf(
      JSON.parse(execFileSync(process.execPath, [...scorer, '--json'], { encoding: 'utf8' })) as Record<
        string,
        unknown
      >,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function figuresOf(report: Record<string, unknown>): Figures {
  const figures: Figures = {};
  for (const [name, value] of Object.entries(report)) {
    if (typeof value !== 'object' || value === null) continue;
    for (const [kind, figure] of Object.entries(value)) {
      const kept =
        ['accuracy', 'recall', 'precision', 'identity', 'share'].includes(kind) &&
        (kind === 'accuracy' || !('accuracy' in value));
      if (kept && typeof figure === 'number') figures[`${name}.${kind}`] = figure;
    }
  }
  return figures;
}

function compare(figures: Figures): string[] {
  const floor = existsSync(RATCHET) ? (JSON.parse(readFileSync(RATCHET, 'utf8')) as Figures) : {};
  return Object.entries(floor)
    .filter(([name, least]) => name in figures && (figures[name] ?? 0) < least - SLACK)
    .map(([name, least]) => `${name} fell to ${(figures[name] ?? 0).toFixed(4)}, the floor is ${least.toFixed(4)}`);
}

const corpus = resolve(ROOT, argument('--corpus') ?? '../shared/corpus');
const figures = leftOut();
if (existsSync(join(corpus, 'manifest.csv'))) Object.assign(figures, scored(corpus));
else console.log(`no labelled documents at ${corpus}: only the figures above`);

const fallen = compare(figures);
for (const line of fallen) console.error(line);
if (process.argv.includes('--raise')) {
  const rounded = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(4))]));
  writeFileSync(RATCHET, `${JSON.stringify(rounded, null, 2)}\n`);
} else if (process.argv.includes('--ratchet') && fallen.length > 0) process.exitCode = 1;
