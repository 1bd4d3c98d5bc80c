import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pieces } from './excerpt.tsx';

const marked = (text: string): string =>
  pieces(text)
    .map((one) => (one.mark ? `<${one.text}>` : one.text))
    .join('');

describe('an excerpt', () => {
  it.each([
    ['the ⟦DNSSEC⟧ zone', 'the <DNSSEC> zone'],
    ['⟦a⟧⟦b⟧', '<a><b>'],
    ['no mark', 'no mark'],
    ['', ''],
    ['⟦open', '<open>'],
    ['close⟧d', 'close⟧d'],
    ['⟦⟧empty', 'empty'],
  ])('%s', (text, out) => {
    expect(marked(text)).toBe(out);
  });

  it('loses no other character', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '⟦', '⟧', '<') }), (text) => {
        const bare = (one: string): string => one.replaceAll('⟦', '').replaceAll('⟧', '');
        expect(
          bare(
            pieces(text)
              .map((one) => one.text)
              .join(''),
          ),
        ).toBe(bare(text));
      }),
    );
  });
});
