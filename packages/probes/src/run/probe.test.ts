import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckResult, Verdict } from '../check.ts';
import { runEvidence } from './evidence.ts';
import { paced } from './pace.ts';
import { createProber, outcomeOf, type ProberOptions } from './probe.ts';
import { probeProfileIds } from './profile.ts';
import { type Internet, startInternet } from './testing/internet.ts';

let internet: Internet;
beforeAll(async () => {
  internet = await startInternet({
    'good.test': 'good',
    'bad.test': 'bad',
    'silent.test': 'silent',
    'closed.test': 'closed',
    'endless.test': 'endless',
    'private.test': 'private',
  });
});
afterAll(() => internet.close());

function prober(change: Partial<ProberOptions> = {}) {
  return createProber({ ...internet.options, profile: internet.profile('internet-nl'), timeout: 1500, ...change });
}

/** The verdict of each check, the worst where it looked at several things. */
function verdicts(results: readonly CheckResult[]): Record<string, Verdict[]> {
  const all: Record<string, Verdict[]> = {};
  for (const { check, verdict } of results) all[check] = [...(all[check] ?? []), verdict];
  return all;
}

describe('a domain as it should be', () => {
  it('has no fault, and few connections see it', async () => {
    internet.connections.clear();
    const { outcome } = await prober({ declared: { selectors: ['s1'], senders: [] } }).probe('Good.Test.');
    const told = outcome.results.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'not-applicable');
    // No address has a name, and there is no RSA key beside that of Ed25519.
    expect(told.map(({ check }) => check).sort()).toEqual(['mail.dkim', 'mail.reverse']);
    expect(outcome.subject).toBe('good.test');
    expect(internet.connections.get('93.184.1.25 25')).toBeLessThanOrEqual(15);
    // 15 of the prober, and those of the visit.
    expect(internet.connections.get('93.184.1.1 443')).toBeLessThanOrEqual(22);
  });

  it('is judged by every profile of the tree', async () => {
    const { evidence } = await prober().probe('good.test');
    for (const id of probeProfileIds()) {
      const { results, profile } = await outcomeOf(evidence, internet.profile(id));
      expect(profile.id).toBe(id);
      expect(results.length).toBeGreaterThan(60);
    }
  });
});

describe('a domain as it should not be', () => {
  it('fails what is wrong', async () => {
    const { outcome } = await prober().probe('bad.test');
    expect(verdicts(outcome.results)).toMatchObject({
      'dnssec.signed': ['fail', 'fail'],
      'mail.spf': ['fail'],
      'mail.dmarc': ['fail'],
      'mail.starttls': ['fail'],
      'mail.mx-ipv6': ['fail'],
      'web.redirect': ['fail'],
      'web.hsts': ['fail'],
      'web.parity': ['fail'],
      'tls.version': ['fail'],
      'tls.suites': ['fail'],
      'tls.certificate-trust': ['fail'],
      'tls.certificate-names': ['fail'],
    });
  });
});

describe('what gives no answer is inconclusive', () => {
  const ofServers = (results: readonly CheckResult[]) =>
    results.filter(({ check }) => /^(web|tls)\.|^mail\.starttls$|^dane\.match$/.test(check));

  it.each(['silent.test', 'closed.test', 'endless.test'])('of the servers of %s', async (name) => {
    const { outcome } = await prober({ timeout: 300 }).probe(name);
    const told = ofServers(outcome.results);
    expect(told.length).toBeGreaterThan(10);
    for (const { check, verdict, observations } of told)
      expect(verdict, `${check} ${JSON.stringify(observations)}`).toMatch(/inconclusive|not-applicable/);
  });

  it('where the time is up', async () => {
    const started = Date.now();
    const { outcome } = await prober({ most: 400, timeout: 60_000 }).probe('silent.test');
    expect(Date.now() - started).toBeLessThan(5000);
    for (const { check, verdict } of ofServers(outcome.results))
      expect(verdict, check).toMatch(/inconclusive|not-applicable/);
  });

  it('where the person stops it', async () => {
    const { outcome } = await prober().probe('good.test', AbortSignal.abort());
    for (const { check, verdict } of outcome.results) expect(verdict, check).toMatch(/inconclusive|not-applicable/);
  });

  it('where a name is not there', async () => {
    const { outcome } = await prober({ families: ['web', 'tls'] }).probe('nobody.test');
    expect(new Set(outcome.results.map(({ verdict }) => verdict))).not.toContain('pass');
  });
});

describe('private addresses', () => {
  it('are not spoken to', async () => {
    internet.connections.clear();
    const { outcome } = await prober().probe('private.test');
    expect([...internet.connections.keys()].filter((key) => /^(10|127)\./.test(key))).toEqual([]);
    const of = Object.fromEntries(
      outcome.results.map(({ check, observations }) => [check, JSON.stringify(observations)]),
    );
    expect(of['web.hsts']).toMatch(/blocked-address/);
    expect(of['tls.available']).toMatch(/inconclusive/);
    expect(verdicts(outcome.results)['mail.mx']).toEqual(['fail']);
  });

  it('are where that is allowed', async () => {
    internet.connections.clear();
    await prober({ allowPrivate: true, families: ['web'], timeout: 300 }).probe('private.test');
    expect([...internet.connections.keys()]).toContain('10.1.6.1 443');
  });
});

describe('evidence', () => {
  it.each(['good.test', 'bad.test', 'closed.test', 'private.test'])(
    'of %s gives the same verdicts again, through JSON and without a network',
    async (name) => {
      const { outcome, evidence } = await prober({ timeout: 500 }).probe(name);
      const again = runEvidence.parse(JSON.parse(JSON.stringify(evidence)));
      const asked = internet.asked.length;
      expect(await outcomeOf(again, internet.profile('internet-nl'))).toEqual(outcome);
      expect(internet.asked.length).toBe(asked);
    },
  );

  it('of some families alone is judged by those alone', async () => {
    const { outcome, evidence } = await prober({ families: ['dns'] }).probe('good.test');
    expect(evidence.endpoints).toEqual([]);
    expect(new Set(outcome.results.map(({ check }) => check.split('.')[0]))).toEqual(new Set(['dns', 'dnssec']));
  });
});

describe('signatures alone', () => {
  it('have the same verdicts as within the whole, and no name server is asked by itself', async () => {
    const whole = await prober({ families: ['dns'] }).probe('good.test');
    const alone = await prober({ families: ['dnssec'] }).probe('good.test');
    const servers = ['dns.name-servers', 'dns.consistency', 'dns.edns'];
    const verdicts = ({ outcome }: typeof whole) =>
      outcome.results.map(({ check, subject, verdict }) => ({ check, subject, verdict }));
    expect(verdicts(alone)).toEqual(verdicts(whole).filter(({ check }) => !servers.includes(check)));
    expect(verdicts(whole)).not.toEqual(verdicts(alone));
    const asked = ({ evidence }: typeof whole) => evidence.dns.recording.entries.length;
    expect(asked(alone) * 2).toBeLessThan(asked(whole));
    expect(alone.evidence.dns.recording.entries.filter(({ question }) => question.at)).toEqual([]);
  });
});

describe('many names', () => {
  it('share what they have in common', async () => {
    const one = prober({ families: ['dns', 'mail'] });
    await one.probe('good.test');
    internet.connections.clear();
    const asked = internet.asked.length;
    await one.probe('good.test');
    // The exchanger is remembered, the policy of MTA-STS is fetched again; only questions for single servers go out again.
    expect([...internet.connections]).toEqual([['93.184.1.1 443', 1]]);
    const repeated = internet.asked.slice(asked).filter((question) => !/^(198\.41\.0\.[2-4]|2001:)/.test(question));
    expect(repeated).toEqual([]);
  });

  it('never visit one address at the same time', async () => {
    const { open } = internet.options.network;
    let running = 0;
    let most = 0;
    const one = prober({
      families: ['web', 'tls'],
      network: {
        ...internet.options.network,
        open: (target) => {
          const socket = (open as NonNullable<typeof open>)(target);
          if (target.host === '93.184.1.1') {
            running += 1;
            most = Math.max(most, running);
            socket.once('close', () => {
              running -= 1;
            });
          }
          return socket;
        },
      },
    });
    await Promise.all([one.probe('good.test'), one.probe('good.test'), one.probe('good.test')]);
    // One that is closing as the next begins.
    expect(most).toBeLessThanOrEqual(2);
  });
});

describe('what was agreed on', () => {
  it('is all that is visited: services alone, where nothing else was named', async () => {
    const before = new Map(internet.connections);
    const service = { host: 'mx.good.test', port: 25, service: 'smtp' as const };
    const { outcome } = await prober({
      families: ['tls'],
      declared: { services: [service], onlyServices: true },
    }).probe('mx.good.test');
    const visited = [...internet.connections].filter(([key, count]) => count > (before.get(key) ?? 0));
    expect(visited.map(([key]) => key.split(' ')[1])).toEqual(['25', '25']);
    expect(new Set(outcome.results.map(({ subject }) => /:(\d+)/.exec(subject)?.[1]))).toEqual(new Set(['25']));
  });

  it('is how often: connections to one address begin so far apart', async () => {
    const begun: { to: string; at: number }[] = [];
    const { open } = internet.options.network;
    const network = {
      ...internet.options.network,
      open: (target: { host: string; port: number }) => {
        begun.push({ to: target.host, at: performance.now() });
        return (open as NonNullable<typeof open>)(target);
      },
    };
    await prober({ network, families: ['web'], perMinute: 1200 }).probe('good.test');
    for (const to of new Set(begun.map((one) => one.to))) {
      const times = begun.filter((one) => one.to === to).map(({ at }) => at);
      expect(times.length).toBeGreaterThan(2);
      // Clocks of timers may be a millisecond early.
      for (const [i, at] of times.slice(1).entries()) expect(at - (times[i] ?? 0)).toBeGreaterThanOrEqual(48);
    }
  });

  it('ends with the signal, also while waiting', async () => {
    const pace = paced(60_000);
    const stop = new AbortController();
    await pace('192.0.2.1', stop.signal);
    await pace('192.0.2.2', stop.signal);
    const waiting = pace('192.0.2.1', stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});

describe('time servers and resolvers', () => {
  const special = ['nts', 'dot', 'doh'];
  const of = (results: readonly CheckResult[], pattern: RegExp) =>
    Object.fromEntries(
      results.filter(({ check }) => pattern.test(check)).map(({ check, verdict }) => [check, verdict]),
    );

  it('are asked where they are named, and else not', async () => {
    internet.connections.clear();
    const { evidence } = await prober().probe('good.test');
    expect([evidence.time, evidence.resolvers, evidence.families.includes('time')]).toEqual([[], [], false]);
    expect([...internet.connections.keys()].filter((key) => /(4460|853|udp)/.test(key))).toEqual([]);
    const services = [
      { host: 'time.good.test', port: 4460, service: 'nts' as const },
      { host: 'dns.good.test', port: 853, service: 'dot' as const },
      { host: 'dns.good.test', port: 443, service: 'doh' as const },
    ];
    const { outcome } = await prober({ declared: { services } }).probe('good.test');
    expect(outcome.families).toEqual(['dns', 'web', 'tls', 'mail', 'routing', 'time', 'resolver']);
    expect(new Set(Object.values(of(outcome.results, /^(time|resolver)\./)))).toEqual(new Set(['pass']));
    const trusted = outcome.results.filter(({ check }) => check === 'tls.certificate-trust');
    for (const kind of special)
      expect(trusted.find(({ subject }) => subject.endsWith(`, ${kind})`))?.verdict, kind).toBe('pass');
  });

  it('are the name itself, where the family is all that was said', async () => {
    const { outcome, evidence } = await prober({ families: ['time'] }).probe('time.good.test');
    expect(of(outcome.results, /^time\./)).toEqual({
      'time.nts-ke': 'pass',
      'time.nts-answer': 'pass',
      'time.nts-forged': 'pass',
      'time.nts-tls': 'pass',
    });
    expect(evidence.endpoints.map(({ port, service }) => `${port} ${service}`)).toEqual(['4460 nts']);
    const resolver = await prober({ families: ['resolver'] }).probe('dns.good.test');
    expect(of(resolver.outcome.results, /^resolver\./)).toMatchObject({
      'resolver.dot': 'pass',
      'resolver.doh': 'pass',
      'resolver.validation': 'pass',
    });
  });

  it('that are bad fail', async () => {
    const time = await prober({ families: ['time'] }).probe('time.bad.test');
    expect(of(time.outcome.results, /^time\.|certificate-(trust|names)/)).toMatchObject({
      'time.nts-answer': 'fail',
      'time.nts-tls': 'fail',
      'tls.certificate-trust': 'fail',
      'tls.certificate-names': 'fail',
    });
    const host = 'dns.bad.test';
    const services = [
      { host, port: 853, service: 'dot' as const },
      { host, port: 443, service: 'doh' as const },
    ];
    const resolver = await prober({ families: ['resolver'], declared: { services } }).probe(host);
    // What answers with another type gave no answer to judge.
    expect(verdicts(resolver.outcome.results)).toMatchObject({
      'resolver.doh': ['fail'],
      'resolver.validation': ['fail', 'inconclusive'],
    });
  });

  it('of which one way alone is there are judged by that', async () => {
    // The web server of a domain takes no questions.
    const { outcome, evidence } = await prober({ families: ['resolver'], timeout: 500 }).probe('good.test');
    expect(evidence.resolvers.length).toBeGreaterThan(0);
    expect(Object.values(of(outcome.results, /^resolver\.(dot|doh|validation)/))).not.toContain('pass');
    expect(Object.values(of(outcome.results, /^resolver\./))).not.toContain('fail');
  });

  it.each([
    ['time', 'silent.test'],
    ['time', 'closed.test'],
    ['time', 'endless.test'],
    ['time', 'private.test'],
    ['resolver', 'silent.test'],
    ['resolver', 'closed.test'],
    ['resolver', 'endless.test'],
    ['resolver', 'private.test'],
  ] as const)('%s of %s is not known', async (family, name) => {
    const { outcome } = await prober({ families: [family], timeout: 300 }).probe(name);
    const found = Object.values(of(outcome.results, /^(time|resolver)\./));
    expect(found.length).toBeGreaterThan(2);
    for (const verdict of found) expect(verdict).toMatch(/inconclusive|not-applicable/);
  });

  it.each(['time.good.test', 'time.bad.test', 'dns.good.test', 'dns.bad.test', 'closed.test'])(
    'the evidence of %s gives the same verdicts again',
    async (name) => {
      const { outcome, evidence } = await prober({ families: ['time', 'resolver'], timeout: 500 }).probe(name);
      const again = runEvidence.parse(JSON.parse(JSON.stringify(evidence)));
      const made = [...internet.connections.values()];
      expect(await outcomeOf(again, internet.profile('internet-nl'))).toEqual(outcome);
      expect([...internet.connections.values()]).toEqual(made);
    },
  );
});
