import { DocumentBuilder } from '@proviso/documents';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segment } from './segments.ts';

function pieces(text: string): string[] {
  const builder = new DocumentBuilder('txt');
  builder.add('paragraph', text);
  const document = builder.build();
  return segment(document).map(({ start, end }) => document.text.slice(start, end));
}

describe('segment', () => {
  it.each([
    ['two sentences', 'The supplier shall encrypt all data at rest. The buyer may check it.', 2],
    ['a revision', 'Controls shall be those of NIST SP 800-53 Rev. 5 as published by the institute.', 1],
    ['a section and a clause number', 'Connections shall follow what Sec. 4.2. TLS says about protocol versions.', 1],
    [
      'a dated standard at the end',
      'The supplier is certified to ISO/IEC 27001:2013. Certificates are shown each year.',
      2,
    ],
    [
      'German abbreviations',
      'Der Auftragnehmer muss z.B. alle Daten verschlüsseln, vgl. Abs. 3 und Nr. 4 der Anlage.',
      1,
    ],
    [
      'a French number',
      'Le titulaire respecte la loi n. 78-17 du 6 janvier 1978 relative aux fichiers et aux libertés.',
      1,
    ],
    ['semicolons part clauses', 'The system shall log each access; the log shall be kept for a year at least.', 2],
    [
      'Japanese stops',
      '受託者は通信を暗号化すること。アクセスログを一年間保存すること。利用者を認証し、権限を管理し、定期的に見直しを行うものとする。',
      3,
    ],
    ['wrapped lines go on', 'The supplier shall encrypt all data\nthat it keeps for the buyer and its users.', 1],
    [
      'list marks in one block',
      'The supplier shall keep to these rules:\n- encrypt all data at rest\n- log each access',
      3,
    ],
  ] as const)('%s', (_name, text, count) => {
    expect(pieces(text)).toHaveLength(count);
  });

  it('keeps a short row whole and parts the cells of a long one', () => {
    const builder = new DocumentBuilder('xlsx');
    builder.addRow(['REQ-1', 'must', 'Data is encrypted. Keys are kept apart.']);
    builder.addRow(['REQ-2', 'x'.repeat(500)]);
    const document = builder.build();
    expect(segment(document).map(({ block }) => block)).toEqual([0, 1, 1]);
  });

  it('covers every letter and digit, in order and without overlap', () => {
    const text = fc
      .array(fc.constantFrom('Data is safe. ', 'See Rev. 5 ', 'a; b ', '\n- item ', '。', 'x'.repeat(950), '4.2. '))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (raw) => {
        const whole = pieces(raw)
          .join('')
          .replace(/[^\p{L}\p{N}]/gu, '');
        expect(whole).toBe(raw.replace(/[^\p{L}\p{N}]/gu, ''));
      }),
    );
  });

  it('cuts an endless line into pieces that can be read', () => {
    expect(Math.max(...pieces('a'.repeat(100_000)).map((piece) => piece.length))).toBeLessThanOrEqual(900);
  });
});
