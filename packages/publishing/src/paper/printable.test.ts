import { describe, expect, it } from 'vitest';
import { printable, shortened, typeset } from './printable.ts';

describe('printable', () => {
  it.each([
    ['a\r\nb\tc', 'a b c'],
    ['a\u0000\u0007\u001bb', 'ab'],
    ['a\ud800b', 'ab'],
    ['\u202eevil\u202c', 'evil'],
    ['\ufeffa\uffff\ufffe', 'a'],
    ['😀 é ß <b>&amp;', '😀 é ß <b>&amp;'],
  ])('%j', (from, to) => expect(printable(from)).toBe(to));
});

describe('typeset', () => {
  it('keeps French marks on the line of their word', () =>
    expect(typeset('Niveau : « haut » ; oui !', 'fr')).toBe('Niveau\u00a0: «\u00a0haut\u00a0»\u00a0; oui\u00a0!'));
  it('leaves other languages alone', () => expect(typeset('a : b', 'de')).toBe('a : b'));
});

describe('shortened', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['😀😀😀😀', 3, '😀😀…'],
  ])('%s to %i', (text, length, to) => expect(shortened(text, length)).toBe(to));
});
