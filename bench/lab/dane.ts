import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { promisify } from 'node:util';
import { createProber, loadProbeProfile } from '@proviso/probes';
import { certify, type Identity, pem } from '../../packages/probes/src/tls/testing/certificates.ts';
import { ADDRESS } from './addresses.ts';
import type { Lab } from './servers.ts';
import type { Tally } from './tally.ts';
import type { LabZone } from './zones.ts';

const run = promisify(execFile);
const WEB = '127.0.80.1';
const PORT = 44380;
const root = certify({ name: 'Lab Root', ca: true });
const leaf = certify({ name: 'dane', issuer: root, dnsNames: ['*.dane.test', '*.dane-unsigned.test'] });
const hash = (bytes: Buffer, kind = 'sha256') => createHash(kind).update(bytes).digest('hex');
const of = ({ certificate, spki }: Identity) => ({ certificate, spki });
const wrong = 'ab'.repeat(32);

/** Hosts by what their TLSA records say; the same endpoint stands behind all. */
const CASES: Record<string, string[]> = {
  'ee-key': [`3 1 1 ${hash(of(leaf).spki)}`],
  'ee-certificate': [`3 0 1 ${hash(of(leaf).certificate)}`],
  'ee-whole': [`3 0 0 ${leaf.certificate.toString('hex')}`],
  'ee-512': [`3 1 2 ${hash(leaf.spki, 'sha512')}`],
  'ee-wrong': [`3 1 1 ${wrong}`],
  'ee-of-root': [`3 1 1 ${hash(root.spki)}`],
  'ta-key': [`2 1 1 ${hash(root.spki)}`],
  'ta-certificate': [`2 0 1 ${hash(root.certificate)}`],
  'ta-wrong': [`2 0 1 ${wrong}`],
  'ta-of-leaf': [`2 1 1 ${hash(leaf.spki)}`],
  'pkix-ee': [`1 1 1 ${hash(leaf.spki)}`],
  'pkix-ta': [`0 0 1 ${hash(root.certificate)}`],
  'pkix-wrong': [`1 1 1 ${wrong}`],
  'one-of-two': [`3 1 1 ${wrong}`, `3 1 1 ${hash(leaf.spki)}`],
  none: [],
};

const records = Object.entries(CASES).flatMap(([label, tlsa]) => [
  `${label} A ${WEB}`,
  ...tlsa.map((one) => `_${PORT}._tcp.${label} TLSA ${one}`),
]);

/** Zones that hold those hosts: signed, not signed, and under another name than the certificate's. */
export const DANE_ZONES: readonly LabZone[] = [
  { name: 'dane', records },
  { name: 'dane-unsigned', algorithm: null, ds: 'none', records },
  { name: 'dane-other', records },
];

/** Where we mean to differ, and why. */
const ANY_NAME = 'DANE-EE looks at no name (RFC 7671 section 5.1); ldns-dane does unless told not to';
const REASONS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['ee-key', 'ee-certificate', 'ee-whole', 'ee-512', 'one-of-two'].map((label) => [`${label} dane-other`, ANY_NAME]),
  ),
  'none dane-other': 'without records ldns-dane judges the name, which another check does here',
};

/** Our verdict on each endpoint, and that of ldns-dane. */
export async function compareDane(lab: Lab, folder: string, tally: Tally): Promise<void> {
  const compare = tally.with('ldns-dane', REASONS);
  const authorities = join(folder, 'authorities.pem');
  writeFileSync(authorities, pem(root).cert);
  const open = new Set<Socket>();
  const server = createServer(pem(leaf, root), (socket) => {
    socket.on('error', () => {});
    // Others wait for the end.
    socket.end();
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('error', () => {});
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((done) => server.listen(PORT, WEB, done));
  const profile = loadProbeProfile('internet-nl');
  for (const zone of DANE_ZONES) {
    for (const label of Object.keys(CASES)) {
      const host = `${label}.${zone.name}.test`;
      const prober = createProber({
        profile: { ...profile, dns: { ...profile.dns, anchors: lab.anchors() } },
        families: ['tls'],
        declared: { services: [{ host, port: PORT, service: 'tls' }] },
        program: 'lab',
        allowPrivate: true,
        ipv6: false,
        store: { name: 'lab', roots: [root.certificate] },
        network: { root: lab.root },
      });
      const { outcome } = await prober.probe(host);
      const result = outcome.results.find(
        ({ check, subject }) => check === 'dane.match' && subject.includes(`:${PORT}`),
      );
      const ours = result?.verdict ?? 'inconclusive';
      const theirs = await judgedByLdns(host, authorities);
      const codes = result?.observations.map(({ code }) => code).join(', ');
      compare(`${label} ${zone.name}`, host, ours, theirs, codes);
    }
  }
  for (const socket of open) socket.destroy();
  await new Promise((done) => server.close(done));
}

async function judgedByLdns(host: string, authorities: string): Promise<string> {
  const args = ['-4', '-r', ADDRESS.unbound, '-f', authorities, '-T', 'verify', host, String(PORT)];
  const code = await run('ldns-dane', args, { timeout: 10_000 }).then(
    () => 0,
    (error: { code?: number }) => error.code ?? -1,
  );
  return code === 0 ? 'pass' : code === 2 ? 'not-applicable' : 'fail';
}
