import { execFile } from 'node:child_process';
import { createServer, type TlsOptions } from 'node:tls';
import { promisify } from 'node:util';
import { tcpDial } from '../../packages/probes/src/tls/dial.ts';
import { factsOf } from '../../packages/probes/src/tls/facts.ts';
import { gatherTls } from '../../packages/probes/src/tls/gather.ts';
import { loadTlsProfile } from '../../packages/probes/src/tls/profile.ts';
import { SUITES } from '../../packages/probes/src/tls/registry.ts';
import { certify, pem } from '../../packages/probes/src/tls/testing/certificates.ts';

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

/** What sslscan lists of versions and suites, and what our prober lists in its full mode. @returns how many endpoints differ */
export async function compareTls(): Promise<number> {
  let differ = 0;
  let suites = 0;
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
    const pairs: [string, string[], string[]][] = [
      ['versions', versions, theirs.versions],
      ['suites', names, theirs.suites],
    ];
    let same = true;
    for (const [kind, ours, others] of pairs) {
      const more = ours.filter((one) => !others.includes(one));
      const less = others.filter((one) => !ours.includes(one));
      if (more.length + less.length === 0) continue;
      same = false;
      console.log(
        `DIFFERS: ${what}: ${kind}: only ours ${more.join(', ') || '-'}; only sslscan's ${less.join(', ') || '-'}`,
      );
    }
    suites += names.length;
    if (!same) differ += 1;
    await new Promise((done) => server.close(done));
  }
  console.log(
    `TLS: ${Object.keys(ENDPOINTS).length} endpoints with ${suites} suites, ${differ} endpoints differ from what sslscan lists.`,
  );
  return differ;
}

async function scanned(port: number): Promise<{ versions: string[]; suites: string[] }> {
  const { stdout } = await run(
    'sslscan',
    [
      '--no-colour',
      '--no-renegotiation',
      '--no-heartbleed',
      '--no-fallback',
      '--no-compression',
      '--no-groups',
      '--no-check-certificate',
      `127.0.0.1:${port}`,
    ],
    { maxBuffer: 1 << 24 },
  );
  const versions = [...stdout.matchAll(/^TLSv(1\.\d)\s+enabled/gm)].map(([, version]) => `TLS ${version}`);
  const listed = [...stdout.matchAll(/^(?:Preferred|Accepted)\s+TLSv1\.\d\s+\d+ bits\s+(\S+)/gm)];
  const names = await standardNames();
  const suites = listed.map(([, name = '']) => names.get(name) ?? name);
  return { versions, suites: [...new Set(suites)] };
}

/** Names of suites in the registry by what OpenSSL calls them. */
async function standardNames(): Promise<Map<string, string>> {
  const { stdout } = await run('openssl', ['ciphers', '-stdname', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0']);
  const lines = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  return new Map(lines.map(([standard = '', , own = '']) => [own, standard]));
}
