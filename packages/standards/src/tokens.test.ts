import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BREAK, CUT, exactHash, folded, isWord, joinedHash, NUMBER, tokenize } from './tokens.ts';

const pieces = (text: string) => {
  const t = tokenize(text);
  return Array.from({ length: t.count }, (_, i) => text.slice(t.start[i], t.end[i]));
};

describe('tokenize', () => {
  it.each([
    ['ISO/IEC 27001:2013', ['ISO', 'IEC', '27001', '2013']],
    ['ISO27001', ['ISO', '27001']],
    ['TLSv1.2', ['TLSv', '1', '2']],
    ['ISO\u00a027001\u201327002', ['ISO', '27001', '27002']],
    ['本システムはTLS1.2以上', ['本', 'シ', 'ス', 'テ', 'ム', 'は', 'TLS', '1', '2', '以', '上']],
    ['se\u0301curite\u0301!', ['se\u0301curite\u0301']],
    ['certi\ufb01cate', ['certi\ufb01cate']],
    ['\ud83d\ude00 ok', ['ok']],
    ['', []],
    ['  \n\t-', []],
  ])('cuts %j', (text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });

  it('folds case, accents, ligatures, width and soft breaks inside a word away', () => {
    for (const [a, b] of [
      ['SÉCURITÉ', 'securite'],
      ['se\u0301curite\u0301', 'sécurité'],
      ['certi\ufb01cate', 'CERTIFICATE'],
      ['Ｉｓｏ', 'iso'],
      ['Ærø', 'ÆRO'],
      ['Łódź', 'lodz'],
    ] as const) {
      expect(folded(a)).toBe(folded(b));
      expect(tokenize(a).hash[0]).toBe(tokenize(b).hash[0]);
    }
  });

  it('marks hard separators, numbers and words that may be cut', () => {
    const t = tokenize('Informatie- \nbeveiliging, 27001');
    expect([...t.flags.slice(0, t.count)]).toEqual([BREAK | CUT, 0, BREAK | NUMBER]);
    expect(tokenize('e-mail').flags[0]).toBe(BREAK);
    expect(tokenize('Grund\u00adschutz').flags[0]).toBe(BREAK | CUT);
  });

  it('joins what a line break has cut', () => {
    const text = 'Informatie- \nbeveiliging';
    expect(joinedHash(text, 0, text.length)).toBe(tokenize('informatiebeveiliging').hash[0]);
    expect(exactHash('T-L-S', 0, 5)).toBe(exactHash('TLS', 0, 3));
    expect(exactHash('Tls', 0, 3)).not.toBe(exactHash('TLS', 0, 3));
  });

  it('gives tokens in order, inside the text, of letters and digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const t = tokenize(text);
        let last = 0;
        for (let i = 0; i < t.count; i++) {
          const [start, end] = [t.start[i] as number, t.end[i] as number];
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = end;
        }
      }),
    );
  });

  it('tokenizes a piece as it tokenizes the whole, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.constantFrom('ISO 27001', 'Règlement', 'TLSv1.2', 'ﬁre', 'X.509'), fc.string(), (word, around) => {
        const alone = tokenize(word);
        const text = `${around} ${word} ${around}`;
        const t = tokenize(text);
        const from = [...t.start.slice(0, t.count)].indexOf(around.length + 1);
        expect(from).toBeGreaterThanOrEqual(0);
        expect([...t.hash.slice(from, from + alone.count)]).toEqual([...alone.hash.slice(0, alone.count)]);
      }),
    );
  });

  it('is linear in a word of a million letters and in a million separators', () => {
    expect(tokenize('a'.repeat(1e6)).count).toBe(1);
    expect(tokenize('-'.repeat(1e6)).count).toBe(0);
    expect(tokenize('a1'.repeat(5e5)).count).toBe(1e6);
  });

  it('knows a letter from a separator at the edges of a text', () => {
    expect([isWord('a', 0), isWord('a', 1), isWord('a', -1), isWord('.', 0)]).toEqual([true, false, false, false]);
  });
});
