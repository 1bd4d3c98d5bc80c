import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { id, line } from './fields.ts';
import { inputProblem, inputProblemText } from './input-problem.ts';

const shape = z.strictObject({
  id,
  title: line,
  price: z.int().min(1).max(9),
  tags: z.array(z.string()).min(1).max(2),
  pin: z.string().min(4),
  kind: z.enum(['open', 'restricted']),
  day: z.iso.date(),
});
const GOOD = { id: 'a', title: 'T', price: 5, tags: ['x'], pin: '1234', kind: 'open', day: '2026-01-31' };

describe('what is wrong with an input', () => {
  test.each<[string, object, string]>([
    ['a missing field', { title: undefined }, 'it is missing'],
    ['nothing in it', { title: ' ' }, 'it is missing'],
    ['another type', { title: 5 }, 'another kind of value is wanted here (string)'],
    ['too long', { title: 'x'.repeat(301) }, 'it has more than 300 characters'],
    ['too short', { pin: '12' }, 'it has fewer than 4 characters'],
    ['too much', { price: 10 }, 'it is more than 9'],
    ['too little', { price: 0 }, 'it is less than 1'],
    ['too many', { tags: ['a', 'b', 'c'] }, 'there are more than 2'],
    ['too few', { tags: [] }, 'at least 1 are needed'],
    ['no choice of ours', { kind: 'secret' }, 'it must be one of these: open, restricted'],
    ['a field more', { colour: 'red' }, 'fields that are not known: colour'],
    ['no day', { day: '31/01/2026' }, 'it is not written as 2026-01-31'],
    ['a pattern not kept', { id: '-' }, 'it is not written as it must be, or holds signs that cannot be shown'],
    ['an escape', { title: 'a\u001b[31m' }, 'it is not written as it must be, or holds signs that cannot be shown'],
  ])('%s', (_, change, said) => {
    const read = shape.safeParse({ ...GOOD, ...change }, { reportInput: true });
    const values = inputProblem(read.error?.issues[0]);
    expect(inputProblemText(values, 'en')).toBe(said);
    // No mark is left open in any language.
    for (const language of ['fr', 'nl', 'de'] as const) expect(inputProblemText(values, language)).not.toMatch(/[{}]/);
  });

  test('says nothing of what was sent', () => {
    const read = shape.safeParse({ ...GOOD, kind: 'a secret' }, { reportInput: true });
    expect(JSON.stringify(inputProblem(read.error?.issues[0]))).not.toContain('a secret');
  });
});
