import { readFileSync } from 'node:fs';
import type { Features } from './features.ts';

/** Weights of one yes-or-no question over the features, made by `training/train.ts`. */
export interface Weights {
  /** What the answer is yes to. */
  question: string;
  bias: number;
  /** Per feature: mean and spread in the training set, and the weight of the standardised value. */
  features: Partial<Record<keyof Features, { mean: number; spread: number; weight: number }>>;
}

export type Question = 'concernsIct' | 'isProcurement' | 'mentionsSecurity' | 'substantive';
export type Classifiers = Record<Question, Weights>;

/** Weights as committed in `training/weights.json`. */
export function loadClassifiers(): Classifiers {
  return JSON.parse(readFileSync(new URL('../training/weights.json', import.meta.url), 'utf8')) as Classifiers;
}

/** How likely the answer is yes, 0 to 1 (logistic regression). */
export function probability(weights: Weights, features: Features): number {
  let sum = weights.bias;
  for (const [name, { mean, spread, weight }] of Object.entries(weights.features)) {
    sum += (weight * (features[name as keyof Features] - mean)) / spread;
  }
  return 1 / (1 + Math.exp(-sum));
}
