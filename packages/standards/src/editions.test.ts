import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editionOf, splitEdition, thirdGenerationId } from './editions.ts';
import { editionIn, familyOf } from './id-parts.ts';
import type { StoredRecord } from './record-store.ts';
import { loadRegistry } from './registry.ts';

const registry = loadRegistry();
const record = (id: string, versions: string[]): StoredRecord => ({
  id,
  title: 't',
  body: 'b',
  status: 'current',
  replaces: [],
  replacedBy: [],
  kind: 'standard',
  topics: [],
  core: true,
  source: 's',
  confidence: 'high',
  updates: [],
  versions,
});
const EN = record('ETSI EN 303 645', ['2.1.1 2020-06', '3.1.3 2024-09']);
const TS = record('3GPP TS 33.501', ['15.18.0 2024-03-28', '16.18.0 2024-03-28', '19.4.0 2025-09-26']);
const REC = record('ITU-T X.509', ['2012-10', '2016-10', '2019-10']);

describe('an edition of a document with one record', () => {
  test.each<[StoredRecord, string, string, string, string[]]>([
    [EN, '2.1.1', 'ETSI EN 303 645 V2.1.1', 'superseded', ['ETSI EN 303 645 V3.1.3']],
    [EN, 'V3.1.3', 'ETSI EN 303 645 V3.1.3', 'current', []],
    // Not listed, and lower: superseded all the same.
    [EN, 'v2.0.0', 'ETSI EN 303 645 V2.0.0', 'superseded', ['ETSI EN 303 645 V3.1.3']],
    // Higher than the data know.
    [EN, '4.1.1', 'ETSI EN 303 645 V4.1.1', 'unknown', []],
    [REC, '2012-10', 'ITU-T X.509 (10/2012)', 'superseded', ['ITU-T X.509 (10/2019)']],
    [REC, '2019-10', 'ITU-T X.509 (10/2019)', 'current', []],
    // 3GPP keeps releases alive side by side.
    [TS, '16.3.0', '3GPP TS 33.501 V16.3.0', 'superseded', ['3GPP TS 33.501 V16.18.0']],
    [TS, '16.18.0', '3GPP TS 33.501 V16.18.0', 'current', []],
  ])('%o %s', (from, version, id, status, replacedBy) => {
    expect(editionOf(from, version)).toMatchObject({ id, status, replacedBy, family: from.id });
  });

  test.each([
    [EN, 'Rev. 5'],
    [EN, ''],
    [record('RFC 1', []), '1.1.1'],
  ])('is not made up: %#', (from, version) => {
    expect(editionOf(from, version)).toBeUndefined();
  });

  test('no version is superseded by a lower one', () => {
    const part = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(part, part, part, (a, b, c) => {
        const edition = editionOf(EN, `${a}.${b}.${c}`);
        const isOld = a < 3 || (a === 3 && (b < 1 || (b === 1 && c < 3)));
        expect(edition?.status === 'superseded').toBe(isOld);
      }),
    );
  });
});

test('an id splits into document and version', () => {
  expect(splitEdition('ETSI EN 303 645 V2.1.1')).toEqual({ document: 'ETSI EN 303 645', version: '2.1.1' });
  expect(splitEdition('ITU-T X.509 (10/2012)')).toEqual({ document: 'ITU-T X.509', version: '2012-10' });
  expect(splitEdition('ISO/IEC 27001:2013')).toBeUndefined();
});

test("ETSI's print of a 3GPP specification is that specification", () => {
  expect(thirdGenerationId('ETSI TS 133 501')).toBe('3GPP TS 33.501');
  expect(thirdGenerationId('ETSI TS 138 101-1 V16.1.0')).toBe('3GPP TS 38.101-1');
  expect(thirdGenerationId('ETSI TS 103 645')).toBe('3GPP TS 03.645');
  expect(registry.find('ETSI TS 133 501')?.id).toBe('3GPP TS 33.501');
  expect(registry.find('TS 103 701')?.id).toBe('ETSI TS 103 701');
});

describe('adoptions print their own year', () => {
  test.each([
    ['EN', 'ISO/IEC 27001', '2017', 'ISO/IEC 27001:2013'],
    ['EN', 'ISO/IEC 27001', '2023', 'ISO/IEC 27001:2022'],
    ['DIN', 'ISO/IEC 27001', '2015', 'ISO/IEC 27001:2013'],
    ['JIS', 'ISO/IEC 27001', '2014', 'ISO/IEC 27001:2013'],
    ['DIN', 'ISO/IEC 27001', '2017', 'ISO/IEC 27001:2013'],
    ['EN', 'ISO 9001', '2015', 'ISO 9001:2015'],
    ['EN', 'ISO/IEC 27001', '1999', undefined],
    ['EN', 'ISO/IEC 99999', '2017', undefined],
  ])('%s %s:%s', (mark, family, year, id) => {
    expect(registry.adopted(mark, family, year)?.id).toBe(id);
  });
});

test.each([
  ['ISO/IEC 27001:2013', 'ISO/IEC 27001', '2013'],
  ['ISO/IEC 27001:2022/Amd 1:2024', undefined, undefined],
  ['NIST SP 800-53A Rev. 5', 'NIST SP 800-53A', 'Rev. 5'],
  ['NIST SP 800-63B-4', 'NIST SP 800-63B', '4'],
  ['NIST SP 800-207', undefined, undefined],
  ['NIST FIPS 140-3', 'NIST FIPS 140', '3'],
  ['NIST FIPS 199', undefined, undefined],
  ['IEEE 802.1X-2020', 'IEEE 802.1X', '2020'],
  ['RFC 8446', undefined, undefined],
])('%s is of %s, edition %s', (id, family, edition) => {
  expect(familyOf(id)).toBe(family);
  expect(editionIn(id)).toBe(edition);
});
