import { describe, expect, test } from 'vitest';
import { isRevealed } from '../guards.ts';
import { cellsOf } from '../scoring/assemble.ts';
import {
  awarded,
  evaluated,
  HASH,
  LINES,
  offers,
  opened,
  PEOPLE,
  published,
  type Story,
  scored,
} from '../testing/story.ts';
import { visibleScores } from '../views.ts';

const ED = { id: 'ed', roles: ['evaluator'] };
const named = (...people: string[]) => ({ evaluators: people.map((person) => ({ person, lots: null })) });
const agree = (value: number, reason = 'Seen again.') => ({ offer: 'o2', requirement: 'AAA-02', value, reason });
const conflict = (lots: string[] | null = null) => ({ lots, conflict: true, note: 'A cousin bids.' });
const clear = { lots: null, conflict: false, note: '' };
const cellOf = ({ purchase, scores, consensus }: Story) =>
  cellsOf(purchase, 'all', scores, consensus).find((one) => one.offer === 'o2' && one.requirement === 'AAA-02');

/** Three evaluators, all done, all alike: 2 for everything. */
const three = (): Story => {
  const story = opened(offers(published().does('bram', 'evaluators.name', named('eva', 'emil', 'ed'))));
  story.does(ED, 'conflict.declare', clear);
  for (const person of [PEOPLE.eva, PEOPLE.emil, ED]) {
    for (const offer of ['o1', 'o2'])
      for (const { id } of LINES) story.does(person, 'score.write', { offer, requirement: id, value: 2, reason: null });
    story.does(person, 'evaluation.finish', { lot: 'all' });
  }
  return story;
};

describe('what evaluators agree on', () => {
  test('one alone changes nothing of what independent scores gave', () => {
    const story = three().does('eva', 'consensus.write', agree(3));
    expect(cellOf(story)).toMatchObject({ value: 2, consensus: null, proposal: { value: 3, by: 'eva' } });
    story.does('eva', 'consensus.write', agree(3));
    expect(cellOf(story)?.value).toBe(2);
    story.does('bram', 'quality.freeze', { lot: 'all' });
    expect(story.purchase.evaluation.frozen[0]?.input.offers[1]?.scores).toEqual([2, 2, 2, 2]);
  });

  test('two do, and what they agreed stands until two agree otherwise', () => {
    const story = three().does('eva', 'consensus.write', agree(3)).does('emil', 'consensus.write', agree(1));
    expect(cellOf(story)?.value).toBe(2);
    story.does(ED, 'consensus.write', agree(3));
    expect(cellOf(story)).toMatchObject({ value: 3, consensus: { by: 'ed' }, proposal: null });
    story.does('eva', 'consensus.write', agree(0));
    expect(cellOf(story)).toMatchObject({ value: 3, proposal: { value: 0 } });
    // Emil still stands for 1.
    story.does('eva', 'consensus.write', agree(1));
    expect(cellOf(story)?.value).toBe(1);
  });

  test('who declares a conflict afterwards counts no more, here either', () => {
    const story = three().does(ED, 'consensus.write', agree(3)).does('eva', 'consensus.write', agree(3));
    expect(cellOf(story)?.value).toBe(3);
    story.does(ED, 'conflict.declare', conflict());
    expect(cellOf(story)).toMatchObject({ value: 2, consensus: null });
  });
});

describe('scores that were seen', () => {
  test('stay seen: a conflict declared later takes nothing back', () => {
    const story = scored(opened(offers(published()))).does('emil', 'conflict.declare', conflict());
    expect(isRevealed(story.purchase, 'all')).toBe(true);
    expect(story.refusal('eva', 'evaluation.resume', { lot: 'all' })).toBe('scores-revealed');
    const rule = { lot: 'all', requirement: 'AAA-03', reason: 'No such part.' };
    expect(story.refusal('eva', 'applicability.decide', rule)).toBe('scores-revealed');
    expect(story.purchase.evaluation.revealed).toEqual([{ lot: 'all', at: story.at }]);
  });

  test('also where a conflict or a name less has shown them', () => {
    const story = opened(offers(published().does('bram', 'evaluators.name', named('eva', 'emil', 'ed'))));
    scored(story);
    expect(isRevealed(story.purchase, 'all')).toBe(false);
    expect(story.refusal('eva', 'evaluation.resume', { lot: 'all' })).toBeNull();
    story.does('eva', 'evaluation.finish', { lot: 'all' }).does(ED, 'conflict.declare', conflict());
    expect(isRevealed(story.purchase, 'all')).toBe(true);
    const less = scored(opened(offers(published().does('bram', 'evaluators.name', named('eva', 'emil', 'ed')))));
    less.does('bram', 'evaluators.name', named('eva', 'emil'));
    expect(isRevealed(less.purchase, 'all')).toBe(true);
  });

  test('where conflicts leave one evaluator, another is named and scores without seeing', () => {
    const story = scored(opened(offers(published()))).does('emil', 'conflict.declare', conflict());
    expect(story.refusal('bram', 'quality.freeze', { lot: 'all' })).toBe('not-all-finished');
    story.does('bram', 'evaluators.name', named('eva', 'emil', 'ed')).does(ED, 'conflict.declare', clear);
    expect(visibleScores(story.purchase, story.scores, ED)).toEqual([]);
    for (const [offer, values] of Object.entries({ o1: [2, 3, 1, 2], o2: [3, 1, 1, 1] }))
      LINES.forEach(({ id }, i) => {
        story.does(ED, 'score.write', { offer, requirement: id, value: values[i] ?? 0, reason: null });
      });
    expect(visibleScores(story.purchase, story.scores, ED)).toHaveLength(8);
    story.does(ED, 'evaluation.finish', { lot: 'all' });
    expect(visibleScores(story.purchase, story.scores, ED).length).toBeGreaterThan(8);
    expect(story.refusal('bram', 'evaluators.name', named('eva', 'emil', 'ed', 'eef'))).toBe('scores-revealed');
    expect(story.refusal('bram', 'quality.freeze', { lot: 'all' })).toBeNull();
  });

  test('an auditor who evaluates and has a conflict sees none', () => {
    const story = scored(opened(offers(published())));
    const both = { id: 'abel', roles: ['auditor', 'evaluator'] };
    expect(visibleScores(story.purchase, story.scores, both)).toHaveLength(16);
    story.does(both, 'conflict.declare', conflict());
    expect(visibleScores(story.purchase, story.scores, both)).toEqual([]);
  });
});

describe('conflicts', () => {
  test('are taken whenever they are found', () => {
    const story = published().does('eva', 'conflict.declare', conflict());
    expect(story.refusal('emil', 'conflict.declare', clear)).toBe('bidders-unknown');
    expect(story.purchase.declarations).toHaveLength(1);
  });

  test('one candidate is enough to know the bidders by', () => {
    const story = published();
    story.purchase = { ...story.purchase, invited: ['acme'] };
    expect(story.refusal('emil', 'conflict.declare', clear)).toBeNull();
  });

  test('who has one in a lot does not choose its evaluators', () => {
    const story = opened(offers(published()));
    const lots = ['all', 'rest'].map((id) => ({ id, title: id, requirements: null, winners: 1 }));
    story.purchase = { ...story.purchase, lots };
    story.does('bram', 'conflict.declare', conflict(['all']));
    expect(story.refusal('bram', 'evaluators.name', named('pal', 'pim'))).toBe('conflict-declared');
    const onlyRest = [...named('eva', 'emil').evaluators, { person: 'ed', lots: ['rest'] }];
    expect(story.refusal('bram', 'evaluators.name', { evaluators: onlyRest })).toBeNull();
    expect(story.refusal(PEOPLE.olga, 'evaluators.name', named('eva', 'emil', 'ed'))).toBeNull();
  });
});

describe('offers that are taken out', () => {
  const low = { offer: 'o2', ground: 'abnormally-low' as const, reason: 'Not explained.' };
  const done = (): Story => evaluated(scored(opened(offers(published()))));

  test('a knock-out is for the frozen scores to say', () => {
    const ground = 'knock-out' as unknown as 'ineligible';
    expect(done().refusal('bram', 'offer.exclude', { offer: 'o2', ground, reason: 'Not convincing.' })).toBe(
      'bad-input',
    );
  });

  test('a low price: a reply, or silence until a stated time', () => {
    const story = done().does('bram', 'explanation.ask', { offer: 'o2' });
    expect(story.refusal('bram', 'offer.exclude', low)).toBe('explanation-awaited');
    expect(story.refusal('bram', 'explanation.ask', { offer: 'o2' })).toBe('already-asked');
    expect(story.refusal('bram', 'explanation.ask', { offer: 'o2', until: '2026-02-10T12:00' })).toBe('in-the-past');
    expect(story.refusal('bram', 'explanation.ask', { offer: 'o2', until: '2026-02-30T12:00' })).toBe('no-such-time');
    story.does('bram', 'explanation.ask', { offer: 'o2', until: '2026-02-17T12:00' });
    expect(story.refusal('bram', 'explanation.ask', { offer: 'o2', until: '2026-02-11T12:00' })).toBe('already-asked');
    expect(story.when('2026-02-17T11:00:00Z').refusal('bram', 'offer.exclude', low)).toBe('still-open');
    expect(story.when('2026-02-17T11:00:00.001Z').refusal('bram', 'offer.exclude', low)).toBeNull();
    const replied = done().does('bram', 'explanation.ask', { offer: 'o2', until: '2026-02-17T12:00' });
    replied.does('bolt', 'explanation.reply', { offer: 'o2', hash: HASH });
    expect(replied.refusal('bram', 'offer.exclude', low)).toBeNull();
  });
});

test('a late offer is recorded until a contract is signed', () => {
  const late = (id: string) => ({ id, lot: 'all', invitation: null, hashes: [HASH], bytes: 9, demand: HASH });
  const story = opened(offers(published())).does('acme', 'offer.submit', late('l1'));
  awarded(evaluated(scored(story)).does('acme', 'offer.submit', late('l2'))).does('acme', 'offer.submit', late('l3'));
  expect(story.purchase.offers.map((one) => [one.id, one.late, one.opened === null])).toEqual([
    ['o1', false, false],
    ['o2', false, false],
    ['l1', true, true],
    ['l2', true, true],
    ['l3', true, true],
  ]);
});

test.each([
  [1, null],
  [1001, null],
  [1101, 'bad-input'],
])('an offer of %d sealed files: %s', (count, code) => {
  const offer = { id: 'o1', lot: 'all', invitation: null, bytes: 9, demand: HASH, hashes: Array(count).fill(HASH) };
  expect(published().refusal('acme', 'offer.submit', offer)).toBe(code);
});
