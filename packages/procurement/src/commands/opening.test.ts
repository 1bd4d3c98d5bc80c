import { describe, expect, test } from 'vitest';
import { openingHash } from '../purchase/opening-hash.ts';
import { CONTENTS, HASH, OTHER_HASH, offers, type PLAN, published, type Story, scored } from '../testing/story.ts';

/** Both openers have declared, and it is time. */
const ready = (plan: Partial<typeof PLAN> = {}): Story => {
  const story = offers(published({}, plan)).when('2026-02-10T11:30:00Z').does('clock', 'purchase.close', {});
  for (const person of ['odin', 'opal', 'eva', 'emil', 'bram'] as const)
    story.does(person, 'conflict.declare', { lots: null, conflict: false, note: '' });
  return story.when('2026-02-10T13:00:00Z');
};
const both = (contents: typeof CONTENTS | null = CONTENTS) => ({
  offers: ['o1', 'o2'].map((offer) => ({
    offer,
    contents: offer === 'o2' ? contents : CONTENTS,
    problem: offer === 'o2' && contents === null ? 'unreadable' : null,
    price: null,
  })),
});
const attended = (story = ready()): Story =>
  story.does('odin', 'opening.attend', { part: 'quality' }).does('opal', 'opening.attend', { part: 'quality' });
const hashOf = ({ purchase }: Story, part: 'quality' | 'price' = 'quality'): string =>
  purchase.openings.findLast((one) => one.part === part)?.done?.hash ?? '';

describe('a second opener confirms', () => {
  test('what was found, whole and unchanged; not the first, not one who was not there', () => {
    const story = attended();
    expect(story.refusal('opal', 'opening.confirm', { part: 'quality', hash: HASH })).toBe('wrong-state');
    story.does('odin', 'offers.open', both());
    const hash = hashOf(story);
    expect(hash).toBe(
      openingHash(
        'quality',
        1,
        story.purchase.offers.map(({ id }) => ({ id, contents: CONTENTS, problem: null, price: null })),
      ),
    );
    expect(story.refusal('odin', 'opening.confirm', { part: 'quality', hash })).toBe('second-opener');
    expect(story.refusal('opal', 'opening.confirm', { part: 'quality', hash: OTHER_HASH })).toBe('opening-differs');
    expect(story.refusal('opal', 'opening.confirm', { part: 'price', hash })).toBe('not-opened');
    const third = { id: 'otto', roles: ['opener'] };
    story.does(third, 'conflict.declare', { lots: null, conflict: false, note: '' });
    expect(story.refusal(third, 'opening.confirm', { part: 'quality', hash })).toBe('attend-first');
    story.does('opal', 'opening.confirm', { part: 'quality', hash });
    expect(story.purchase.openings[0]?.confirmed).toEqual({ hash, by: 'opal', at: story.at });
    expect(story.refusal('opal', 'opening.confirm', { part: 'quality', hash })).toBe('already-confirmed');
  });

  test('before anything is frozen', () => {
    const story = scored(attended().does('odin', 'offers.open', both()));
    expect(story.refusal('bram', 'quality.freeze', { lot: 'all' })).toBe('opening-unconfirmed');
    expect(story.confirms('opal', 'quality').refusal('bram', 'quality.freeze', { lot: 'all' })).toBeNull();
  });

  test('the prices too, before they are compared', () => {
    const story = scored(attended().does('odin', 'offers.open', both()).confirms('opal', 'quality'));
    story.does('bram', 'quality.freeze', { lot: 'all' });
    for (const person of ['odin', 'opal'] as const) story.does(person, 'opening.attend', { part: 'price' });
    const prices = (o2: number) => ({
      prices: [
        { offer: 'o1', price: 5 },
        { offer: 'o2', price: o2 },
      ],
    });
    story.does('opal', 'price.open', prices(1));
    expect(story.refusal('bram', 'purchase.evaluate', {})).toBe('opening-unconfirmed');
    const wrong = hashOf(story, 'price');
    story.does('odin', 'price.open', prices(6));
    expect(story.refusal('opal', 'opening.confirm', { part: 'price', hash: wrong })).toBe('opening-differs');
    story.confirms('opal', 'price');
    expect(story.refusal('opal', 'price.open', prices(1))).toBe('already-opened');
    expect(story.purchase.offers.map(({ price }) => price)).toEqual([5, 6]);
    expect(story.purchase.openings[1]?.replaced[0]?.offers.map(({ price }) => price)).toEqual([5, 1]);
    expect(story.refusal('bram', 'purchase.evaluate', {})).toBeNull();
  });

  test('what one opener said alone can be corrected, and what was said stays in the record', () => {
    const story = attended().does('opal', 'offers.open', both(null));
    const wrong = hashOf(story);
    story.does('odin', 'offers.open', both());
    expect(story.purchase.offers[1]?.opened).toMatchObject({ contents: CONTENTS, problem: null });
    expect(story.purchase.openings[0]?.replaced).toMatchObject([
      {
        by: 'opal',
        hash: wrong,
        offers: [
          { id: 'o1', problem: null },
          { id: 'o2', contents: null, problem: 'unreadable' },
        ],
      },
    ]);
    expect(story.refusal('opal', 'opening.confirm', { part: 'quality', hash: wrong })).toBe('opening-differs');
    story.confirms('opal', 'quality');
    expect(story.refusal('opal', 'offers.open', both(null))).toBe('already-opened');
  });

  test('not corrected once evaluators have built on it', () => {
    const story = scored(attended().does('opal', 'offers.open', both()));
    expect(story.refusal('odin', 'offers.open', both(null))).toBe('already-opened');
  });
});

describe('two openers are there together', () => {
  test('an attendance lasts a day and can be given again', () => {
    const story = ready().does('odin', 'opening.attend', { part: 'quality' });
    story.when('2026-02-11T13:00:01Z').does('opal', 'opening.attend', { part: 'quality' });
    expect(story.refusal('opal', 'offers.open', both())).toBe('opening-needs-two');
    expect(story.refusal('odin', 'offers.open', both())).toBe('attend-first');
    story.does('odin', 'opening.attend', { part: 'quality' });
    expect(story.refusal('odin', 'opening.attend', { part: 'quality' })).toBe('already-present');
    expect(story.refusal('opal', 'offers.open', both())).toBeNull();
    expect(story.purchase.openings[0]?.present.map(({ person }) => person)).toEqual(['odin', 'opal', 'odin']);
  });

  test('to the very second', () => {
    const story = ready().does('odin', 'opening.attend', { part: 'quality' });
    story.when('2026-02-11T13:00:00Z').does('opal', 'opening.attend', { part: 'quality' });
    expect(story.refusal('opal', 'offers.open', both())).toBeNull();
  });
});
