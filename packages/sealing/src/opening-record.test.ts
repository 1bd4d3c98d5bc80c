import { expect, test } from 'vitest';
import { fingerprintOf, sameFingerprint } from './fingerprint.ts';
import { type Opening, openingRecord, readOpeningRecord } from './opening-record.ts';

const DIGEST = { sha256: 'a'.repeat(64), size: 67_195 };
const OFFER = { offer: 'o-1', invitation: 'i-1', lot: null, late: false, sealed: DIGEST, files: [], refused: null };
const OPENING: Opening = {
  schema: 'proviso.opening/1',
  purchase: 'purchase-1',
  part: 'quality',
  fingerprint: fingerprintOf('age1pq1example'),
  openedAt: '2026-03-01T12:00:00.000Z',
  openers: ['bert', 'anna'],
  offers: [
    { ...OFFER, offer: 'o-2', content: null, refused: 'wrong-invitation' },
    { ...OFFER, content: 'c'.repeat(64) },
  ],
};

test('the same opening gives the same record, whatever the order', () => {
  const record = openingRecord(OPENING);
  const other = { ...OPENING, offers: OPENING.offers.toReversed(), openers: ['anna', 'bert'] };
  expect(openingRecord(other)).toEqual(record);
  expect(record.opening.offers.map(({ offer }) => offer)).toEqual(['o-1', 'o-2']);
  expect(readOpeningRecord(JSON.parse(JSON.stringify(record)))).toEqual(record);
  expect(OPENING.openers).toEqual(['bert', 'anna']);
});

test('a record that was changed is told', () => {
  const record = openingRecord(OPENING);
  const opening = { ...record.opening, openers: ['anna', 'chloe'] };
  expect(() => readOpeningRecord({ ...record, opening })).toThrow(expect.objectContaining({ code: 'changed' }));
  expect(() => readOpeningRecord({})).toThrow(expect.objectContaining({ code: 'not-a-record' }));
});

test.each([
  ['one opener', { openers: ['anna'] }, 'not-a-record'],
  ['one opener twice', { openers: ['anna', 'anna'] }, 'too-few-openers'],
  ['an opener twice among two', { openers: ['anna', 'bert', 'anna'] }, 'too-few-openers'],
  ['an offer twice', { offers: [OPENING.offers[1], OPENING.offers[1]] }, 'not-a-record'],
  ['an offer neither opened nor refused', { offers: [{ ...OFFER, content: null }] }, 'not-a-record'],
  [
    'an offer opened and refused',
    { offers: [{ ...OFFER, content: 'c'.repeat(64), refused: 'damaged' }] },
    'not-a-record',
  ],
])('a record with %s is refused', (_, change, code) => {
  expect(() => openingRecord({ ...OPENING, ...change } as Opening)).toThrow(expect.objectContaining({ code }));
});

test('a fingerprint is SHA-256 in groups, and compared as people type it', () => {
  // `printf %s abc | sha256sum`, FIPS 180-4's own example.
  const abc = fingerprintOf('abc');
  expect(abc).toBe('ba78 16bf 8f01 cfea 4141 40de 5dae 2223 b003 61a3 9617 7a9c b410 ff61 f200 15ad');
  expect(sameFingerprint(abc, abc.toUpperCase().replaceAll(' ', '-'))).toBe(true);
  expect(sameFingerprint(abc, abc.replaceAll(' ', ''))).toBe(true);
  expect(sameFingerprint(abc, abc.replace('ba78', 'ba79'))).toBe(false);
  for (const none of ['', 'ba78', `${abc} 0000`]) expect(sameFingerprint(none, none)).toBe(false);
});
