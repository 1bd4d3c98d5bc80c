import { expect, test } from 'vitest';
import golden from './golden/scoring-1.json' with { type: 'json' };
import { recompute, sensitivity } from './recompute.ts';
import type { ScoringInput } from './v1/input.ts';
import type { ScoringResult } from './v1/score.ts';

test('an old award gives the same digits for ever', () => {
  const { result, same } = recompute({ input: golden.input, result: golden.result as ScoringResult });
  expect(result).toEqual(golden.result);
  expect(same).toBe(true);
  expect(sensitivity(golden.input as ScoringInput)).toEqual(golden.sensitivity);
});

test('keys in another order are the same award', () => {
  const turn = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(turn)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, one]) => [key, turn(one)]),
          )
        : value;
  const turned = turn(golden) as typeof golden;
  expect(recompute({ input: turned.input, result: turned.result as ScoringResult }).same).toBe(true);
});

test('an award that was changed is told', () => {
  const bent = structuredClone(golden);
  (bent.result.offers[0] as { total: string }).total = '99.99';
  expect(recompute({ input: bent.input, result: bent.result as ScoringResult }).same).toBe(false);
});

test.each([
  [{ ...golden.input, version: 'scoring/0' }],
  [null],
  [{}],
  [{ ...golden.input, offers: [{ id: '__proto__' }] }],
])('what is no input of a known version is refused: %#', (input) => {
  expect(() => recompute({ input, result: golden.result as ScoringResult })).toThrow(/cannot be worked out again/);
});
