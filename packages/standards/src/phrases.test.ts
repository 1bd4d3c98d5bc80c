import { describe, expect, it } from 'vitest';
import { PhraseBook, StemBook } from './phrases.ts';

describe('PhraseBook', () => {
  const book = new PhraseBook(['or equivalent', 'ou équivalent', 'o.ä.', '又は同等', 'or later']);

  it.each([
    ['ISO 27001 or equivalent.', 'or equivalent'],
    ['OU EQUIVALENT', 'ou equivalent'],
    ['(or\n equivalent)', 'or equivalent'],
    ['ISO 27001 o. ä.', 'o a'],
    ['認証又は同等のもの', '又 は 同 等'],
    ['for equivalents', undefined],
    ['or an equivalent', undefined],
    ['', undefined],
  ])('%j', (text, phrase) => {
    expect(book.find(text)?.phrase).toBe(phrase);
  });

  it('says where the phrase stands, and takes the first that fits', () => {
    expect(book.find('x or later y or equivalent z')).toEqual({ phrase: 'or later', first: 1, after: 4 });
    expect(book.find('x or later y or equivalent z', (found) => found.after < 2)?.phrase).toBe('or equivalent');
  });
});

describe('StemBook', () => {
  const book = new StemBook(['zertif', 'ISMS', 'norm']);

  it.each([
    ['ISO-27001-Zertifizierung', 'zertif'],
    ['Rezertifizierung', 'zertif'],
    ['an ISMS', 'isms'],
    ['Normen', 'norm'],
    ['enormous', null],
    ['PRISMS', null],
  ])('%s', (text, stem) => {
    expect(book.find(text)).toBe(stem);
  });
});
