import { describe, expect, test } from 'vitest';
import { mxCheck, mxIpv6Check } from './mx.ts';
import { readMailProfile } from './profile.ts';
import { reverseCheck } from './reverse.ts';
import { type Zone, zoneResolver } from './testing/zone.ts';

const profile = readMailProfile({});
const mx = (...exchanges: string[]) => ({ MX: exchanges.map((exchange, at) => ({ preference: at * 10, exchange })) });
const host4 = { A: ['9.9.9.9'] };
const host = { A: ['9.9.9.9'], AAAA: ['2620:fe::fe'] };
const many = Array.from({ length: 25 }, (_, at) => `m${at}.test`);
const ptr4 = '9.9.9.9.in-addr.arpa';

describe('mail.mx', () => {
  test.each<[string, Zone, string, string]>([
    ['one exchanger', { 'd.test': mx('M.test.'), 'm.test': host4 }, 'pass', 'mx.exchanger'],
    ['null MX', { 'd.test': mx('.') }, 'pass', 'mx.null'],
    [
      'null MX with another preference',
      { 'd.test': { MX: [{ preference: 10, exchange: '.' }] } },
      'warn',
      'mx.null-preference',
    ],
    ['null MX beside another', { 'd.test': mx('.', 'm.test'), 'm.test': host4 }, 'fail', 'mx.null-beside-others'],
    ['two null MX', { 'd.test': mx('.', '.') }, 'fail', 'mx.null-beside-others'],
    ['only an address', { 'd.test': host4 }, 'warn', 'mx.implicit'],
    ['nothing', {}, 'not-applicable', 'mx.none'],
    ['an address as exchanger', { 'd.test': mx('9.9.9.9') }, 'fail', 'mx.address'],
    ['an impossible name', { 'd.test': mx('a..test') }, 'fail', 'mx.impossible-name'],
    ['an alias', { 'd.test': mx('m.test'), 'm.test': { CNAME: 'n.test' }, 'n.test': host4 }, 'fail', 'mx.alias'],
    ['no address', { 'd.test': mx('m.test') }, 'fail', 'mx.no-address'],
    ['loopback', { 'd.test': mx('m.test'), 'm.test': { A: ['127.0.0.1'] } }, 'fail', 'mx.not-public'],
    ['one of two without address', { 'd.test': mx('m.test', 'n.test'), 'm.test': host4 }, 'fail', 'mx.no-address'],
    ['no answer', { 'd.test': { error: true } }, 'inconclusive', 'mx.dns'],
    ['no answer for an exchanger', { 'd.test': mx('m.test'), 'm.test': { error: true } }, 'inconclusive', 'mx.dns'],
    [
      'more than are looked at',
      { 'd.test': mx(...many), ...Object.fromEntries(many.map((name) => [name, host4])) },
      'inconclusive',
      'mx.many',
    ],
  ])('%s', async (_, zone, verdict, code) => {
    const evidence = await mxCheck.gather('d.test', null, profile, zoneResolver(zone));
    const result = mxCheck.judge(evidence, profile, 'd.test');
    expect(result.observations.map((one) => one.code)).toContain(code);
    expect(result.verdict).toBe(verdict);
  });
});

describe('mail.mx-ipv6', () => {
  test.each<[string, Zone, string]>([
    ['all have one', { 'd.test': mx('m.test'), 'm.test': host }, 'pass'],
    ['one has none', { 'd.test': mx('m.test', 'n.test'), 'm.test': host, 'n.test': host4 }, 'fail'],
    ['one that is not public', { 'd.test': mx('m.test'), 'm.test': { AAAA: ['fe80::1'] } }, 'fail'],
    ['no answer', { 'd.test': mx('m.test'), 'm.test': { error: true } }, 'inconclusive'],
    ['takes no mail', { 'd.test': mx('.') }, 'not-applicable'],
  ])('%s', async (_, zone, verdict) => {
    const evidence = await mxIpv6Check.gather('d.test', null, profile, zoneResolver(zone));
    expect(mxIpv6Check.judge(evidence, profile, 'd.test').verdict).toBe(verdict);
  });
});

describe('mail.reverse', () => {
  const zone = (extra: Zone): Zone => ({ 'd.test': mx('m.test'), 'm.test': host4, ...extra });
  test.each<[string, Zone, string[], string, string]>([
    ['leads back', zone({ [ptr4]: { PTR: ['m.test.'] } }), [], 'pass', 'reverse.confirmed'],
    ['the second name does', zone({ [ptr4]: { PTR: ['n.test', 'm.test'] } }), [], 'pass', 'reverse.confirmed'],
    [
      'leads elsewhere',
      zone({ [ptr4]: { PTR: ['n.test'] }, 'n.test': { A: ['9.9.9.8'] } }),
      [],
      'warn',
      'reverse.not-confirmed',
    ],
    ['no name', zone({}), [], 'warn', 'reverse.no-name'],
    ['no answer', zone({ [ptr4]: { error: true } }), [], 'inconclusive', 'reverse.dns'],
    [
      'no answer on the way back',
      zone({ [ptr4]: { PTR: ['n.test'] }, 'n.test': { error: true } }),
      [],
      'inconclusive',
      'reverse.dns',
    ],
    [
      'a declared address',
      { '1.1.1.1.in-addr.arpa': { PTR: ['o.test'] }, 'o.test': { A: ['1.1.1.1'] } },
      ['1.1.1.1'],
      'pass',
      'reverse.confirmed',
    ],
    ['a declared text that is none', {}, ['host'], 'fail', 'reverse.no-such-address'],
    ['nothing', {}, [], 'not-applicable', 'reverse.no-address'],
  ])('%s', async (_, names, addresses, verdict, code) => {
    const evidence = await reverseCheck.gather('d.test', { addresses }, profile, zoneResolver(names));
    const result = reverseCheck.judge(evidence, profile, 'd.test');
    expect(result.observations.map((one) => one.code)).toContain(code);
    expect(result.verdict).toBe(verdict);
  });

  test('a strict profile fails what has no name', async () => {
    const strict = readMailProfile({ reverse: { missing: 'fail' } });
    const evidence = await reverseCheck.gather('d.test', { addresses: [] }, strict, zoneResolver(zone({})));
    expect(reverseCheck.judge(evidence, strict, 'd.test').verdict).toBe('fail');
  });
});
