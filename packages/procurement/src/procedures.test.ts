import { describe, expect, test } from 'vitest';
import { createPurchase } from './create.ts';
import { countingRequests, mayReadRequests } from './guards.ts';
import { type Circumstance, leastPeriod, PROCEDURES, procedureOf, procedures } from './procedures.ts';
import { isRefusal } from './refusal.ts';
import {
  approved,
  awarded,
  CONTENTS,
  DESCRIPTION,
  evaluated,
  HASH,
  KEYS,
  NEW_KEYS,
  offers,
  opened,
  PEOPLE,
  published,
  SIGNING,
  Story,
  scored,
  specified,
  TIMES,
} from './testing/story.ts';

describe('minimum periods of Directive 2014/24/EU', () => {
  const cases: [
    'open' | 'restricted' | 'negotiated' | 'framework' | 'call-off',
    'selection' | 'tender' | 'round',
    Circumstance[],
    number,
  ][] = [
    ['open', 'tender', [], 35],
    ['open', 'tender', ['electronic'], 30],
    ['open', 'tender', ['electronic', 'prior-information'], 15],
    ['open', 'tender', ['urgent'], 15],
    ['restricted', 'selection', ['electronic'], 30],
    ['restricted', 'selection', ['urgent'], 15],
    ['restricted', 'tender', [], 30],
    ['restricted', 'tender', ['electronic'], 25],
    ['restricted', 'tender', ['electronic', 'urgent'], 10],
    ['negotiated', 'tender', ['prior-information'], 10],
    ['negotiated', 'round', [], 0],
    ['framework', 'tender', ['electronic'], 30],
    ['call-off', 'tender', [], 0],
  ];
  test.each(cases)('%s, %s, %j: %d days', (id, stage, circumstances, days) => {
    const period = leastPeriod(procedureOf(id), stage, circumstances);
    expect(period.days).toBe(days);
    expect(period.source).toMatch(/^Article \d+/);
  });

  test('every procedure is there once, with a source', () => {
    expect(procedures.map(({ id }) => id)).toEqual([...PROCEDURES]);
    for (const { source, confidence } of procedures) {
      expect(source).toMatch(/Article/);
      expect(['high', 'medium', 'low']).toContain(confidence);
    }
  });
});

describe('publication', () => {
  const publish = (closing: string, change = {}) =>
    approved(specified(change)).refusal('bram', 'purchase.publish', {
      ...TIMES,
      opening: '2026-12-01T12:00',
      questionsUntil: '2026-01-06T12:00',
      closing,
      validityDays: 90,
      keys: [KEYS.quality, KEYS.price],
    });

  test.each([
    // 30 days from 5 January end with 4 February.
    ['2026-02-04T12:00', {}, 'closing-too-early'],
    ['2026-02-04T23:59', {}, null],
    ['2026-02-05T09:00', {}, null],
    ['2026-02-05T09:00', { electronic: false }, 'closing-too-early'],
    ['2026-01-21T09:00', { urgency: 'A flood took the servers.' }, null],
    ['2026-01-21T09:00', { priorInformation: '2025-11-01' }, null],
    ['2026-01-21T09:00', { priorInformation: '2025-12-20' }, 'closing-too-early'],
    ['2026-01-21T09:00', { priorInformation: '2024-11-01' }, 'closing-too-early'],
    ['2025-01-21T09:00', {}, 'in-the-past'],
    ['2026-02-30T09:00', {}, 'no-such-time'],
  ])('closing %s with %j: %s', (closing, change, code) => {
    expect(publish(closing, change)).toBe(code);
  });

  test('needs both approvals of this very demand, by two people, and openers and keys', () => {
    const input = { ...TIMES, validityDays: 90, keys: [KEYS.quality, KEYS.price] };
    const story = specified();
    expect(story.refusal('bram', 'purchase.publish', input)).toBe('approval-missing');
    const both = { id: 'both', roles: ['legal', 'security'] };
    for (const as of ['legal', 'security'] as const)
      story.does(both, 'demand.approve', { as, verdict: 'approved', demand: HASH, reason: '' });
    expect(story.refusal('bram', 'purchase.publish', input)).toBe('two-approvers');
    story.does('lena', 'demand.approve', { as: 'legal', verdict: 'objected', demand: HASH, reason: 'Clause 3.' });
    expect(story.refusal('bram', 'purchase.publish', input)).toBe('approval-missing');
    story.does('lena', 'demand.approve', { as: 'legal', verdict: 'approved', demand: HASH, reason: '' });
    expect(story.refusal('bram', 'purchase.publish', { ...input, keys: [KEYS.quality] })).toBe('keys-needed');
    expect(
      story.refusal('sven', 'demand.approve', { as: 'security', verdict: 'approved', demand: HASH, reason: '' }),
    ).toBe('own-work');
    expect(
      story.refusal('lena', 'demand.approve', { as: 'security', verdict: 'approved', demand: HASH, reason: '' }),
    ).toBe('not-permitted');
    story
      .when('2026-01-05T10:00:00Z')
      .does('bram', 'purchase.reopen', { reason: 'One more look.' })
      .when('2026-01-05T11:00:00Z')
      .does('bram', 'purchase.specify', {});
    expect(story.refusal('bram', 'purchase.publish', input)).toBe('approval-missing');
  });

  test('a consultation on the draft is closed before', () => {
    const story = new Story().does('bram', 'consultation.open', { id: 'c1', until: '2026-01-20T12:00' });
    story.does('acme', 'consultation.answer', { consultation: 'c1', id: 'a1', hash: HASH });
    expect(story.purchase.consultations[0]?.answers).toHaveLength(1);
    story.when('2026-01-21T12:00:00Z');
    expect(story.refusal('bolt', 'consultation.answer', { consultation: 'c1', id: 'a2', hash: HASH })).toBe(
      'consultation-over',
    );
  });
});

describe('restricted, with a selection stage', () => {
  const begin = () =>
    approved(specified({ procedure: 'restricted' })).does('bram', 'purchase.publish', {
      ...TIMES,
      validityDays: 90,
      keys: [KEYS.quality, KEYS.price],
    });
  const after = { closing: '2026-03-20T12:00', questionsUntil: '2026-03-01T12:00', opening: '2026-03-20T14:00' };

  test('only invited candidates hand in an offer', () => {
    const story = begin();
    expect(
      story.refusal('acme', 'offer.submit', {
        id: 'o1',
        lot: 'all',
        invitation: null,
        hashes: [HASH],
        bytes: 9,
        demand: HASH,
      }),
    ).toBe('candidates-first');
    story
      .does('acme', 'request.submit', { id: 'r1', hashes: [HASH] })
      .does('bolt', 'request.submit', { id: 'r2', hashes: [HASH] });
    story
      .when('2026-02-10T11:30:00Z')
      .does({ id: 'link-crow', roles: ['supplier'], supplier: 'crow' }, 'request.submit', { id: 'r3', hashes: [HASH] });
    expect(story.purchase.requests.map(({ late }) => late)).toEqual([false, false, true]);
    const decisions = [
      { request: 'r1', verdict: 'invited' as const, reason: 'Suitable.' },
      { request: 'r2', verdict: 'not-selected' as const, reason: 'Fewer references.' },
    ];
    expect(story.refusal('bram', 'candidates.decide', { decisions, ...after })).toBe('declare-first');
    story.does('bram', 'conflict.declare', { lots: null, conflict: false, note: '' });
    expect(story.refusal('bram', 'candidates.decide', { decisions, ...after })).toBe('too-few-candidates');
    expect(story.refusal('bram', 'candidates.decide', { decisions: decisions.slice(0, 1), ...after })).toBe(
      'decide-all',
    );
    const unsuitable = [
      decisions[0] as (typeof decisions)[0],
      { request: 'r2', verdict: 'unsuitable' as const, reason: 'No certificate.' },
    ];
    story.does('bram', 'candidates.decide', { decisions: unsuitable, ...after });
    expect(story.purchase.notice).toMatchObject({ stage: 'tender', from: '2026-02-10T11:30:00Z' });
    expect(
      story.refusal('bolt', 'offer.submit', {
        id: 'o2',
        lot: 'all',
        invitation: null,
        hashes: [HASH],
        bytes: 9,
        demand: HASH,
      }),
    ).toBe('not-invited');
    offers(story, [['acme', 'o1']]);
    expect(story.purchase.offers).toHaveLength(1);
    // A request that comes when it is decided is late, and changes nothing.
    story.does('bolt', 'request.submit', { id: 'r4', hashes: [HASH] });
    expect(story.purchase.requests.at(-1)).toMatchObject({ id: 'r4', late: true, decision: null });
    expect(story.purchase.invited).toEqual(['acme']);
  });

  test('the last request in time of each supplier counts, and none is taken where nothing is selected', () => {
    const story = begin();
    for (const [who, id] of [
      ['acme', 'r1'],
      ['bolt', 'r2'],
      ['acme', 'r3'],
    ] as const)
      story.does(who, 'request.submit', { id, hashes: [HASH] });
    expect(story.refusal('bolt', 'request.submit', { id: 'r1', hashes: [HASH] })).toBe('twice');
    story.when('2026-02-10T11:30:00Z').does('acme', 'request.submit', { id: 'r4', hashes: [HASH] });
    expect(countingRequests(story.purchase).map(({ id }) => id)).toEqual(['r2', 'r3']);
    expect(published().refusal('acme', 'request.submit', { id: 'r1', hashes: [HASH] })).toBe('no-selection');
  });

  test('what requests say is read after their closing, by who has declared no conflict, and by auditors', () => {
    const story = begin().does('acme', 'request.submit', { id: 'r1', hashes: [HASH] });
    const fault = (who: keyof typeof PEOPLE) => mayReadRequests(story.purchase, PEOPLE[who], story.at)?.code ?? null;
    expect([fault('bram'), fault('arne'), fault('eva')]).toEqual(['still-open', 'still-open', 'not-permitted']);
    story.when('2026-02-10T11:00:00.001Z');
    expect([fault('bram'), fault('arne'), fault('acme')]).toEqual(['declare-first', null, 'not-permitted']);
    story.does('bram', 'conflict.declare', { lots: null, conflict: false, note: '' });
    story.does('olga', 'conflict.declare', { lots: null, conflict: true, note: 'My brother.' });
    expect([fault('bram'), fault('olga')]).toEqual([null, 'conflict-declared']);
  });
});

const ROUND = { closing: '2026-02-24T12:00', questionsUntil: '2026-02-17T12:00', opening: '2026-02-24T14:00' };

describe('negotiated in rounds', () => {
  test('a second round keeps the first and takes new offers of those who go on', () => {
    const story = published();
    story.purchase = { ...story.purchase, description: { ...story.purchase.description, procedure: 'negotiated' } };
    scored(opened(offers(story)));
    const times = { ...ROUND, keys: NEW_KEYS };
    story.does('bram', 'round.start', { invited: ['acme'], reason: 'Better terms.', ...times });
    expect(story.purchase).toMatchObject({ state: 'published', round: 2, invited: ['acme'] });
    expect(story.purchase.earlier[0]?.evaluation.finished).toHaveLength(2);
    expect(story.purchase.evaluation.finished).toEqual([]);
    offers(story, [['acme', 'o3']]);
    expect(
      story.refusal('bolt', 'offer.submit', {
        id: 'o4',
        lot: 'all',
        invitation: null,
        hashes: [HASH],
        bytes: 9,
        demand: HASH,
      }),
    ).toBe('not-invited');
    story.when('2026-02-24T13:30:00Z').does('clock', 'purchase.close', {});
    for (const person of ['odin', 'opal'] as const) story.does(person, 'opening.attend', { part: 'quality' });
    story.does('opal', 'offers.open', { offers: [{ offer: 'o3', contents: CONTENTS, problem: null, price: null }] });
    expect(story.purchase.offers.map(({ id, round, opened: was }) => [id, round, was !== null])).toEqual([
      ['o1', 1, true],
      ['o2', 1, true],
      ['o3', 2, true],
    ]);
  });

  test('other procedures have no rounds', () => {
    const story = opened(offers(published()));
    const times = { ...ROUND, keys: NEW_KEYS };
    expect(story.refusal('bram', 'round.start', { invited: ['acme'], reason: 'Better terms.', ...times })).toBe(
      'no-rounds',
    );
  });
});

describe('framework with call-offs', () => {
  const running = () => {
    const story = awarded(evaluated(scored(opened(offers(published({ procedure: 'framework', ceiling: 1_000_000 }))))));
    return story.when('2026-04-02T09:00:00Z').does('olga', 'contract.sign', SIGNING);
  };

  test('a call-off is a purchase of its own among the parties', () => {
    const story = running().does('bram', 'call-off.start', { purchase: 'p2', lot: 'all', value: 400_000 });
    const callOff = new Story({ procedure: 'call-off' }, 'p2', story.purchase, '2026-04-02T09:00:00Z');
    expect(callOff.purchase).toMatchObject({ framework: { purchase: 'p1', parties: ['acme'] }, invited: ['acme'] });
    expect(story.refusal('bram', 'call-off.start', { purchase: 'p3', lot: 'all', value: 600_001 })).toBe(
      'over-ceiling',
    );
    const input = { id: 'p9', description: { ...DESCRIPTION, procedure: 'call-off' }, lots: null };
    const unknown = createPurchase(input, { by: PEOPLE.bram, at: story.at }, story.purchase);
    expect(isRefusal(unknown) && unknown.code).toBe('call-off-of-framework');
    const alone = createPurchase(input, { by: PEOPLE.bram, at: story.at });
    expect(isRefusal(alone) && alone.code).toBe('call-off-of-framework');
  });

  test('a framework longer than four years needs a reason', () => {
    const long = { ...DESCRIPTION, procedure: 'framework' as const, contractMonths: 60 };
    expect(new Story().refusal('bram', 'purchase.describe', long)).toBe('framework-too-long');
    expect(
      new Story().refusal('bram', 'purchase.describe', { ...long, longTerm: 'Depreciation of the network.' }),
    ).toBeNull();
  });
});
