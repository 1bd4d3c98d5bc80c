import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DeclaredSelectors, dkimCheck, parseDkimKey } from './dkim.ts';
import { readMailProfile } from './profile.ts';
import { type Zone, zoneResolver } from './testing/zone.ts';

const profile = readMailProfile({});
const rsa = (bits: number, exponent = 65537) =>
  generateKeyPairSync('rsa', { modulusLength: bits, publicExponent: exponent }).publicKey;
const spki = (bits: number) => rsa(bits).export({ format: 'der', type: 'spki' }).toString('base64');
const good = spki(2048);
const weak = spki(1024);
const short = spki(512);
const bare = rsa(2048).export({ format: 'der', type: 'pkcs1' }).toString('base64');
/** RFC 8463 appendix A.2. */
const ed25519 = '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';
/** RFC 6376 appendix C. */
const example =
  'v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB';

async function judged(
  records: Record<string, string | string[] | null>,
  selectors = Object.keys(records),
  use = profile,
) {
  const zone: Zone = {};
  for (const [selector, value] of Object.entries(records))
    zone[`${selector}._domainkey.d.test`] = value === null ? { error: true } : { TXT: [value].flat() };
  const evidence = await dkimCheck.gather('d.test', { selectors }, use, zoneResolver(zone));
  const { verdict, observations } = dkimCheck.judge(evidence, use, 'd.test');
  return {
    verdict,
    codes: observations.map((one) => one.code),
    problems: observations.map((one) => one.values?.problem),
  };
}

describe('mail.dkim', () => {
  test.each<[string, Record<string, string | string[] | null>, string, string[]]>([
    ['RSA 2048', { s: `v=DKIM1; k=rsa; p=${good}` }, 'pass', ['dkim.key']],
    ['without version and type', { s: `p=${good}` }, 'pass', ['dkim.key']],
    ['a bare RSAPublicKey', { s: `p=${bare}` }, 'pass', ['dkim.key']],
    ['folded white space', { s: `p=${good.slice(0, 60)} \t${good.slice(60)}; t=s;` }, 'pass', ['dkim.key']],
    ['RSA and Ed25519', { s: `p=${good}`, e: `k=ed25519; p=${ed25519}` }, 'pass', ['dkim.key', 'dkim.key']],
    ['the key of RFC 6376', { brisbane: example }, 'warn', ['dkim.weak-key']],
    ['Ed25519 alone', { e: `k=ed25519; p=${ed25519}` }, 'warn', ['dkim.key', 'dkim.ed25519-alone']],
    ['RSA 1024', { s: `p=${weak}` }, 'warn', ['dkim.weak-key']],
    ['in test', { s: `p=${good}; t=y` }, 'warn', ['dkim.testing', 'dkim.key']],
    ['one withdrawn', { s: `p=${good}`, old: 'p=' }, 'warn', ['dkim.key', 'dkim.revoked']],
    ['all withdrawn', { s: 'v=DKIM1; p=' }, 'fail', ['dkim.revoked', 'dkim.no-usable-key']],
    ['RSA 512', { s: `p=${short}` }, 'fail', ['dkim.short-key', 'dkim.no-usable-key']],
    ['two records', { s: [`p=${good}`, `p=${good}`] }, 'fail', ['dkim.several-records', 'dkim.no-usable-key']],
    ['no answer', { s: null }, 'inconclusive', ['dkim.dns']],
  ])('%s', async (_, records, verdict, codes) => {
    const result = await judged(records);
    expect(result.codes).toEqual(codes);
    expect(result.verdict).toBe(verdict);
  });

  test.each([
    ['another version', `v=DKIM2; p=${good}`, 'version'],
    ['version not first', `p=${good}; v=DKIM1`, 'version'],
    ['no key', 'v=DKIM1; k=rsa', 'key-missing'],
    ['type nobody knows', `k=dsa; p=${good}`, 'key-type'],
    ['Ed25519 wrapped', 'k=ed25519; p=MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=', 'key-unreadable'],
    ['not base64', 'p=!!!!', 'key-encoding'],
    ['base64 of nothing', 'p=AAAA', 'key-unreadable'],
    ['for SHA-1 alone', `h=sha1; p=${good}`, 'hash'],
    ['for another service', `s=tlsrpt; p=${good}`, 'service'],
    ['a tag twice', `p=${good}; p=`, 'duplicate'],
    ['no tag', `hello; p=${good}`, 'not-a-tag'],
  ])('a faulty key: %s', async (_, record, problem) => {
    const result = await judged({ s: record });
    expect(result.verdict).toBe('fail');
    expect(result.problems).toContain(problem);
  });

  test('an RSA exponent of one signs nothing', () => {
    const der = Buffer.from(good, 'base64');
    const at = der.length - 3;
    der.set([0, 0, 1], at);
    expect(parseDkimKey(`p=${der.toString('base64')}`).problems).not.toEqual([]);
  });

  test('missing and impossible selectors fail', async () => {
    expect((await judged({}, ['gone'])).codes).toEqual(['dkim.no-key', 'dkim.no-usable-key']);
    expect((await judged({}, ['x'.repeat(64)])).codes).toEqual(['dkim.impossible-selector', 'dkim.no-usable-key']);
  });

  test('a profile wants longer keys, and Ed25519', async () => {
    const strict = readMailProfile({ dkim: { minRsaBits: 2048, wantEd25519: true } });
    expect((await judged({ s: `p=${weak}` }, ['s'], strict)).verdict).toBe('fail');
    expect((await judged({ s: `p=${good}` }, ['s'], strict)).codes).toEqual(['dkim.key', 'dkim.no-ed25519']);
  });

  test.each<[string, Zone, string]>([
    ['nothing below _domainkey', {}, 'fail'],
    ['something below it', { 's._domainkey.d.test': { TXT: ['p='] } }, 'warn'],
    ['no answer', { '_domainkey.d.test': { error: true } }, 'inconclusive'],
  ])('no selector declared: %s', async (_, zone, verdict) => {
    const declared: DeclaredSelectors = { selectors: [] };
    const evidence = await dkimCheck.gather('d.test', declared, profile, zoneResolver(zone));
    expect(dkimCheck.judge(evidence, profile, 'd.test').verdict).toBe(verdict);
  });

  test('no text breaks the reader, and no such text is a usable key', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'vkpths=; :AZaz09+/=\x00\xff'), maxLength: 200 }), (text) => {
        const key = parseDkimKey(text);
        expect(key.type === 'rsa' && key.bits !== null && key.problems.length === 0).toBe(false);
      }),
    ));
});
