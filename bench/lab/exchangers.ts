import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from '../../packages/probes/src/check.ts';
import { certify, type Identity, pem, type Wanted } from '../../packages/probes/src/tls/testing/certificates.ts';
import type { Daemons } from './daemons.ts';
import { labRoot } from './sites.ts';
import type { LabZone } from './zones.ts';

/** A mail server: how Postfix is set, and so what each check must say of it. Checks that are not named are not compared. */
export interface LabExchanger {
  label: string;
  certificate?: Partial<Wanted>;
  /** Settings of Postfix by their names; null: nothing listens there. */
  settings?: Readonly<Record<string, string>> | null;
  /** Content of its TLSA records, by its certificate. */
  tlsa?: (identity: Identity) => readonly string[];
  means: Readonly<Record<string, Verdict>>;
}

const MODERN = {
  smtpd_tls_ciphers: 'high',
  tls_high_cipherlist: 'ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256',
  tls_eecdh_auto_curves: 'prime256v1,secp384r1',
  smtpd_tls_protocols: '>=TLSv1.2',
} as const;
const LONG = 'ab'.repeat(32);
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const keyOf = ({ spki }: Identity): string => `3 1 1 ${hash(spki)}`;
const rootOf = (): string => `2 1 1 ${hash(labRoot.spki)}`;
const WORKS = { 'mail.starttls': 'pass', 'tls.available': 'pass' } as const;

export const EXCHANGERS: readonly LabExchanger[] = [
  {
    label: 'good',
    tlsa: (own) => [keyOf(own), rootOf()],
    means: {
      ...WORKS,
      'tls.version': 'pass',
      'tls.suites': 'pass',
      'tls.key-exchange': 'pass',
      'tls.early-data': 'pass',
      'tls.extended-master-secret': 'pass',
      'tls.renegotiation-secure': 'pass',
      'tls.certificate-key': 'pass',
      'tls.certificate-signature': 'pass',
      'dane.match': 'pass',
    },
  },
  {
    label: 'no-starttls',
    settings: { smtpd_tls_security_level: 'none' },
    means: { 'mail.starttls': 'fail', 'tls.available': 'fail' },
  },
  // As Postfix 3.7 is set unless told otherwise: TLS 1.0 too, and suites without a certificate, as senders look at none.
  { label: 'as-installed', settings: {}, means: { ...WORKS, 'tls.version': 'fail', 'tls.suites': 'fail' } },
  {
    label: 'old-tls',
    certificate: { key: 'rsa2048' },
    settings: { smtpd_tls_protocols: '>=TLSv1', tls_medium_cipherlist: 'ALL:@SECLEVEL=0', smtpd_tls_ciphers: 'medium' },
    means: { ...WORKS, 'tls.version': 'fail', 'tls.suites': 'fail', 'tls.certificate-key': 'warn' },
  },
  {
    label: 'tls13-only',
    settings: { ...MODERN, smtpd_tls_protocols: '>=TLSv1.3' },
    means: { ...WORKS, 'tls.version': 'pass', 'tls.suites': 'pass', 'tls.renegotiation-secure': 'not-applicable' },
  },
  {
    label: 'tls12-only',
    settings: { ...MODERN, smtpd_tls_protocols: 'TLSv1.2' },
    means: { ...WORKS, 'tls.version': 'pass', 'tls.early-data': 'not-applicable' },
  },
  {
    label: 'expired',
    certificate: { notBefore: new Date(Date.now() - 9e9), notAfter: new Date(Date.now() - 9e7) },
    means: { ...WORKS, 'tls.certificate-validity': 'fail' },
  },
  {
    label: 'anonymous',
    settings: { smtpd_tls_chain_files: 'none' },
    means: { ...WORKS, 'tls.suites': 'fail', 'tls.certificate-names': 'inconclusive' },
  },
  // DANE, as RFC 7672 has it.
  { label: 'dane-key', tlsa: (own) => [keyOf(own)], means: { 'dane.match': 'pass' } },
  { label: 'dane-root', tlsa: () => [rootOf()], means: { 'dane.match': 'pass' } },
  { label: 'dane-wrong', tlsa: () => [`3 1 1 ${LONG}`], means: { ...WORKS, 'dane.match': 'fail' } },
  { label: 'dane-wrong-root', tlsa: () => [`2 1 1 ${LONG}`], means: { 'dane.match': 'fail' } },
  { label: 'dane-next-key', tlsa: (own) => [keyOf(own), `3 1 1 ${LONG}`], means: { 'dane.match': 'pass' } },
  {
    label: 'dane-other-name',
    certificate: { dnsNames: ['other.test'] },
    tlsa: () => [rootOf()],
    means: { 'dane.match': 'fail' },
  },
  {
    label: 'dane-key-expired',
    certificate: { notBefore: new Date(Date.now() - 9e9), notAfter: new Date(Date.now() - 9e7) },
    tlsa: (own) => [keyOf(own)],
    means: { 'dane.match': 'pass' },
  },
  { label: 'dane-none', means: { 'dane.match': 'not-applicable' } },
  {
    label: 'dane-no-starttls',
    settings: { smtpd_tls_security_level: 'none' },
    tlsa: (own) => [keyOf(own)],
    means: { 'mail.starttls': 'fail' },
  },
  // What says nothing about TLS: never a failure.
  {
    label: 'turns-away',
    settings: { smtpd_client_restrictions: 'reject', smtpd_delay_reject: 'no' },
    means: { 'mail.starttls': 'inconclusive', 'tls.available': 'inconclusive' },
  },
  {
    label: 'three-a-minute',
    settings: { ...MODERN, smtpd_client_connection_rate_limit: '3', smtpd_client_event_limit_exceptions: '' },
    means: {
      'mail.starttls': 'pass',
      'tls.available': 'pass',
      'tls.version': 'inconclusive',
      'tls.suites': 'inconclusive',
    },
  },
  { label: 'closed', settings: null, means: { 'mail.starttls': 'inconclusive', 'tls.available': 'inconclusive' } },
];

/** The name of a mail server, and its IPv4 address. */
export const exchangerName = ({ label }: Pick<LabExchanger, 'label'>): string => `${label}.mails.test`;
export const exchangerAddress = ({ label }: Pick<LabExchanger, 'label'>): string =>
  `127.0.25.${10 + EXCHANGERS.findIndex((one) => one.label === label)}`;

const identities = new Map(
  EXCHANGERS.map((one) => {
    const name = exchangerName(one);
    return [one.label, certify({ name, issuer: labRoot, dnsNames: [name], ...one.certificate })];
  }),
);
const identityOf = ({ label }: LabExchanger): Identity => identities.get(label) as Identity;

/** Contents of the TLSA records of a mail server. */
export const tlsaOf = (one: LabExchanger): readonly string[] => one.tlsa?.(identityOf(one)) ?? [];

export const MAIL_ZONES: readonly LabZone[] = [
  {
    name: 'mails',
    records: EXCHANGERS.flatMap((one) => [
      `${one.label} A ${exchangerAddress(one)}`,
      ...tlsaOf(one).map((content) => `_25._tcp.${one.label} TLSA ${content}`),
    ]),
  },
];

/** A service of Postfix, at its own addresses. */
export interface MailService {
  name: string;
  addresses: readonly string[];
  identity: Identity;
  settings: Readonly<Record<string, string>>;
}

/** All mail servers of the lab as Postfix is to have them. */
export const mailServices = (): MailService[] =>
  EXCHANGERS.filter(({ settings }) => settings !== null).map((one) => ({
    name: exchangerName(one),
    addresses: [exchangerAddress(one)],
    identity: identityOf(one),
    settings: one.settings ?? MODERN,
  }));

/** Settings of a mail server as it should be. */
export const goodMail: Readonly<Record<string, string>> = MODERN;

/** Starts one Postfix whose services are each set in their own way. */
export async function startPostfix(folder: string, services: readonly MailService[], daemons: Daemons): Promise<void> {
  const own = join(folder, 'postfix');
  const at = (...parts: string[]) => join(own, ...parts);
  for (const part of ['', 'etc', 'spool', 'data']) mkdirSync(at(part));
  chmodSync(own, 0o755);
  chownSync(at('data'), Number(execFileSync('id', ['-u', 'postfix'], { encoding: 'utf8' })), 0);
  const rows = services.flatMap(({ name, addresses, identity, settings }, number) => {
    const { key, cert } = pem(identity, labRoot);
    writeFileSync(at(`${number}.pem`), key + cert);
    const all = { myhostname: name, smtpd_tls_chain_files: at(`${number}.pem`), ...settings };
    const options = Object.entries(all).map(([parameter, value]) => `  -o { ${parameter} = ${value} }`);
    return addresses.flatMap((address) => [
      `${address.includes(':') ? `[${address}]` : address}:25 inet n - n - - smtpd`,
      ...options,
    ]);
  });
  const master = [
    ...rows,
    'postlog unix-dgram n - n - 1 postlogd',
    'cleanup unix n - n - 0 cleanup',
    'rewrite unix - - n - - trivial-rewrite',
    'anvil unix - - n - 1 anvil',
    'tlsmgr unix - - n 1000? 1 tlsmgr',
  ];
  const main = {
    compatibility_level: '3.6',
    queue_directory: at('spool'),
    data_directory: at('data'),
    maillog_file: at('log'),
    maillog_file_prefixes: folder,
    inet_protocols: 'all',
    alias_maps: '',
    local_recipient_maps: '',
    smtpd_tls_security_level: 'may',
    smtpd_peername_lookup: 'no',
    // Its own limits against whoever connects too often, which some services have back.
    smtpd_client_connection_count_limit: '0',
  };
  writeFileSync(
    at('etc', 'main.cf'),
    `${Object.entries(main)
      .map((pair) => pair.join(' = '))
      .join('\n')}\n`,
  );
  writeFileSync(at('etc', 'master.cf'), `${master.join('\n')}\n`);
  daemons.start('postfix', ['-c', at('etc'), 'start-fg']);
  const [first] = services;
  if (first) await daemons.listening(first.addresses[0] ?? '', 25);
}
