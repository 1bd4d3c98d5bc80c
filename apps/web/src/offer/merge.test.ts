import type { AnswerValue } from '@proviso/catalogue/answers';
import type { OfferFile } from '@proviso/sealing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_OFFER, type OfferDraft } from './draft.ts';
import { mergeDrafts, withTheirs } from './merge.ts';

const file = (letter: string): OfferFile => ({
  name: `${letter}.pdf`,
  mediaType: 'application/pdf',
  size: 1,
  sha256: letter.repeat(64),
  sealed: { sha256: letter.repeat(64), size: 2 },
});
const draft = (values: Record<string, AnswerValue>, more: Partial<OfferDraft> = {}): OfferDraft => ({
  ...EMPTY_OFFER,
  answers: { ...EMPTY_OFFER.answers, values },
  ...more,
});

describe('two drafts of one offer', () => {
  it.each([
    ['only here', { a: 1 }, { a: 2 }, { a: 1 }, 2, 0],
    ['only there', { a: 1 }, { a: 1 }, { a: 3 }, 3, 0],
    ['the same in both', { a: 1 }, { a: 2 }, { a: 2 }, 2, 0],
    ['differently in both', { a: 1 }, { a: 2 }, { a: 3 }, 2, 1],
    ['cleared here', { a: 1 }, { a: null }, { a: 1 }, null, 0],
    ['cleared there', { a: 1 }, { a: 1 }, {}, null, 0],
    ['cleared here, changed there', { a: 1 }, { a: null }, { a: 3 }, null, 1],
    ['empty text is nothing', { a: '' }, { a: null }, { a: 'x' }, 'x', 0],
  ] as const)('written %s', (_, base, mine, theirs, value, clashes) => {
    const merged = mergeDrafts(draft(base), draft(mine), draft(theirs));
    expect(merged.draft.answers.values.a ?? null).toBe(value);
    expect(merged.clashes).toHaveLength(clashes);
  });

  it('keep files that either attached and lose those that either took away', () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(file) as [OfferFile, OfferFile, OfferFile, OfferFile];
    const merged = mergeDrafts(
      draft({}, { files: [a, b] }),
      draft({}, { files: [a, c] }),
      draft({}, { files: [a, b, d] }),
    );
    expect(merged.draft.files.map(({ name }) => name)).toEqual(['a.pdf', 'c.pdf', 'd.pdf']);
  });

  it('take the other side’s words for what clashes, when asked', () => {
    const merged = mergeDrafts(draft({}), draft({ a: 'x' }, { price: '1' }), draft({ a: 'y', b: 'z' }, { price: '2' }));
    expect(merged.clashes.map(({ field }) => field)).toEqual(['a', 'price']);
    const next = withTheirs(merged.draft, merged.clashes);
    expect([next.answers.values, next.price]).toEqual([{ a: 'y', b: 'z' }, '2']);
    expect(merged.draft.answers.values.a).toBe('x');
  });

  it('lose nothing that only one side wrote', () => {
    const values = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.option(fc.integer(), { nil: null }));
    fc.assert(
      fc.property(values, values, values, (base, mine, theirs) => {
        const merged = mergeDrafts(draft(base), draft(mine), draft(theirs));
        const clashing = new Set(merged.clashes.map(({ field }) => field));
        for (const id of ['a', 'b', 'c']) {
          const [was, here, there] = [base, mine, theirs].map((one) => one[id] ?? null);
          const now = merged.draft.answers.values[id] ?? null;
          if (here !== was) expect(now).toBe(here);
          else expect(now).toBe(there);
          expect(clashing.has(id)).toBe(here !== was && there !== was && here !== there);
        }
      }),
    );
  });
});
