/**
 * Makes `weights.json` from `features.csv`, and says how well the weights do on publishers they have not seen.
 *
 *   node packages/reading/training/train.ts [--check]
 *
 * `--check` writes nothing and fails when the committed weights are not the ones the features give.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Classifiers, Question } from '../src/classifier.ts';
import type { Features } from '../src/features.ts';
import { QUESTIONS } from './questions.ts';
import { fit, type Model, predict } from './regression.ts';

const FEATURES = new URL('features.csv', import.meta.url);
const WEIGHTS = new URL('weights.json', import.meta.url);

type Row = Record<string, string>;

export interface Figures {
  documents: number;
  /** Share of the more frequent answer. */
  base: number;
  /** Share right by the plain rule, without any learning. */
  rule: number;
  /** Share right on the documents learnt from. */
  fitted: number;
  /** Share right on each publisher's documents by weights learnt from all the other publishers. */
  unseen: number;
  /** Documents got wrong when their publisher is left out: id and probability. */
  misses: { id: string; probability: number }[];
}

/** The rows of `features.csv` by the names of its first line; no cell of it holds a comma. */
export function readFeatures(file: URL = FEATURES): Row[] {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i] ?? '', cell])));
}

/** All numbers of a row by feature name. */
function numbersOf(row: Row): Features {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)])) as unknown as Features;
}

/** Learns one question from the labelled rows, and again without each publisher to see how well it does on that one. */
export function train(rows: readonly Row[], question: Question): { model: Model; figures: Figures } {
  const { label, yes, no, features, ridge, rule } = QUESTIONS[question];
  const used = rows.filter((row) => row[label] === yes || no.includes(row[label] ?? ''));
  const x = used.map((row) => features.map((name) => Number(row[name])));
  const y = used.map((row) => (row[label] === yes ? 1 : 0));
  const model = fit(x, y, ridge);
  const right = (p: number, i: number): boolean => p >= 0.5 === (y[i] === 1);
  const fitted = x.filter((row, i) => right(predict(model, row), i)).length / x.length;
  const misses: Figures['misses'] = [];
  for (const publisher of new Set(used.map((row) => row.publisher))) {
    const inside = used.map((row) => row.publisher !== publisher);
    const without = fit(
      x.filter((_, i) => inside[i]),
      y.filter((_, i) => inside[i]),
      ridge,
    );
    x.forEach((row, i) => {
      if (inside[i]) return;
      const p = predict(without, row);
      if (!right(p, i)) misses.push({ id: used[i]?.id ?? '', probability: p });
    });
  }
  const share = y.filter((answer) => answer === 1).length / y.length;
  const figures = {
    documents: x.length,
    base: Math.max(share, 1 - share),
    rule: used.filter((row, i) => rule(numbersOf(row)) === (y[i] === 1)).length / used.length,
    fitted,
    unseen: 1 - misses.length / x.length,
    misses,
  };
  return { model, figures };
}

function weightsOf(question: Question, model: Model): Classifiers[Question] {
  const round = (value: number): number => Number(value.toPrecision(6));
  const features = QUESTIONS[question].features.map((name, i) => [
    name,
    { mean: round(model.means[i] ?? 0), spread: round(model.spreads[i] ?? 1), weight: round(model.weights[i] ?? 0) },
  ]);
  return { question, bias: round(model.bias), features: Object.fromEntries(features) };
}

if (import.meta.main) {
  const rows = readFeatures();
  const weights: Partial<Classifiers> = {};
  for (const question of Object.keys(QUESTIONS) as Question[]) {
    const { model, figures } = train(rows, question);
    weights[question] = weightsOf(question, model);
    const { documents, base, rule, fitted, unseen, misses } = figures;
    console.log(
      `${question.padEnd(17)} ${documents} documents, base ${base.toFixed(3)}, plain rule ${rule.toFixed(3)}, fitted ${fitted.toFixed(3)}, publisher left out ${unseen.toFixed(3)}`,
    );
    if (process.argv.includes('--misses'))
      console.log(misses.map(({ id, probability: p }) => `  ${id} ${p.toFixed(2)}`).join(''));
  }
  const made = `${JSON.stringify(weights, null, 1)}\n`;
  if (!process.argv.includes('--check')) writeFileSync(WEIGHTS, made);
  else if (made !== readFileSync(WEIGHTS, 'utf8')) {
    console.error('weights.json is not what features.csv gives: run packages/reading/training/train.ts');
    process.exitCode = 1;
  }
}
