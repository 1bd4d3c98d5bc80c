import { describe, expect, test } from 'vitest';
import { createPurchase } from '../create.ts';
import { isRefusal } from '../refusal.ts';
import {
  approved,
  awarded,
  DESCRIPTION,
  evaluated,
  HASH,
  KEYS,
  OTHER_HASH,
  offers,
  opened,
  PEOPLE,
  PLAN,
  published,
  SIGNING,
  START,
  Story,
  scored,
  specified,
  TIMES,
} from '../testing/story.ts';
import { upcoming } from '../time/upcoming.ts';

const done = (change = {}): Story => evaluated(scored(opened(offers(published(change)))));
const best = { lot: 'all', offers: ['o1'], reason: 'Best value.', draw: null };

describe('how long offers bind', () => {
  // Closed on 10 February at noon in Brussels; 90 days on it is summer time.
  test('none is awarded after that, unless its supplier agreed in writing', () => {
    expect(done().when('2026-05-11T10:00:00Z').refusal('olga', 'award.decide', best)).toBeNull();
    const story = done().when('2026-05-11T10:00:01Z');
    expect(story.refusal('olga', 'award.decide', best)).toBe('offer-expired');
    const more = { offer: 'o1', until: '2026-06-30T12:00', evidence: OTHER_HASH };
    expect(story.refusal('bram', 'validity.extend', { ...more, until: '2026-05-11T12:00' })).toBe('never-shorter');
    expect(story.refusal('bram', 'validity.extend', { ...more, offer: 'o9' })).toBe('unknown');
    expect(story.refusal('acme', 'validity.extend', more)).toBe('not-permitted');
    // Another supplier's word does not bind this one.
    story.does('bram', 'validity.extend', { ...more, offer: 'o2' });
    expect(story.refusal('olga', 'award.decide', best)).toBe('offer-expired');
    story.does('bram', 'validity.extend', more);
    expect(upcoming(story.purchase, story.at).filter(({ kind }) => kind === 'offers-valid-until')).toMatchObject([
      { subject: 'o1', deadline: { local: '2026-06-30T12:00' } },
      { subject: 'o2', deadline: { local: '2026-06-30T12:00' } },
    ]);
    expect(story.refusal('olga', 'award.decide', best)).toBeNull();
    expect(story.purchase.offers[0]?.extended).toMatchObject([{ evidence: OTHER_HASH, by: 'bram' }]);
  });
});

describe('how long a contract runs', () => {
  test.each([
    [{}, '2029-04-01', null],
    [{}, '2029-04-02', 'contract-too-long'],
    [{ procedure: 'framework' as const, ceiling: 1 }, '2046-03-31', 'contract-too-long'],
    [{ contractMonths: 600 }, '2076-04-01', null],
  ])('%j until %s: %s', (change, to, code) => {
    const story = awarded(done(change)).when('2026-03-02T09:00:00Z');
    expect(story.refusal('olga', 'contract.sign', { ...SIGNING, to })).toBe(code);
  });
});

test('what is due on the last day can be shown after the contract has ended', () => {
  const story = awarded(done()).when('2026-03-02T09:00:00Z').does('olga', 'contract.sign', SIGNING);
  story.when('2029-04-01T09:00:00Z').does('olga', 'contract.end', { reason: 'Over.' });
  const last = story.purchase.obligations.find(({ kind }) => kind === 'exit')?.id ?? '';
  story.does('sven', 'obligation.assign', { obligation: last, owner: 'dora' });
  story.does('sven', 'obligation.update', { obligation: last, state: 'met', evidence: HASH, reason: '' });
  expect(story.purchase).toMatchObject({ state: 'ended' });
  expect(story.purchase.obligations.find(({ id }) => id === last)).toMatchObject({ state: 'met', owner: 'dora' });
});

describe('lots', () => {
  const lot = (id: string, winners: number) => ({ id, title: id, requirements: null, winners });
  test.each([
    ['several winners', [lot('a', 2)], 'open' as const, 'one-winner'],
    ['one twice', [lot('a', 1), lot('a', 1)], 'framework' as const, 'twice'],
    ['several parties of a framework', [lot('a', 2)], 'framework' as const, null],
  ])('%s in a new purchase', (_, lots, procedure, code) => {
    const input = { id: 'p1', description: { ...DESCRIPTION, procedure }, lots };
    const made = createPurchase(input, { by: PEOPLE.bram, at: START });
    expect(isRefusal(made) ? made.code : null).toBe(code);
  });

  test('a framework with several parties becomes no other procedure, nor is one specified', () => {
    const story = new Story({ procedure: 'framework' }).does('bram', 'lots.set', { lots: [lot('all', 2)] });
    expect(story.refusal('bram', 'purchase.describe', { ...DESCRIPTION, procedure: 'open' })).toBe('one-winner');
    story
      .does('sven', 'demand.set', { version: 1, hash: HASH, lines: specified().purchase.demand?.lines ?? [] })
      .does('bram', 'plan.set', PLAN);
    story.purchase = { ...story.purchase, description: DESCRIPTION };
    expect(story.refusal('bram', 'purchase.specify', {})).toBe('one-winner');
  });
});

test('approvals do not outlive what they approved, whatever the clock shows', () => {
  // All of it within one second, as after a clock that was set back.
  const story = approved(specified())
    .does('bram', 'purchase.reopen', { reason: 'Another plan.' })
    .does('bram', 'plan.set', { ...PLAN, notApplicable: [] })
    .does('bram', 'purchase.specify', {});
  const notice = { ...TIMES, validityDays: 90, keys: [KEYS.quality, KEYS.price] };
  expect(story.refusal('bram', 'purchase.publish', notice)).toBe('approval-missing');
  expect(approved(story).refusal('bram', 'purchase.publish', notice)).toBeNull();
});
