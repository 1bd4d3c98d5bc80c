import { describe, expect, test } from 'vitest';
import type { DemandLine } from '../purchase/demand.ts';
import { cellsOf } from '../scoring/assemble.ts';
import {
  approved,
  CONTENTS,
  HASH,
  KEYS,
  LINES,
  line,
  OTHER_HASH,
  offers,
  PLAN,
  published,
  Story,
  TIMES,
} from '../testing/story.ts';

const ALL = LINES.map(({ id }) => id);
const correct = (change: object) => ({
  id: 'k1',
  significance: 'fundamental' as const,
  reason: 'Other needs.',
  closing: '2026-02-24T12:00',
  demand: null,
  plan: null,
  changed: [],
  ...change,
});
const demandOf = (lines: DemandLine[]) => ({ version: 2, hash: OTHER_HASH, lines });

const drafted = (lots: { id: string; requirements: string[] | null }[]): Story => {
  const story = new Story()
    .does('bram', 'lots.set', { lots: lots.map((one) => ({ ...one, title: one.id, winners: 1 })) })
    .does('sven', 'demand.set', { version: 1, hash: HASH, lines: LINES })
    .does('bram', 'plan.set', PLAN)
    .does('bram', 'openers.name', { openers: ['odin', 'opal'], recovery: null });
  return story.does('bram', 'evaluators.name', {
    evaluators: ['eva', 'emil'].map((person) => ({ person, lots: null })),
  });
};
const publish = (story: Story): Story =>
  approved(story.does('bram', 'purchase.specify', {}))
    .does('bram', 'purchase.publish', { ...TIMES, validityDays: 90, keys: [KEYS.quality, KEYS.price] })
    .when('2026-01-06T09:00:00Z');
const nod = (story: Story): Story => {
  for (const [person, as] of [
    ['lena', 'legal'],
    ['sven', 'security'],
  ] as const)
    story.does(person, 'demand.approve', { as, verdict: 'approved', demand: OTHER_HASH, reason: '' });
  return story;
};

describe('every requirement stands in a lot', () => {
  test('before publication', () => {
    const story = drafted([{ id: 'all', requirements: ALL.slice(0, 2) }]);
    expect(story.refusal('bram', 'purchase.specify', {})).toBe('in-no-lot');
    const split = drafted([
      { id: 'l1', requirements: ALL.slice(0, 2) },
      { id: 'l2', requirements: ALL.slice(2) },
    ]);
    expect(split.refusal('bram', 'purchase.specify', {})).toBeNull();
  });

  test('one that a corrigendum adds, and none that it removed', () => {
    const added = demandOf([...LINES, line('NEW-01', { knockout: true })]);
    const story = nod(publish(drafted([{ id: 'all', requirements: ALL }])));
    expect(story.refusal('bram', 'corrigendum.publish', correct({ demand: added }))).toBe('in-no-lot');
    const lots = [{ id: 'all', requirements: [...ALL, 'NEW-01'] }];
    expect(story.refusal('bram', 'corrigendum.publish', correct({ demand: added, lots }))).toBeNull();
    expect(cellsOf(offers(story, []).purchase, 'all', [], [])).toEqual([]);
    expect(story.purchase.lots[0]?.requirements).toContain('NEW-01');
    expect(story.purchase.corrigenda[0]?.changed).toContainEqual({
      what: 'lot all',
      from: ALL.join(' '),
      to: [...ALL, 'NEW-01'].join(' '),
    });

    const less = nod(publish(drafted([{ id: 'all', requirements: ALL }])));
    const removed = demandOf(LINES.slice(0, 3));
    expect(less.refusal('bram', 'corrigendum.publish', correct({ demand: removed }))).toBe('not-demanded');
    const fewer = [{ id: 'all', requirements: ALL.slice(0, 3) }];
    expect(
      less.refusal('bram', 'corrigendum.publish', correct({ demand: removed, lots: fewer, plan: { ...PLAN } })),
    ).toBeNull();
  });

  test.each([
    ['a lot that is not there', [{ id: 'l9', requirements: null }], 'fundamental', 'unknown'],
    [
      'one twice',
      [
        { id: 'all', requirements: null },
        { id: 'all', requirements: null },
      ],
      'fundamental',
      'twice',
    ],
    ['as a slip', [{ id: 'all', requirements: null }], 'minor', 'not-minor'],
    ['the whole demand', [{ id: 'all', requirements: null }], 'fundamental', null],
  ])('%s', (_, lots, significance, code) => {
    const story = publish(drafted([{ id: 'all', requirements: ALL }]));
    expect(story.refusal('bram', 'corrigendum.publish', correct({ lots, significance }))).toBe(code);
  });
});

describe('the plan after publication', () => {
  test.each([
    [true, false],
    [false, true],
  ])('a price sealed apart: from %s never to %s', (before, after) => {
    const story = published({}, { priceApart: before }).when('2026-01-06T09:00:00Z');
    const plan = { ...PLAN, priceApart: after };
    expect(story.refusal('bram', 'corrigendum.publish', correct({ plan }))).toBe('price-apart-fixed');
  });

  test('allows no more requirements to be found not applicable, but fewer', () => {
    const more = { ...PLAN, notApplicable: [...PLAN.notApplicable, 'AAA-01'] };
    const story = published().when('2026-01-06T09:00:00Z');
    expect(story.refusal('bram', 'corrigendum.publish', correct({ plan: more }))).toBe('not-applicable-not-allowed');
    expect(story.refusal('bram', 'corrigendum.publish', correct({ plan: { ...PLAN, notApplicable: [] } }))).toBeNull();
  });

  test('what changes in it is shown whole, formula and tie rule too', () => {
    const criteria = PLAN.criteria.map((one) =>
      one.kind === 'price' ? { ...one, formula: { kind: 'median' as const } } : one,
    );
    const plan = { ...PLAN, criteria, tieBreak: ['draw'], notApplicable: [] };
    const story = published().when('2026-01-06T09:00:00Z').does('bram', 'corrigendum.publish', correct({ plan }));
    const [changed] = story.purchase.corrigenda[0]?.changed ?? [];
    expect(changed?.what).toBe('plan');
    expect(JSON.parse(changed?.from ?? '')).toEqual(PLAN);
    expect(JSON.parse(changed?.to ?? '')).toEqual(plan);
  });
});

test('an offer made before a lot changed leaves open what came to the lot', () => {
  const lots = [
    { id: 'l1', requirements: ALL.slice(0, 3) },
    { id: 'l2', requirements: ALL.slice(2) },
  ];
  const story = publish(drafted(lots));
  const offer = { lot: 'l1', invitation: null, hashes: [HASH], bytes: 9, demand: HASH };
  story.does('acme', 'offer.submit', { ...offer, id: 'o1' }).when('2026-01-07T09:00:00Z');
  const moved = [
    { id: 'l1', requirements: [...ALL.slice(1, 3), ...ALL.slice(3)] },
    { id: 'l2', requirements: ALL.slice(0, 3) },
  ];
  story.does('bram', 'corrigendum.publish', correct({ lots: moved }));
  story.when('2026-01-08T09:00:00Z').does('bolt', 'offer.submit', { ...offer, id: 'o2' });
  story.when('2026-02-24T11:30:00Z').does('clock', 'purchase.close', {}).when('2026-02-24T13:00:00Z');
  for (const person of ['odin', 'opal'] as const)
    story
      .does(person, 'conflict.declare', { lots: null, conflict: false, note: '' })
      .does(person, 'opening.attend', { part: 'quality' });
  const told = { ...CONTENTS, unanswered: ['AAA-01'] };
  story.does('odin', 'offers.open', {
    offers: ['o1', 'o2'].map((one) => ({
      offer: one,
      contents: one === 'o1' ? told : CONTENTS,
      problem: null,
      price: null,
    })),
  });
  expect(story.purchase.offers.map(({ opened }) => opened?.contents?.unanswered)).toEqual([['VUL-07'], []]);
});

test('an offer to the old demand leaves the new requirement unanswered, and the removed one out', () => {
  const story = nod(offers(published()).when('2026-01-06T09:00:00Z'));
  const lines = [...LINES.filter(({ id }) => id !== 'AAA-02'), line('NEW-01', { knockout: true })];
  story.does('bram', 'corrigendum.publish', correct({ demand: demandOf(lines) }));
  story.does('bolt', 'offer.submit', {
    id: 'o3',
    lot: 'all',
    invitation: null,
    hashes: [HASH],
    bytes: 9,
    demand: OTHER_HASH,
  });
  story.when('2026-02-24T11:30:00Z').does('clock', 'purchase.close', {}).when('2026-02-24T13:00:00Z');
  for (const person of ['odin', 'opal'] as const)
    story
      .does(person, 'conflict.declare', { lots: null, conflict: false, note: '' })
      .does(person, 'opening.attend', { part: 'quality' });
  const told = {
    ...CONTENTS,
    unanswered: ['AAA-02', 'AAA-03'],
    notApplicable: ['AAA-02'],
    deviations: [{ requirement: 'AAA-02', text: 'Less.' }],
    offered: [{ requirement: 'AAA-02', value: 1 }],
  };
  const open = (o3: typeof told | typeof CONTENTS) => ({
    offers: [
      { offer: 'o1', contents: told, problem: null, price: null },
      { offer: 'o3', contents: o3, problem: null, price: null },
    ],
  });
  // Whoever answered the new demand was not asked the old requirement.
  expect(story.refusal('odin', 'offers.open', open(told))).toBe('not-demanded');
  story.does('odin', 'offers.open', open(CONTENTS));
  expect(story.purchase.offers.map(({ id, opened }) => [id, opened?.contents])).toEqual([
    ['o1', { hash: HASH, unanswered: ['AAA-03', 'NEW-01'], notApplicable: [], deviations: [], offered: [] }],
    ['o2', undefined],
    ['o3', CONTENTS],
  ]);
  expect(story.purchase.deviations).toEqual([]);
  const cells = cellsOf(story.purchase, 'all', [], []).filter(({ requirement }) => requirement === 'NEW-01');
  expect(cells.map(({ offer, unfavourable }) => [offer, unfavourable])).toEqual([
    ['o1', true],
    ['o3', false],
  ]);
});
