import { describe, expect, test } from 'vitest';
import { exclusionOf } from './scoring/assemble.ts';
import {
  awarded,
  type CONTENTS,
  evaluated,
  HASH,
  LINES,
  offers,
  opened,
  PLAN,
  published,
  type Story,
  scored,
} from './testing/story.ts';

const begin = (contents: Record<string, Partial<typeof CONTENTS> & object> = {}): Story =>
  opened(offers(published()), contents);
const cell = (offer: string, requirement: string, value: number, reason: string | null = null) => ({
  offer,
  requirement,
  value,
  reason,
});

describe('blind scores', () => {
  test('only named evaluators, only what was demanded, only 0 to 3, never after finishing', () => {
    const story = begin();
    expect(story.refusal({ id: 'ed', roles: ['evaluator'] }, 'score.write', cell('o1', 'AAA-01', 2))).toBe(
      'declare-first',
    );
    story.does({ id: 'ed', roles: ['evaluator'] }, 'conflict.declare', { lots: null, conflict: false, note: '' });
    expect(story.refusal({ id: 'ed', roles: ['evaluator'] }, 'score.write', cell('o1', 'AAA-01', 2))).toBe(
      'not-an-evaluator',
    );
    expect(story.refusal('eva', 'score.write', cell('o1', 'ZZZ-01', 2))).toBe('not-demanded');
    expect(story.refusal('eva', 'score.write', cell('o9', 'AAA-01', 2))).toBe('unknown');
    for (const value of [-1, 4, 1.5, Number.NaN])
      expect(story.refusal('eva', 'score.write', cell('o1', 'AAA-01', value))).toBe('bad-input');
    expect(story.refusal('eva', 'evaluation.finish', { lot: 'all' })).toBe('scores-missing');
    for (const offer of ['o1', 'o2']) for (const { id } of LINES) story.does('eva', 'score.write', cell(offer, id, 1));
    story.does('eva', 'evaluation.finish', { lot: 'all' });
    expect(story.refusal('eva', 'score.write', cell('o1', 'AAA-01', 3))).toBe('already-finished');
    expect(story.refusal('eva', 'consensus.write', { ...cell('o1', 'AAA-01', 3), reason: 'Because.' })).toBe(
      'not-all-finished',
    );
    story.does('eva', 'evaluation.resume', { lot: 'all' }).does('eva', 'score.write', cell('o1', 'AAA-01', 3));
    expect(story.scores.filter(({ requirement, offer }) => offer === 'o1' && requirement === 'AAA-01')).toHaveLength(1);
  });

  test('writing a score leaves the purchase as it is', () => {
    const story = begin();
    const before = story.purchase;
    story.does('eva', 'score.write', cell('o1', 'AAA-01', 2));
    expect(story.purchase).toBe(before);
  });

  test('nobody joins or leaves once scores are known', () => {
    const story = scored(begin());
    const three = ['eva', 'emil', 'ed'].map((person) => ({ person, lots: null }));
    expect(story.refusal('bram', 'evaluators.name', { evaluators: three })).toBe('scores-revealed');
    expect(
      story.refusal('bram', 'evaluators.name', { evaluators: [three[0], three[2]].flatMap((one) => one ?? []) }),
    ).toBe('evaluator-finished');
    expect(story.refusal('eva', 'evaluation.resume', { lot: 'all' })).toBe('scores-revealed');
  });

  test('a conflict declared late leaves one evaluator, and one is not enough', () => {
    const story = scored(begin()).does('emil', 'conflict.declare', { lots: null, conflict: true, note: '' });
    expect(story.refusal('bram', 'quality.freeze', { lot: 'all' })).toBe('not-all-finished');
  });
});

describe('consensus', () => {
  test('where scores differ, a reason is needed and the lot cannot be frozen without', () => {
    const story = begin();
    for (const [person, value] of [
      ['eva', 1],
      ['emil', 3],
    ] as const) {
      for (const offer of ['o1', 'o2'])
        for (const { id } of LINES) story.does(person, 'score.write', cell(offer, id, id === 'AAA-02' ? value : 2));
      story.does(person, 'evaluation.finish', { lot: 'all' });
    }
    expect(story.refusal('bram', 'quality.freeze', { lot: 'all' })).toBe('consensus-missing');
    expect(story.refusal('eva', 'consensus.write', { ...cell('o1', 'AAA-02', 3), reason: '' })).toBe('reason-needed');
    story.does('eva', 'consensus.write', { ...cell('o1', 'AAA-02', 3), reason: 'The report shows it.' });
    story.does('emil', 'consensus.write', { ...cell('o2', 'AAA-02', 2), reason: 'Half of it.' });
    // One proposes; it counts when the other has written the same.
    expect(story.refusal('bram', 'quality.freeze', { lot: 'all' })).toBe('consensus-missing');
    story.does('emil', 'consensus.write', { ...cell('o1', 'AAA-02', 3), reason: 'I see it now.' });
    expect(story.refusal('emil', 'consensus.write', { ...cell('o2', 'AAA-02', 2), reason: 'Still.' })).toBeNull();
    expect(story.refusal('bram', 'quality.freeze', { lot: 'all' })).toBe('consensus-missing');
    story.does('eva', 'consensus.write', { ...cell('o2', 'AAA-02', 2), reason: 'Agreed.' });
    // Unchanged, no reason; changed again, a reason.
    expect(story.refusal('emil', 'consensus.write', { ...cell('o1', 'AAA-02', 3), reason: '' })).toBeNull();
    expect(story.refusal('emil', 'consensus.write', { ...cell('o1', 'AAA-02', 0), reason: '' })).toBe('reason-needed');
    story.does('bram', 'quality.freeze', { lot: 'all' });
    expect(story.purchase.evaluation.frozen[0]?.input.offers.map(({ scores }) => scores)).toEqual([
      [2, 3, 2, 2],
      [2, 2, 2, 2],
    ]);
    expect(story.refusal('eva', 'consensus.write', { ...cell('o1', 'AAA-02', 0), reason: 'No.' })).toBe(
      'already-frozen',
    );
  });
});

describe('not applicable and unanswered', () => {
  test('unanswered is 0 without anybody scoring it', () => {
    const story = begin({ o1: { unanswered: ['AAA-02'] as never[] } });
    expect(story.refusal('eva', 'score.write', cell('o1', 'AAA-02', 3))).toBe('nothing-to-score');
    evaluated(scored(story));
    story.does('olga', 'award.decide', { lot: 'all', offers: ['o2'], reason: 'Best value.', draw: null });
    expect(story.purchase.awards[0]?.result.offers.map(({ id, total }) => [id, total])).toEqual([
      ['o2', '85.00'],
      ['o1', '75.33'],
    ]);
  });

  test('only where it was allowed, where an offer says so, and before scores are known; then for all offers', () => {
    const rule = { lot: 'all', requirement: 'AAA-03', reason: 'No such part is bought.' };
    expect(begin().refusal('eva', 'applicability.decide', rule)).toBe('nobody-claims-it');
    const claims = { o1: { notApplicable: ['AAA-03', 'AAA-02'] as never[] } };
    const story = begin(claims);
    expect(story.refusal('eva', 'applicability.decide', { ...rule, requirement: 'AAA-02' })).toBe(
      'not-applicable-not-allowed',
    );
    // Where it was not allowed, saying so is no answer.
    expect(story.refusal('eva', 'score.write', cell('o1', 'AAA-02', 3))).toBe('nothing-to-score');
    story.does('eva', 'applicability.decide', rule);
    expect(story.refusal('eva', 'applicability.decide', rule)).toBe('second-needed');
    expect(story.refusal('eva', 'score.write', cell('o2', 'AAA-03', 3))).toBeNull();
    story.does('emil', 'applicability.decide', rule);
    expect(story.refusal('eva', 'score.write', cell('o2', 'AAA-03', 3))).toBe('not-demanded');
    evaluated(scored(story)).does('olga', 'award.decide', {
      lot: 'all',
      offers: ['o2'],
      reason: 'Best value.',
      draw: null,
    });
    for (const { parts } of story.purchase.awards[0]?.result.offers ?? [])
      expect(parts[0]?.lines.map(({ id }) => id)).toEqual(['AAA-01', 'AAA-02', 'VUL-07']);
    expect(scored(begin(claims)).refusal('eva', 'applicability.decide', rule)).toBe('scores-revealed');
  });
});

describe('what takes an offer out', () => {
  test('a missed knock-out', () => {
    const story = evaluated(scored(begin(), { o1: [1, 3, 1, 2], o2: [2, 0, 0, 0] }));
    expect(
      story.refusal('olga', 'award.decide', { lot: 'all', offers: ['o1'], reason: 'Best value.', draw: null }),
    ).toBe('not-ranked');
    expect(
      story.refusal('olga', 'award.decide', { lot: 'all', offers: ['o2'], reason: 'Best value.', draw: null }),
    ).toBeNull();
  });

  test('a low price only after its supplier was asked', () => {
    const story = evaluated(scored(begin()));
    const out = { offer: 'o2', ground: 'abnormally-low' as const, reason: 'Not explained.' };
    expect(story.refusal('bram', 'offer.exclude', out)).toBe('ask-first');
    story.does('bram', 'explanation.ask', { offer: 'o2' });
    expect(story.refusal('acme', 'explanation.reply', { offer: 'o2', hash: HASH })).toBe('unknown');
    story.does('bolt', 'explanation.reply', { offer: 'o2', hash: HASH }).does('bram', 'offer.exclude', out);
    awarded(story);
    // Alone, its price is the lowest.
    expect(story.purchase.awards[0]?.result.offers.map(({ id, total }) => [id, total])).toEqual([
      ['o1', '100.00'],
      ['o2', null],
    ]);
  });

  test('an offer that cannot be read', () => {
    const story = offers(published());
    story.when('2026-02-10T13:00:00Z').does('clock', 'purchase.close', {});
    for (const person of ['odin', 'opal'] as const)
      story
        .does(person, 'conflict.declare', { lots: null, conflict: false, note: '' })
        .does(person, 'opening.attend', { part: 'quality' });
    const contents = { hash: HASH, unanswered: [], notApplicable: [], deviations: [], offered: [] };
    const both = { offer: 'o2', contents, problem: 'truncated', price: null };
    const read = { offer: 'o1', contents, problem: null, price: null };
    expect(story.refusal('odin', 'offers.open', { offers: [read, both] })).toBe('contents-or-problem');
    story.does('odin', 'offers.open', { offers: [read, { ...both, contents: null }] });
    expect(story.purchase.offers.map((one) => exclusionOf(story.purchase, one))).toEqual([null, 'unreadable']);
  });
});

describe('deviations', () => {
  const deviating = () =>
    begin({ o1: { deviations: [{ requirement: 'AAA-02', text: 'Every second year.' }] as never[] } });
  const rule = (verdict: 'accepted' | 'countered' | 'refused', counter: string | null = null) => ({
    offer: 'o1',
    requirement: 'AAA-02',
    verdict,
    reason: 'Weighed.',
    counter,
  });

  test('must be decided before the freeze, and every step is kept', () => {
    const story = scored(deviating());
    expect(story.refusal('bram', 'quality.freeze', { lot: 'all' })).toBe('deviation-open');
    expect(story.refusal('lena', 'deviation.decide', rule('countered'))).toBe('counter-needed');
    story.does('lena', 'deviation.decide', rule('countered', 'Every year.'));
    expect(
      story.refusal('bolt', 'deviation.reply', { offer: 'o1', requirement: 'AAA-02', agrees: true, reason: '' }),
    ).toBe('unknown');
    story.does('acme', 'deviation.reply', { offer: 'o1', requirement: 'AAA-02', agrees: false, reason: 'Too dear.' });
    expect(
      story.refusal('acme', 'deviation.reply', { offer: 'o1', requirement: 'AAA-02', agrees: true, reason: '' }),
    ).toBe('not-countered');
    story.does('lena', 'deviation.decide', rule('countered', 'Every 18 months.'));
    story.does('acme', 'deviation.reply', { offer: 'o1', requirement: 'AAA-02', agrees: true, reason: '' });
    expect(story.purchase.deviations[0]).toMatchObject({
      status: 'agreed',
      counter: 'Every 18 months.',
      proposal: 'Every second year.',
    });
    expect(story.purchase.deviations[0]?.steps.map(({ status, by }) => `${status} ${by}`)).toEqual([
      'countered lena',
      'declined link-acme',
      'countered lena',
      'agreed link-acme',
    ]);
    expect(story.refusal('bram', 'quality.freeze', { lot: 'all' })).toBeNull();
  });
});

describe('the award', () => {
  test('a conflict keeps its person from everything that follows', () => {
    const story = awarded(evaluated(scored(begin()))).does('olga', 'conflict.declare', {
      lots: null,
      conflict: true,
      note: '',
    });
    expect(story.refusal('olga', 'award.withdraw', { lot: 'all', reason: 'A review.' })).toBe('conflict-declared');
    const other = { id: 'oona', roles: ['owner'] };
    expect(story.refusal(other, 'award.withdraw', { lot: 'all', reason: 'A review.' })).toBeNull();
  });

  test('of two lots, one is signed and the other cancelled', () => {
    const story = begin();
    const lot = { title: 'Rest', requirements: null, winners: 1 };
    story.purchase = { ...story.purchase, lots: ['all', 'rest'].map((id) => ({ id, ...lot })) };
    scored(story).does('bram', 'quality.freeze', { lot: 'all' });
    for (const person of ['eva', 'emil'] as const) story.does(person, 'evaluation.finish', { lot: 'rest' });
    story.does('bram', 'quality.freeze', { lot: 'rest' });
    for (const person of ['odin', 'opal'] as const) story.does(person, 'opening.attend', { part: 'price' });
    story
      .does('opal', 'price.open', {
        prices: [
          { offer: 'o1', price: 5 },
          { offer: 'o2', price: 6 },
        ],
      })
      .confirms('odin', 'price')
      .does('bram', 'purchase.evaluate', {});
    story.does('olga', 'award.decide', { lot: 'all', offers: ['o1'], reason: 'Best value.', draw: null });
    expect(story.purchase.state).toBe('evaluated');
    story.does('bram', 'lot.cancel', { lot: 'rest', reason: 'No offers.' });
    expect(story.purchase.state).toBe('awarded');
  });

  test('goes to the best, and a tie that no stated rule breaks is drawn and recorded', () => {
    expect(
      evaluated(scored(begin())).refusal('olga', 'award.decide', {
        lot: 'all',
        offers: ['o2'],
        reason: 'Nicer.',
        draw: null,
      }),
    ).toBe('better-passed');
    const same = { o1: [2, 3, 1, 2], o2: [2, 3, 1, 2] };
    const level = () => evaluated(scored(begin(), same), { o1: 100, o2: 100 });
    const choice = { lot: 'all', offers: ['o2'], reason: 'Best value.', draw: null };
    expect(level().refusal('olga', 'award.decide', choice)).toBe('draw-needed');
    const drawn = level().does('olga', 'award.decide', { ...choice, draw: 'Drawn by the notary.' });
    expect(drawn.purchase.awards[0]?.result.offers.map(({ rank }) => rank)).toEqual([1, 1]);
    const silent = evaluated(scored(opened(offers(published({}, { tieBreak: [] }))), same), { o1: 100, o2: 100 });
    expect(silent.refusal('olga', 'award.decide', choice)).toBe('tie-not-broken');
    // No rule was stated, and somebody must win: drawn and recorded all the same.
    expect(silent.refusal('olga', 'award.decide', { ...choice, draw: 'Drawn by the notary.' })).toBeNull();
    expect(level().refusal('olga', 'award.decide', { ...choice, offers: ['o1', 'o2'] })).toBe('too-many-winners');
    expect(level().refusal('bram', 'award.decide', choice)).toBe('not-permitted');
  });

  test('a standstill is due unless one supplier bids or the procedure has none', () => {
    const story = evaluated(scored(begin())).does('olga', 'award.decide', {
      lot: 'all',
      offers: ['o1'],
      reason: 'Best value.',
      draw: null,
    });
    expect(story.refusal('olga', 'award.notify', { lot: 'all', means: 'none' })).toBe('standstill-due');
    story.does('olga', 'award.notify', { lot: 'all', means: 'electronic' });
    // Told on Tuesday 10 February: ten days end on Friday the 20th.
    expect(story.purchase.awards[0]?.standstill?.end.local).toBe('2026-02-20T23:59:59.999');
    story.does('olga', 'award.withdraw', { lot: 'all', reason: 'A review.' });
    expect(story.purchase).toMatchObject({ state: 'evaluated', awards: [{ withdrawn: { reason: 'A review.' } }] });
  });

  test('a price that is not sealed apart is opened with the rest', () => {
    const story = evaluated(scored(opened(offers(published({}, { priceApart: false })))));
    expect(story.purchase.offers.map(({ price }) => price)).toEqual([10_000, 20_000]);
    expect(story.purchase.state).toBe('evaluated');
  });

  test('a further criterion needs its value for every offer before the freeze', () => {
    const criteria = [
      ...PLAN.criteria,
      { id: 'days', kind: 'amount' as const, weight: 10, formula: { kind: 'lowest-ratio' as const } },
    ];
    const story = scored(opened(offers(published({}, { criteria }))));
    expect(story.refusal('bram', 'quality.freeze', { lot: 'all' })).toBe('amount-missing');
    for (const offer of ['o1', 'o2'])
      story.does('eva', 'amount.write', { offer, criterion: 'days', value: 10, reason: 'As offered.' });
    expect(
      story.refusal('eva', 'amount.write', { offer: 'o1', criterion: 'price', value: 1, reason: 'As offered.' }),
    ).toBe('unknown');
    expect(story.refusal('bram', 'quality.freeze', { lot: 'all' })).toBeNull();
  });
});
