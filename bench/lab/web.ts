import { type CheckResult, createProber, loadProbeProfile, type Verdict, worstOf } from '@proviso/probes';
import { inParallel } from './parallel.ts';
import { said } from './said.ts';
import type { Lab } from './servers.ts';
import { anyStrength, hostOf, type LabSite, labRoot, SITES, siteAddress } from './sites.ts';
import type { Tally } from './tally.ts';
import { compareTestssl, versionsIn } from './testssl.ts';

/** Sites that testssl.sh looks at too; it takes about ten seconds for each. */
const FOR_TESTSSL: readonly string[] = ['good', 'old-tls', 'tls13-only', 'cbc-only', 'hsts-short', 'compressed'];
const YEAR = 31_536_000;

/** Probes every site, and compares with how it was set, with curl and openssl, and some with testssl.sh. */
export async function compareWeb(lab: Lab, folder: string, authorities: string, tally: Tally): Promise<void> {
  const env = anyStrength(folder);
  const others = [compareCurl(tally, authorities, env), compareOpenssl(tally, authorities, env)];
  const testssl = compareTestssl(tally, folder);
  const truth = tally.with('nginx as set');
  const profile = loadProbeProfile('internet-nl');
  const prober = createProber({
    // Headers that Internet.nl does not ask for are looked at as well.
    profile: {
      ...profile,
      web: loadProbeProfile('bsi-tr-02102-2').web,
      dns: { ...profile.dns, anchors: lab.anchors() },
    },
    families: ['web', 'tls'],
    program: 'lab',
    allowPrivate: true,
    ipv6: true,
    store: { name: 'lab', roots: [labRoot.certificate] },
    network: { root: lab.root },
  });
  await inParallel(SITES, 3, async (site) => {
    const { outcome } = await prober.probe(hostOf(site));
    for (const [check, meant] of Object.entries(site.means)) {
      const own = of(outcome.results, check);
      truth(`${site.label}: ${check}`, `${hostOf(site)}: ${check}`, worst(own), meant, codes(own).join(', '));
    }
    if (site.secure === null) return;
    for (const compare of others) await compare(site, outcome.results);
    if (!FOR_TESTSSL.includes(site.label)) return;
    await testssl(hostOf(site), siteAddress(site), outcome.results);
  });
}

const of = (results: readonly CheckResult[], check: string): CheckResult[] =>
  results.filter((result) => result.check === check);
const worst = (results: readonly CheckResult[]): Verdict => worstOf(results.map(({ verdict }) => verdict));
const codes = (results: readonly CheckResult[]): string[] => [
  ...new Set(results.flatMap(({ observations }) => observations.map(({ code }) => code))),
];

type Compare = (site: LabSite, results: readonly CheckResult[]) => Promise<void>;

/** What is wrong with a certificate, said in one word. */
function certificateOf(results: readonly CheckResult[]): string {
  const fails = (check: string) => worst(of(results, check)) === 'fail';
  if (fails('tls.certificate-validity')) return 'dates';
  if (fails('tls.certificate-trust')) return 'untrusted';
  return fails('tls.certificate-names') ? 'name' : 'good';
}

function compareCurl(tally: Tally, authorities: string, env: NodeJS.ProcessEnv): Compare {
  const compare = tally.with('curl');
  const curl = (site: LabSite, port: number, url: string, ...more: string[]) =>
    said(
      'curl',
      [
        '-sS',
        '--max-time',
        '5',
        '-D',
        '-',
        '-o',
        '/dev/null',
        '--resolve',
        `${hostOf(site)}:${port}:${siteAddress(site)}`,
        ...more,
        url,
      ],
      { env },
    );
  return async (site, results) => {
    const host = hostOf(site);
    const told = (check: string, theirs: string) => {
      const own = of(results, check);
      compare(`${site.label}: ${check}`, `${host}: ${check}`, worst(own), theirs, codes(own).join(', '));
    };
    const secure = await curl(site, 443, `https://${host}/`, '-k', '--http2');
    // It has no curve or suite in common with the site, so it cannot judge it.
    if (secure.code === 35) return;
    const status = Number(/^HTTP\/\S+ (\d+)/.exec(secure.text)?.[1] ?? 0);
    const strict = await curl(site, 443, `https://${host}/`, '--cacert', authorities);
    compare(
      `${site.label}: certificate`,
      `${host}: certificate`,
      certificateOf(results) === 'good' ? 'good' : 'bad',
      strict.code === 60 ? 'bad' : 'good',
    );
    // What a server that turns us away would say to others, neither can know.
    const open = status === 0 || status === 403 || status === 429 || status >= 500;
    if (status > 0) told('web.http-versions', secure.text.startsWith('HTTP/2 ') ? 'pass' : 'warn');
    const plain = await curl(site, 80, `http://${host}/`);
    told('web.redirect', redirectIn(plain, host, !open));
    if (open) return told('web.hsts', 'inconclusive');
    const [, age = ''] = /^strict-transport-security: .*max-age=(\d+)/im.exec(secure.text) ?? [];
    const unsafe = /^strict-transport-security:/im.test(plain.text);
    told('web.hsts', strict.code === 60 || Number(age) < YEAR ? 'fail' : unsafe ? 'warn' : 'pass');
    const packed = await curl(site, 443, `https://${host}/`, '-k', '-H', 'Accept-Encoding: gzip');
    told('web.compression', /^content-encoding: gzip/im.test(packed.text) ? 'warn' : 'pass');
  };
}

/** The verdict on plain HTTP that curl's first answer calls for. */
function redirectIn({ code, text }: { code: number; text: string }, host: string, secure: boolean): Verdict {
  if (code === 7) return secure ? 'pass' : 'inconclusive';
  const status = Number(/^HTTP\/\S+ (\d+)/.exec(text)?.[1] ?? 0);
  if (status === 0 || status === 403 || status === 429 || status >= 500) return 'inconclusive';
  const [, place = ''] = /^location: (\S+)/im.exec(text) ?? [];
  return place.startsWith(`https://${host}/`) ? 'pass' : 'fail';
}

/** Codes of openssl's verification, as certificates are judged here. */
const VERIFIED: Readonly<Record<string, string>> = {
  '0': 'good',
  '9': 'dates',
  '10': 'dates',
  '18': 'untrusted',
  '19': 'untrusted',
  '20': 'untrusted',
  '21': 'untrusted',
  '62': 'name',
};

function compareOpenssl(tally: Tally, authorities: string, env: NodeJS.ProcessEnv): Compare {
  const compare = tally.with('openssl s_client');
  const client = (site: LabSite, ...more: string[]) =>
    said(
      'openssl',
      [
        's_client',
        '-connect',
        `${siteAddress(site)}:443`,
        '-servername',
        hostOf(site),
        '-verify_hostname',
        hostOf(site),
        '-CAfile',
        authorities,
        '-status',
        ...more,
      ],
      { env, input: 'HEAD / HTTP/1.0\r\n\r\n', open: 400 },
    );
  return async (site, results) => {
    const host = hostOf(site);
    const told = (check: string, theirs: string) => {
      const own = of(results, check);
      compare(`${site.label}: ${check}`, `${host}: ${check}`, worst(own), theirs, codes(own).join(', '));
    };
    const [, code = ''] = /Verify return code: (\d+)/.exec((await client(site)).text) ?? [];
    compare(
      `${site.label}: certificate`,
      `${host}: certificate`,
      certificateOf(results),
      VERIFIED[code] ?? `code ${code}`,
    );
    const versions = versionsIn(results);
    if (versions.includes('TLS 1.3')) {
      const { text } = await client(site, '-tls1_3');
      const most = Math.max(0, ...[...text.matchAll(/Max Early Data: (\d+)/g)].map(([, bytes]) => Number(bytes)));
      told('tls.early-data', most > 0 ? 'fail' : 'pass');
    }
    if (versions.includes('TLS 1.2')) {
      const { text } = await client(site, '-tls1_2');
      if (text.includes('Cipher is (NONE)')) return;
      told('tls.extended-master-secret', /Extended master secret: yes/.test(text) ? 'pass' : 'fail');
      told('tls.renegotiation-secure', /Secure Renegotiation IS supported/.test(text) ? 'pass' : 'fail');
      const stapled = /OCSP Response Status: successful/.test(text) ? 'stapled' : 'not stapled';
      const ours = codes(of(results, 'tls.ocsp-stapling')).some((one) => one === 'staple-good')
        ? 'stapled'
        : 'not stapled';
      compare(
        `${site.label}: stapling`,
        `${host}: stapling`,
        ours,
        stapled,
        codes(of(results, 'tls.ocsp-stapling')).join(', '),
      );
    }
  };
}
