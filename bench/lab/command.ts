import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CheckResult, probeProfileIds, type Verdict, worstOf } from '@proviso/probes';
import { stringify } from 'yaml';
import { certify, type Identity } from '../../packages/probes/src/tls/testing/certificates.ts';
import { ADDRESS } from './addresses.ts';
import { goodMail, type MailService } from './exchangers.ts';
import { said } from './said.ts';
import type { Lab } from './servers.ts';
import { goodServer, type Host, labRoot } from './sites.ts';
import type { Tally } from './tally.ts';
import type { LabZone } from './zones.ts';

const PROVISO = fileURLToPath(new URL('../../apps/cli/bin/proviso.mjs', import.meta.url));
const WEB = { good: '127.0.80.5', bad: '127.0.80.6' } as const;
const MAIL = { good: '127.0.25.5', bad: '127.0.25.6' } as const;

const web = certify({
  name: 'good.test',
  issuer: labRoot,
  dnsNames: ['good.test', 'mta-sts.good.test'],
  timestamps: 2,
});
const mail = certify({ name: 'mx.good.test', issuer: labRoot, dnsNames: ['mx.good.test'], timestamps: 2 });
const untrusted = certify({ name: 'bad.test', key: 'rsa1024', dnsNames: ['other.test'] });
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const keyOf = ({ spki }: Identity) => `3 1 1 ${hash(spki)}`;
const ROOT = `2 1 1 ${hash(labRoot.spki)}`;

/** Text of any length as a TXT record holds it: in strings of 255 octets at most. */
const strings = (text: string): string => (text.match(/.{1,250}/g) ?? []).map((part) => `"${part}"`).join(' ');
const dkim = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .publicKey.export({ type: 'spki', format: 'der' })
  .toString('base64');

/** `good.test` with all that is asked for, and `bad.test` with next to nothing of it, on real servers. */
export const WHOLE_ZONES: readonly LabZone[] = [
  {
    name: 'good',
    servers: [
      { name: 'ns1', addresses: [ADDRESS.leaf, ADDRESS.leaf6] },
      { name: 'ns2', addresses: [ADDRESS.twin, ADDRESS.leaf6] },
    ],
    records: [
      `@ A ${WEB.good}`,
      '@ AAAA ::1',
      `mta-sts A ${WEB.good}`,
      '@ MX 10 mx',
      `mx A ${MAIL.good}`,
      'mx AAAA ::1',
      '@ CAA 0 issue "lab.test"',
      '@ TXT "v=spf1 mx -all"',
      '_dmarc TXT "v=DMARC1; p=reject; sp=reject; rua=mailto:reports@good.test"',
      `s1._domainkey TXT ${strings(`v=DKIM1; k=rsa; p=${dkim}`)}`,
      '_mta-sts TXT "v=STSv1; id=20260101;"',
      '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:reports@good.test"',
      `_443._tcp TLSA ${keyOf(web)}`,
      `_443._tcp TLSA ${ROOT}`,
      `_25._tcp.mx TLSA ${keyOf(mail)}`,
      `_25._tcp.mx TLSA ${ROOT}`,
    ],
  },
  {
    name: 'bad',
    means: 'insecure',
    algorithm: null,
    ds: 'none',
    records: [
      `@ A ${WEB.bad}`,
      '@ MX 10 mx',
      `mx A ${MAIL.bad}`,
      '@ TXT "v=spf1 +all"',
      `_443._tcp TLSA ${keyOf(web)}`,
    ],
  },
];

/** Names of their mail servers' addresses, for the root to hold. */
export const REVERSE_NAMES: readonly string[] = [
  `${MAIL.good.split('.').reverse().join('.')}.in-addr.arpa. PTR mx.good.test.`,
  `1.${'0.'.repeat(31)}ip6.arpa. PTR mx.good.test.`,
];

/** The web servers of the two names. */
export const wholeHosts = (): Host[] => [
  {
    names: ['good.test', 'mta-sts.good.test'],
    addresses: [WEB.good, '::1'],
    identity: web,
    secure: [
      ...goodServer.secure,
      'location = /.well-known/mta-sts.txt { default_type text/plain; return 200 "version: STSv1\\nmode: enforce\\nmx: mx.good.test\\nmax_age: 1209600\\n"; }',
    ],
    plain: goodServer.plain,
  },
  {
    names: ['bad.test'],
    addresses: [WEB.bad],
    identity: untrusted,
    secure: [
      'ssl_protocols TLSv1 TLSv1.1;',
      'ssl_ciphers ALL:@SECLEVEL=0;',
      'add_header Set-Cookie "id=1";',
      'return 200 "Hello";',
    ],
    plain: ['return 200 "Hello";'],
    http2: false,
  },
];

/** Their mail servers. */
export const wholeMail = (): MailService[] => [
  {
    name: 'mx.good.test',
    addresses: [MAIL.good, '::1'],
    identity: mail,
    settings: { ...goodMail, smtpd_tls_protocols: '>=TLSv1.3' },
  },
  { name: 'mx.bad.test', addresses: [MAIL.bad], identity: untrusted, settings: { smtpd_tls_security_level: 'none' } },
];

/** What `bad.test` does not do, or does wrong. */
const FAILS: readonly string[] = [
  'dnssec.signed',
  'dns.name-servers',
  'web.redirect',
  'web.hsts',
  'web.cookies',
  'web.parity',
  'tls.version',
  'tls.suites',
  'tls.certificate-trust',
  'tls.certificate-names',
  'tls.certificate-key',
  'mail.spf',
  'mail.dmarc',
  'mail.starttls',
];

/** Where `good.test` cannot be as it should in a lab, and why. */
const REASONS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    probeProfileIds().flatMap((id) => [
      [`mail.mx ${id}`, 'addresses of loopback are not public, which this check is there to find (RFC 6890)'],
      [`mail.mx-ipv6 ${id}`, '::1 is no address that others reach (RFC 6890)'],
    ]),
  ),
  'tls.suites bsi-tr-02102-2':
    'BSI TR-02102-2 does not list ChaCha20, and Postfix 3.7 has no setting for suites of TLS 1.3',
  'tls.post-quantum strict': 'OpenSSL 3.0 has no ML-KEM',
};

interface Shown {
  outcomes: { subject: string; verdict: Verdict; results: CheckResult[] }[];
}

/**
 * `proviso probe good.test bad.test` as anybody types it, by every profile; then each bundle again in a network without any interface, where the
 * verdicts must be the same.
 */
export async function compareCommand(lab: Lab, folder: string, authorities: string, tally: Tally): Promise<void> {
  const truth = tally.with('servers as set', REASONS);
  const replayed = tally.with('replay, network off');
  const unchanged = { PROVISO_PROBE_KEY: join(folder, 'probe-key.pem') };
  for (const id of probeProfileIds()) {
    const profile = join(folder, `lab-${id}.yaml`);
    const own = {
      id: `lab-${id}`,
      title: 'The lab',
      source: 'the lab',
      extends: id,
      dns: { change: { anchors: lab.anchors() } },
    };
    writeFileSync(profile, stringify(own));
    const bundles = join(folder, `bundles-${id}`);
    mkdirSync(bundles);
    const proviso = (command: readonly string[], ...args: string[]) => {
      const [program = '', ...before] = [...command, process.execPath, PROVISO];
      return said(program, [...before, 'probe', ...args, '--json', '--quiet'], {
        env: unchanged,
        milliseconds: 60_000,
      });
    };
    const shown = outcomesIn(
      await proviso(
        [],
        'good.test',
        'bad.test',
        '--allow-private',
        '--resolver',
        ADDRESS.unbound,
        '--roots',
        authorities,
        '--profile',
        profile,
        '--dkim',
        's1',
        '--bundle',
        bundles,
      ),
    );
    for (const { subject, results } of shown.outcomes) {
      const isGood = subject === 'good.test';
      const checks = new Set(isGood ? results.map(({ check }) => check) : FAILS);
      for (const check of checks) {
        const own = results.filter((result) => result.check === check);
        const codes = [...new Set(own.flatMap(({ observations }) => observations.map(({ code }) => code)))].join(', ');
        const worst = worstOf(own.map(({ verdict }) => verdict));
        const about = `${subject} by ${id}: ${check}`;
        if (isGood)
          truth(`${check} ${id}`, about, worst === 'fail' ? 'fails' : 'does not fail', 'does not fail', codes);
        else truth(check, about, worst === 'pass' ? 'passes' : 'does not pass', 'does not pass', codes);
      }
      const unknown = results.filter(({ verdict }) => isGood && verdict === 'inconclusive').map(({ check }) => check);
      if (isGood)
        truth(`${subject} unknown`, `${subject} by ${id}: not known`, unknown.join(', ') || 'nothing', 'nothing');
    }
    for (const file of readdirSync(bundles)) {
      const [again] = outcomesIn(await proviso(['unshare', '--net'], 'replay', join(bundles, file))).outcomes;
      const then = shown.outcomes.find(({ subject }) => subject === again?.subject);
      if (!again || !then) throw new Error(`${file} was not replayed.`);
      const verdicts = ({ results }: Shown['outcomes'][number]) =>
        results.map(
          ({ check, subject, verdict, observations }) =>
            [`${check} ${subject}`, JSON.stringify([verdict, observations])] as const,
        );
      const before = new Map(verdicts(then));
      for (const [what, now] of verdicts(again)) {
        replayed(what, `${what} by ${id}`, now, before.get(what) ?? 'nothing');
        before.delete(what);
      }
      for (const [what, was] of before) replayed(what, `${what} by ${id}`, 'nothing', was);
    }
  }
}

function outcomesIn({ code, text }: { code: number; text: string }): Shown {
  try {
    return JSON.parse(text) as Shown;
  } catch {
    throw new Error(`proviso ended with ${code}: ${text.slice(-1000)}`);
  }
}
