import { isIP } from 'node:net';
import { isPublicAddress } from '@proviso/addresses';
import { drive } from '../dns/ask/drive.ts';
import {
  type Enquiry,
  evidenceOf,
  inspectZone,
  parseName,
  Recording,
  type Source,
  type Transport,
  validateOptions,
} from '../dns/index.ts';
import { canonical, drive as converse, mtaStsCheck, type Resolver } from '../mail/index.ts';
import { gatherResolver, isAnswering, validateNames } from '../resolvers/index.ts';
import { gatherRouting, type Tables } from '../routing/index.ts';
import { gatherNts } from '../time/index.ts';
import {
  type Dial,
  type Endpoint,
  gatherTls,
  type OpenSocket,
  type TlsEvidence,
  type TrustStore,
  tcpDial,
} from '../tls/index.ts';
import { type Dialer, failedAt, findAddresses, gatherSite, get, nodeDialer, type SecureDialer } from '../web/index.ts';
import type { Shared } from './caches.ts';
import { familyOf, type Role, type RunEvidence } from './evidence.ts';
import type { Pace } from './pace.ts';
import type { ProbeProfile } from './profile.ts';
import { validatingResolver } from './resolver.ts';
import {
  isNamed,
  lookupTasks,
  type SpecialService,
  type Survey,
  specialServices,
  survey,
  tlsServices,
} from './survey.ts';

/** How the network is reached. */
export interface Network {
  /** Lets private, loopback and reserved addresses be spoken to. */
  allowPrivate: boolean;
  /** Begins TCP connections; a test may lead them elsewhere. */
  open?: OpenSocket;
  /** Sends a datagram and waits for its answer. */
  datagram: Transport;
  /** Roots that certificates are to lead to. */
  store: TrustStore;
}

export interface GatherRunOptions {
  profile: ProbeProfile;
  families: RunEvidence['families'];
  declared: RunEvidence['declared'];
  vantage: RunEvidence['vantage'];
  /** Who answers questions to the DNS. */
  source: Source;
  network: Network;
  shared: Shared;
  /** VRPs and routes; without them nothing is said of routing. */
  tables: Tables | null;
  /** Milliseconds since 1970. */
  now: () => number;
  signal: AbortSignal;
  /** Milliseconds for one exchange, and between two connections to one endpoint. */
  timeout: number;
  pause: number;
  /** Waits until an address may be connected to again. */
  pace: Pace;
  /** What we call ourselves to web and mail servers. */
  clientName: string;
  userAgent: string;
}

/**
 * Looks at one name by all the families asked for, and keeps what was seen. A name is looked up once and connected to at the address that
 * was found. Never rejects for what the network does. @throws FormatError where the subject is no name.
 */
export async function gatherRun(subject: string, options: GatherRunOptions): Promise<RunEvidence> {
  const { profile, families, declared, vantage, now } = options;
  const started = now();
  const at = Math.floor(started / 1000);
  const recording = new Recording();
  const follow = async <T>(enquiry: Enquiry<T>): Promise<T> =>
    (await drive(enquiry, { source: options.source, now, signal: options.signal }, recording)).result;
  const settings = { ...validateOptions(profile.dns, at), zones: new Map() };
  const resolver = validatingResolver(follow, settings);
  const seen = await survey({ subject, families, declared }, follow, resolver);
  const wants = (family: RunEvidence['families'][number]) => families.includes(family);
  const visitor = new Visitor(seen, resolver, options);
  const named = isIP(seen.name) === 0;
  // First, since what a name is not need not be looked at further.
  const { time, resolvers } = await visitor.special();
  const [site, endpoints, mtaStsPolicy, routing] = await Promise.all([
    wants('web') ? visitor.site() : null,
    visitor.endpoints([...time, ...resolvers]),
    wants('mail') && named ? visitor.mail() : null,
    wants('routing') ? visitor.routing(follow) : [],
    ...seen.dns.map(({ check, subject: about }) => follow(check.enquire(about, settings))),
    wants('resolver') ? follow(validateNames(profile.resolver.names, settings)) : null,
  ]);
  return {
    schema: 'proviso.probe/1',
    subject: seen.name,
    families,
    started: new Date(started).toISOString(),
    ended: new Date(now()).toISOString(),
    vantage,
    declared,
    dns: evidenceOf(at, recording),
    site,
    endpoints,
    mtaStsPolicy,
    routing,
    time,
    resolvers,
  };
}

/** The visits of one run. */
class Visitor {
  private readonly seen: Survey;
  private readonly resolver: Resolver;
  private readonly options: GatherRunOptions;
  private readonly dialer: Dialer & SecureDialer;

  constructor(seen: Survey, resolver: Resolver, options: GatherRunOptions) {
    this.seen = seen;
    this.resolver = resolver;
    this.options = options;
    const { allowPrivate, open, store } = options.network;
    const dialer = nodeDialer({ allowPrivate, roots: pemsOf(store), ...(open ? { open } : {}) });
    this.dialer = {
      connect: async (target, signal) => {
        await options.pace(target.address, signal);
        return await dialer.connect(target, signal);
      },
      secure: async (target, signal) => {
        await options.pace(target.address, signal);
        return await dialer.secure(target, signal);
      },
    };
  }

  async site(): Promise<RunEvidence['site']> {
    const { now, signal, timeout, userAgent, shared } = this.options;
    const { name } = this.seen;
    return shared.visit(await this.addressesOf(name), () =>
      gatherSite(name, {
        resolver: this.resolver,
        dialer: this.dialer,
        now: () => new Date(now()),
        signal,
        timeout,
        userAgent,
      }),
    );
  }

  /** What time servers and resolvers say. Where it was not said that a name is a resolver, ways that give no answer are left out, unless none does. */
  async special(): Promise<Pick<RunEvidence, 'time' | 'resolvers'>> {
    const { profile, declared, network, pace, shared, now, signal, timeout, userAgent } = this.options;
    const { allowPrivate, datagram } = network;
    const services = await this.placed(specialServices(this.options, this.seen.name));
    const of = (...kinds: SpecialService['service'][]) => services.filter(({ service }) => kinds.includes(service));
    const time = of('nts').map(({ host, address, port }) =>
      shared.visit([address], () =>
        gatherNts(
          { host, address, port },
          {
            dialer: this.dialer,
            datagram,
            addressOf: async (other) => (await this.addressesOf(canonical(other)))[0] ?? null,
            permits: (one) => allowPrivate || isPublicAddress(one),
            pace,
            now,
            signal,
            timeout,
          },
        ),
      ),
    );
    const common = { dialer: this.dialer, profile: profile.resolver, now, signal, timeout, userAgent };
    const resolvers = await Promise.all(
      of('dot', 'doh').map((place) =>
        shared.visit([place.address], () =>
          gatherResolver({ ...place, service: place.service === 'dot' ? 'dot' : 'doh' }, common),
        ),
      ),
    );
    const speaking = isNamed(declared, 'resolver') ? [] : resolvers.filter(isAnswering);
    return { time: await Promise.all(time), resolvers: speaking.length > 0 ? speaking : resolvers };
  }

  private async placed<T extends { host: string }>(services: readonly T[]): Promise<(T & { address: string })[]> {
    const found = await Promise.all(
      services.map(async (service) => {
        const host = canonical(service.host);
        return (await this.addressesOf(host)).map((address) => ({ ...service, host, address }));
      }),
    );
    return found.flat();
  }

  /** TLS of the web site, of what was declared, of exchangers, and of what was asked as time servers and resolvers. */
  async endpoints(asked: readonly Pick<Endpoint, 'address' | 'port'>[]): Promise<TlsEvidence[]> {
    const { families, declared } = this.options;
    const { name, exchangers } = this.seen;
    const targets = [
      ...(families.includes('tls') && !declared.onlyServices
        ? [{ host: name, port: 443, service: 'tls' as const }]
        : []),
      ...tlsServices(this.options, name),
      ...exchangers.flatMap((host) =>
        families.includes('mail') ? [{ host, port: 25, service: 'smtp' as const }] : [],
      ),
    ];
    const found = (await this.placed(targets)).map(({ host, address, port, service }) => ({
      host,
      address,
      port,
      service,
    }));
    const wasAsked = ({ address, port }: Endpoint) => asked.some((one) => one.address === address && one.port === port);
    const wasDeclared = ({ port, service }: Endpoint) =>
      declared.services.some((one) => one.port === port && one.service === service);
    const unique = new Map(
      found
        .filter((one) => familyOf(one.service) === undefined || wasDeclared(one) || wasAsked(one))
        .map((one) => [JSON.stringify(one), one]),
    );
    return Promise.all([...unique.values()].map((endpoint) => this.endpoint(endpoint)));
  }

  private endpoint(endpoint: Endpoint): Promise<TlsEvidence> {
    const { profile, network, shared, now, signal, timeout, pause, clientName } = this.options;
    const by = endpoint.service === 'smtp' ? profile.smtp : profile.tls;
    const gather = (): Promise<TlsEvidence> =>
      shared.visit([endpoint.address], () =>
        gatherTls(endpoint, {
          dial: this.dial(endpoint),
          profile: by,
          store: network.store,
          now: () => new Date(now()),
          limits: { milliseconds: timeout, bytes: 256 * 1024 },
          clientName,
          signal,
          ...(pause > 0 ? { pause: () => new Promise((done) => setTimeout(done, pause)) } : {}),
        }),
      );
    // An exchanger serves many domains; a web site one.
    return endpoint.service === 'smtp' ? shared.endpoint(JSON.stringify([endpoint, by.id]), gather) : gather();
  }

  private dial({ address, port }: Endpoint): Dial {
    const { allowPrivate, open } = this.options.network;
    try {
      const dial = tcpDial({ address, port, allowPrivate, ...(open ? { open } : {}) });
      return async (signal) => {
        await this.options.pace(address, signal);
        return await dial(signal);
      };
    } catch (refused) {
      return () => Promise.reject(refused);
    }
  }

  /** Asks what the checks of mail ask; gives the policy of MTA-STS where there is one to fetch. */
  async mail(): Promise<RunEvidence['mtaStsPolicy']> {
    const { profile, declared, signal, timeout, userAgent } = this.options;
    const { name } = this.seen;
    const fetchOnce = async (url: string) => {
      const found = (await converse(findAddresses(new URL(url).hostname), this.resolver)).result;
      const address = found.ipv4 ?? found.ipv6;
      if (address === null) return failedAt(url, null, found.failure, '');
      return get(url, { dialer: this.dialer, address, signal, timeout, userAgent });
    };
    const [{ policy }] = await Promise.all([
      mtaStsCheck.gather(name, [], this.resolver, fetchOnce),
      ...lookupTasks(declared).map(({ check, declared: told }) =>
        check.gather(name, told, profile.mail, this.resolver),
      ),
    ]);
    return policy;
  }

  async routing(follow: <T>(enquiry: Enquiry<T>) => Promise<T>): Promise<RunEvidence['routing']> {
    const { tables, now } = this.options;
    if (tables === null) return [];
    const { name, zone, exchangers } = this.seen;
    const servers = zone === null ? [] : (await follow(inspectZone(parseName(zone)))).hosts;
    const rows: Record<Role, { address: string; of: string }[]> = {
      web: await this.allAddresses([name]),
      mail: await this.allAddresses(exchangers),
      'name-servers': servers.flatMap(({ name: of, addresses }) => addresses.map((address) => ({ address, of }))),
    };
    return (Object.entries(rows) as [Role, { address: string; of: string }[]][])
      .filter(([, addresses]) => addresses.length > 0)
      .map(([role, addresses]) => ({ role, evidence: gatherRouting(addresses, tables, new Date(now())) }));
  }

  /** One address of each family. */
  private async addressesOf(host: string): Promise<string[]> {
    const { ipv4, ipv6 } = (await converse(findAddresses(host), this.resolver)).result;
    return [ipv4, ipv6].filter((address) => address !== null);
  }

  private async allAddresses(hosts: readonly string[]): Promise<{ address: string; of: string }[]> {
    const found = await Promise.all(
      hosts.flatMap((of) =>
        (['A', 'AAAA'] as const).map(async (type) => {
          if (isIP(of) !== 0) return type === 'A' ? [{ address: of, of }] : [];
          const { records } = await this.resolver.lookup({ name: of, type });
          return (records as string[]).map((address) => ({ address, of }));
        }),
      ),
    );
    return found.flat();
  }
}

const pems = new WeakMap<TrustStore, string[]>();

/** The roots of a store as Node wants them. */
function pemsOf(store: TrustStore): string[] {
  const known = pems.get(store);
  if (known) return known;
  const made = store.roots.map(
    (der) =>
      `-----BEGIN CERTIFICATE-----\n${Buffer.from(der)
        .toString('base64')
        .replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  );
  pems.set(store, made);
  return made;
}
