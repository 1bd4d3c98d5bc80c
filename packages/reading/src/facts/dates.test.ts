import { describe, expect, it } from 'vitest';
import { datesIn } from './dates.ts';

const MONTHS = new Map([
  ['march', 3],
  ['mars', 3],
  ['märz', 3],
  ['marzo', 3],
  ['december', 12],
]);

describe('datesIn', () => {
  it.each([
    ['2024-03-04', null, ['2024-03-04']],
    ['04.03.2024', null, ['2024-03-04']],
    ['3/4/2024', 'US', ['2024-03-04']],
    ['3/4/2024', 'GB', ['2024-04-03']],
    ['3/14/2024', null, ['2024-03-14']],
    ['4 March 2024', null, ['2024-03-04']],
    ['March 4, 2024', null, ['2024-03-04']],
    ['le 4 mars 2024', null, ['2024-03-04']],
    ['4. März 2024', null, ['2024-03-04']],
    ['4 de marzo de 2024', null, ['2024-03-04']],
    ['December 2023', null, ['2023-12']],
    ['2024年3月4日', null, ['2024-03-04']],
    ['99/99/2024 and 1234-56-78', null, []],
    ['call 508.12.2019x', null, []],
  ])('%s', (text, country, expected) => {
    const found = datesIn(text, MONTHS, country);
    expect(found.map(({ value }) => value)).toEqual(expected);
  });
});
