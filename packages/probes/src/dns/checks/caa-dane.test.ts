import { afterAll, describe, expect, it } from 'vitest';
import { rawRecord, record } from '../testing/records.ts';
import { goodZone, type StageSettings } from '../testing/stage.ts';
import { everywhere, type Row, Shown, silence } from '../testing/table.ts';
import { NOW } from '../testing/zone.ts';
import { TYPE } from '../wire/types.ts';
import { caa } from './caa.ts';
import { dane } from './dane.ts';
import type { DnsCheck } from './evidence.ts';
import { dnsProfile } from './profile.ts';

const shown = new Shown();

function table(check: DnsCheck, subject: string, rows: Row[]): void {
  describe(`${check.id} of ${subject}`, () => {
    it.each(rows)('%s: %s (%s)', async (_, verdict, code, settings) => {
      const found = await shown.run(check, subject, settings);
      expect(found).toEqual({ verdict, codes: expect.arrayContaining([code]) });
    });
    it('without evidence is inconclusive', () => {
      const evidence = { at: 0, recording: { schema: 'proviso.dns/1' as const, entries: [] } };
      const { verdict, check: id, subject: told } = check.judge(evidence, dnsProfile.parse({}), subject);
      expect([verdict, id, told]).toEqual(['inconclusive', check.id, subject]);
    });
  });
}

const EXPIRED = { inception: NOW - 99_999, expiration: NOW - 60 };

const caaOf = (...texts: string[]): StageSettings => ({
  zone: goodZone({ records: texts.map((text) => record('good.test', 'CAA', text)) }),
});

table(caa, 'www.good.test', [
  ['one issuer', 'pass', 'caa.good', caaOf('0 issue ca.test')],
  [
    'with parameters, and where to report',
    'pass',
    'caa.good',
    caaOf('0 issue ca.test; validationmethods=dns-01; accounturi=https://ca.test/1', '128 iodef mailto:a@b.test'),
  ],
  ['nobody', 'pass', 'caa.good', caaOf('0 issue ;')],
  [
    'in an unsigned zone',
    'pass',
    'caa.good',
    { zone: goodZone({ keys: [], records: [record('good.test', 'CAA', '0 issue ca.test')] }) },
  ],
  ['none', 'warn', 'caa.absent'],
  ['none where they are asked for', 'fail', 'caa.absent', { profile: { caa: { absent: 'fail' } } }],
  ['only wildcards', 'fail', 'caa.open', caaOf('0 issuewild ca.test')],
  ['no domain', 'fail', 'caa.syntax', caaOf('0 issue https://ca.test/')],
  ['no parameter', 'fail', 'caa.syntax', caaOf('0 issue ca.test; what')],
  ['a bad tag', 'fail', 'caa.syntax', caaOf('0 issue ca.test', '0 is_sue ca.test')],
  [
    'a record that is cut',
    'fail',
    'caa.syntax',
    {
      zone: goodZone({
        records: [
          rawRecord('good.test', TYPE.CAA, Buffer.from([0, 9, 1])),
          record('good.test', 'CAA', '0 issue ca.test'),
        ],
      }),
    },
  ],
  ['critical and unknown', 'warn', 'caa.critical', caaOf('0 issue ca.test', '128 tbs x')],
  [
    'another issuer than agreed',
    'fail',
    'caa.issuer',
    { ...caaOf('0 issue other.test'), profile: { caa: { absent: 'fail', issuers: ['ca.test'] } } },
  ],
  [
    'as agreed',
    'pass',
    'caa.good',
    { ...caaOf('0 issue CA.test'), profile: { caa: { absent: 'fail', issuers: ['ca.test'] } } },
  ],
  ['bogus', 'fail', 'caa.bogus', { zone: goodZone({ period: EXPIRED }) }],
  ['no answer', 'inconclusive', 'caa.unknown', { hosts: everywhere(silence) }],
]);

const SHA256 = 'ab'.repeat(32);
const tlsaOf = (...texts: string[]): StageSettings => ({
  zone: goodZone({
    records: [
      record('mail.good.test', 'A', '192.0.2.25'),
      ...texts.map((text) => record('_25._tcp.mail.good.test', 'TLSA', text)),
    ],
  }),
});

table(dane, 'mail.good.test:25', [
  ['3 1 1', 'pass', 'dane.good', tlsaOf(`3 1 1 ${SHA256}`)],
  ['a rollover', 'pass', 'dane.good', tlsaOf(`3 1 1 ${SHA256}`, `2 1 1 ${SHA256}`)],
  ['none', 'fail', 'dane.absent', tlsaOf()],
  [
    'none where that may be',
    'not-applicable',
    'dane.absent',
    { ...tlsaOf(), profile: { dane: { absent: 'not-applicable' } } },
  ],
  [
    'unsigned',
    'fail',
    'dane.insecure',
    { zone: goodZone({ keys: [], records: [record('_25._tcp.mail.good.test', 'TLSA', `3 1 1 ${SHA256}`)] }) },
  ],
  [
    'expired',
    'fail',
    'dane.bogus',
    { zone: goodZone({ period: EXPIRED, records: [record('_25._tcp.mail.good.test', 'TLSA', `3 1 1 ${SHA256}`)] }) },
  ],
  ['no answer', 'inconclusive', 'dane.unknown', { hosts: everywhere(silence) }],
  ['public trust is nothing for mail', 'fail', 'dane.none-usable', tlsaOf(`1 1 1 ${SHA256}`)],
  ['one that is too short beside', 'warn', 'dane.unusable', tlsaOf(`3 1 1 ${SHA256}`, '3 1 1 abcd')],
  ['SHA-512 alone', 'warn', 'dane.no-sha256', tlsaOf(`3 1 2 ${SHA256}${SHA256}`)],
  [
    'at the target of a secure alias (RFC 7671 section 7)',
    'pass',
    'dane.good',
    {
      zone: goodZone({
        records: [
          record('mail.good.test', 'CNAME', 'mx.good.test'),
          record('mx.good.test', 'A', '192.0.2.25'),
          record('_25._tcp.mx.good.test', 'TLSA', `3 1 1 ${SHA256}`),
        ],
      }),
    },
  ],
]);

table(dane, 'www.good.test:443', [
  [
    'public trust counts for the web',
    'pass',
    'dane.good',
    { zone: goodZone({ records: [record('_443._tcp.www.good.test', 'TLSA', `1 1 1 ${SHA256}`)] }) },
  ],
]);

it('refuses a subject that is no service', () => {
  for (const [subject, why] of [
    ['mail.good.test', 'write host and port'],
    ['mail.good.test:0', 'write host and port'],
    ['a..b:25', 'empty label'],
    [`${'a.'.repeat(125)}ab:25`, 'too long'],
  ] as const)
    expect(() => dane.enquire(subject, { at: NOW })).toThrow(why);
});

afterAll(() => {
  // Every finding that has a sentence has a fixture that shows it.
  expect(shown.missing('caa', 'dane')).toEqual([]);
});
