import { describe, expect, test } from 'vitest';
import { mayReadOffer } from './guards.ts';
import {
  awarded,
  evaluated,
  HASH,
  LINES,
  OTHER_HASH,
  offers,
  opened,
  PEOPLE,
  published,
  SIGNING,
  scored,
} from './testing/story.ts';
import { upcoming } from './time/upcoming.ts';
import { ownQuestions, publicQuestions, visibleScores } from './views.ts';

const correct = (change: object) => ({
  id: 'k1',
  significance: 'minor' as const,
  reason: 'A slip.',
  closing: null,
  demand: null,
  plan: null,
  changed: [],
  ...change,
});
const offer = (id: string, demand = HASH) => ({ id, lot: 'all', invitation: null, hashes: [HASH], bytes: 9, demand });

describe('corrigenda', () => {
  test.each([
    ['nothing', {}, 'nothing-changes'],
    ['a slip', { changed: [{ what: 'address', from: 'a', to: 'b' }] }, null],
    ['a shorter period', { closing: '2026-02-09T12:00' }, 'never-shorter'],
    ['a demand as a slip', { demand: { version: 2, hash: OTHER_HASH, lines: LINES } }, 'not-minor'],
    [
      'an older demand',
      { significance: 'significant', demand: { version: 1, hash: OTHER_HASH, lines: LINES } },
      'older-version',
    ],
    [
      'a fundamental change without more time',
      { significance: 'fundamental', changed: [{ what: 'subject', from: 'a', to: 'b' }] },
      'extension-needed',
    ],
    [
      'the same with the whole period',
      { significance: 'fundamental', closing: '2026-03-10T12:00', changed: [{ what: 'subject', from: 'a', to: 'b' }] },
      null,
    ],
  ])('%s', (_, change, code) => {
    expect(published().when('2026-02-02T09:00:00Z').refusal('bram', 'corrigendum.publish', correct(change))).toBe(code);
  });

  test('a later closing moves the opening with it, and what changed is kept', () => {
    const story = published().when('2026-01-20T09:00:00Z');
    const demand = { version: 2, hash: OTHER_HASH, lines: LINES.slice(1) };
    story.does('acme', 'offer.submit', offer('o1'));
    const nod = { verdict: 'approved' as const, demand: OTHER_HASH, reason: '' };
    const change = correct({ significance: 'significant', closing: '2026-02-17T12:00', demand });
    expect(story.refusal('bram', 'corrigendum.publish', change)).toBe('approval-missing');
    story
      .does('lena', 'demand.approve', { ...nod, as: 'legal' })
      .does('sven', 'demand.approve', { ...nod, as: 'security' });
    expect(story.refusal({ id: 'lena', roles: ['buyer'] }, 'corrigendum.publish', change)).toBe('own-work');
    story.does(
      'bram',
      'corrigendum.publish',
      correct({ significance: 'significant', closing: '2026-02-17T12:00', demand, plan: null }),
    );
    const [one] = story.purchase.corrigenda;
    expect(one).toMatchObject({ removed: ['AAA-01'], changed: [{ what: 'demand', from: HASH, to: OTHER_HASH }] });
    expect(one?.closing).toMatchObject({ from: { local: '2026-02-10T12:00' }, to: { local: '2026-02-17T12:00' } });
    expect(story.purchase.notice?.opening.local).toBe('2026-02-17T14:00:00');
    expect(story.refusal('bolt', 'offer.submit', offer('o2'))).toBe('demand-changed');
    expect(story.purchase.offers[0]?.demand).toBe(HASH);
    expect(story.refusal('bolt', 'offer.submit', offer('o2', OTHER_HASH))).toBeNull();
  });

  test('none after the closing', () => {
    const story = published().when('2026-02-10T11:00:01Z');
    expect(story.refusal('bram', 'corrigendum.publish', correct({ closing: '2026-03-10T12:00' }))).toBe(
      'closing-passed',
    );
  });
});

describe('questions', () => {
  const answer = (change = {}) => ({
    question: 'q1',
    text: 'All of it.',
    wording: null,
    closing: null,
    insignificant: null,
    ...change,
  });

  test('are answered to all, without who asked', () => {
    const story = published().does('acme', 'question.ask', { id: 'q1', text: 'We at Acme ask: which mail?' });
    story.does('bolt', 'question.ask', { id: 'q2', text: 'And when?' });
    story.does('bram', 'question.answer', answer({ wording: 'Which mail?' }));
    const seen = publicQuestions(story.purchase);
    expect(seen).toEqual([{ id: 'q1', question: 'Which mail?', answer: 'All of it.', answered: story.at }]);
    expect(JSON.stringify(seen).toLowerCase()).not.toContain('acme');
    expect(ownQuestions(story.purchase, 'bolt').map(({ id }) => id)).toEqual(['q2']);
  });

  test('a late answer needs a later closing, or a reason why not: Article 47(3)', () => {
    const asked = () => published().does('acme', 'question.ask', { id: 'q1', text: 'Which?' });
    expect(asked().when('2026-02-04T11:00:00Z').refusal('bram', 'question.answer', answer())).toBeNull();
    const late = () => asked().when('2026-02-04T11:05:00Z');
    expect(late().refusal('bram', 'question.answer', answer())).toBe('late-answer');
    expect(late().refusal('bram', 'question.answer', answer({ closing: '2026-02-10T12:00' }))).toBe('extension-needed');
    const extended = late().does('bram', 'question.answer', answer({ closing: '2026-02-11T12:00' }));
    expect(extended.purchase.notice?.closing.local).toBe('2026-02-11T12:00');
    expect(extended.purchase.questions[0]?.answer?.extended?.from.local).toBe('2026-02-10T12:00');
    expect(late().refusal('bram', 'question.answer', answer({ insignificant: 'Only a name.' }))).toBeNull();
  });

  test('one asked after the last day is kept, and its answer extends nothing', () => {
    const story = published().when('2026-02-05T09:00:00Z').does('acme', 'question.ask', { id: 'q1', text: 'Which?' });
    expect(story.purchase.questions[0]?.late).toBe(true);
    expect(story.refusal('bram', 'question.answer', answer())).toBeNull();
    expect(story.when('2026-02-10T11:00:01Z').refusal('acme', 'question.ask', { id: 'q2', text: 'Now?' })).toBe(
      'closing-passed',
    );
  });
});

describe('offers', () => {
  test('a late one is recorded and replaces nothing', () => {
    const story = published().does('acme', 'offer.submit', offer('o1'));
    story.when('2026-02-10T11:00:00Z').does('acme', 'offer.submit', offer('o2'));
    story.when('2026-02-10T11:00:00.001Z').does('acme', 'offer.submit', offer('o3', OTHER_HASH));
    expect(story.purchase.offers.map(({ id, late, replacedBy }) => [id, late, replacedBy])).toEqual([
      ['o1', false, 'o2'],
      ['o2', false, null],
      ['o3', true, null],
    ]);
    expect(story.events.at(-1)?.type).toBe('offer.late');
  });

  test('a supplier touches only its own', () => {
    const story = published().does('acme', 'offer.submit', offer('o1'));
    expect(story.refusal('bolt', 'offer.withdraw', { offer: 'o1' })).toBe('unknown');
    expect(story.refusal({ id: 'x', roles: ['supplier'] }, 'offer.submit', offer('o9'))).toBe('not-permitted');
    expect(story.refusal('acme', 'offer.withdraw', { offer: 'o1' })).toBeNull();
  });
});

describe('the clock', () => {
  test('one jump ahead makes none of the later offers late, and both times are kept', () => {
    const story = published().when('2026-02-10T11:30:00Z').does('acme', 'offer.submit', offer('o1'));
    story.when('2026-02-10T10:00:00Z').does('bolt', 'offer.submit', offer('o2'));
    expect(story.purchase.offers.map(({ late, at, recorded }) => [late, at, recorded])).toEqual([
      [true, '2026-02-10T11:30:00Z', '2026-02-10T11:30:00Z'],
      [false, '2026-02-10T10:00:00Z', '2026-02-10T11:30:00Z'],
    ]);
    // Nor does it close, nor end the questions.
    expect(story.refusal('clock', 'purchase.close', {})).toBe('still-open');
    expect(story.refusal('bolt', 'question.ask', { id: 'q1', text: 'Which?' })).toBeNull();
    expect(story.refusal('bolt', 'offer.withdraw', { offer: 'o2' })).toBeNull();
  });

  test('set back after the closing was recorded, it makes nothing timely', () => {
    const story = published().when('2026-02-10T11:30:00Z').does('clock', 'purchase.close', {});
    story.when('2026-02-10T10:00:00Z').does('bolt', 'offer.submit', offer('o2'));
    expect(story.purchase.offers.map(({ late }) => late)).toEqual([true]);
  });
});

describe('the opening', () => {
  const closed = () => offers(published()).when('2026-02-10T11:30:00Z').does('clock', 'purchase.close', {});
  const declare = (conflict = false) => ({ lots: null, conflict, note: '' });

  test('nobody opens alone, early, undeclared, uninvited or in part', () => {
    const story = closed();
    const whole = ['o1', 'o2'].map((id) => ({
      offer: id,
      contents: { hash: HASH, unanswered: [], notApplicable: [], deviations: [], offered: [] },
      problem: null,
      price: null,
    }));
    expect(story.refusal('odin', 'opening.attend', { part: 'quality' })).toBe('declare-first');
    story.does('odin', 'conflict.declare', declare()).does('opal', 'conflict.declare', declare());
    expect(story.refusal('odin', 'opening.attend', { part: 'quality' })).toBe('opening-later');
    story.when('2026-02-10T13:00:00Z');
    expect(story.refusal({ id: 'otto', roles: ['opener'] }, 'opening.attend', { part: 'quality' })).toBe(
      'not-an-opener',
    );
    expect(story.refusal('odin', 'opening.attend', { part: 'price' })).toBe('freeze-first');
    expect(story.refusal('odin', 'offers.open', { offers: whole })).toBe('attend-first');
    story.does('odin', 'opening.attend', { part: 'quality' });
    expect(story.refusal('odin', 'opening.attend', { part: 'quality' })).toBe('already-present');
    expect(story.refusal('odin', 'offers.open', { offers: whole })).toBe('opening-needs-two');
    story.does('opal', 'opening.attend', { part: 'quality' });
    expect(story.refusal('odin', 'offers.open', { offers: whole.slice(1) })).toBe('open-all');
    expect(story.refusal('odin', 'offers.open', { offers: whole.map((one) => ({ ...one, price: 5 })) })).toBe(
      'price-stays-sealed',
    );
    story.does('odin', 'offers.open', { offers: whole });
    expect(story.purchase.openings[0]).toMatchObject({
      present: [{ person: 'odin' }, { person: 'opal' }],
      done: { offers: [{ id: 'o1' }, { id: 'o2' }] },
    });
  });

  test('a declared conflict bars, for good; a declaration before the bidders are known does not count', () => {
    expect(published().refusal('eva', 'conflict.declare', declare())).toBe('bidders-unknown');
    const story = closed().does('odin', 'conflict.declare', declare(true)).does('odin', 'conflict.declare', declare());
    expect(story.when('2026-02-10T13:00:00Z').refusal('odin', 'opening.attend', { part: 'quality' })).toBe(
      'conflict-declared',
    );
  });

  test('who may read an offer', () => {
    const sealed = offers(published()).purchase;
    const story = opened(offers(published()));
    const reads = (purchase: typeof sealed, actor: Parameters<typeof mayReadOffer>[1]) => {
      const first = purchase.offers[0];
      return first ? (mayReadOffer(purchase, actor, first)?.code ?? null) : 'none';
    };
    expect(reads(sealed, PEOPLE.acme)).toBeNull();
    expect(reads(sealed, PEOPLE.bolt)).toBe('not-permitted');
    for (const actor of [PEOPLE.eva, PEOPLE.olga, PEOPLE.arne]) expect(reads(sealed, actor)).toBe('still-sealed');
    expect(reads(story.purchase, PEOPLE.arne)).toBeNull();
    expect(reads(story.purchase, PEOPLE.eva)).toBeNull();
    expect(reads(story.purchase, { id: 'new', roles: ['evaluator'] })).toBe('declare-first');
    story.does('eva', 'conflict.declare', declare(true));
    expect(reads(story.purchase, PEOPLE.eva)).toBe('conflict-declared');
  });
});

test('evaluators see only their own scores until all have finished', () => {
  const story = opened(offers(published()));
  story.does('eva', 'score.write', { offer: 'o1', requirement: 'AAA-01', value: 2, reason: null });
  expect(visibleScores(story.purchase, story.scores, PEOPLE.eva)).toHaveLength(1);
  for (const other of [PEOPLE.emil, PEOPLE.olga, PEOPLE.arne, PEOPLE.acme])
    expect(visibleScores(story.purchase, story.scores, other)).toEqual([]);
  scored(story);
  expect(visibleScores(story.purchase, story.scores, PEOPLE.emil)).toHaveLength(16);
  expect(visibleScores(story.purchase, story.scores, PEOPLE.acme)).toEqual([]);
});

test('deadlines that are still to come, the nearest first', () => {
  const kinds = (story: ReturnType<typeof published>) =>
    upcoming(story.purchase, story.at).map(({ kind, deadline }) => [kind, deadline.local.slice(0, 10)]);
  expect(kinds(published())).toEqual([
    ['questions-until', '2026-01-26'],
    ['answers-until', '2026-02-04'],
    ['closing', '2026-02-10'],
    ['opening', '2026-02-10'],
    ['offers-valid-until', '2026-05-11'],
  ]);
  const signed = awarded(evaluated(scored(opened(offers(published())))))
    .when('2026-03-02T09:00:00Z')
    .does('olga', 'contract.sign', SIGNING);
  expect(kinds(signed)[0]).toEqual(['obligation-due', '2026-10-01']);
});
