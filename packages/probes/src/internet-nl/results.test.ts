import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Observation, Verdict } from '../check.ts';
import { resultOf } from '../check.ts';
import type { ProbeOutcome } from '../run/outcome.ts';
import { createProber } from '../run/probe.ts';
import { type Internet, startInternet } from '../run/testing/internet.ts';
import { internetNlDomain } from './results.ts';

let internet: Internet;
let good: ProbeOutcome;
let bad: ProbeOutcome;
let closed: ProbeOutcome;
beforeAll(async () => {
  internet = await startInternet({ 'good.test': 'good', 'bad.test': 'bad', 'closed.test': 'closed' });
  const prober = createProber({
    ...internet.options,
    profile: internet.profile('internet-nl'),
    declared: { selectors: ['s1'] },
    timeout: 1500,
  });
  const of = async (name: string) => (await prober.probe(name)).outcome;
  good = await of('good.test');
  bad = await of('bad.test');
  closed = await of('closed.test');
});
afterAll(() => internet.close());

const statuses = (outcome: ProbeOutcome, kind: 'web' | 'mail') =>
  Object.fromEntries(
    Object.entries(internetNlDomain(outcome, kind).results.tests).map(([name, { status }]) => [name, status]),
  );

describe('results of Internet.nl', () => {
  it('have 38 subtests each, and all points for a domain as it should be', () => {
    for (const kind of ['web', 'mail'] as const) {
      const { scoring, status, results } = internetNlDomain(good, kind);
      expect(Object.keys(results.tests)).toHaveLength(38);
      expect(
        Object.entries(results.tests).filter(([, one]) => one.status === 'failed' || one.status === 'error'),
      ).toEqual([]);
      expect({ kind, ...scoring, status }).toEqual({ kind, percentage: 100, status: 'ok' });
      expect(results.custom).toEqual({ tls_1_3_support: 'yes' });
    }
  });

  it('are the same where time servers and resolvers were asked too', () => {
    const more = [
      resultOf('tls.version', 'good.test:443 (93.184.1.1, doh)', [{ code: 'version-insufficient', verdict: 'fail' }]),
      resultOf('resolver.doh', 'good.test:443 (93.184.1.1, doh)', [{ code: 'doh.type', verdict: 'fail' }]),
      resultOf('time.nts-ke', 'good.test:4460 (93.184.1.1, nts)', [{ code: 'nts-ke.no-ntp', verdict: 'fail' }]),
    ];
    for (const kind of ['web', 'mail'] as const)
      expect(internetNlDomain({ ...good, results: [...good.results, ...more] }, kind)).toEqual(
        internetNlDomain(good, kind),
      );
  });

  it('say what is wrong, no worse than it can come to', () => {
    expect(statuses(bad, 'web')).toMatchObject({
      web_ipv6_ns_address: 'passed',
      web_ipv6_ws_address: 'failed',
      web_ipv6_ws_similar: 'not_tested',
      web_dnssec_exist: 'failed',
      web_dnssec_valid: 'not_tested',
      web_https_http_available: 'passed',
      web_https_http_redirect: 'failed',
      web_https_tls_version: 'failed',
      web_https_tls_ciphers: 'failed',
      web_https_tls_caa: 'warning',
      web_https_dane_exist: 'info',
      web_https_dane_valid: 'not_tested',
      web_https_cert_chain: 'failed',
      web_appsecpriv_csp: 'warning',
      web_appsecpriv_x_frame_options: 'info',
      web_rpki_exists: 'not_tested',
    });
    expect(statuses(bad, 'mail')).toMatchObject({
      mail_ipv6_mx_address: 'failed',
      mail_dnssec_mx_exist: 'failed',
      mail_auth_dmarc_exist: 'failed',
      mail_auth_spf_exist: 'passed',
      mail_auth_spf_policy: 'failed',
      mail_starttls_tls_available: 'failed',
      mail_starttls_tls_version: 'not_tested',
      mail_starttls_dane_exist: 'failed',
    });
    const { scoring, results } = internetNlDomain(bad, 'mail');
    expect(results.categories.mail_starttls?.status).toBe('failed');
    expect(results.categories.mail_rpki?.status).toBe('not_tested');
    expect(scoring.percentage).toBeLessThan(30);
    expect(internetNlDomain(bad, 'web').results.custom).toEqual({ tls_1_3_support: 'no' });
  });

  it('call unknown what is unknown', () => {
    expect(statuses(closed, 'web')).toMatchObject({
      web_https_http_available: 'error',
      web_https_http_hsts: 'error',
      web_dnssec_valid: 'passed',
    });
    expect(internetNlDomain(closed, 'web').results.categories.web_https?.status).toBe('error');
  });

  // Points as its scoring.py gives them.
  it.each<[string, 'web' | 'mail', string, [Verdict, string][], number]>([
    ['unsigned gives 2 of 10', 'web', 'dnssec.signed', [['fail', 'dnssec.insecure']], 20],
    ['bogus gives nothing', 'web', 'dnssec.signed', [['fail', 'dnssec.bogus']], 0],
    ['a weak policy gives 2 of 10', 'mail', 'mail.spf', [['fail', 'spf.remainder']], 84],
  ])('%s', (_, kind, check, seen, percentage) => {
    const observations = seen.map(([verdict, code]): Observation => ({ verdict, code }));
    const results = [resultOf(check, 'x.test', observations)];
    expect(internetNlDomain({ ...good, subject: 'x.test', results }, kind).scoring.percentage).toBe(percentage);
  });
});
