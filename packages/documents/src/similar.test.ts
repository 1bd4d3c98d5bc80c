import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SimilarIndex, signatureOf, similarity } from './similar.ts';

const WORDS =
  'supplier shall encrypt stored backups with keys held by the buyer and report every incident within hours of its discovery to the named contact while access rights are reviewed each quarter'.split(
    ' ',
  );

/** A text of made-up sentences, always the same for one seed. */
function prose(seed: number, words: number): string {
  let state = seed;
  const out: string[] = [];
  for (let i = 0; i < words; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    out.push(`${WORDS[(state >>> 8) % WORDS.length]}${i % 17 === 16 ? '.' : ''}`);
  }
  return out.join(' ');
}

/** For each signature, in input order, the index of the first document that says nearly the same; null for that one and loners. */
function groupSimilar(signatures: readonly (readonly number[])[]): (number | null)[] {
  const index = new SimilarIndex();
  return signatures.map((signature, at) => {
    const original = index.add(String(at), signature);
    return original === null ? null : Number(original);
  });
}

describe('signatures', () => {
  test('do not depend on layout, case, numbering or punctuation', () => {
    const text = prose(1, 400);
    const other = text
      .toUpperCase()
      .split('. ')
      .map((sentence, index) => `${index + 1}.1  ${sentence}\n`)
      .join('\n | ');
    expect(signatureOf(other)).toEqual(signatureOf(text));
  });

  test('of texts too short to tell are empty and match nothing', () => {
    expect(signatureOf('Annex 3: price sheet')).toEqual([]);
    expect(groupSimilar([[], [], signatureOf('one two')])).toEqual([null, null, null]);
  });

  test('estimate the share of common word sequences', () => {
    const base = prose(2, 2000);
    const half = base.slice(0, base.length / 2) + prose(3, 1000);
    const share = similarity(signatureOf(base), signatureOf(half));
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.55);
  });

  test('work where there are no spaces', () => {
    const japanese =
      '調達仕様書では情報セキュリティ対策として通信の暗号化及びアクセス制御を行うこと。受託者は事故が発生した場合に速やかに報告すること。';
    expect(similarity(signatureOf(japanese), signatureOf(`${japanese}\n第1章`))).toBeGreaterThan(0.85);
  });

  test('any text is like itself and gives 128 values or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), (text) => {
        const signature = signatureOf(text);
        expect([0, 128]).toContain(signature.length);
        expect(signature).toEqual(signatureOf(text));
      }),
    );
  });
});

describe('grouping', () => {
  test('the first in input order is the original; an edited copy follows it, another text does not', () => {
    const first = prose(10, 900);
    const edited = first.replace(/\bkeys\b/, 'secrets').replace(/\bquarter\b/, 'month');
    const other = prose(11, 900);
    expect(groupSimilar([other, first, edited, other].map(signatureOf))).toEqual([null, null, 1, 0]);
  });

  test('names come back as they were given', () => {
    const index = new SimilarIndex();
    expect(index.add('a.docx', signatureOf(prose(5, 300)))).toBeNull();
    expect(index.add('a.pdf', signatureOf(`${prose(5, 300)} Page 3 of 4`))).toBe('a.docx');
  });

  test('thousands of documents on one template cost no more than their number', () => {
    const index = new SimilarIndex();
    const template = prose(7, 200);
    let groups = 0;
    for (let i = 0; i < 3000; i++)
      if (index.add(`${i}`, signatureOf(`${template} ${prose(1000 + i, 150)}`)) === null) groups++;
    expect(groups).toBeGreaterThan(2000);
  });
});
