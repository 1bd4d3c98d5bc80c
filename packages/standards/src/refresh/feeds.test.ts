import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { RecordLine } from '../records.ts';
import { etsiFeed } from './etsi.ts';
import { FeedError, readDate } from './feed.ts';
import { isoFeed } from './iso.ts';
import { nistFeed } from './nist.ts';
import { rfcFeed } from './rfc.ts';
import { fixture, readFeed as read } from './testing/read-feed.ts';
import { w3cFeed } from './w3c.ts';
import { firstZipEntry } from './zip-entry.ts';

/** A zip archive of one deflated file, as small as the format allows. */
function zipped(content: Uint8Array): Uint8Array {
  const packed = deflateRawSync(content);
  const name = Buffer.from('pubs-export.json');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(content.length, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(content.length, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return Buffer.concat([local, name, packed, central, name, end]);
}

describe('the RFC index', () => {
  const lines = read(rfcFeed, fixture('rfc-index.xml'));

  test('numbers lose their zeros, dates are cut where the index is', () => {
    expect([...lines.keys()]).toEqual(['BCP 2', 'BCP 195', 'RFC 822', 'RFC 2246', 'RFC 5322', 'RFC 8996', 'RFC 9325']);
    expect(lines.get('RFC 822')).toMatchObject({ date: '1982-08-13', status: 'obsolete', replacedBy: ['RFC 5322'] });
    expect(lines.get('RFC 5322')).toMatchObject({ date: '2008-10', title: 'Internet Message Format' });
  });

  test('historic goes before obsolete, and what is in force says nothing of its state', () => {
    expect(lines.get('RFC 2246')?.status).toBe('historic');
    expect(lines.get('RFC 9325')).not.toHaveProperty('status');
  });

  test('a series has its documents as members; an empty one is withdrawn', () => {
    expect(lines.get('BCP 195')).toMatchObject({ kind: 'guideline', members: ['RFC 8996', 'RFC 9325'] });
    expect(lines.get('BCP 195')?.title).toContain('Deprecating TLS 1.0 & TLS 1.1');
    expect(lines.get('BCP 2')?.status).toBe('withdrawn');
    expect(lines.get('RFC 822')).not.toHaveProperty('members');
  });

  test('links to what the index does not hold are left out', () => {
    expect(lines.get('RFC 5322')).not.toHaveProperty('updates');
    expect(lines.get('RFC 9325')?.updates).toEqual(['RFC 8996']);
  });

  test.each([
    ['a page of HTML', '<html><body><p>Moved</body></html>'],
    ['a file cut in the middle', '<rfc-index><rfc-entry><doc-id>RFC0001</doc-id>'],
    ['an entity that would grow', '<!DOCTYPE a [<!ENTITY b "bbbb">]><rfc-index>&b;</rfc-index>'],
  ])('%s is refused', (_, xml) => {
    expect(() => read(rfcFeed, new TextEncoder().encode(xml))).toThrow(FeedError);
  });
});

describe('the NIST feed', () => {
  const lines = read(nistFeed, zipped(fixture('pubs-export.json')));

  test('printings of one text are one record: first out, last state', () => {
    expect(lines.get('NIST SP 800-53 Rev. 4')).toMatchObject({
      date: '2013-04-30',
      status: 'superseded',
      since: '2021-09-23',
      replacedBy: ['NIST SP 800-53 Rev. 5'],
      family: 'NIST SP 800-53',
      edition: 'Rev. 4',
      core: true,
    });
  });

  test('a text is not replaced by its own update, and unknown links are left out', () => {
    expect(lines.get('NIST SP 800-53 Rev. 5')).not.toHaveProperty('replacedBy');
    expect(lines.get('NIST SP 800-53 Rev. 5')).not.toHaveProperty('replaces');
  });

  test('drafts have their round in the id', () => {
    expect(lines.get('NIST SP 800-131A Rev. 3 (ipd)')).toMatchObject({ status: 'draft', date: '2024-10-21' });
    expect(lines.get('NIST SP 800-171B (2pd)')).toMatchObject({ status: 'withdrawn', since: '2020-07-06' });
    expect(lines.get('NIST FIPS 46-3')).toMatchObject({ status: 'withdrawn', title: 'Data Encryption Standard: DES' });
  });

  test.each([
    ['no zip', new Uint8Array(100)],
    ['nothing', new Uint8Array(0)],
    ['a zip cut short', zipped(fixture('pubs-export.json')).slice(0, 400)],
    ['a zip of something else', zipped(new TextEncoder().encode('{"a": 1}'))],
  ])('%s is refused', (_, bytes) => {
    expect(() => read(nistFeed, bytes)).toThrow(FeedError);
  });

  test('a zip that would grow past the bound is refused', () => {
    expect(() => firstZipEntry(zipped(new Uint8Array(5_000_000)), 1_000_000)).toThrow(FeedError);
  });
});

describe('ISO Open Data', () => {
  const lines = read(isoFeed, fixture('iso.jsonl'));

  test('takes what the rules name, with its chain, and leaves drafts and other trades', () => {
    expect([...lines.keys()]).toEqual([
      'ISO/IEC 27001:2005',
      'ISO/IEC 27001:2013',
      'ISO/IEC 27001:2022',
      'ISO/IEC 27001:2022/Amd 1:2024',
    ]);
  });

  test('stage and links make the state', () => {
    expect(lines.get('ISO/IEC 27001:2013')).toMatchObject({
      status: 'superseded',
      replacedBy: ['ISO/IEC 27001:2022'],
      family: 'ISO/IEC 27001',
      edition: '2013',
      core: true,
    });
    expect(lines.get('ISO/IEC 27001:2022')).not.toHaveProperty('status');
    expect(lines.get('ISO/IEC 27001:2022/Amd 1:2024')?.updates).toEqual(['ISO/IEC 27001:2022']);
  });

  test('a row without a title keeps the title held', () => {
    const title = 'Information security management systems';
    const again = read(isoFeed, fixture('iso.jsonl'), [{ id: 'ISO/IEC 27001:2005', title }]);
    expect(again.get('ISO/IEC 27001:2005')?.title).toBe(title);
    expect(lines.get('ISO/IEC 27001:2005')?.title).toBe('ISO/IEC 27001:2005');
  });

  test.each([
    ['a broken line', '{"id": 1, "reference"'],
    ['a line of another shape', '{"a": 1}'],
  ])('%s is refused', (_, text) => {
    expect(() => read(isoFeed, new TextEncoder().encode(text))).toThrow(FeedError);
  });
});

describe('the W3C API', () => {
  test('stages become states; what was replaced stays so', () => {
    const held: RecordLine[] = [
      { id: 'W3C html5', title: 'HTML5', date: '2014-10-28', status: 'superseded', replacedBy: ['WHATWG html'] },
    ];
    const lines = read(w3cFeed, fixture('w3c-specifications.json'), held);
    expect(lines.get('W3C html5')).toMatchObject({
      status: 'superseded',
      replacedBy: ['WHATWG html'],
      date: '2014-10-28',
    });
    expect(lines.get('W3C webauthn-2')).toMatchObject({ date: '2021-04-08', core: true });
    expect(lines.get('W3C webauthn-2')).not.toHaveProperty('status');
    expect(lines.get('W3C CSP3')).toMatchObject({ status: 'draft', note: 'W3C: Working Draft' });
    expect(lines.get('W3C WCAG-EM')?.note).toMatch(/Group Note/);
    expect(read(w3cFeed, fixture('w3c-specifications.json')).get('W3C html5')?.status).toBe('withdrawn');
  });

  test('all pages are asked for', async () => {
    const asked: string[] = [];
    const page = { page: 1, pages: 3, _embedded: { specifications: [] } };
    await w3cFeed.fetchParts(async (address) => {
      asked.push(address.slice(-1));
      return new TextEncoder().encode(JSON.stringify(page));
    });
    expect(asked).toEqual(['1', '2', '3']);
  });

  test.each(['<html>', '{"pages": 1}', '[]'])('%s is refused', (text) => {
    expect(() => read(w3cFeed, new TextEncoder().encode(text))).toThrow(FeedError);
  });
});

describe("ETSI's export", () => {
  const lines = read(etsiFeed, fixture('etsi.csv'));

  test('versions of one deliverable are one record', () => {
    expect([...lines.keys()]).toEqual(['ETSI EN 303 645']);
    expect(lines.get('ETSI EN 303 645')).toMatchObject({
      date: '2024-09',
      versions: ['2.1.1 2020-06', '3.1.3 2024-09'],
      core: true,
    });
  });

  test('versions held and not in the export are kept', () => {
    const held = [{ id: 'ETSI EN 303 645', title: 'x', versions: ['2.1.0 2020-04', '2.1.1 2020-06'] }];
    expect(read(etsiFeed, fixture('etsi.csv'), held).get('ETSI EN 303 645')?.versions).toEqual([
      '2.1.0 2020-04',
      '2.1.1 2020-06',
      '3.1.3 2024-09',
    ]);
  });

  test.each(['', 'a;b;c\n1;2;3', '<html></html>'])('%j is refused', (text) => {
    expect(() => read(etsiFeed, new TextEncoder().encode(text))).toThrow(FeedError);
  });
});

test.each([
  ['September 23, 2020', '2020-09-23'],
  ['September 2020', '2020-09'],
  ['Sept 3, 2020', '2020-09-03'],
  ['Nov  1 1996 12:00AM', '1996-11-01'],
  ['10/21/2024', '2024-10-21'],
  ['2024-10-21T00:00:00Z', '2024-10-21'],
  ['1999', '1999'],
  ['soon', undefined],
  [null, undefined],
])('%s is read as %s', (text, date) => {
  expect(readDate(text)).toBe(date);
});
