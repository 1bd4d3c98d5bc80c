import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Delegation, TrustAnchor } from '../../packages/probes/src/dns/index.ts';
import { ADDRESS } from './addresses.ts';
import { Daemons } from './daemons.ts';
import { FaultyServers } from './faulty-servers.ts';
import type { LabKey, LabServer, LabZone, Status } from './zones.ts';

const run = promisify(execFile);
const DAY = 86_400_000;
const ALGORITHM = 'ECDSAP256SHA256';
const ONE_SERVER: readonly LabServer[] = [{ name: 'ns', addresses: [ADDRESS.leaf] }];

interface MadeKey {
  /** The name of its files, without their endings. */
  file: string;
  idle: boolean;
  ds: boolean;
}

/** A signed root, `test` below it and the zones below that, each level by a NSD of its own, and Unbound before them; all on loopback. */
export class Lab {
  private readonly folder: string;
  private readonly daemons: Daemons;
  private readonly faulty = new FaultyServers();
  /** The root's key as a DS record: `TAG ALGORITHM TYPE DIGEST`. */
  private anchor = '';

  constructor(folder: string) {
    this.folder = folder;
    this.daemons = new Daemons(folder);
    mkdirSync(join(folder, 'zones'), { recursive: true });
  }

  /** The file that tells a resolver where the root is. */
  get hints(): string {
    return join(this.folder, 'hints');
  }

  /** Writes and signs all zones, with further records in the root, and starts the servers. @throws where a tool is missing or fails */
  async start(zones: readonly LabZone[], rootRecords: readonly string[] = []): Promise<void> {
    const cuts = zones.flatMap((zone) => this.leaf(zone));
    const test = this.zone('test', cuts, { servers: [{ name: 'ns', addresses: [ADDRESS.test] }] });
    const root = this.zone(
      '.',
      [`test. NS ns.test.`, `ns.test. A ${ADDRESS.test}`, ...test.ds.map((ds) => `test. DS ${ds}`), ...rootRecords],
      { servers: [{ name: 'ns.root-servers.test.', addresses: [] }] },
    );
    this.anchor = root.ds[0] ?? '';
    const names = zones.map(({ name }) => `${name}.test`);
    this.nsd('root', [ADDRESS.root], ['.']);
    this.nsd('test', [ADDRESS.test], ['test']);
    this.nsd('leaf', [ADDRESS.leaf, ADDRESS.leaf6], names);
    this.nsd('twin', [ADDRESS.twin], names);
    this.unbound();
    await this.faulty.start();
    for (const address of [ADDRESS.root, ADDRESS.test, ADDRESS.leaf, ADDRESS.leaf6, ADDRESS.twin, ADDRESS.unbound])
      await this.daemons.listening(address, 53);
    // It listens before it answers.
    for (let turn = 0; turn < 20 && (await this.oracle('.', 'SOA')) !== 'secure'; turn += 1) await wait(250);
  }

  /** Ends all servers, and waits until they have. */
  async stop(): Promise<void> {
    await Promise.all([this.daemons.stop(), this.faulty.stop()]);
  }

  /** Where names begin. */
  get root(): Delegation {
    return { zone: '.', servers: [{ name: 'ns.root-servers.test', addresses: [ADDRESS.root] }] };
  }

  /** Where trust begins: the key of this root. */
  anchors(): TrustAnchor[] {
    const [keyTag, algorithm, digestType, digest = ''] = this.anchor.split(/\s+/);
    const numbers = { keyTag: Number(keyTag), algorithm: Number(algorithm), digestType: Number(digestType) };
    return [{ zone: '.', ...numbers, digest }];
  }

  /** What Unbound says: `secure` with AD, `bogus` where it fails and answers without checking, else `insecure` or `indeterminate`. */
  async oracle(name: string, type: string): Promise<Status> {
    const answer = await dig(name, type);
    const status = /status: (\w+)/.exec(answer)?.[1];
    if (status === 'SERVFAIL')
      return /status: (NOERROR|NXDOMAIN)/.test(await dig(name, type, '+cd')) ? 'bogus' : 'indeterminate';
    if (status !== 'NOERROR' && status !== 'NXDOMAIN') return 'indeterminate';
    return /flags:[^;]* ad[ ;]/.test(answer) ? 'secure' : 'insecure';
  }

  /** Writes a leaf, and gives what `test` says of it. */
  private leaf(zone: LabZone): string[] {
    const { ds } = this.zone(`${zone.name}.test`, ['www A 192.0.2.1', ...(zone.records ?? [])], zone);
    const parent = zone.parentServers ?? zone.servers ?? ONE_SERVER;
    return [
      ...parent.flatMap(({ name, addresses }) => [
        `${zone.name} NS ${name}.${zone.name}`,
        ...addresses.map((address) => `${name}.${zone.name} ${typeOf(address)} ${address}`),
      ]),
      ...ds.map((one) => `${zone.name} DS ${one}`),
    ];
  }

  private zone(name: string, records: readonly string[], settings: Partial<LabZone>): { ds: string[] } {
    const { algorithm = ALGORITHM, keys = [{ entry: true }], days = [-2, 60], replaced, spoil, twin } = settings;
    const file = this.fileOf(name);
    this.write(file, contents(name, records, settings));
    if (twin) this.write(`${file}.twin`, contents(name, records, { ...settings, ...twin }));
    if (algorithm === null) return { ds: this.ownDs(name, settings.ds, []) };
    const made = keys.map((key) => this.newKey(name, key, algorithm));
    let signed = this.signed(name, made, settings.nsec3, days);
    if (replaced) {
      const { keys: others = keys, days: otherDays = days } = replaced.by;
      const again = others.map((key, at) =>
        key === keys[at] ? (made[at] as MadeKey) : this.newKey(name, key, algorithm),
      );
      const fresh = this.signed(name, again, settings.nsec3, otherDays);
      const taken = (text: string, wanted: boolean) =>
        text.split('\n').filter((line) => replaced.lines.test(line) === wanted);
      signed = [...taken(signed, false), ...taken(fresh, true), ''].join('\n');
    }
    const spoiled = spoil?.(signed) ?? signed;
    if (spoil && spoiled === signed) throw new Error(`Nothing of ${name} was spoiled.`);
    this.write(`${file}.signed`, spoiled);
    return {
      ds: this.ownDs(
        name,
        settings.ds,
        made.filter(({ ds }) => ds),
      ),
    };
  }

  private newKey(zone: string, { entry, bits = 1024, idle = false, ds, ...key }: LabKey, algorithm: string): MadeKey {
    const args = ['-a', key.algorithm ?? algorithm, '-b', String(bits), ...(entry ? ['-k'] : []), zone];
    return { file: this.run('ldns-keygen', args).trim(), idle, ds: ds ?? (entry && !idle) };
  }

  private signed(
    name: string,
    keys: readonly MadeKey[],
    nsec3: LabZone['nsec3'],
    [from, until]: readonly [number, number],
  ): string {
    const file = this.fileOf(name);
    const idle = keys.filter((key) => key.idle).map((key) => readFileSync(this.path(`${key.file}.key`), 'utf8'));
    this.write(`${file}.unsigned`, [readFileSync(this.path(file), 'utf8'), ...idle].join('\n'));
    const hashed = nsec3
      ? [
          ...['-n', '-t', String(nsec3.iterations)],
          ...(nsec3.salt === undefined ? [] : ['-s', nsec3.salt]),
          ...(nsec3.optOut ? ['-p'] : []),
        ]
      : [];
    const signers = keys.filter((key) => !key.idle).map((key) => key.file);
    const args = ['-i', day(from), '-e', day(until), ...hashed, '-o', name, '-f', `${file}.signed`];
    this.run('ldns-signzone', [...args, `${file}.unsigned`, ...signers]);
    return readFileSync(this.path(`${file}.signed`), 'utf8');
  }

  private digest(key: string, kind = '-2'): string {
    return (
      this.run('ldns-key2ds', ['-n', kind, `${key}.key`])
        .split('DS')[1]
        ?.trim() ?? ''
    );
  }

  /** What the parent says of a zone with these keys. */
  private ownDs(zone: string, how: LabZone['ds'], keys: readonly MadeKey[]): string[] {
    const own = keys.map(({ file }) => this.digest(file));
    const stray = () => this.digest(this.newKey(zone, { entry: true }, ALGORITHM).file);
    switch (how) {
      case 'none':
        return [];
      case 'wrong-digest':
        return own.map((one) => one.replace(/[0-9a-f]{4}$/, 'dead'));
      case 'other-key':
        return [stray()];
      case 'sha1':
        return keys.map(({ file }) => this.digest(file, '-1'));
      case 'sha384':
        return keys.map(({ file }) => this.digest(file, '-4'));
      case 'with-stray':
        return [...own, stray()];
      case 'unknown-algorithm':
        return own.map((one) => one.replace(/^(\d+)\s+\d+/, '$1 200'));
      case 'unknown-digest':
        return own.map((one) => one.replace(/^(\d+\s+\d+)\s+\d+/, '$1 200'));
      default:
        return own;
    }
  }

  private run(command: string, args: string[]): string {
    return execFileSync(command, args, {
      cwd: join(this.folder, 'zones'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  private path(file: string): string {
    return join(this.folder, 'zones', file);
  }

  private fileOf(zone: string): string {
    return zone === '.' ? 'root' : zone;
  }

  /** A NSD with these zones; as `twin` with those files of them that are the twin's. */
  private nsd(name: string, addresses: readonly string[], zones: readonly string[]): void {
    const fileFor = (zone: string): string => {
      const file = this.path(this.fileOf(zone));
      const kinds = [...(name === 'twin' ? ['.twin'] : []), '.signed', ''];
      return `${file}${kinds.find((kind) => existsSync(`${file}${kind}`)) ?? ''}`;
    };
    const config = [
      'server:',
      ...addresses.map((address) => `ip-address: ${address}`),
      ...['username: ""', 'database: ""', 'server-count: 1', 'hide-version: yes'],
      ...[
        `pidfile: "${this.folder}/${name}.pid"`,
        `xfrdfile: "${this.folder}/${name}.xfrd"`,
        `zonelistfile: "${this.folder}/${name}.list"`,
        `xfrdir: "${this.folder}"`,
        'rrl-ratelimit: 0',
      ],
      'remote-control:',
      'control-enable: no',
      ...zones.flatMap((zone) => ['zone:', `name: "${zone}"`, `zonefile: "${fileFor(zone)}"`]),
    ];
    this.daemons.start('nsd', ['-d', '-c', this.config(`${name}.conf`, config)]);
  }

  private unbound(): void {
    this.config('root.key', [`. IN DS ${this.anchor}`]);
    this.config('hints', ['. NS ns.root-servers.test.', `ns.root-servers.test. A ${ADDRESS.root}`]);
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
        ...['test.', '127.in-addr.arpa.', `1.${'0.'.repeat(31)}ip6.arpa.`].map(
          (zone) => `local-zone: "${zone}" nodefault`,
        ),
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
    this.daemons.start('unbound', ['-d', '-c', this.config('unbound.conf', config)]);
  }

  private write(file: string, text: string): void {
    writeFileSync(this.path(file), text);
  }

  private config(name: string, lines: string[]): string {
    const file = join(this.folder, name);
    writeFileSync(file, `${lines.join('\n')}\n`);
    return file;
  }
}

const typeOf = (address: string): string => (address.includes(':') ? 'AAAA' : 'A');

/** A zone's file before it is signed. */
function contents(name: string, records: readonly string[], { soa, servers = ONE_SERVER }: Partial<LabZone>): string {
  return [
    `$ORIGIN ${name === '.' ? '.' : `${name}.`}`,
    '$TTL 3600',
    `@ SOA ${soa ?? 'ns hostmaster 1 7200 3600 1209600 300'}`,
    ...servers.flatMap((server) => [
      `@ NS ${server.name}`,
      ...server.addresses.map((address) => `${server.name} ${typeOf(address)} ${address}`),
    ]),
    ...records,
    '',
  ].join('\n');
}

/** What dig shows of Unbound's answer; nothing where there is none in time. */
async function dig(name: string, type: string, ...flags: string[]): Promise<string> {
  const args = [`@${ADDRESS.unbound}`, name, type, '+dnssec', '+tries=1', '+time=20', ...flags];
  return run('dig', args).then(
    ({ stdout }) => stdout,
    () => '',
  );
}

function day(fromToday: number): string {
  return new Date(Date.now() + fromToday * DAY).toISOString().slice(0, 10).replaceAll('-', '');
}
