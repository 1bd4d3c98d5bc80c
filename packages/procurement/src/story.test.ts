import { describe, expect, test } from 'vitest';
import { recompute } from './scoring/recompute.ts';
import { awarded, evaluated, offers, opened, published, SIGNING, scored } from './testing/story.ts';

describe('a purchase from nothing to the end of its contract', () => {
  test('goes through every state, and says what happened', () => {
    const story = awarded(evaluated(scored(opened(offers(published())))));
    expect(story.purchase.awards[0]?.result.offers.map(({ id, rank, total }) => [id, rank, total])).toEqual([
      ['o1', 1, '93.33'],
      ['o2', 2, '85.00'],
    ]);
    expect(story.refusal('olga', 'contract.sign', SIGNING)).toBe('standstill-runs');
    story.when('2026-03-01T09:00:00Z').does('olga', 'contract.sign', SIGNING);
    expect(story.purchase.state).toBe('contracted');
    story.does('olga', 'contract.end', { reason: 'The term is over.' });
    expect(story.purchase.state).toBe('ended');
    expect(new Set(story.events.map(({ type }) => type)).size).toBeGreaterThan(15);
    expect(story.purchase.version).toBe(story.events.length - story.scores.length);
    for (const award of story.purchase.awards) expect(recompute(award).same).toBe(true);
  });
});
