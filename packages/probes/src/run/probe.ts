import { networkInterfaces } from 'node:os';
import { isPublicAddress } from '@proviso/addresses';
import { worstOf } from '../check.ts';
import { within } from '../deadline.ts';
import {
  type Delegation,
  DnsClient,
  forwardingSource,
  Iteration,
  type Server,
  type Source,
  sockets,
  type Transport,
} from '../dns/index.ts';
import type { Tables } from '../routing/index.ts';
import { bundledStore, type OpenSocket, type TrustStore } from '../tls/index.ts';
import { rememberingSource, Shared } from './caches.ts';
import { type Declared, declared, FAMILIES, familiesFor, type ProbeFamily, type RunEvidence } from './evidence.ts';
import { type GatherRunOptions, gatherRun } from './gather.ts';
import { judgeRun } from './judge.ts';
import type { ProbeOutcome } from './outcome.ts';
import { paced } from './pace.ts';
import { type ProbeProfile, profileHash } from './profile.ts';

export interface ProberOptions {
  profile: ProbeProfile;
  /** The usual ones, and those of services that were declared, unless said. */
  families?: readonly ProbeFamily[];
  /** `root` asks the servers themselves from the root down; else these resolvers, whose answers are validated here all the same. */
  resolver?: 'root' | readonly Server[];
  /** Lets private, loopback and reserved addresses be spoken to. Resolvers that are named may always be. */
  allowPrivate?: boolean;
  /** What the owner of the names says of them. */
  declared?: Partial<Declared>;
  /** Program and version, for the record, and what the place is called from which is looked. */
  program: string;
  place?: string;
  tables?: Tables;
  /** Whether IPv6 leads anywhere from here; found out unless said. */
  ipv6?: boolean;
  /** Milliseconds: for one exchange, for a whole name, and between two connections to one endpoint. */
  timeout?: number;
  most?: number;
  pause?: number;
  /** Connections that are begun in a minute with one address, at most. Exchanges and names are given the time that this takes. */
  perMinute?: number;
  clientName?: string;
  userAgent?: string;
  store?: TrustStore;
  /** The clock, in milliseconds since 1970. */
  now?: () => number;
  /** The network, where a test has one of its own: DNS messages, TCP connections, other datagrams, and where names begin. */
  network?: { transport?: Transport; open?: OpenSocket; datagram?: Transport; root?: Delegation };
}

/** Probes names one by one or many at a time; what names have in common is asked once. */
export interface Prober {
  /**
   * Looks at one name and judges it. Never rejects for what the network does.
   * @throws FormatError where it is no name
   */
  probe(subject: string, signal?: AbortSignal): Promise<{ outcome: ProbeOutcome; evidence: RunEvidence }>;
}

const TIMEOUT = 10_000;
const MOST = 120_000;
/** Connections that a name's addresses may see one after the other, for the time that they are given. */
const CONNECTIONS = 80;

/** A prober with caches of its own. */
export function createProber(options: ProberOptions): Prober {
  const { profile, resolver = 'root', allowPrivate = false, network = {}, now = Date.now } = options;
  const told = declared.parse(options.declared ?? {});
  const families = options.families
    ? FAMILIES.filter((one) => options.families?.includes(one))
    : familiesFor(told.services);
  const ipv6 = options.ipv6 ?? hasIpv6();
  const named = resolver === 'root' ? [] : resolver.map(({ address }) => address);
  const client = new DnsClient({
    permits: (address) => allowPrivate || named.includes(address) || isPublicAddress(address),
    now,
    ...(network.transport ? { transport: network.transport } : {}),
  });
  const source: Source =
    resolver === 'root'
      ? new Iteration({ client, ipv6, now, ...(network.root ? { from: network.root } : {}) }).source
      : forwardingSource(client, resolver, now);
  const gap = options.perMinute === undefined ? 0 : 60_000 / options.perMinute;
  const common: Omit<GatherRunOptions, 'signal'> = {
    profile,
    families,
    declared: told,
    vantage: {
      name: options.place ?? '',
      program: options.program,
      resolver: resolver === 'root' ? 'root' : resolver.map(({ address, port }) => `${address} ${port}`).join(', '),
      ipv4: true,
      ipv6,
    },
    source: rememberingSource(source, now),
    network: {
      allowPrivate,
      store: options.store ?? bundledStore(),
      ...(network.open ? { open: network.open } : {}),
      datagram: network.datagram ?? sockets,
    },
    shared: new Shared(now),
    tables: options.tables ?? null,
    now,
    timeout: (options.timeout ?? TIMEOUT) + gap,
    pause: options.pause ?? 0,
    pace: paced(gap),
    clientName: options.clientName ?? 'probe.invalid',
    userAgent: options.userAgent ?? 'proviso-probe',
  };
  return {
    async probe(subject, signal) {
      const evidence = await within((options.most ?? MOST) + CONNECTIONS * gap, signal, (bounded) =>
        gatherRun(subject, { ...common, signal: bounded }),
      );
      return { outcome: await outcomeOf(evidence, profile), evidence };
    },
  };
}

/** Judges evidence, live or from a bundle. @throws ZodError where it is malformed. */
export async function outcomeOf(evidence: RunEvidence, profile: ProbeProfile): Promise<ProbeOutcome> {
  const results = await judgeRun(evidence, profile);
  const { subject, started, ended, families, vantage } = evidence;
  return {
    schema: 'proviso.probe-outcome/1',
    subject,
    profile: { id: profile.id, sha256: profileHash(profile) },
    started,
    seconds: (Date.parse(ended) - Date.parse(started)) / 1000,
    families,
    vantage,
    verdict: worstOf(results.map(({ verdict }) => verdict)),
    results,
  };
}

/** Whether this machine has an IPv6 address of the public internet. */
function hasIpv6(): boolean {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .some(({ family, address }) => family === 'IPv6' && isPublicAddress(address));
}
