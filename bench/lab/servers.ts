import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { TrustAnchor } from '../../packages/probes/src/dns/index.ts';
import type { LabZone } from './zones.ts';

export const ADDRESS = { root: '127.0.53.1', test: '127.0.53.2', leaf: '127.0.53.3', unbound: '127.0.53.53' } as const;
const DAY = 86_400_000;

/** A signed root, `test` below it and the zones below that, each level by a NSD of its own, and Unbound before them; all on loopback. */
export class Lab {
  private readonly folder: string;
  private readonly running: ChildProcess[] = [];
  /** The root's key as a DS record: `TAG ALGORITHM TYPE DIGEST`. */
  private anchor = '';

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(join(folder, 'zones'), { recursive: true });
  }

  /** Writes and signs all zones, and starts the servers. @throws where a tool is missing or fails */
  async start(zones: readonly LabZone[]): Promise<void> {
    const cuts = zones.flatMap((zone) => this.leaf(zone));
    const test = this.zone('test', [`@ NS ns`, `ns A ${ADDRESS.test}`, ...cuts], {});
    const root = this.zone(
      '.',
      [
        `@ NS ns.root-servers.test.`,
        `test. NS ns.test.`,
        `ns.test. A ${ADDRESS.test}`,
        ...test.ds.map((ds) => `test. DS ${ds}`),
      ],
      {},
    );
    this.anchor = root.ds[0] ?? '';
    this.nsd('root', ADDRESS.root, ['.']);
    this.nsd('test', ADDRESS.test, ['test']);
    this.nsd(
      'leaf',
      ADDRESS.leaf,
      zones.map(({ name }) => `${name}.test`),
    );
    this.unbound();
    await wait(1500);
    this.oracle('.', 'SOA');
    const dead = this.running.find(({ exitCode }) => exitCode !== null);
    if (dead) throw new Error(`${dead.spawnfile} ended at once with ${dead.exitCode}.`);
  }

  /** Ends all servers, and waits until they have. */
  async stop(): Promise<void> {
    for (const child of this.running) child.kill();
    await Promise.all(this.running.map((child) => child.exitCode ?? once(child, 'exit')));
  }

  /** Where trust begins: the key of this root. */
  anchors(): TrustAnchor[] {
    const [keyTag, algorithm, digestType, digest = ''] = this.anchor.split(/\s+/);
    const numbers = { keyTag: Number(keyTag), algorithm: Number(algorithm), digestType: Number(digestType) };
    return [{ zone: '.', ...numbers, digest }];
  }

  /** What Unbound says: `secure` with AD, `bogus` where it fails and answers without checking, else `insecure` or `indeterminate`. */
  oracle(name: string, type: string): string {
    const ask = (...flags: string[]) =>
      execFileSync('dig', [`@${ADDRESS.unbound}`, name, type, '+dnssec', '+tries=1', '+time=5', ...flags], {
        encoding: 'utf8',
      });
    const answer = ask();
    const status = /status: (\w+)/.exec(answer)?.[1];
    if (status === 'SERVFAIL') return /status: (NOERROR|NXDOMAIN)/.test(ask('+cd')) ? 'bogus' : 'indeterminate';
    if (status !== 'NOERROR' && status !== 'NXDOMAIN') return 'indeterminate';
    return /flags:[^;]* ad[ ;]/.test(answer) ? 'secure' : 'insecure';
  }

  /** Writes a leaf, and gives what `test` says of it. */
  private leaf(zone: LabZone): string[] {
    const records = ['@ NS ns', `ns A ${ADDRESS.leaf}`, 'www A 192.0.2.1', ...(zone.records ?? [])];
    const { ds } = this.zone(`${zone.name}.test`, records, zone);
    return [
      `${zone.name} NS ns.${zone.name}`,
      `ns.${zone.name} A ${ADDRESS.leaf}`,
      ...ds.map((one) => `${zone.name} DS ${one}`),
    ];
  }

  private zone(name: string, records: string[], settings: Partial<LabZone>): { ds: string[] } {
    const { algorithm = 'ECDSAP256SHA256', nsec3, days = [-2, 60], ds = 'good', twoKeys = false, spoil } = settings;
    const file = join(this.folder, 'zones', name === '.' ? 'root' : name);
    const origin = name === '.' ? '.' : `${name}.`;
    writeFileSync(
      file,
      [`$ORIGIN ${origin}`, '$TTL 3600', '@ SOA ns hostmaster 1 7200 3600 1209600 300', ...records, ''].join('\n'),
    );
    const newKey = (kind = algorithm ?? 'ECDSAP256SHA256') =>
      this.run('ldns-keygen', ['-a', kind, '-b', '1024', '-k', name]).trim();
    const keys = algorithm === null ? [] : [newKey(), ...(twoKeys ? [newKey()] : [])];
    if (keys.length > 0) {
      const hashed = nsec3
        ? ['-n', '-t', String(nsec3.iterations), '-s', nsec3.salt ?? '-', ...(nsec3.optOut ? ['-p'] : [])]
        : [];
      const salted = hashed.flatMap((one, at) =>
        one === '-s' && hashed[at + 1] === '-' ? [] : one === '-' ? [] : [one],
      );
      this.run('ldns-signzone', [
        '-i',
        day(days[0]),
        '-e',
        day(days[1]),
        ...salted,
        '-o',
        name,
        '-f',
        `${file}.signed`,
        file,
        ...keys,
      ]);
    }
    const signed = keys.length > 0 ? `${file}.signed` : file;
    if (spoil) writeFileSync(signed, spoil(readFileSync(signed, 'utf8')));
    const digest = (key: string, kind = '-2') =>
      this.run('ldns-key2ds', ['-n', kind, `${key}.key`])
        .split('DS')[1]
        ?.trim() ?? '';
    const own = keys.map((key) => digest(key));
    switch (ds) {
      case 'none':
        return { ds: [] };
      case 'wrong-digest':
        return { ds: own.map((one) => one.replace(/[0-9a-f]{4}$/, 'dead')) };
      case 'other-key':
        return { ds: [digest(newKey())] };
      case 'sha1':
        return { ds: keys.map((key) => digest(key, '-1')) };
      case 'sha384':
        return { ds: keys.map((key) => digest(key, '-4')) };
      case 'with-stray':
        return { ds: [...own, digest(newKey())] };
      case 'unknown-algorithm':
        return { ds: own.map((one) => one.replace(/^(\d+)\s+\d+/, '$1 200')) };
      case 'unknown-digest':
        return { ds: own.map((one) => one.replace(/^(\d+\s+\d+)\s+\d+/, '$1 200')) };
      default:
        return { ds: own };
    }
  }

  private run(command: string, args: string[]): string {
    return execFileSync(command, args, {
      cwd: join(this.folder, 'zones'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  private nsd(name: string, address: string, zones: string[]): void {
    const fileOf = (zone: string): string => {
      const file = join(this.folder, 'zones', zone === '.' ? 'root' : zone);
      try {
        readFileSync(`${file}.signed`);
        return `${file}.signed`;
      } catch {
        return file;
      }
    };
    const config = [
      'server:',
      ...[`ip-address: ${address}`, 'username: ""', 'database: ""', 'server-count: 1', 'hide-version: yes'],
      ...[
        `pidfile: "${this.folder}/${name}.pid"`,
        `xfrdfile: "${this.folder}/${name}.xfrd"`,
        `zonelistfile: "${this.folder}/${name}.list"`,
        `xfrdir: "${this.folder}"`,
        'rrl-ratelimit: 0',
      ],
      'remote-control:',
      'control-enable: no',
      ...zones.flatMap((zone) => ['zone:', `name: "${zone}"`, `zonefile: "${fileOf(zone)}"`]),
    ];
    this.daemon('nsd', ['-d', '-c', this.write(`${name}.conf`, config)]);
  }

  private unbound(): void {
    this.write('root.key', [`. IN DS ${this.anchor}`]);
    this.write('hints', ['. NS ns.root-servers.test.', `ns.root-servers.test. A ${ADDRESS.root}`]);
    const config = [
      'server:',
      ...[
        `interface: ${ADDRESS.unbound}`,
        'access-control: 127.0.0.0/8 allow',
        'do-not-query-localhost: no',
        'username: ""',
        'chroot: ""',
      ],
      ...[
        `directory: "${this.folder}"`,
        `pidfile: "${this.folder}/unbound.pid"`,
        `trust-anchor-file: "${this.folder}/root.key"`,
        `root-hints: "${this.folder}/hints"`,
      ],
      ...[
        'local-zone: "test." nodefault',
        'module-config: "validator iterator"',
        'do-ip6: no',
        'use-syslog: no',
        'logfile: ""',
        'verbosity: 0',
        'qname-minimisation: no',
        'aggressive-nsec: no',
      ],
      'remote-control:',
      'control-enable: no',
    ];
    this.daemon('unbound', ['-d', '-c', this.write('unbound.conf', config)]);
  }

  private write(name: string, lines: string[]): string {
    const file = join(this.folder, name);
    writeFileSync(file, `${lines.join('\n')}\n`);
    return file;
  }

  private daemon(command: string, args: string[]): void {
    this.running.push(spawn(command, args, { stdio: 'ignore' }));
  }
}

function day(fromToday: number): string {
  return new Date(Date.now() + fromToday * DAY).toISOString().slice(0, 10).replaceAll('-', '');
}
