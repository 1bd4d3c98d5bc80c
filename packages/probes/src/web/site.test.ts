import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { type Zone, zoneResolver } from '../mail/testing/zone.ts';
import { securityTxtCheck, webChecks } from './checks.ts';
import { parseCookie } from './cookies.ts';
import { parseHsts } from './hsts.ts';
import { type Dialer, nodeDialer } from './http/dialer.ts';
import gnupg from './openpgp/testing/gnupg.json' with { type: 'json' };
import { parsePermissions } from './policies.ts';
import { readWebProfile } from './profile.ts';
import { parseSecurityTxt } from './security-txt.ts';
import { gatherSite, type SiteOptions, siteSchema } from './site.ts';
import { certificate } from './testing/certificate.ts';
import { http, serveBytes, type TestServer } from './testing/server.ts';
import { GOOD_HEADERS, GOOD_TXT } from './testing/site.ts';
import { parseAltSvc, sameWords } from './transport.ts';

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
const now = () => new Date('2026-06-01T00:00:00Z');
const zone: Zone = { 'a.test': { A: ['93.184.216.34'], AAAA: ['2606:2800:21f::1'] } };

/** Every address leads to loopback; what was asked for is kept. */
function loopback(): Dialer & { addresses: string[] } {
  const dialer = nodeDialer({ allowPrivate: true, roots: [certificate] });
  const addresses: string[] = [];
  return {
    addresses,
    connect: (target, signal) => {
      addresses.push(target.address);
      return dialer.connect({ ...target, address: '127.0.0.1' }, signal);
    },
  };
}

async function gathered(
  plain: Parameters<typeof serveBytes>[0],
  secure: Parameters<typeof serveBytes>[0],
  change: Partial<SiteOptions> = {},
) {
  const [one, two] = [await serveBytes(plain), await serveBytes(secure, { tls: true, alpn: ['h2', 'http/1.1'] })];
  servers.push(one, two);
  const dialer = loopback();
  const resolver = zoneResolver(zone);
  const site = await gatherSite('A.test', {
    resolver,
    dialer,
    now,
    timeout: 20_000,
    ports: { plain: one.port, secure: two.port },
    ...change,
  });
  const profile = readWebProfile({});
  const verdicts = Object.fromEntries(
    webChecks.map((check) => [
      check.id,
      check.judge(siteSchema.parse(JSON.parse(JSON.stringify(site))), profile, 'a.test').verdict,
    ]),
  );
  return { site, verdicts, resolver, dialer, count: one.requests.length + two.requests.length };
}
const page = http(200, GOOD_HEADERS, 'hello');
const toHttps = (_: string, socket: unknown, head: string) => {
  void socket;
  const port = servers.at(-1)?.port ?? 0;
  return http(301, { Location: `https://${/Host: ([^:\r]*)/.exec(head)?.[1]}:${port}/` });
};
const goodSite = (path: string) =>
  path === '/.well-known/security.txt' ? http(200, { 'Content-Type': 'text/plain' }, GOOD_TXT) : page;

describe('a visit', () => {
  test('to a good site passes every check, with few requests and each name looked up once', async () => {
    const { verdicts, resolver, dialer, count } = await gathered(toHttps, goodSite);
    expect(Object.entries(verdicts).filter(([, verdict]) => verdict !== 'pass')).toEqual([]);
    expect(resolver.asked).toEqual([
      { name: 'a.test', type: 'A' },
      { name: 'a.test', type: 'AAAA' },
    ]);
    expect([...new Set(dialer.addresses)]).toEqual(['93.184.216.34', '2606:2800:21f::1']);
    expect(count).toBeLessThanOrEqual(10);
  });

  test('to a bare site passes nothing that it lacks', async () => {
    const { verdicts } = await gathered(
      () => http(200, {}, 'hi'),
      () => http(200, { 'Set-Cookie': 'a=b' }, 'hi'),
    );
    for (const id of ['redirect', 'hsts', 'csp', 'framing', 'content-type-options', 'cookies', 'security-txt'])
      expect([id, verdicts[`web.${id}`]]).toEqual([id, 'fail']);
  });

  test('to a site that says nothing is inconclusive throughout', async () => {
    const { verdicts } = await gathered(
      () => null,
      () => null,
      { timeout: 40 },
    );
    const { 'web.http-versions': versions, ...rest } = verdicts;
    expect(new Set(Object.values(rest))).toEqual(new Set(['inconclusive']));
    expect(['warn', 'pass', 'inconclusive']).toContain(versions);
  });

  test('a signature is judged by the key that is where the file says', async () => {
    const asked: string[] = [];
    const serve = (path: string, _: unknown, head: string) => {
      asked.push(path);
      if (path === '/key.asc') return http(200, {}, gnupg.ed.key);
      if (!path.endsWith('.txt')) return page;
      const port = /^Host: a\.test:(\d+)/m.exec(head)?.[1];
      // Other ports and plain HTTP are left alone.
      const places = [`https://a.test:${port}/key.asc`, 'https://a.test:22/', 'http://a.test/', 'openpgp4fpr:abc'];
      const fields = places.map((place) => `Encryption: ${place}\n`).join('');
      return http(200, { 'Content-Type': 'text/plain' }, gnupg.ed.signed.replace(/Encryption: .*\n/, fields));
    };
    const { site } = await gathered(toHttps, serve);
    expect(asked.filter((path) => path === '/key.asc')).toHaveLength(1);
    expect(site.keys.map(({ end }) => end)).toEqual(['final']);
    const { observations } = securityTxtCheck.judge(site, readWebProfile({}), 'a.test');
    // What was signed had another field.
    expect(observations.map(({ code }) => code)).toContain('security-txt.signature-false');
  });

  test('evidence of before keys were looked at can still be read', async () => {
    const { site } = await gathered(
      () => null,
      () => page,
      { timeout: 100 },
    );
    const { keys: _, ...old } = site;
    expect(siteSchema.parse({ ...old, signature: 'unsigned' }).keys).toEqual([]);
  });

  test('a private address is not spoken to', async () => {
    const resolver = zoneResolver({ 'a.test': { A: ['10.0.0.1'] } });
    const site = await gatherSite('a.test', { resolver, dialer: nodeDialer(), now });
    expect(site.families[0]?.secure.exchanges[0]).toMatchObject({ failure: 'blocked-address' });
    expect(webChecks.map((check) => check.judge(site, readWebProfile({}), 'a.test').verdict)).not.toContain('pass');
  });

  test('a name that does not exist', async () => {
    const site = await gatherSite('none.test', { resolver: zoneResolver({}), dialer: nodeDialer(), now });
    expect(webChecks.map((check) => check.judge(site, readWebProfile({}), 'none.test').verdict)).not.toContain('pass');
  });
});

describe('readers', () => {
  test.each<[string[], string[]]>([
    [['h3=":443"; ma=3600, h2="alt.test:8443"'], ['h3', 'h2']],
    [['h3-29=":443"'], ['h3-29']],
    [['clear'], []],
    [['h3=443'], []],
    [['h3=":443', 'x'], []],
    [['w%3Dx=":443"'], ['w=x']],
    [['w%=":443"'], ['w%']],
  ])('Alt-Svc %j', (values, ids) => expect(parseAltSvc(values)).toEqual(ids));

  test('words in common', () => {
    expect([sameWords('', ''), sameWords('a b', 'b a'), sameWords('a a', 'a b'), sameWords('a', '')]).toEqual([
      1, 1, 0.5, 0,
    ]);
  });

  test('a cookie', () =>
    expect(parseCookie('id=x=y; secure ;Path=/; SAMESITE=strict; Domain=.Example.com', 'www.example.com')).toEqual({
      name: 'id',
      secure: true,
      httpOnly: false,
      sameSite: 'strict',
      domain: 'example.com',
      path: '/',
      refused: null,
    }));
  test.each([
    [';', 'syntax'],
    ['a=\x01', 'characters'],
    [`a=${'b'.repeat(4096)}`, 'too-long'],
    ['__Secure-a=b', 'secure-prefix'],
    ['__Host-a=b; Secure; Path=/; Domain=example.com', 'host-prefix'],
  ])('%j is refused', (field, problem) => expect(parseCookie(field, 'www.example.com').refused).toBe(problem));

  const hostile = fc.string({ unit: fc.constantFrom(...'max-age=1;"\\,()*self \r\n\x00é:/'), maxLength: 300 });
  test('any text is read or refused', () =>
    fc.assert(
      fc.property(hostile, (text) => {
        parseCookie(text, 'a.test');
        parseSecurityTxt(text);
        parseSecurityTxt(
          `${SIGNED}\n\n${text.repeat(10)}x\n-----BEGIN PGP SIGNATURE-----\n-----END PGP SIGNATURE-----`,
        );
        parsePermissions(text);
        parseAltSvc([text]);
        const policy = parseHsts(text);
        expect(typeof policy === 'string' || Number.isSafeInteger(policy.maxAge)).toBe(true);
      }),
    ));
  const SIGNED = '-----BEGIN PGP SIGNED MESSAGE-----';
  test('long texts of one kind do not hang a reader', () => {
    for (const piece of ['"', '(', ' ', ';', ',', '=', 'a', 'a ', '"a', '-', '\n', ':']) {
      const text = piece.repeat(20_000);
      parseCookie(text, 'a.test');
      parseSecurityTxt(text);
      parsePermissions(`a=${text}`);
      parseAltSvc([`a="${text}`]);
      parseHsts(text);
    }
    expect(parsePermissions('a=()')?.size).toBe(1);
  });
});
