import { describe, expect, it } from 'vitest';
import { firstLanguage } from './language.ts';
import { fill, namesIn } from './message.ts';

describe('a message', () => {
  it.each([
    ['Hello {name}', { name: 'Bo' }, 'en', 'Hello Bo'],
    ['L’achat {title}', { title: '{name} <b>' }, 'fr', 'L’achat {name} <b>'],
    ['{n} things', { n: 12345.5 }, 'de', '12.345,5 things'],
    ['{n, plural, one {# day} other {# days}}', { n: 1 }, 'en', '1 day'],
    ['{n, plural, one {# day} other {# days}}', { n: 0 }, 'en', '0 days'],
    ['{n, plural, one {# jour} other {# jours}}', { n: 0 }, 'fr', '0 jour'],
    ['{n, plural, =0 {none} one {one} other {#}} of {m}', { n: 0, m: 3 }, 'en', 'none of 3'],
    ['{x, select, a {A {n}} other {B}}', { x: 'a', n: 2 }, 'en', 'A 2'],
    ['{x, select, a {A} other {B}}', { x: 'constructor' }, 'en', 'B'],
    ['{missing} stays', {}, 'en', '{missing} stays'],
    ['{toString} stays', {}, 'en', '{toString} stays'],
    ['# is no number here', { n: 1 }, 'en', '# is no number here'],
  ] as const)('%s', (message, values, language, written) => {
    expect(fill(message, values, language)).toBe(written);
  });

  it.each(['{', '{n', 'a}', '{n, plural, one {x}}', '{n, plural, one {x} other {y}', '{n, other, a {b}}'])(
    'that is not well formed is refused: %s',
    (message) => {
      expect(() => fill(message, { n: 1 }, 'en')).toThrow(Error);
    },
  );

  it('tells the names it wants, also those within cases', () => {
    expect(namesIn('{b} {n, plural, one {{a}} other {#}}')).toEqual(['a', 'b', 'n']);
  });
});

describe('the first language', () => {
  it.each([
    ['nl', ['fr'], 'nl'],
    ['xx', ['pt-BR', 'fr-CA'], 'fr'],
    [null, ['DE-at'], 'de'],
    [null, [], 'en'],
  ])('%s and %j give %s', (kept, browser, language) => {
    expect(firstLanguage(kept, browser)).toBe(language);
  });
});
