import { execFile } from 'node:child_process';
import { createServer, type TlsOptions } from 'node:tls';
import { promisify } from 'node:util';
import { tcpDial } from '../../packages/probes/src/tls/dial.ts';
import { factsOf } from '../../packages/probes/src/tls/facts.ts';
import { gatherTls } from '../../packages/probes/src/tls/gather.ts';
import { loadTlsProfile } from '../../packages/probes/src/tls/profile.ts';
import { SUITES } from '../../packages/probes/src/tls/registry.ts';
import { certify, pem } from '../../packages/probes/src/tls/testing/certificates.ts';

import type { Tally } from './tally.ts';

const run = promisify(execFile);
const root = certify({ name: 'Lab Root', ca: true });
const ec = certify({ name: 'lab.test', issuer: root, dnsNames: ['lab.test'] });
const rsa = certify({ name: 'lab.test', issuer: root, key: 'rsa2048', dnsNames: ['lab.test'] });
const old: TlsOptions = { minVersion: 'TLSv1', ciphers: 'ALL:COMPLEMENTOFALL:@SECLEVEL=0' };

/** Endpoints of OpenSSL, each of another make. */
const ENDPOINTS: Record<string, TlsOptions> = {
  modern: pem(ec, root),
  'TLS 1.2 only': { ...pem(ec, root), maxVersion: 'TLSv1.2' },
  'TLS 1.3 only': { ...pem(ec, root), minVersion: 'TLSv1.3' },
  'RSA, all suites': { ...pem(rsa, root), ...old },
  'ECDSA, all suites': { ...pem(ec, root), ...old },
  'RSA, CBC only': { ...pem(rsa, root), maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA:AES256-SHA256:@SECLEVEL=0' },
  'RSA, DHE': {
    ...pem(rsa, root),
    maxVersion: 'TLSv1.2',
    ciphers: 'DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-SHA',
    dhparam: 'auto',
  },
};

/** What sslscan lists of versions and suites, and what our prober lists in its full mode. */
export async function compareTls(tally: Tally): Promise<void> {
  const compare = tally.with('sslscan');
  for (const [what, options] of Object.entries(ENDPOINTS)) {
    const server = createServer(options, (socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end('HTTP/1.1 400 No\r\n\r\n'));
    });
    server.on('tlsClientError', () => {});
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    const theirs = await scanned(port);
    const evidence = await gatherTls(
      { host: 'lab.test', address: '127.0.0.1', port, service: 'tls' },
      {
        dial: tcpDial({ address: '127.0.0.1', port, allowPrivate: true }),
        profile: loadTlsProfile('ncsc-nl-2025-05'),
        store: { name: 'lab', roots: [root.certificate] },
        now: () => new Date(),
        mode: 'full',
      },
    );
    const facts = factsOf(evidence);
    const versions = (['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'] as const).filter(
      (one) => facts.versions[one] === 'yes',
    );
    const names = [...facts.suites13.accepted, ...facts.suitesOld.accepted].map((one) => SUITES.name(one));
    compare(what, `${what}: versions`, listed(versions), listed(theirs.versions));
    compare(what, `${what}: suites`, listed(names), listed(theirs.suites));
    await new Promise((done) => server.close(done));
  }
}

const listed = (names: readonly string[]): string => [...names].sort().join(' ') || 'none';

/** Versions that sslscan finds an endpoint to speak. */
export async function scannedVersions(endpoint: string, ...more: string[]): Promise<string> {
  return versionsOf(await scan(endpoint, ...more))
    .sort()
    .join(', ');
}

async function scanned(port: number): Promise<{ versions: string[]; suites: string[] }> {
  const text = await scan(`127.0.0.1:${port}`);
  const rows = [...text.matchAll(/^(?:Preferred|Accepted)\s+TLSv1\.\d\s+\d+ bits\s+(\S+)/gm)];
  const names = await standardNames();
  const suites = rows.map(([, name = '']) => names.get(name) ?? name);
  return { versions: versionsOf(text), suites: [...new Set(suites)] };
}

const versionsOf = (text: string): string[] =>
  [...text.matchAll(/^TLSv(1\.\d)\s+enabled/gm)].map(([, version]) => `TLS ${version}`);

async function scan(endpoint: string, ...more: string[]): Promise<string> {
  const quick = ['renegotiation', 'heartbleed', 'fallback', 'compression', 'groups', 'check-certificate'];
  const args = ['--no-colour', ...quick.map((one) => `--no-${one}`), ...more, endpoint];
  return (await run('sslscan', args, { maxBuffer: 1 << 24 })).stdout;
}

/** Names of suites in the registry by what OpenSSL calls them. */
async function standardNames(): Promise<Map<string, string>> {
  const { stdout } = await run('openssl', ['ciphers', '-stdname', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0']);
  const lines = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  return new Map(lines.map(([standard = '', , own = '']) => [own, standard]));
}
