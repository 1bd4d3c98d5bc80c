import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinLines, knownWords, mendMarks } from './hyphen.ts';

const KNOWN = knownWords(['a third-party audit', 'the whole infrastructure', 'self-service']);

describe('joining a line to the next', () => {
  test.each([
    ['the authen\uFFFE', 'tication of users', 'the authentication of users'],
    ['the authen-', 'tication of users', 'the authentication of users'],
    ['the authen\u00AD', 'tication', 'the authentication'],
    ['infra-', 'structure', 'infrastructure'],
    ['a third-', 'party audit', 'a third-party audit'],
    ['an end-to-', 'end test', 'an end-to-end test'],
    ['FIPS 140-', '3 module', 'FIPS 140-3 module'],
    ['an X.509-', 'based key', 'an X.509-based key'],
    ['NEN-', 'EN-ISO', 'NEN-EN-ISO'],
    ['Baden-', 'Württemberg', 'Baden-Württemberg'],
    ['TLS-', 'verbinding', 'TLS-verbinding'],
    ['INFRASTRUC-', 'TURE', 'INFRASTRUCTURE'],
    ['Informations-', 'und Kommunikationstechnik', 'Informations- und Kommunikationstechnik'],
    ['in-', 'en uitvoer', 'in- en uitvoer'],
    ['range 10 -', '20', 'range 10 - 20'],
    ['no hyphen', 'here', 'no hyphen here'],
    ['情報セキュリティ', '対策を行う', '情報セキュリティ対策を行う'],
    ['準拠は', 'ISO/IEC 27001', '準拠は ISO/IEC 27001'],
  ])('%s + %s', (text, next, joined) => {
    expect(mendMarks(joinLines(text, next, KNOWN))).toBe(joined);
  });

  test('loses no letter or digit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, next) => {
        const kept = (value: string): string => value.replace(/[^\p{L}\p{N}]/gu, '');
        expect(kept(joinLines(text, next, KNOWN))).toBe(kept(text + next));
      }),
    );
  });
});

test('marks inside a line go, at its end they are hyphens', () => {
  expect(mendMarks('au\uFFFEthen \uFFFE end\uFFFE')).toBe('authen - end-');
});
