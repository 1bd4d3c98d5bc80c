import { isIP } from 'node:net';
import {
  algorithms,
  caa,
  consistency,
  type DnsCheck,
  dane,
  delegation,
  denialSettings,
  edns,
  expiry,
  nameServers,
  parseName,
  signed,
} from '../dns/index.ts';
import {
  canonical,
  type DeclaredAddresses,
  type DeclaredSelectors,
  type DeclaredSenders,
  dkimCheck,
  dmarcCheck,
  drive,
  findRoute,
  isQueryable,
  type LookupCheck,
  type MailProfile,
  type MailRoute,
  mxCheck,
  mxIpv6Check,
  parseAddress,
  type Resolver,
  reverseCheck,
  spfCheck,
  spfSendersCheck,
  tlsRptCheck,
} from '../mail/index.ts';
import { type Declared, familyOf, type ProbeFamily, type RunEvidence } from './evidence.ts';
import type { Follow } from './resolver.ts';
import { findZone } from './zone.ts';

/** Exchangers whose TLS is looked at; the first by preference. */
const MOST_EXCHANGERS = 10;

/** What is to be looked at for one name: the same live and over recorded answers. */
export interface Survey {
  name: string;
  /** The zone that the name is in, where one answered. */
  zone: string | null;
  route: MailRoute | null;
  /** Hosts that take its mail. */
  exchangers: string[];
  /** Checks of names, each with what it is about. */
  dns: { check: DnsCheck; subject: string }[];
}

/** Where time servers and resolvers are unless it was said (RFC 8915 section 6, RFC 7858 section 3.1, RFC 8484). */
const USUAL_PORTS = { nts: 4460, dot: 853, doh: 443 } as const;
type Special = keyof typeof USUAL_PORTS;
/** A service that is asked more than its TLS. */
export type SpecialService = Declared['services'][number] & { service: Special };

const isSpecial = (one: Declared['services'][number]): one is SpecialService => one.service in USUAL_PORTS;

/**
 * Time servers and resolvers that are to be asked: those that were named, and where none of a family was, the name itself at the usual ports.
 */
export function specialServices(
  { families, declared }: Pick<RunEvidence, 'families' | 'declared'>,
  name: string,
): SpecialService[] {
  const named = declared.services.filter(isSpecial);
  return (Object.keys(USUAL_PORTS) as Special[]).flatMap((service) => {
    const family = familyOf(service);
    if (family === undefined || !families.includes(family)) return [];
    if (isNamed(declared, family)) return named.filter((one) => one.service === service);
    return [{ host: name, port: USUAL_PORTS[service], service }];
  });
}

/** Whether a service of that family was named. */
export function isNamed({ services }: Declared, family: ProbeFamily): boolean {
  return services.some(({ service }) => familyOf(service) === family);
}

/** What TLS is looked at beside that of the name itself: all that was named, and what special families ask. */
export function tlsServices(
  { families, declared }: Pick<RunEvidence, 'families' | 'declared'>,
  name: string,
): Declared['services'] {
  const special = specialServices({ families, declared }, name);
  return [
    ...(families.includes('tls') ? declared.services.filter((one) => !special.includes(one as SpecialService)) : []),
    ...special,
  ];
}

/** A check of mail that rests on names alone, with what was declared for it. */
export interface LookupTask {
  check: LookupCheck<MailProfile, unknown>;
  declared: unknown;
}

/**
 * Finds out what there is to look at. `follow` and `resolver` may be live or replay a recording.
 * @throws FormatError where the subject is no name.
 */
export async function survey(
  { subject, families, declared }: Pick<RunEvidence, 'subject' | 'families' | 'declared'>,
  follow: Follow,
  resolver: Resolver,
): Promise<Survey> {
  const name = canonical(subject);
  const empty: Survey = { name, zone: null, route: null, exchangers: [], dns: [] };
  if (isIP(name) !== 0) return empty;
  parseName(name);
  const wants = (family: RunEvidence['families'][number]) => families.includes(family);
  const signatures = wants('dns') || wants('dnssec');
  const zone = wants('dns') || wants('routing') ? await follow(findZone(parseName(name))) : null;
  const route = wants('mail') || wants('routing') ? (await drive(findRoute(name), resolver)).result : null;
  const exchangers = route === null ? [] : hostsOf(route, name);
  const about = (checks: readonly DnsCheck[], of: string) => checks.map((check) => ({ check, subject: of }));
  const dns = [
    ...(signatures ? about([signed, algorithms, denialSettings, delegation, expiry, caa], name) : []),
    ...(wants('dns') && zone !== null ? about([nameServers, consistency, edns], zone) : []),
    ...(wants('tls') && !declared.onlyServices ? about([dane], `${name}:443`) : []),
    ...tlsServices({ families, declared }, name).flatMap(({ host, port }) =>
      about([dane], `${canonical(host)}:${port}`),
    ),
    ...(wants('mail')
      ? exchangers.flatMap((host) => [
          ...about(host === name && signatures ? [] : [signed, caa], host),
          ...about([dane], `${host}:25`),
        ])
      : []),
  ];
  return { name, zone, route, exchangers, dns };
}

function hostsOf(route: MailRoute, name: string): string[] {
  if (route.kind === 'implicit') return [name];
  if (!('exchangers' in route)) return [];
  const hosts = route.exchangers.map(({ exchange }) => canonical(exchange));
  const usable = hosts.filter((host) => isQueryable(host) && parseAddress(host) === null);
  return [...new Set(usable)].slice(0, MOST_EXCHANGERS);
}

/** The checks of mail that rest on names alone. */
export function lookupTasks({ selectors, senders }: Declared): LookupTask[] {
  const task = <T>(check: LookupCheck<MailProfile, T>, declared: T): LookupTask => ({
    check: check as LookupCheck<MailProfile, unknown>,
    declared,
  });
  return [
    task(mxCheck, null),
    task(mxIpv6Check, null),
    task(spfCheck, null),
    task<DeclaredSenders>(spfSendersCheck, { addresses: senders }),
    task<DeclaredSelectors>(dkimCheck, { selectors }),
    task(dmarcCheck, null),
    task(tlsRptCheck, null),
    task<DeclaredAddresses>(reverseCheck, { addresses: senders }),
  ];
}
