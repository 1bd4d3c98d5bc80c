import { describe, expect, test } from 'vitest';
import type { RecordLine } from '../records.ts';
import { gppFeed } from './3gpp.ts';
import { FeedError } from './feed.ts';
import { ituFeed } from './itu.ts';
import { bytesOf, fixture, readFeed } from './testing/read-feed.ts';

describe("ITU-T's search", () => {
  const lines = readFeed(ituFeed, fixture('itu.json'));

  test('takes Recommendations that the rules name, and no supplement, corrigendum or other trade', () => {
    expect([...lines.keys()].sort()).toEqual([
      'ITU-T G.711',
      'ITU-T X.1205',
      'ITU-T X.1254',
      'ITU-T X.509',
      'ITU-T X.96',
    ]);
  });

  test('editions of one text are one record, told by the newest', () => {
    expect(lines.get('ITU-T X.1254')).toEqual({
      id: 'ITU-T X.1254',
      title: 'Entity authentication assurance framework',
      date: '2020-09-03',
      core: true,
      topics: ['identity'],
      versions: ['2012-09', '2020-09'],
      url: 'https://www.itu.int/rec/T-REC-X.1254-202009-I',
    });
  });

  test('what is held is kept where the search lacks it', () => {
    const held: RecordLine[] = [
      { id: 'ITU-T X.1205', title: 'x', versions: ['2007-01'] },
      { id: 'ITU-T A Suppl. 2', title: 'x' },
      { id: 'ITU-T X.96', title: 'x', url: 'https://www.itu.int/rec/x' },
    ];
    const again = readFeed(ituFeed, fixture('itu.json'), held);
    expect(again.get('ITU-T X.1205')?.versions).toEqual(['2007-01', '2008-04']);
    expect(again.get('ITU-T A Suppl. 2')).toMatchObject({ date: '2022-12-15', versions: ['2022-12'] });
    expect(again.get('ITU-T X.96')?.url).toBe('https://www.itu.int/rec/x');
  });

  const one = (...statuses: string[]) =>
    bytesOf(
      JSON.stringify({
        Total: statuses.length,
        Data: statuses.map((status, i) => ({ rec_name: `X.1 (0${i + 1}/2020)`, title: 't', status })),
      }),
    );
  test.each<[string[], RecordLine['status'], RecordLine['status']]>([
    [['Superseded', 'In force'], 'withdrawn', undefined],
    [['In force', 'Superseded'], 'withdrawn', undefined],
    [['Superseded', 'Withdrawn'], undefined, 'withdrawn'],
    [['Superseded', 'Superseded'], undefined, 'superseded'],
    [['a word nobody knows'], 'withdrawn', 'withdrawn'],
    [[''], undefined, undefined],
  ])('%j, held as %s, is %s', (statuses, before, after) => {
    const held: RecordLine[] = [{ id: 'ITU-T X.1', title: 't', ...(before ? { status: before } : {}) }];
    expect(readFeed(ituFeed, one(...statuses), held).get('ITU-T X.1')?.status).toBe(after);
  });

  test.each([
    ['a page that turns programs away', '<html><head><title>Request Rejected</title></head></html>'],
    ['nothing', ''],
    ['null', 'null'],
    ['another shape', '{"Total": 1, "results": []}'],
    ['fewer rows than counted', '{"Total": 2, "Data": [{"rec_name": "X.1 (01/2020)"}]}'],
    ['rows of no use', '{"Total": 3, "Data": [null, 7, {"rec_name": ["X.1"]}]}'],
    ['a name without end', JSON.stringify({ Total: 1, Data: [{ rec_name: `${'('.repeat(1e6)} (01/2020)` }] })],
  ])('%s is refused', (_, text) => {
    expect(() => readFeed(ituFeed, bytesOf(text))).toThrow(FeedError);
  });

  test('odd rows are passed over', () => {
    const rows = [null, 'x', {}, { rec_name: 'X.1' }, { rec_name: 'X.1 (13/2020)' }, { rec_name: 'X.2 (01/2020)' }];
    const text = JSON.stringify({ Total: rows.length, Data: rows });
    expect([...readFeed(ituFeed, bytesOf(text)).values()]).toEqual([
      { id: 'ITU-T X.2', title: 'ITU-T X.2', date: '2020-01', versions: ['2020-01'] },
    ]);
  });
});

describe("3GPP's bibliography", () => {
  const lines = readFeed(gppFeed, fixture('3gpp.csv'));

  test('versions of one specification are one record: the newest of each release, no drafts, the first day', () => {
    expect([...lines.keys()]).toEqual(['3GPP TS 33.501', '3GPP TR 33.838', '3GPP TR 33.929-1']);
    expect(lines.get('3GPP TS 33.501')).toMatchObject({
      title: 'Security architecture and procedures for 5G System',
      date: '2025-09-26',
      core: true,
      versions: ['15.18.0 2024-03-28', '19.4.0 2025-09-26'],
      url: 'https://www.3gpp.org/dynareport/33501.htm',
    });
    expect(lines.get('3GPP TS 33.501')).not.toHaveProperty('status');
  });

  test('what was never approved is a draft; what no living release carries has no known state', () => {
    expect(lines.get('3GPP TR 33.929-1')).toMatchObject({ status: 'draft', versions: ['0.0.1 2024-08-08'] });
    expect(lines.get('3GPP TR 33.838')).toMatchObject({ status: 'unknown', note: expect.stringMatching(/releases/) });
  });

  test('versions held and not in the file stay, unless it knows a newer one of their release', () => {
    const versions = ['1.0.0', '15.19.0 2025-01-01', '18.10.0 2025-07-04', '19.3.0'];
    const held = [{ id: '3GPP TS 33.501', title: 'x', versions }];
    expect(readFeed(gppFeed, fixture('3gpp.csv'), held).get('3GPP TS 33.501')?.versions).toEqual([
      '15.19.0 2025-01-01',
      '18.10.0 2025-07-04',
      '19.4.0 2025-09-26',
    ]);
  });

  const head = 'Spec number;Title;Version;Date;Is TS;Responsible Primary\n';
  test.each([
    ['nothing', ''],
    ['a page of HTML', '<html><body>Maintenance</body></html>'],
    ['no rows', head],
    ['columns that are missing', 'Spec number;Title\n33.501;x\n'],
    ['another word for a kind', `${head}33.501;x;19.4.0;;True;S3\n`],
    ['a file cut inside quotes', `${head}33.501;"x;19.4.0;;1;S3\n`],
    ['a cell without end', `${head}33.501;${'x'.repeat(200_000)}`],
    ['rows of no use', `${head};;;;;\n33501;x;19.4.0;;1;S3\n33.501;x;latest;;1;S3\n`],
  ])('%s is refused', (_, text) => {
    expect(() => readFeed(gppFeed, bytesOf(text))).toThrow(FeedError);
  });

  test('quotes hold separators, line breaks and quotes', () => {
    const csv = `${head}33.501;"Security; ""5G""\r\nand more";19.4.0;Sep 26 2025 12:00AM;1;S3\r\n`;
    expect(readFeed(gppFeed, bytesOf(csv)).get('3GPP TS 33.501')?.title).toBe('Security; "5G" and more');
  });
});
