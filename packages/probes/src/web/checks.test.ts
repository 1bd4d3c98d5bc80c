import { describe, expect, test } from 'vitest';
import * as checks from './checks.ts';
import { readWebProfile, webProfiles } from './profile.ts';
import { type Site, siteSchema } from './site.ts';
import { pageCases } from './testing/page-cases.ts';
import { securityTxtCases, signed } from './testing/security-txt-cases.ts';
import { HOST, site, siteWith } from './testing/site.ts';
import { transportCases } from './testing/transport-cases.ts';

const profile = readWebProfile({});
const tables = { ...transportCases, ...pageCases, ...securityTxtCases };

describe.each(Object.entries(tables))('%s', (_, [check, cases]) => {
  test.each(cases)('%s', (_what, seen, verdict, code) => {
    const stored = siteSchema.parse(JSON.parse(JSON.stringify(seen)));
    const result = check.judge(stored, profile, HOST);
    expect(result.observations.map((one) => one.code)).toContain(code);
    expect(result.verdict).toBe(verdict);
    expect(result.check).toBe(check.id);
  });
});

test('every check has a table, and each table a pass that is good and something that is not', () => {
  expect(
    Object.values(tables)
      .map(([check]) => check.id)
      .sort(),
  ).toEqual(checks.webChecks.map((check) => check.id).sort());
  for (const [check, cases] of Object.values(tables)) {
    const verdicts = cases.map(([, , verdict]) => verdict);
    expect([check.id, verdicts.includes('pass'), verdicts.some((one) => one === 'fail' || one === 'warn')]).toEqual([
      check.id,
      true,
      true,
    ]);
  }
});

describe('profiles', () => {
  test('a wanted HTTP/3, preload, signature', () => {
    const strict = webProfiles.strict?.profile ?? profile;
    const of = (check: checks.WebCheck, seen: Site) =>
      check.judge(seen, strict, HOST).observations.map((one) => one.code);
    expect(of(checks.versionsCheck, siteWith({ 'Alt-Svc': null }))).toContain('versions.no-http3');
    expect(of(checks.hstsCheck, siteWith({ 'Strict-Transport-Security': 'max-age=63072000' }))).toEqual(
      expect.arrayContaining(['hsts.no-subdomains', 'hsts.no-preload']),
    );
    expect(of(checks.securityTxtCheck, site())).toContain('security-txt.unsigned');
    const open = checks.securityTxtCheck.judge(signed('ed', { key: null }), strict, HOST);
    expect(open.verdict).toBe('inconclusive');
    expect(open.observations.map((one) => one.code)).toContain('security-txt.signature-key-missing');
  });
  test('every check passes a good site by every profile', () => {
    for (const [name, { profile: one }] of Object.entries(webProfiles))
      for (const check of checks.webChecks)
        if (name !== 'strict' || check.id !== 'web.security-txt')
          expect([name, check.id, check.judge(site(), one, HOST).verdict]).toEqual([name, check.id, 'pass']);
  });
  test('a figure that is none is refused with its place', () =>
    expect(() => readWebProfile({ hsts: { minMaxAge: 'long' } })).toThrow(/minMaxAge/));
});
