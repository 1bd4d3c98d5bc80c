import { loadCatalogue } from '@proviso/catalogue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CheckResult, resultOf, type Verdict } from '../check.ts';
import type { ProbeFamily } from '../run/evidence.ts';
import type { ProbeOutcome } from '../run/outcome.ts';
import { createProber } from '../run/probe.ts';
import { type Internet, startInternet } from '../run/testing/internet.ts';
import { checkIds, PROBE_LANGUAGES, sentenceOf } from '../words.ts';
import { decidersOf, whyNotProbed } from './deciders.ts';
import { PROVED, type Proved, provedBy, provedTogether } from './proved-by.ts';

const live = loadCatalogue()
  .checks.filter(({ kind }) => kind === 'live')
  .map(({ id }) => id);

describe('the map', () => {
  it('has every live check of the catalogue, and no other', () => {
    expect([...decidersOf().keys()].sort()).toEqual([...live].sort());
  });

  it('says of those that no probe looks at why, in every language', () => {
    const silent = live.filter((id) => whyNotProbed(id, 'en') !== null);
    expect(silent).toEqual(['routing.rov']);
    for (const id of silent)
      for (const language of PROBE_LANGUAGES) expect(whyNotProbed(id, language), id).toMatch(/\.$/);
    expect(whyNotProbed('web.https', 'en')).toBeNull();
  });

  it('names checks and observations that there are', () => {
    for (const entry of decidersOf().values()) {
      if (!('deciders' in entry)) continue;
      for (const { check, as } of entry.deciders) {
        expect(checkIds()).toContain(check);
        for (const code of Object.keys(as))
          expect(sentenceOf(check, { code, verdict: 'pass' }, 'en'), `${check} ${code}`).not.toBe(code);
      }
    }
  });
});

const result = (check: string, subject: string, verdict: Verdict, code = 'x'): CheckResult =>
  resultOf(check, subject, [{ code, verdict }]);
const seen = (subject: string, ...results: CheckResult[]) => ({ subject, results });
const of = (outcomes: Parameters<typeof provedBy>[0], checks: string[], ...rest: [] | [() => boolean]): Proved[] =>
  provedBy(outcomes, checks, ...rest).map(({ proved }) => proved);

describe('what is proved', () => {
  it.each<[string, Verdict[], Proved]>([
    ['nothing was looked at', [], 'not-probed'],
    ['all pass', ['pass', 'pass'], 'proved'],
    ['one does not apply', ['pass', 'not-applicable'], 'proved'],
    ['none applies', ['not-applicable'], 'unknown'],
    ['one could not be seen', ['pass', 'inconclusive'], 'unknown'],
    ['one is nearly not', ['pass', 'warn'], 'partly'],
    ['one could not be seen, one warns', ['warn', 'inconclusive'], 'unknown'],
    ['one fails', ['pass', 'fail'], 'refuted'],
    ['one fails, one could not be seen', ['inconclusive', 'fail'], 'refuted'],
  ])('where %s', (_, verdicts, proved) => {
    const names = verdicts.map((verdict, i) => seen(`${i}.test`, result('web.hsts', `${i}.test`, verdict)));
    expect(of(names, ['web.hsts'])).toEqual([proved]);
  });

  it('leaves a failure that is accepted standing, and does not let it refute', () => {
    const names = [seen('a.test', result('web.hsts', 'a.test', 'fail'))];
    const [proof] = provedBy(names, ['web.hsts'], (name, check) => name === 'a.test' && check === 'web.hsts');
    expect(proof).toMatchObject({ proved: 'partly', results: [{ verdict: 'fail', accepted: true }] });
    expect(of(names, ['web.hsts'], () => false)).toEqual(['refuted']);
  });

  it('goes by what is asked for, not by what the profile minds', () => {
    const names = [seen('a.test', result('tls.post-quantum', 'a.test:443 (192.0.2.1, tls)', 'pass', 'hybrid-none'))];
    expect(of(names, ['tls.post-quantum'])).toEqual(['refuted']);
    const few = [seen('a.test', result('dns.name-servers', 'a.test', 'fail', 'ns.few'))];
    expect(of(few, ['dns.ipv6'])).toEqual(['proved']);
    const none = [seen('a.test', result('mail.dkim', 'a.test', 'warn', 'dkim.no-selector-declared'))];
    expect(of(none, ['mail.dkim'])).toEqual(['unknown']);
  });

  it('takes the name itself, not the mail server of others, where the domain is meant', () => {
    const names = [
      seen('a.test', result('dnssec.signed', 'a.test', 'pass'), result('dnssec.signed', 'mx.other.test', 'fail')),
    ];
    expect(of(names, ['dns.dnssec'])).toEqual(['proved']);
  });

  it('takes the kind of service that is meant', () => {
    const time = result('time.nts-answer', 'time.a.test:4460 (192.0.2.1, nts)', 'pass');
    const trust = (service: string, verdict: Verdict) =>
      result('tls.certificate-trust', `a.test:443 (192.0.2.1, ${service})`, verdict);
    expect(of([seen('a.test', time, trust('tls', 'fail'))], ['time.nts'])).toEqual(['proved']);
    expect(of([seen('a.test', time, trust('nts', 'fail'))], ['time.nts'])).toEqual(['refuted']);
    const silent = result('time.nts-forged', 'time.a.test:4460 (192.0.2.1, nts)', 'inconclusive', 'nts-forged.silent');
    expect(of([seen('a.test', time, silent)], ['time.nts'])).toEqual(['proved']);
  });

  it('takes the port that is meant: of DANE for mail, and of TLS beside checks of mail', () => {
    const web = result('dane.match', 'a.test:443 (2001:db8::1)', 'fail');
    expect(of([seen('a.test', web)], ['mail.dane'])).toEqual(['not-probed']);
    const mixed = [
      seen(
        'a.test',
        result('tls.version', 'a.test:443 (2001:db8::1, tls)', 'fail'),
        result('tls.version', 'mx.a.test:25 (2001:db8::25, smtp)', 'pass'),
        result('mail.starttls', 'mx.a.test:25 (2001:db8::25)', 'pass'),
      ),
    ];
    expect(of(mixed, ['mail.starttls', 'tls.profile'])).toEqual(['proved', 'proved']);
    expect(of(mixed, ['tls.profile'])).toEqual(['refuted']);
  });

  it('is nothing where the catalogue has no such check, or nobody looks', () => {
    expect(of([], ['routing.rov', 'evidence.sbom', 'no.such', 'constructor'])).toEqual(Array(4).fill('not-probed'));
  });
});

describe('several together', () => {
  it.each<[Proved[], Proved]>([
    [[], 'not-probed'],
    [['not-probed'], 'not-probed'],
    [['proved', 'proved'], 'proved'],
    [['proved', 'not-probed'], 'partly'],
    [['proved', 'partly'], 'partly'],
    [['partly', 'unknown'], 'unknown'],
    [['unknown', 'refuted', 'proved'], 'refuted'],
  ])('%j', (all, one) => {
    expect(provedTogether(all)).toBe(one);
    expect(PROVED).toContain(one);
  });
});

describe('in the small internet', () => {
  let internet: Internet;
  const outcomes: Record<string, ProbeOutcome[]> = {};
  beforeAll(async () => {
    internet = await startInternet({ 'good.test': 'good', 'bad.test': 'bad', 'silent.test': 'silent' });
    for (const name of ['good.test', 'bad.test', 'silent.test']) {
      const probe = async (families: ProbeFamily[]) => {
        const profile = internet.profile('internet-nl');
        const services = [
          { host: `time.${name}`, port: 4460, service: 'nts' as const },
          { host: `dns.${name}`, port: 853, service: 'dot' as const },
          { host: `dns.${name}`, port: 443, service: 'doh' as const },
        ];
        const declared = { selectors: ['s1'], ...(families.includes('time') ? { services } : {}) };
        const options = { ...internet.options, profile, families, declared, timeout: 400 };
        return (await createProber(options).probe(name)).outcome;
      };
      outcomes[name] = [
        await probe(['dns', 'web', 'tls']),
        await probe(['dns', 'mail']),
        await probe(['time', 'resolver']),
      ];
    }
  }, 60_000);
  afterAll(() => internet.close());

  it('what is good proves all that is looked at', () => {
    const looked = live.filter((one) => whyNotProbed(one, 'en') === null && one !== 'routing.roa');
    // Its only key is of Ed25519, which not every receiver can check.
    for (const id of looked)
      expect([id, of(outcomes['good.test'] ?? [], [id])]).toEqual([id, [id === 'mail.dkim' ? 'partly' : 'proved']]);
  });

  it('what is bad refutes it', () => {
    for (const id of ['dns.dnssec', 'dns.caa', 'dns.ipv6', 'web.https', 'web.hsts', 'web.headers', 'mail.dane'])
      expect([id, of(outcomes['bad.test'] ?? [], [id])]).toEqual([id, ['refuted']]);
    for (const id of ['time.nts', 'dns.encrypted', 'dns.validation'])
      expect([id, of(outcomes['bad.test'] ?? [], [id])]).toEqual([id, ['refuted']]);
    expect(of(outcomes['bad.test'] ?? [], ['mail.starttls', 'tls.profile'])).toEqual(['refuted', 'refuted']);
  });

  it('what is silent refutes nothing of what it did not answer', () => {
    for (const id of ['web.https', 'web.hsts', 'web.headers', 'mail.starttls'])
      expect([id, of(outcomes['silent.test'] ?? [], [id])]).toEqual([id, ['unknown']]);
  });
});
