import { describe, expect, it } from 'vitest';
import { readFeatures, train } from '../training/train.ts';
import { loadClassifiers, type Question } from './classifier.ts';

describe('classifiers', () => {
  const rows = readFeatures();

  it.each(['concernsIct', 'isProcurement', 'mentionsSecurity', 'substantive'] as Question[])(
    '%s has the weights its features give',
    (question) => {
      const { model, figures } = train(rows, question);
      const weights = loadClassifiers()[question];
      expect(weights.bias).toBeCloseTo(model.bias, 3);
      expect(figures.unseen).toBeGreaterThan(figures.base);
    },
  );

  it('are trained on numbers only', () => {
    for (const row of rows) {
      for (const [name, value] of Object.entries(row)) {
        if (['id', 'publisher', 'sha256'].includes(name)) continue;
        expect(value, name).toMatch(/^(?:-?[\d.]+|yes|no|unsure|none|passing|substantive)$/);
      }
    }
  });
});
