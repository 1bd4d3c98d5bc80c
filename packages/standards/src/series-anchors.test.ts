import { describe, expect, it } from 'vitest';
import { anchorsOf } from './series-anchors.ts';

describe('anchorsOf', () => {
  it.each<[string, string[] | null]>([
    ['(?:OMB\\s+)?(?:Memorandum\\s+)?M-(\\d{2})-(\\d{2})', ['OMB', 'Memorandum', 'M']],
    ['ITSP\\.(\\d{2})', ['ITSP']],
    ['(?:Technische[rn]? )?TR-(\\d{5})', ['Technischer', 'Technischen', 'Technische', 'TR']],
    ['[Bb]inding Directive (\\d\\d)|BOD[ -]\\d\\d', ['Binding', 'binding', 'BOD']],
    ['Lei(?: Federal)? n[ºo°.]*', ['Lei']],
    ['décret(?:-loi)? n', ['décret']],
    ['(?<!x)Loi n°', ['Loi']],
    ['SP800-\\d+', ['SP800']],
    ['JIS\\s*([A-Z])\\s*\\d+', ['JIS', 'JIS*']],
    ['ustaw\\p{L}+ z dnia', ['ustaw*']],
    // Nothing to hold on to.
    ['\\d+ CFR', null],
    ['[A-Z]{2}-\\d+', null],
    ['\\p{Lu}\\w+ Act', null],
    ['.*Act', null],
  ])('reads the first words of %s', (pattern, expected) => {
    expect(anchorsOf(pattern)).toEqual(expected);
  });
});
