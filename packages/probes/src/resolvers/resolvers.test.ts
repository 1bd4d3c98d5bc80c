import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Status } from '../dns/index.ts';
import { RCODE } from '../dns/index.ts';
import { certify, pem } from '../tls/testing/certificates.ts';
import { intermediate, root } from '../tls/testing/endpoints.ts';
import { nodeDialer } from '../web/index.ts';
import { judgeResolver } from './checks.ts';
import { DNS_MESSAGE } from './doh.ts';
import { type ResolverEvidence, resolverEvidence } from './evidence.ts';
import { gatherResolver } from './gather.ts';
import { type ResolverProfile, resolverProfile } from './profile.ts';
import { queriesFor, writeQuery } from './query.ts';
import {
  answerTo,
  type Behaviour,
  type HttpBehaviour,
  startDoh,
  startDot,
  type TestResolver,
} from './testing/resolver.ts';
import unbound from './testing/unbound.json' with { type: 'json' };

const names = { signed: 'good.test', bogus: 'bogus.test' };
const usual = resolverProfile.parse({ names });
const credentials = pem(certify({ name: 'dns.test', issuer: intermediate, dnsNames: ['dns.test'] }), intermediate);
const dialer = nodeDialer({ allowPrivate: true, roots: [pem(root).cert] });
const sound: { signed: Status; bogus: Status } = { signed: 'secure', bogus: 'bogus' };

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function ask(resolver: TestResolver, service: 'dot' | 'doh', change: { timeout?: number; path?: string } = {}) {
  closers.push(resolver.close);
  return gatherResolver(
    { host: 'dns.test', address: '127.0.0.1', port: resolver.port, service, path: change.path },
    {
      dialer,
      profile: usual,
      now: Date.now,
      signal: new AbortController().signal,
      timeout: change.timeout ?? 500,
      userAgent: 'test',
    },
  );
}

const dot = async (behaviour: Behaviour = {}, speak?: Parameters<typeof startDot>[2]) =>
  ask(await startDot(credentials, (query) => answerTo(query, names, behaviour), speak), 'dot');
const doh = async (http: HttpBehaviour = {}, behaviour: Behaviour = {}) =>
  ask(await startDoh(credentials, (query) => answerTo(query, names, behaviour), http), 'doh');

function verdicts(evidence: ResolverEvidence, known = sound, profile: ResolverProfile = usual) {
  const again = resolverEvidence.parse(JSON.parse(JSON.stringify(evidence)));
  return Object.fromEntries(
    judgeResolver({ evidence: again, known }, profile).map(({ check, verdict, observations }) => [
      check,
      [verdict, observations.map(({ code }) => code)],
    ]),
  ) as Record<string, [string, string[]]>;
}

describe('over TLS', () => {
  it('a good resolver passes all', async () => {
    const found = verdicts(await dot());
    expect(found).toEqual({
      'resolver.dot': ['pass', ['dot.answers']],
      'resolver.validation': ['pass', ['validation.refuses']],
      'resolver.padding': ['pass', ['padding.blocks']],
      'resolver.discovery': ['pass', ['discovery.offered']],
    });
  });

  it.each<[string, Behaviour, string, string]>([
    [
      'refuses us',
      { change: (said) => ({ ...said, rcode: RCODE.REFUSED, answer: [] }) },
      'inconclusive',
      'dot.no-records',
    ],
    ['has no records', { change: (said) => ({ ...said, answer: [] }) }, 'inconclusive', 'dot.no-records'],
    ['is silent', { last: () => null }, 'inconclusive', 'dot.no-answer'],
    [
      'answers another number',
      { last: (message) => Buffer.concat([Buffer.from([message.readUInt8(0) ^ 1]), message.subarray(1)]) },
      'fail',
      'dot.malformed',
    ],
    [
      'answers another question',
      { last: (message) => Buffer.from(message.toString('latin1').replace('good', 'gold'), 'latin1') },
      'fail',
      'dot.malformed',
    ],
    ['sends the query back', { last: (_, query) => query }, 'fail', 'dot.malformed'],
    ['sends rubbish', { last: () => Buffer.alloc(40, 7) }, 'fail', 'dot.malformed'],
    ['sends nothing, with a length', { last: () => Buffer.alloc(0) }, 'fail', 'dot.malformed'],
    ['cuts it off', { last: (message) => message.subarray(0, 40) }, 'fail', 'dot.malformed'],
  ])('one that %s', async (_, behaviour, verdict, code) => {
    const found = verdicts(await dot(behaviour));
    expect(found['resolver.dot']).toEqual([verdict, [code]]);
    expect(found['resolver.validation']?.[0]).not.toBe('pass');
  });

  it.each<[string, Parameters<typeof startDot>[2]]>([
    [
      'says a length and hangs up',
      (socket) => void socket.once('data', () => socket.end(Buffer.from([0xff, 0xff, 1, 2, 3]))),
    ],
    [
      'says a length and waits',
      (socket) => void socket.once('data', () => socket.write(Buffer.from([0xff, 0xff, 1, 2, 3]))),
    ],
    ['hangs up', (socket) => void socket.once('data', () => socket.destroy())],
    ['says nothing', () => {}],
  ])('one that %s is not known', async (_, speak) => {
    const started = performance.now();
    const found = verdicts(await dot({}, speak));
    expect(performance.now() - started).toBeLessThan(2500);
    expect(found['resolver.dot']).toEqual(['inconclusive', ['dot.no-answer']]);
  });

  it('a closed port is not known', async () => {
    const resolver = await startDot(credentials, () => null);
    await resolver.close();
    const evidence = await ask({ ...resolver, close: async () => {} }, 'dot');
    expect(evidence.failure).toBe('refused');
    expect(Object.values(verdicts(evidence)).map(([verdict]) => verdict)).toEqual([
      'inconclusive',
      'inconclusive',
      'inconclusive',
      'not-applicable',
    ]);
  });
});

describe('validation', () => {
  const servfail = (said: Parameters<NonNullable<Behaviour['change']>>[0]) => ({
    ...said,
    rcode: RCODE.SERVFAIL,
    answer: [],
  });
  const ofBogus = (query: Buffer) => query.includes('bogus');
  it.each<[string, Behaviour, string, string]>([
    ['that is not done', { validates: false }, 'fail', 'validation.bogus-answered'],
    ['that is not said', { saysAuthentic: false }, 'warn', 'validation.no-ad'],
    [
      'where all of the name fails',
      { change: (said, query) => (ofBogus(query) ? servfail(said) : said) },
      'inconclusive',
      'validation.unsure',
    ],
    [
      'where it says why',
      { options: Buffer.from([0, 15, 0, 2, 0, 6]), change: (said, query) => (ofBogus(query) ? servfail(said) : said) },
      'pass',
      'validation.refuses',
    ],
    [
      'where it says another reason',
      { options: Buffer.from([0, 15, 0, 2, 0, 22]), change: (said, query) => (ofBogus(query) ? servfail(said) : said) },
      'inconclusive',
      'validation.unsure',
    ],
    [
      'where the name is blocked',
      { change: (said, query) => (ofBogus(query) ? { ...said, rcode: RCODE.NXDOMAIN, answer: [] } : said) },
      'inconclusive',
      'validation.strange',
    ],
    ['where nothing is answered', { change: servfail }, 'inconclusive', 'validation.unsure'],
    [
      'where the good name is not',
      { change: (said, query) => (query.includes('good') ? servfail(said) : said) },
      'inconclusive',
      'validation.strange',
    ],
  ])('%s', async (_, behaviour, verdict, code) =>
    expect(verdicts(await dot(behaviour))['resolver.validation']).toEqual([verdict, expect.arrayContaining([code])]),
  );

  it('is judged only by names that are as they should be', async () => {
    const evidence = await dot();
    const of = (known: typeof sound) => verdicts(evidence, known)['resolver.validation'];
    expect(of({ ...sound, bogus: 'secure' })).toEqual(['inconclusive', ['validation.unsound']]);
    expect(of({ ...sound, bogus: 'indeterminate' })).toEqual(['inconclusive', ['validation.unsound']]);
    expect(of({ ...sound, signed: 'insecure' })).toEqual(['inconclusive', ['validation.unsound']]);
    // By a profile with other names nothing was asked.
    const other = resolverProfile.parse({});
    expect(verdicts(evidence, sound, other)['resolver.validation']).toEqual(['inconclusive', ['validation.no-answer']]);
  });
});

describe('padding and discovery', () => {
  it.each<[Behaviour, string, string]>([
    [{ block: 0 }, 'warn', 'padding.none'],
    [{ block: 128 }, 'pass', 'padding.other'],
    [{ change: (said) => ({ ...said, edns: null }) }, 'warn', 'padding.none'],
    [{ last: () => null }, 'inconclusive', 'padding.no-answer'],
  ])('%j', async (behaviour, verdict, code) =>
    expect(verdicts(await dot(behaviour))['resolver.padding']).toEqual([verdict, [code]]),
  );

  it('can be left out or demanded', async () => {
    const evidence = await dot({ block: 0, discovery: false });
    const of = (padding: 'ignore' | 'fail') =>
      verdicts(evidence, sound, { ...usual, padding })['resolver.padding']?.[0];
    expect([of('ignore'), of('fail')]).toEqual(['not-applicable', 'fail']);
    expect(verdicts(evidence)['resolver.discovery']).toEqual(['not-applicable', ['discovery.none']]);
  });

  it('of queries is to 128 octets', () => {
    for (const query of queriesFor({ signed: 'a.test', bogus: 'a-longer-name.example.test' }, true))
      expect(writeQuery(query, 0).length % 128).toBe(0);
  });
});

describe('over HTTPS', () => {
  it('a good resolver passes all, over one connection of HTTP/2', async () => {
    const resolver = await startDoh(credentials, (query) => answerTo(query, names));
    const found = verdicts(await ask(resolver, 'doh'));
    expect(found['resolver.doh']).toEqual(['pass', ['doh.answers', 'doh.answers']]);
    expect(Object.values(found).map(([verdict]) => verdict)).toEqual(['pass', 'pass', 'pass', 'pass']);
    expect(resolver.requests).toEqual(['POST', 'GET', 'POST', 'POST', 'POST'].map((method) => `${method} /dns-query`));
  });

  const headers = (more: Record<string, string>): HttpBehaviour => ({
    respond: (good) => ({ headers: { ...good.headers, ...more } }),
  });
  const on = (wanted: string, status: number): HttpBehaviour => ({
    respond: (good, method) => (method === wanted ? { status, body: Buffer.alloc(0) } : good),
  });
  it.each<[string, HttpBehaviour, string, string]>([
    ['speaks HTTP/1.1 alone', { old: true }, 'warn', 'doh.version'],
    ['knows no GET', on('GET', 405), 'fail', 'doh.method'],
    ['knows no POST', on('POST', 405), 'fail', 'doh.method'],
    ['takes no messages', on('POST', 415), 'fail', 'doh.method'],
    ['is elsewhere', { path: '/other' }, 'inconclusive', 'doh.status'],
    ['turns us away', on('GET', 403), 'inconclusive', 'doh.status'],
    ['is busy', on('POST', 503), 'inconclusive', 'doh.status'],
    ['says another type', headers({ 'content-type': 'text/html' }), 'fail', 'doh.type'],
    ['says no type', { respond: ({ body }) => ({ headers: {}, body }) }, 'fail', 'doh.type'],
    ['lets answers be kept too long', headers({ 'cache-control': 'public, max-age=301' }), 'fail', 'doh.kept-too-long'],
    ['lets them be kept for ages', headers({ 'cache-control': 'max-age=99999999999' }), 'fail', 'doh.kept-too-long'],
    [
      'lets them be kept as long as was left',
      headers({ 'cache-control': 'max-age=310', age: '10' }),
      'pass',
      'doh.answers',
    ],
    ['lets none be kept', headers({ 'cache-control': 'no-store' }), 'pass', 'doh.answers'],
    ['does not say how long', headers({ 'cache-control': 'public' }), 'warn', 'doh.kept-unsaid'],
    ['sends rubbish', { respond: () => ({ body: Buffer.alloc(30, 1) }) }, 'fail', 'doh.malformed'],
    ['is silent', { respond: () => null }, 'inconclusive', 'doh.no-answer'],
    [
      'never ends',
      {
        speak: (response) => {
          response.writeHead(200, { 'content-type': DNS_MESSAGE });
          const flood = (): void => {
            if (!response.destroyed && !response.stream.destroyed)
              response.write(Buffer.alloc(16_384), () => setImmediate(flood));
          };
          flood();
        },
      },
      'inconclusive',
      'doh.no-answer',
    ],
    [
      'drips',
      {
        speak: (response) => {
          response.writeHead(200, { 'content-type': DNS_MESSAGE });
          const timer = setInterval(() => {
            if (response.stream.destroyed) clearInterval(timer);
            else response.write(Buffer.alloc(1));
          }, 20);
        },
      },
      'inconclusive',
      'doh.no-answer',
    ],
    [
      'breaks off',
      {
        speak: (response) => {
          response.writeHead(200, { 'content-type': DNS_MESSAGE });
          response.write(Buffer.alloc(20));
          setTimeout(() => response.stream.close(2), 30);
        },
      },
      'inconclusive',
      'doh.no-answer',
    ],
    ['hangs up', { speak: (response) => response.stream.session?.destroy() }, 'inconclusive', 'doh.no-answer'],
  ])('one that %s', async (_, http, verdict, code) => {
    const started = performance.now();
    const found = verdicts(await doh(http));
    expect(performance.now() - started).toBeLessThan(4000);
    expect(found['resolver.doh']).toEqual([verdict, expect.arrayContaining([code])]);
  });

  it('is asked under the path that was said', async () => {
    const resolver = await startDoh(credentials, (query) => answerTo(query, names), { path: '/own/dns' });
    const evidence = await ask(resolver, 'doh', { path: '/own/dns' });
    expect(verdicts(evidence)['resolver.doh']?.[0]).toBe('pass');
  });
});

it('Unbound 1.17 answers both ways, by what it said on a loopback', () => {
  // It resolved nothing there, so of validation nothing is to be seen; it pads over TLS alone, and says no age.
  const [overTls, overHttps] = unbound.map((one) => verdicts(resolverEvidence.parse(one)));
  expect(overTls).toMatchObject({
    'resolver.dot': ['pass', ['dot.answers']],
    'resolver.padding': ['pass', ['padding.blocks']],
    'resolver.validation': ['inconclusive', ['validation.strange']],
  });
  expect(overHttps).toMatchObject({
    'resolver.doh': ['warn', ['doh.answers', 'doh.answers', 'doh.kept-unsaid']],
    'resolver.padding': ['warn', ['padding.none']],
  });
});

it('whatever a resolver sends, nothing throws, and nothing that is no answer passes', async () => {
  const evidence = await dot();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(600), fc.integer({ min: 1, max: 255 }), (bytes, at, flip) => {
      const [first] = evidence.exchanges;
      const good = Buffer.from(first?.received ?? '', 'base64');
      // Wherever one octet of the head or the question differs, it is another answer or another question.
      const near = Buffer.from(good);
      const place = at % 12 === 2 || at % 12 === 3 ? 0 : at % 12;
      near[place] = (near[place] as number) ^ flip;
      for (const received of [Buffer.from(bytes), near]) {
        const exchanges = evidence.exchanges.map((one) => ({ ...one, received: received.toString('base64') }));
        const found = verdicts({ ...evidence, exchanges });
        expect(found['resolver.validation']?.[0]).not.toBe('pass');
        if (received !== near) expect(found['resolver.dot']?.[0]).not.toBe('pass');
      }
    }),
    { numRuns: 300 },
  );
});
