import { ratingOf as catalogueRating, type DemandFile, type Rating } from '@proviso/catalogue';
import { describe, expect, it } from 'vitest';
import { changesForRating, ratingOf } from './rating.ts';

function fileWith(rating: Rating, reasons: object[], demandedLevel = 'standard'): DemandFile {
  return {
    demand: {
      risks: [{ id: 'RSK-01', rating }],
      requirements: [{ id: 'AAA-01', level: demandedLevel, reasons }],
      excluded: [
        { id: 'AAA-02', exclusion: { kind: 'no-need', risks: [] } },
        { id: 'AAA-03', exclusion: { kind: 'not-applicable', because: 'kind' } },
        { id: 'AAA-04', exclusion: { kind: 'no-need', risks: [] } },
      ],
    },
    catalogue: {
      risks: [
        {
          id: 'RSK-01',
          needs: [
            { id: 'always', from: 'medium', answers: ['AAA-01'] },
            { id: 'worst', from: 'critical', answers: ['AAA-02', 'AAA-03', 'AAA-04'] },
          ],
        },
      ],
      requirements: [
        { id: 'AAA-01', burden: 1 },
        { id: 'AAA-02', burden: 3 },
        { id: 'AAA-03', burden: 1 },
        { id: 'AAA-04', burden: 2 },
      ],
    },
  } as unknown as DemandFile;
}

const byRisk = { kind: 'risk', risk: 'RSK-01', need: 'always', rating: 'medium' };

describe('another rating of a risk', () => {
  it('has the bands of the catalogue', () => {
    for (let score = 1; score <= 25; score += 1) expect(ratingOf(score)).toBe(catalogueRating(score));
  });

  it('changes nothing where it is the same', () => {
    expect(changesForRating(fileWith('medium', [byRisk]), 'RSK-01', 'medium')).toEqual([]);
    expect(changesForRating(fileWith('medium', [byRisk]), 'RSK-99', 'high')).toEqual([]);
  });

  it('leaves out what only a need called for that is gone', () => {
    expect(changesForRating(fileWith('medium', [byRisk]), 'RSK-01', 'low')).toEqual([
      { requirement: 'AAA-01', kind: 'leave-out' },
    ]);
  });

  it('keeps what a law asks, at the law’s level', () => {
    const law = { kind: 'law', law: 'nis2', ref: '21', level: 'basic' };
    expect(changesForRating(fileWith('medium', [byRisk, law]), 'RSK-01', 'low')).toEqual([
      { requirement: 'AAA-01', kind: 'set-level', level: 'basic' },
    ]);
  });

  it('raises the level, and adds the lightest requirement that can apply for a new need', () => {
    expect(changesForRating(fileWith('medium', [byRisk]), 'RSK-01', 'critical')).toEqual([
      { requirement: 'AAA-01', kind: 'set-level', level: 'advanced' },
      { requirement: 'AAA-04', kind: 'add', level: 'advanced' },
    ]);
  });
});
