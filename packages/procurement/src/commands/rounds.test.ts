import { describe, expect, test } from 'vitest';
import { isRefusal } from '../refusal.ts';
import {
  approved,
  CONTENTS,
  evaluated,
  HASH,
  KEYS,
  NEW_KEYS,
  offers,
  opened,
  published,
  SIGNING,
  type Story,
  scored,
  specified,
  TIMES,
} from '../testing/story.ts';

const ROUND = {
  invited: ['acme'],
  reason: 'Better terms.',
  closing: '2026-02-24T12:00',
  questionsUntil: '2026-02-17T12:00',
  opening: '2026-02-24T14:00',
};

const negotiated = (): Story => {
  const story = published();
  story.purchase = { ...story.purchase, description: { ...story.purchase.description, procedure: 'negotiated' } };
  return story;
};
const first = (): Story => scored(opened(offers(negotiated())));

/** Of the second round: acme alone, up to the award. */
const second = (): Story => {
  const story = offers(first().does('bram', 'round.start', { ...ROUND, keys: NEW_KEYS }), [['acme', 'o3']]);
  story.when('2026-02-24T13:30:00Z').does('clock', 'purchase.close', {});
  for (const person of ['odin', 'opal'] as const) story.does(person, 'opening.attend', { part: 'quality' });
  story
    .does('opal', 'offers.open', { offers: [{ offer: 'o3', contents: CONTENTS, problem: null, price: null }] })
    .confirms('odin', 'quality');
  evaluated(scored(story, { o3: [2, 3, 1, 2] }), { o3: 100 });
  return story.does('olga', 'award.decide', { lot: 'all', offers: ['o3'], reason: 'Best value.', draw: null });
};

describe('the keys of a round', () => {
  const [quality, price] = NEW_KEYS as [(typeof NEW_KEYS)[0], (typeof NEW_KEYS)[0]];
  test.each([
    ['those of the round before', [KEYS.quality, KEYS.price], 'key-used'],
    ['one of them again', [quality, KEYS.price], 'key-used'],
    ['one again for the other part', [{ ...quality, fingerprint: KEYS.price.fingerprint }, price], 'key-used'],
    ['one again in other letters', [{ ...quality, fingerprint: 'AAAABBBB' }, price], 'key-used'],
    ['one for both parts', [quality, { ...price, fingerprint: quality.fingerprint }], 'key-used'],
    ['a part less', [quality], 'keys-needed'],
    ['new ones', NEW_KEYS, null],
  ])('%s', (_, keys, code) => {
    expect(first().refusal('bram', 'round.start', { ...ROUND, keys })).toBe(code);
  });

  test('stand in the notice, and the old ones stay in the record', () => {
    const story = first().does('bram', 'round.start', { ...ROUND, keys: NEW_KEYS });
    expect(story.purchase.notice?.keys).toEqual(NEW_KEYS);
    expect(story.purchase.earlier[0]?.notice.keys).toEqual([KEYS.quality, KEYS.price]);
  });

  test('those of the first round serve no third', () => {
    const story = offers(first().does('bram', 'round.start', { ...ROUND, keys: NEW_KEYS }), [['acme', 'o3']]);
    story.when('2026-02-24T13:30:00Z').does('clock', 'purchase.close', {});
    for (const person of ['odin', 'opal'] as const) story.does(person, 'opening.attend', { part: 'quality' });
    story.does('opal', 'offers.open', { offers: [{ offer: 'o3', contents: CONTENTS, problem: null, price: null }] });
    const third = {
      ...ROUND,
      closing: '2026-03-24T12:00',
      opening: '2026-03-24T14:00',
      questionsUntil: '2026-03-02T12:00',
    };
    expect(story.refusal('bram', 'round.start', { ...third, keys: [KEYS.quality, KEYS.price] })).toBe('key-used');
  });

  test('at publication each part has its own', () => {
    const keys = [KEYS.quality, { part: 'price' as const, fingerprint: KEYS.quality.fingerprint }];
    expect(approved(specified()).refusal('bram', 'purchase.publish', { ...TIMES, validityDays: 90, keys })).toBe(
      'key-used',
    );
  });
});

describe('a round and what went before', () => {
  const twoLots = (): Story => {
    const story = opened(offers(negotiated()));
    const lot = { title: 'Rest', requirements: null, winners: 1 };
    story.purchase = { ...story.purchase, lots: ['all', 'rest'].map((id) => ({ id, ...lot })) };
    for (const person of ['eva', 'emil'] as const) story.does(person, 'evaluation.finish', { lot: 'rest' });
    story.does('bram', 'quality.freeze', { lot: 'rest' });
    evaluated(scored(story));
    return story.does('olga', 'award.decide', { lot: 'all', offers: ['o1'], reason: 'Best value.', draw: null });
  };

  test('none while an award stands, and again when it is withdrawn', () => {
    const story = twoLots();
    expect(story.purchase.state).toBe('evaluated');
    expect(story.refusal('bram', 'round.start', { ...ROUND, keys: NEW_KEYS })).toBe('already-awarded');
    story.does('olga', 'award.withdraw', { lot: 'all', reason: 'A review.' });
    expect(story.refusal('bram', 'round.start', { ...ROUND, keys: NEW_KEYS })).toBeNull();
  });

  test('none after a contract', () => {
    const story = twoLots();
    const { lot, offer, from, to, hash, value } = SIGNING;
    const signed = { lot, offer, from, to, hash, value, signed: story.at, by: 'olga', at: story.at };
    story.purchase = { ...story.purchase, contracts: [signed] };
    expect(story.refusal('bram', 'round.start', { ...ROUND, keys: NEW_KEYS })).toBe('already-signed');
  });

  test('bidders left behind in an earlier round are told and have their standstill', () => {
    const story = second();
    expect(story.refusal('olga', 'award.notify', { lot: 'all', means: 'none' })).toBe('standstill-due');
    story.does('olga', 'award.notify', { lot: 'all', means: 'electronic' });
    expect(story.refusal('olga', 'contract.sign', { ...SIGNING, offer: 'o3' })).toBe('standstill-runs');
  });

  test('one supplier in all rounds needs none', () => {
    const story = second();
    story.purchase = { ...story.purchase, offers: story.purchase.offers.filter(({ supplier }) => supplier === 'acme') };
    expect(story.refusal('olga', 'award.notify', { lot: 'all', means: 'none' })).toBeNull();
  });
});

describe('the prior information notice', () => {
  const closingWith = (priorInformation: string | null): string | null => {
    const story = approved(specified({ procedure: 'restricted', priorInformation })).does('bram', 'purchase.publish', {
      ...TIMES,
      validityDays: 90,
      keys: [KEYS.quality, KEYS.price],
    });
    story.does('acme', 'request.submit', { id: 'r1', hashes: [HASH] }).when('2026-02-10T11:30:00Z');
    story.does('bram', 'conflict.declare', { lots: null, conflict: false, note: '' });
    const decided = story.tries('bram', 'candidates.decide', {
      decisions: [{ request: 'r1', verdict: 'invited', reason: 'Suitable.' }],
      closing: '2026-02-21T12:00',
      questionsUntil: '2026-02-14T12:00',
      opening: '2026-02-21T14:00',
    });
    return isRefusal(decided) ? decided.code : null;
  };

  // The contract notice was sent on 5 January; the invitation is of 10 February.
  test.each([
    ['2025-11-20', null],
    ['2026-01-02', 'closing-too-early'],
    ['2025-01-20', null],
    ['2025-01-04', 'closing-too-early'],
    [null, 'closing-too-early'],
  ])('sent on %s counts from the contract notice: %s', (day, code) => {
    expect(closingWith(day)).toBe(code);
  });
});
