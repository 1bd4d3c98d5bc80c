import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drive } from '../lookup.ts';
import { readMailProfile } from '../profile.ts';
import { type Zone, zoneResolver } from '../testing/zone.ts';
import { dmarcCheck } from './check.ts';
import { discoverDmarc, walkNames } from './discover.ts';
import { isDmarc, isNearlyDmarc, parseDmarc, policiesOf } from './record.ts';

const profile = readMailProfile({});
const PIECES = [
  'p=',
  'sp=',
  'np=',
  'none',
  'quarantine',
  'reject',
  ';',
  ';',
  ' ',
  't=y',
  'rua=mailto:a@b.test',
  ',',
  '=',
  '\x00',
  'é',
];
const RUA = 'rua=mailto:r@d.test';

async function judged(zone: Zone, subject = 'd.test', use = profile) {
  const evidence = await dmarcCheck.gather(subject, null, use, zoneResolver(zone));
  return dmarcCheck.judge(JSON.parse(JSON.stringify(evidence)), use, subject);
}
const at = (record: string | string[]): Zone => ({
  '_dmarc.d.test': { TXT: [record].flat() },
  'd.test': { A: ['192.0.2.1'] },
});

describe('mail.dmarc', () => {
  test.each<[string, Zone | string, string, string]>([
    ['reject', `v=DMARC1; p=reject; ${RUA}`, 'pass', 'dmarc.policy'],
    ['quarantine', `v=DMARC1;p=quarantine;${RUA};`, 'pass', 'dmarc.policy'],
    ['reports below the domain', 'v=DMARC1; p=reject; rua=mailto:r@in.d.test', 'pass', 'dmarc.policy'],
    ['policies in capitals', `v=DMARC1; p=Reject; ${RUA}`, 'pass', 'dmarc.policy'],
    ['none', `v=DMARC1; p=none; ${RUA}`, 'fail', 'dmarc.policy'],
    ['in test', `v=DMARC1; p=quarantine; ${RUA}; t=y`, 'fail', 'dmarc.policy'],
    ['reject in test is quarantine', `v=DMARC1; p=reject; ${RUA}; t=y`, 'warn', 'dmarc.test'],
    ['weak for subdomains', `v=DMARC1; p=reject; sp=none; ${RUA}`, 'fail', 'dmarc.subdomains'],
    ['weak for missing subdomains', `v=DMARC1; p=reject; np=none; ${RUA}`, 'fail', 'dmarc.missing-subdomains'],
    ['no record', {}, 'fail', 'dmarc.none'],
    ['two records', at([`v=DMARC1; p=reject; ${RUA}`, 'v=DMARC1; p=reject']), 'fail', 'dmarc.several-records'],
    ['small version', `v=dmarc1; p=reject; ${RUA}`, 'fail', 'dmarc.not-a-record'],
    ['version not first', `p=reject; v=DMARC1; ${RUA}`, 'fail', 'dmarc.not-a-record'],
    ['a policy nobody knows', 'v=DMARC1; p=block', 'fail', 'dmarc.no-policy'],
    ['the same, with reports, is none', `v=DMARC1; p=block; ${RUA}`, 'fail', 'dmarc.policy'],
    ['a bad sp makes it none', `v=DMARC1; p=reject; sp=refuse; ${RUA}`, 'fail', 'dmarc.policy'],
    ['a tag twice', `v=DMARC1; p=reject; p=none; ${RUA}`, 'fail', 'dmarc.syntax'],
    ['a text that is no tag', `v=DMARC1; p=reject; ${RUA}; oops`, 'warn', 'dmarc.syntax'],
    ['a bad value', `v=DMARC1; p=reject; ${RUA}; adkim=x`, 'warn', 'dmarc.syntax'],
    ['pct', `v=DMARC1; p=reject; pct=20; ${RUA}`, 'warn', 'dmarc.historic-tag'],
    ['an unknown tag', `v=DMARC1; p=reject; ${RUA}; foo=bar`, 'warn', 'dmarc.unknown-tag'],
    ['policy late', `v=DMARC1; ${RUA}; p=reject`, 'warn', 'dmarc.order'],
    ['a size', 'v=DMARC1; p=reject; rua=mailto:r@d.test!10m', 'warn', 'dmarc.report-size'],
    ['no reports', 'v=DMARC1; p=reject', 'warn', 'dmarc.no-reports'],
    ['an address without mailto', 'v=DMARC1; p=reject; rua=r@d.test', 'warn', 'dmarc.syntax'],
    [
      'reports to others who do not want them',
      'v=DMARC1; p=reject; rua=mailto:r@e.test',
      'warn',
      'dmarc.reports-not-accepted',
    ],
    [
      'reports to others who take them',
      { ...at('v=DMARC1; p=reject; rua=mailto:r@e.test'), 'd.test._report._dmarc.e.test': { TXT: ['v=DMARC1'] } },
      'pass',
      'dmarc.policy',
    ],
    ['no answer', { '_dmarc.d.test': { error: true } }, 'inconclusive', 'dmarc.dns'],
    ['no answer from a parent', { '_dmarc.test': { error: true } }, 'inconclusive', 'dmarc.dns'],
    [
      'own record, parent does not matter',
      { ...at(`v=DMARC1; p=reject; ${RUA}`), '_dmarc.test': { error: true } },
      'pass',
      'dmarc.policy',
    ],
  ])('%s', async (_, given, verdict, code) => {
    const result = await judged(typeof given === 'string' ? at(given) : given);
    expect(result.observations.map((one) => one.code)).toContain(code);
    expect(result.verdict).toBe(verdict);
  });

  test('a subdomain is judged by sp, one that does not exist by np', async () => {
    const zone: Zone = {
      ...at(`v=DMARC1; p=reject; sp=quarantine; np=reject; ${RUA}`),
      'a.d.test': { A: ['192.0.2.1'] },
    };
    const policy = async (name: string) =>
      (await judged(zone, name)).observations.find((one) => one.code === 'dmarc.policy')?.values;
    expect(await policy('a.d.test')).toMatchObject({
      policy: 'quarantine',
      domain: 'd.test',
      source: 'organizational',
    });
    expect(await policy('b.d.test')).toMatchObject({ policy: 'reject', source: 'organizational' });
  });

  test('nothing recorded is inconclusive', () =>
    expect(dmarcCheck.judge({ declared: null, lookups: [] }, profile, 'd.test').verdict).toBe('inconclusive'));

  test('a list of a thousand addresses stays bounded, and is never a pass', async () => {
    const many = Array.from({ length: 1000 }, (_, at) => `mailto:r@e${at}.test`).join(',');
    const zone = at(`v=DMARC1; p=reject; rua=${many}`);
    const evidence = await dmarcCheck.gather('d.test', null, profile, zoneResolver(zone));
    expect(evidence.lookups.length).toBeLessThan(60);
    expect(dmarcCheck.judge(evidence, profile, 'd.test').verdict).toBe('inconclusive');
  });
});

describe('the tree walk', () => {
  test.each([
    ['test', ['test']],
    ['a.b.test', ['a.b.test', 'b.test', 'test']],
    // RFC 9989 section 4.10 has such an example: seven labels are left, and eight questions in all.
    [
      'a.b.c.d.e.f.g.h.i.j.mail.example.com',
      [
        'a.b.c.d.e.f.g.h.i.j.mail.example.com',
        'g.h.i.j.mail.example.com',
        'h.i.j.mail.example.com',
        'i.j.mail.example.com',
        'j.mail.example.com',
        'mail.example.com',
        'example.com',
        'com',
      ],
    ],
  ])('%s', (name, names) => expect(walkNames(name)).toEqual(names));

  test.each<[string, Zone, string | null, string | null]>([
    [
      'fewest labels',
      { '_dmarc.a.b.test': { TXT: ['v=DMARC1'] }, '_dmarc.b.test': { TXT: ['v=DMARC1'] } },
      'b.test',
      'a.b.test',
    ],
    [
      'psd=n ends it',
      { '_dmarc.a.b.test': { TXT: ['v=DMARC1; psd=n'] }, '_dmarc.b.test': { TXT: ['v=DMARC1'] } },
      'a.b.test',
      'a.b.test',
    ],
    ['psd=y is one above', { '_dmarc.test': { TXT: ['v=DMARC1; psd=y; p=none'] } }, 'b.test', 'test'],
    [
      'psd=y at the start says nothing about itself',
      { '_dmarc.a.b.test': { TXT: ['v=DMARC1; psd=y'] } },
      'a.b.test',
      'a.b.test',
    ],
    ['several are none', { '_dmarc.b.test': { TXT: ['v=DMARC1', 'v=DMARC1'] } }, 'a.b.test', null],
    ['nothing', {}, 'a.b.test', null],
    ['an error', { '_dmarc.b.test': { error: true } }, null, null],
  ])('%s', async (_, zone, organizational, domain) => {
    const { result } = await drive(discoverDmarc('A.b.test.'), zoneResolver(zone));
    expect([result.organizational, result.governing?.domain ?? null]).toEqual([organizational, domain]);
  });

  test('never asks more than eight questions', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('a', 'b', 'xyz'), { minLength: 1, maxLength: 40 }), async (labels) => {
        const resolver = zoneResolver({});
        await drive(discoverDmarc(labels.join('.')), resolver);
        expect(resolver.asked.length).toBeLessThanOrEqual(8);
      }),
    ));
});

describe('records', () => {
  test('what is one, what nearly is, what is not', () => {
    const seen = (text: string) => (isDmarc(text) ? 'is' : isNearlyDmarc(text) ? 'nearly' : 'not');
    expect(
      [
        'v=DMARC1',
        'v = DMARC1 ; p=none',
        'V=DMARC1;',
        'v=DMARC10',
        'v=dmarc1;',
        ' v=DMARC1',
        '"v=DMARC1"',
        'v=spf1 -all',
        '',
      ].map(seen),
    ).toEqual(['is', 'is', 'is', 'nearly', 'nearly', 'nearly', 'nearly', 'not', 'not']);
  });

  test('any text is read without a throw, and policies are never stronger than written', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }), (pieces) => {
        const tail = pieces.join('');
        const record = parseDmarc(`v=DMARC1;${tail}`);
        const policies = policiesOf(record);
        if (policies !== null && policies.p !== 'none')
          expect(policies.p === 'quarantine' || record.p === 'reject').toBe(true);
        for (const problem of record.problems) expect(problem.at).toBeLessThanOrEqual(record.text.length);
      }),
    ));
});
