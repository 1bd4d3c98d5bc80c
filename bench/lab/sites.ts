import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from '../../packages/probes/src/check.ts';
import {
  certify,
  type Identity,
  ocspResponse,
  pem,
  type Wanted,
} from '../../packages/probes/src/tls/testing/certificates.ts';
import type { Daemons } from './daemons.ts';
import type { LabZone } from './zones.ts';

/** The lab's own authority, which signs for all its servers but those that are to be untrusted. */
export const labRoot = certify({ name: 'Lab Root', ca: true });
const stranger = certify({ name: 'Unknown Root', ca: true });
const between = certify({ name: 'Lab Issuer', issuer: labRoot, ca: true });

/** A site: how nginx is set, and so what each check must say of it. Checks that are not named are not compared. */
export interface LabSite {
  label: string;
  /** At ::1 too. */
  ipv6?: true;
  /** What its certificate is, and which others nginx sends with it. */
  certificate?: Partial<Wanted> & { issuer?: Identity };
  chain?: readonly Identity[];
  /** Lines of nginx for the secure server, and for the plain one; null leaves that one out. */
  secure?: readonly string[] | null;
  plain?: readonly string[] | null;
  /** HTTP/2 is offered unless this says otherwise. */
  http2?: false;
  stapled?: true;
  means: Readonly<Record<string, Verdict>>;
}

// Named, since the lab's OpenSSL is told to take weak ones as well.
const STRONG_HASHES =
  'ssl_conf_command SignatureAlgorithms ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:RSA-PSS+SHA256:RSA-PSS+SHA384:RSA+SHA256;';
const MODERN = [
  STRONG_HASHES,
  'ssl_ecdh_curve X25519:prime256v1:secp384r1;',
  'ssl_protocols TLSv1.2 TLSv1.3;',
  'ssl_ciphers ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256;',
];
const HSTS = 'add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;';
const HEADERS = [
  HSTS,
  `add_header Content-Security-Policy "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; frame-src 'none'" always;`,
  'add_header X-Content-Type-Options nosniff always;',
  'add_header X-Frame-Options DENY always;',
  'add_header Referrer-Policy no-referrer always;',
  'add_header Permissions-Policy "camera=(), microphone=(), geolocation=()" always;',
];
const page = (words: string) =>
  `location = / { default_type text/html; return 200 "<!doctype html><title>Lab</title><p>${words}"; }`;
const PAGE = page('A page of the lab.');
const securityTxt = (until: string) =>
  `location = /.well-known/security.txt { default_type "text/plain; charset=utf-8"; return 200 "Contact: mailto:security@lab.test\\nExpires: ${until}\\n"; }`;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().replace(/\.\d+Z/, 'Z');
const SECURITY_TXT = securityTxt(inDays(90));
const LEADS_HTTPS = ['return 301 https://$host$request_uri;'];
const GOOD = [...MODERN, ...HEADERS, PAGE, SECURITY_TXT];

/** The site as it should be, with other lines. */
const but = (lines: readonly string[], gone: RegExp = /^$/): string[] => [
  ...GOOD.filter((line) => !gone.test(line)),
  ...lines,
];

const INCONCLUSIVE_WEB = Object.fromEntries(
  ['web.redirect', 'web.hsts', 'web.csp', 'web.framing', 'web.content-type-options', 'web.referrer-policy'].map(
    (check) => [check, 'inconclusive' as const],
  ),
);

export const SITES: readonly LabSite[] = [
  {
    label: 'good',
    ipv6: true,
    means: {
      'web.redirect': 'pass',
      'web.hsts': 'pass',
      'web.csp': 'pass',
      'web.framing': 'pass',
      'web.content-type-options': 'pass',
      'web.referrer-policy': 'pass',
      'web.permissions-policy': 'pass',
      'web.cookies': 'not-applicable',
      'web.compression': 'pass',
      'web.http-versions': 'pass',
      'web.security-txt': 'pass',
      'web.parity': 'pass',
      'tls.available': 'pass',
      'tls.version': 'pass',
      'tls.suites': 'pass',
      'tls.suite-order': 'not-applicable',
      'tls.key-exchange': 'pass',
      'tls.compression': 'pass',
      'tls.renegotiation-secure': 'pass',
      'tls.extended-master-secret': 'pass',
      'tls.early-data': 'pass',
      'tls.certificate-trust': 'pass',
      'tls.certificate-names': 'pass',
      'tls.certificate-key': 'pass',
      'tls.certificate-signature': 'pass',
      'tls.certificate-validity': 'pass',
      'tls.ocsp-stapling': 'not-applicable',
    },
  },
  // Versions, suites and keys.
  {
    label: 'tls13-only',
    secure: but(['ssl_protocols TLSv1.3;'], /^ssl_protocols/),
    means: {
      'tls.version': 'pass',
      'tls.suites': 'pass',
      'tls.extended-master-secret': 'not-applicable',
      'tls.renegotiation-secure': 'not-applicable',
    },
  },
  {
    label: 'tls12-only',
    secure: but(['ssl_protocols TLSv1.2;'], /^ssl_protocols/),
    means: { 'tls.version': 'pass', 'tls.suites': 'pass', 'tls.early-data': 'not-applicable' },
  },
  {
    label: 'old-tls',
    certificate: { key: 'rsa2048' },
    secure: but(
      ['ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;', 'ssl_ciphers ALL:@SECLEVEL=0;', 'ssl_prefer_server_ciphers on;'],
      /^ssl_/,
    ),
    means: { 'tls.version': 'fail', 'tls.suites': 'fail', 'tls.certificate-key': 'warn' },
  },
  {
    label: 'cbc-only',
    secure: but(['ssl_protocols TLSv1.2;', 'ssl_ciphers ECDHE-ECDSA-AES128-SHA;'], /^ssl_/),
    means: { 'tls.version': 'pass', 'tls.suites': 'fail', 'tls.key-exchange': 'pass' },
  },
  {
    label: 'any-order',
    secure: but(
      [
        'ssl_protocols TLSv1.2;',
        'ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-SHA256;',
        'ssl_prefer_server_ciphers off;',
      ],
      /^ssl_/,
    ),
    means: { 'tls.suites': 'warn', 'tls.suite-order': 'fail' },
  },
  {
    label: 'own-order',
    secure: but(
      [
        'ssl_protocols TLSv1.2;',
        'ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-SHA256;',
        'ssl_prefer_server_ciphers on;',
      ],
      /^ssl_/,
    ),
    means: { 'tls.suites': 'warn', 'tls.suite-order': 'pass' },
  },
  {
    label: 'short-dh',
    certificate: { key: 'rsa3072' },
    secure: but(
      ['ssl_protocols TLSv1.2;', 'ssl_ciphers DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0;', 'ssl_dhparam dh1024.pem;'],
      /^ssl_/,
    ),
    means: { 'tls.key-exchange': 'fail', 'tls.version': 'pass' },
  },
  {
    label: 'old-curve',
    secure: but(
      ['ssl_protocols TLSv1.2;', 'ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:@SECLEVEL=0;', 'ssl_ecdh_curve secp192r1;'],
      /^ssl_/,
    ),
    means: { 'tls.key-exchange': 'fail' },
  },
  {
    label: 'early-data',
    secure: but(['ssl_early_data on;']),
    means: { 'tls.early-data': 'fail', 'tls.version': 'pass' },
  },
  // Certificates.
  {
    label: 'unknown-root',
    certificate: { issuer: stranger },
    means: { 'tls.certificate-trust': 'fail', 'tls.certificate-names': 'pass', 'web.hsts': 'fail' },
  },
  { label: 'chained', certificate: { issuer: between }, chain: [between], means: { 'tls.certificate-trust': 'pass' } },
  { label: 'half-chain', certificate: { issuer: between }, means: { 'tls.certificate-trust': 'fail' } },
  {
    label: 'other-name',
    certificate: { dnsNames: ['other.test'] },
    means: { 'tls.certificate-trust': 'pass', 'tls.certificate-names': 'fail' },
  },
  {
    label: 'expired',
    certificate: { notBefore: new Date(Date.now() - 9e9), notAfter: new Date(Date.now() - 9e7) },
    means: { 'tls.certificate-validity': 'fail' },
  },
  {
    label: 'not-yet',
    certificate: { notBefore: new Date(Date.now() + 9e7) },
    means: { 'tls.certificate-validity': 'fail' },
  },
  {
    label: 'ends-soon',
    certificate: { notAfter: new Date(Date.now() + 3e8) },
    means: { 'tls.certificate-validity': 'warn', 'tls.certificate-trust': 'pass' },
  },
  { label: 'sha1-signed', certificate: { hash: 'sha1' }, means: { 'tls.certificate-signature': 'fail' } },
  {
    label: 'rsa-1024',
    certificate: { key: 'rsa1024' },
    secure: but(['ssl_protocols TLSv1.2;', 'ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0;'], /^ssl_/),
    means: { 'tls.certificate-key': 'fail', 'tls.suites': 'pass' },
  },
  { label: 'rsa-3072', certificate: { key: 'rsa3072' }, means: { 'tls.certificate-key': 'pass' } },
  {
    label: 'stapled',
    certificate: { ocspUrl: 'http://ocsp.lab.test/' },
    stapled: true,
    means: { 'tls.ocsp-stapling': 'pass' },
  },
  {
    label: 'staple-promised',
    certificate: { ocspUrl: 'http://ocsp.lab.test/', mustStaple: true },
    means: { 'tls.ocsp-stapling': 'fail' },
  },
  // Redirects and headers.
  { label: 'plain-too', plain: [PAGE], means: { 'web.redirect': 'fail', 'web.hsts': 'pass' } },
  { label: 'no-plain', plain: null, means: { 'web.redirect': 'pass' } },
  { label: 'elsewhere', plain: ['return 301 https://good.sites.test/;'], means: { 'web.redirect': 'fail' } },
  { label: 'in-circles', plain: ['return 302 http://$host$request_uri;'], means: { 'web.redirect': 'fail' } },
  {
    label: 'hsts-short',
    secure: but(['add_header Strict-Transport-Security "max-age=300" always;'], /Strict-Transport/),
    means: { 'web.hsts': 'fail' },
  },
  { label: 'hsts-none', secure: but([], /Strict-Transport/), means: { 'web.hsts': 'fail' } },
  {
    label: 'hsts-broken',
    secure: but(['add_header Strict-Transport-Security "max-age=yes" always;'], /Strict-Transport/),
    means: { 'web.hsts': 'fail' },
  },
  { label: 'hsts-over-plain', plain: [HSTS, ...LEADS_HTTPS], means: { 'web.hsts': 'warn' } },
  {
    label: 'no-headers',
    secure: but([], /^add_header/),
    means: {
      'web.csp': 'fail',
      'web.framing': 'fail',
      'web.content-type-options': 'fail',
      'web.referrer-policy': 'warn',
      'web.permissions-policy': 'warn',
    },
  },
  {
    label: 'csp-inline',
    secure: but(
      [`add_header Content-Security-Policy "default-src 'self' 'unsafe-inline'; frame-ancestors 'none'" always;`],
      /Content-Security/,
    ),
    means: { 'web.csp': 'fail', 'web.framing': 'pass' },
  },
  {
    label: 'compressed',
    secure: but(['gzip on;', 'gzip_min_length 1;', page('Word. '.repeat(200))], /^location = \/ /),
    means: { 'web.compression': 'warn' },
  },
  { label: 'http1', http2: false, means: { 'web.http-versions': 'warn' } },
  {
    label: 'good-cookie',
    secure: but(['add_header Set-Cookie "__Host-id=1; Path=/; Secure; HttpOnly; SameSite=Strict" always;']),
    means: { 'web.cookies': 'pass' },
  },
  { label: 'bad-cookie', secure: but(['add_header Set-Cookie "id=1" always;']), means: { 'web.cookies': 'fail' } },
  { label: 'no-contact', secure: but([], /security\.txt/), means: { 'web.security-txt': 'fail' } },
  {
    label: 'old-contact',
    secure: but([securityTxt(inDays(-1))], /security\.txt/),
    means: { 'web.security-txt': 'fail' },
  },
  { label: 'ipv6-differs', ipv6: true, means: { 'web.parity': 'warn' } },
  // What says nothing about the site: never a failure.
  {
    label: 'forbidden',
    plain: ['return 403;'],
    secure: [...MODERN, 'return 403;'],
    means: { ...INCONCLUSIVE_WEB, 'tls.version': 'pass' },
  },
  { label: 'too-many', plain: ['return 429;'], secure: [...MODERN, 'return 429;'], means: INCONCLUSIVE_WEB },
  { label: 'in-trouble', plain: ['return 503;'], secure: [...MODERN, 'return 503;'], means: INCONCLUSIVE_WEB },
  { label: 'hangs-up', plain: ['return 444;'], secure: [...MODERN, 'return 444;'], means: INCONCLUSIVE_WEB },
  {
    label: 'closed',
    plain: null,
    secure: null,
    means: {
      ...INCONCLUSIVE_WEB,
      'tls.available': 'inconclusive',
      'tls.version': 'inconclusive',
      'tls.certificate-trust': 'inconclusive',
    },
  },
];

/** The name of a site, and the IPv4 address that it alone has, since nginx sets TLS by address. */
export const hostOf = ({ label }: Pick<LabSite, 'label'>): string => `${label}.sites.test`;
export const siteAddress = ({ label }: Pick<LabSite, 'label'>): string =>
  `127.0.80.${10 + SITES.findIndex((site) => site.label === label)}`;

export const SITE_ZONES: readonly LabZone[] = [
  {
    name: 'sites',
    records: SITES.flatMap((site) => [
      `${site.label} A ${siteAddress(site)}`,
      ...(site.ipv6 ? [`${site.label} AAAA ::1`] : []),
    ]),
  },
];

/** A further server for nginx: its names, addresses, and the files of its certificate. */
export interface Host {
  names: readonly string[];
  addresses: readonly string[];
  identity: Identity;
  chain?: readonly Identity[];
  secure: readonly string[] | null;
  plain: readonly string[] | null;
  http2?: boolean;
  staple?: Buffer;
}

/** All sites as nginx is to have them. */
export function siteHosts(): Host[] {
  return SITES.flatMap((site): Host[] => {
    const name = hostOf(site);
    const { issuer = labRoot, ...wanted } = site.certificate ?? {};
    const identity = certify({ name, issuer, dnsNames: [name], ...wanted });
    const host: Host = {
      names: [name],
      addresses: [siteAddress(site), ...(site.ipv6 && site.label !== 'ipv6-differs' ? ['::1'] : [])],
      identity,
      secure: site.secure === undefined ? GOOD : site.secure,
      plain: site.plain === undefined ? LEADS_HTTPS : site.plain,
      ...(site.chain ? { chain: site.chain } : {}),
      ...(site.http2 === false ? { http2: false } : {}),
      ...(site.stapled ? { staple: ocspResponse({ leaf: identity, issuer }) } : {}),
    };
    if (site.label !== 'ipv6-differs') return [host];
    return [
      host,
      {
        ...host,
        addresses: ['::1'],
        secure: but([page('Something else altogether, in other words.')], /^location = \/ /),
      },
    ];
  });
}

/** Lines of a server as it should be by every profile: BSI TR-02102-2 takes neither X25519 nor ChaCha20. */
export const goodServer = {
  secure: but(
    [
      STRONG_HASHES,
      'ssl_protocols TLSv1.2 TLSv1.3;',
      'ssl_ecdh_curve prime256v1:secp384r1;',
      'ssl_ciphers ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256;',
      'ssl_conf_command Ciphersuites TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256;',
    ],
    /^ssl_/,
  ),
  plain: LEADS_HTTPS,
} as const;

/** Starts one nginx with all hosts, each with a certificate of its own. */
export async function startNginx(folder: string, hosts: readonly Host[], daemons: Daemons): Promise<void> {
  const own = join(folder, 'nginx');
  mkdirSync(own);
  execFileSync('openssl', ['dhparam', '-dsaparam', '-out', join(own, 'dh1024.pem'), '1024'], { stdio: 'ignore' });
  const write = (file: string, text: string | Buffer) => writeFileSync(join(own, file), text);
  const servers = hosts.flatMap((host, at) => {
    const { key, cert } = pem(host.identity, ...(host.chain ?? []));
    write(`${at}.key`, key);
    write(`${at}.pem`, cert);
    if (host.staple) write(`${at}.ocsp`, host.staple);
    const listen = (port: number, more: string) =>
      host.addresses.map((address) => `listen ${address.includes(':') ? `[${address}]` : address}:${port}${more};`);
    const names = `server_name ${host.names.join(' ')};`;
    const secure = host.secure && [
      ...listen(443, ` ssl${host.http2 === false ? '' : ' http2'}`),
      names,
      `ssl_certificate ${at}.pem;`,
      `ssl_certificate_key ${at}.key;`,
      ...(host.staple ? ['ssl_stapling on;', `ssl_stapling_file ${at}.ocsp;`] : []),
      ...host.secure,
    ];
    const plain = host.plain && [...listen(80, ''), names, ...host.plain];
    return [secure, plain].flatMap((lines) => (lines ? [`server { ${lines.join('\n')} }`] : []));
  });
  write(
    'nginx.conf',
    [
      'daemon off;',
      'user root;',
      'worker_processes 1;',
      'pid nginx.pid;',
      'error_log error.log;',
      'events { worker_connections 512; }',
      'http {',
      'access_log off;',
      'server_tokens off;',
      'client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;',
      ...servers,
      '}',
    ].join('\n'),
  );
  daemons.start('nginx', ['-p', own, '-c', join(own, 'nginx.conf')], anyStrength(own));
  const [first] = hosts;
  if (first) await daemons.listening(first.addresses[0] ?? '', 443);
}

/** An environment in which OpenSSL also takes what is too weak for today; Debian's own settings do not. */
export function anyStrength(folder: string): NodeJS.ProcessEnv {
  const file = join(folder, 'openssl.cnf');
  const lines = [
    'openssl_conf = all',
    '[all]',
    'ssl_conf = parts',
    '[parts]',
    'system_default = weak',
    '[weak]',
    'CipherString = DEFAULT@SECLEVEL=0',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return { OPENSSL_CONF: file };
}
