import { describe, expect, test } from 'vitest';
import type { Exchange, Response } from '../web/http/exchange.ts';
import { type ExchangerTls, type MtaStsEvidence, mtaStsCheck, policyUrl } from './mta-sts.ts';
import { matchesMx, parseStsPolicy } from './mta-sts-policy.ts';
import { readMailProfile } from './profile.ts';
import { type Zone, zoneResolver } from './testing/zone.ts';
import { tlsRptCheck } from './tls-rpt.ts';

const profile = readMailProfile({});
const GOOD = 'version: STSv1\r\nmode: enforce\r\nmx: m.test\r\nmx: *.in.test\r\nmax_age: 1209600\r\n';
const RECORD = 'v=STSv1; id=20260101T000000;';

function served(body: string, change: Partial<Response> = {}): Exchange {
  const tls = { version: 'TLSv1.3', alpn: 'http/1.1', authorized: true, error: null };
  const headers: [string, string][] = [['Content-Type', 'text/plain; charset=utf-8']];
  const base = {
    outcome: 'response' as const,
    url: policyUrl('d.test'),
    address: '9.9.9.9',
    tls,
    version: 'HTTP/1.1',
    status: 200,
  };
  return { ...base, headers, body: Buffer.from(body, 'latin1').toString('base64'), truncated: false, ...change };
}
const failed = (failure: 'timeout' | 'no-address'): Exchange => ({
  outcome: 'failure',
  url: policyUrl('d.test'),
  address: null,
  failure,
  detail: null,
});
const zoneOf = (record: string | string[] = RECORD, exchangers = ['m.test', 'x.in.test']): Zone => ({
  '_mta-sts.d.test': { TXT: [record].flat() },
  'd.test': { MX: exchangers.map((exchange, at) => ({ preference: at, exchange })) },
});
async function judged(zone: Zone, policy: Exchange, exchangers: ExchangerTls[] = []) {
  const evidence = await mtaStsCheck.gather('d.test', exchangers, zoneResolver(zone), async () => policy);
  const copy = JSON.parse(JSON.stringify(evidence)) as MtaStsEvidence;
  return mtaStsCheck.judge(copy, profile, 'd.test');
}
const redirect: [string, string][] = [['Location', 'https://d.test/']];
const untrusted = { version: 'TLSv1.3', alpn: null, authorized: false, error: 'CERT_HAS_EXPIRED' };

describe('mail.mta-sts', () => {
  test.each<[string, Zone, Exchange, string, string]>([
    ['all in order', zoneOf(), served(GOOD), 'pass', 'mta-sts.mode'],
    ['lines without CR', zoneOf(), served(GOOD.replaceAll('\r', '')), 'pass', 'mta-sts.mode'],
    ['unknown fields', zoneOf(), served(`${GOOD}other: thing\n`), 'pass', 'mta-sts.mode'],
    ['testing', zoneOf(), served(GOOD.replace('enforce', 'testing')), 'fail', 'mta-sts.mode'],
    ['none', zoneOf(), served('version: STSv1\nmode: none\nmax_age: 86400\n'), 'fail', 'mta-sts.mode'],
    ['short life', zoneOf(), served(GOOD.replace('1209600', '86400')), 'warn', 'mta-sts.age'],
    ['no life', zoneOf(), served(GOOD.replace('1209600', '0')), 'fail', 'mta-sts.age'],
    ['too long a life', zoneOf(), served(GOOD.replace('1209600', '31557601')), 'fail', 'mta-sts.policy-syntax'],
    ['an exchanger left out', zoneOf(RECORD, ['m.test', 'n.test']), served(GOOD), 'fail', 'mta-sts.exchanger-left-out'],
    ['a star is one label', zoneOf(RECORD, ['a.b.in.test']), served(GOOD), 'fail', 'mta-sts.exchanger-left-out'],
    ['no mx in it', zoneOf(), served(GOOD.replace(/mx:.*\r\n/g, '')), 'fail', 'mta-sts.policy-syntax'],
    ['another version', zoneOf(), served(GOOD.replace('STSv1', 'STSv2')), 'fail', 'mta-sts.policy-syntax'],
    ['a field twice', zoneOf(), served(`${GOOD}mode: none\n`), 'warn', 'mta-sts.policy-syntax'],
    [
      'a page of HTML',
      zoneOf(),
      served('<html></html>', { headers: [['Content-Type', 'text/html']] }),
      'fail',
      'mta-sts.policy-syntax',
    ],
    ['another media type', zoneOf(), served(GOOD, { headers: [] }), 'warn', 'mta-sts.policy-type'],
    ['redirect', zoneOf(), served('', { status: 302, headers: redirect }), 'fail', 'mta-sts.policy-status'],
    ['not found', zoneOf(), served('', { status: 404 }), 'fail', 'mta-sts.policy-status'],
    ['server trouble', zoneOf(), served('', { status: 503 }), 'inconclusive', 'mta-sts.policy-status'],
    ['untrusted certificate', zoneOf(), served(GOOD, { tls: untrusted }), 'fail', 'mta-sts.policy-certificate'],
    ['no TLS', zoneOf(), served(GOOD, { tls: null }), 'fail', 'mta-sts.policy-certificate'],
    ['longer than is read', zoneOf(), served(GOOD, { truncated: true }), 'inconclusive', 'mta-sts.policy-long'],
    ['time-out', zoneOf(), failed('timeout'), 'inconclusive', 'mta-sts.policy-not-fetched'],
    ['no policy host', zoneOf(), failed('no-address'), 'fail', 'mta-sts.policy-not-fetched'],
    ['no record', { 'd.test': { MX: [{ preference: 0, exchange: 'm.test' }] } }, served(GOOD), 'fail', 'mta-sts.none'],
    ['two records', zoneOf([RECORD, RECORD]), served(GOOD), 'fail', 'mta-sts.several-records'],
    ['no id', zoneOf('v=STSv1;'), served(GOOD), 'fail', 'mta-sts.record'],
    ['an id with a dash', zoneOf('v=STSv1; id=a-b'), served(GOOD), 'fail', 'mta-sts.record'],
    ['no answer', { ...zoneOf(), '_mta-sts.d.test': { error: true } }, served(GOOD), 'inconclusive', 'mta-sts.dns'],
    ['exchangers unknown', { ...zoneOf(), 'd.test': { error: true } }, served(GOOD), 'inconclusive', 'mta-sts.dns'],
    ['takes no mail', zoneOf(RECORD, ['.']), served(GOOD), 'not-applicable', 'mta-sts.no-mail'],
  ])('%s', async (_, zone, policy, verdict, code) => {
    const result = await judged(zone, policy);
    expect(result.observations.map((one) => one.code)).toContain(code);
    expect(result.verdict).toBe(verdict);
  });

  test('what DANE alone vouches for is refused by those who only know MTA-STS', async () => {
    const tls = (trusted: boolean | null, tlsaUsages: number[]) => [{ host: 'M.test.', trusted, tlsaUsages }];
    const codes = async (known: ExchangerTls[]) =>
      (await judged(zoneOf(), served(GOOD), known)).observations
        .filter((one) => one.verdict === 'fail')
        .map((one) => one.code);
    expect(await codes(tls(false, [3]))).toEqual(['mta-sts.against-dane']);
    expect(await codes(tls(false, []))).toEqual(['mta-sts.exchanger-untrusted']);
    expect(await codes(tls(true, [3]))).toEqual([]);
    expect(await codes(tls(null, [3]))).toEqual([]);
  });

  test('nothing recorded is inconclusive', () =>
    expect(mtaStsCheck.judge({ lookups: [], policy: null, exchangers: [] }, profile, 'd.test').verdict).toBe(
      'inconclusive',
    ));
});

describe('policies', () => {
  test('each fault with its line', () =>
    expect(parseStsPolicy('version: STSv1\nmode enforce\nmx: *.\nmax_age: -1').problems).toEqual([
      { code: 'not-a-field', line: 2 },
      { code: 'mx', line: 3 },
      { code: 'mode', line: 1 },
      { code: 'max-age', line: 1 },
      { code: 'no-mx', line: 1 },
    ]));
  test.each([
    ['m.test', 'M.TEST.', true],
    ['*.test', 'm.test', true],
    ['*.test', 'test', false],
    ['*.test', 'a.m.test', false],
    ['*.test', '.test', false],
    ['m.test', 'xm.test', false],
  ])('%s and %s: %s', (pattern, host, matches) => expect(matchesMx(pattern, host)).toBe(matches));
});

describe('mail.tls-rpt', () => {
  const mx = { MX: [{ preference: 0, exchange: 'm.test' }] };
  test.each<[string, Zone['x'], string, string]>([
    ['mail', { TXT: ['v=TLSRPTv1; rua=mailto:r@d.test'] }, 'pass', 'tls-rpt.record'],
    ['HTTPS', { TXT: ['v=TLSRPTv1;rua=https://r.test/v1;'] }, 'pass', 'tls-rpt.record'],
    ['one of two', { TXT: ['v=TLSRPTv1; rua=ftp://x, mailto:r@d.test'] }, 'warn', 'tls-rpt.address'],
    ['plain HTTP', { TXT: ['v=TLSRPTv1; rua=http://r.test'] }, 'fail', 'tls-rpt.no-address'],
    ['no address', { TXT: ['v=TLSRPTv1;'] }, 'fail', 'tls-rpt.no-address'],
    ['not tags', { TXT: ['v=TLSRPTv1; rua=mailto:r@d.test; !'] }, 'fail', 'tls-rpt.syntax'],
    ['another version', { TXT: ['v=TLSRPTv2; rua=mailto:r@d.test'] }, 'fail', 'tls-rpt.none'],
    ['two', { TXT: ['v=TLSRPTv1; rua=mailto:r@d.test', 'v=TLSRPTv1;'] }, 'fail', 'tls-rpt.several-records'],
    ['none', {}, 'fail', 'tls-rpt.none'],
    ['no answer', { error: true }, 'inconclusive', 'tls-rpt.dns'],
  ])('%s', async (_, entry, verdict, code) => {
    const zone: Zone = { 'd.test': mx, '_smtp._tls.d.test': entry ?? {} };
    const evidence = await tlsRptCheck.gather('d.test', null, profile, zoneResolver(zone));
    const result = tlsRptCheck.judge(evidence, profile, 'd.test');
    expect(result.observations.map((one) => one.code)).toContain(code);
    expect(result.verdict).toBe(verdict);
  });
  test('takes no mail', async () => {
    const evidence = await tlsRptCheck.gather('d.test', null, profile, zoneResolver({}));
    expect(tlsRptCheck.judge(evidence, profile, 'd.test').verdict).toBe('not-applicable');
  });
});
