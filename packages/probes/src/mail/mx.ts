import { isPublicAddress } from '@proviso/addresses';
import type { Observation } from '../check.ts';
import { parseAddress } from './address.ts';
import { lookupCheck, saw } from './judgement.ts';
import { ask, canonical, type Dialogue, isQueryable } from './lookup.ts';
import type { MailProfile } from './profile.ts';

/** Exchangers that are looked at, at most; a domain with more is judged by none of the rest. */
const MOST_EXCHANGERS = 20;

/** Where a domain's mail goes. */
export type MailRoute =
  | { kind: 'exchangers'; exchangers: { preference: number; exchange: string }[] }
  /** RFC 7505: it takes no mail. */
  | { kind: 'null-mx'; preference: number }
  /** A null MX beside others, which RFC 7505 section 3 forbids. */
  | { kind: 'mixed'; exchangers: { preference: number; exchange: string }[] }
  /** No MX record; mail goes to the address of the domain (RFC 5321 section 5.1), if it has one. */
  | { kind: 'implicit' }
  | { kind: 'nowhere' }
  | { kind: 'unknown'; reason: string };

/** Finds where a domain's mail goes, best preference first. */
export function* findRoute(domain: string): Dialogue<MailRoute> {
  const answer = yield* ask(domain, 'MX');
  if (answer.status === 'error') return { kind: 'unknown', reason: answer.reason ?? 'error' };
  const records = [...answer.records].sort((a, b) => a.preference - b.preference);
  const real = records.filter((record) => record.exchange !== '.' && record.exchange !== '');
  const [first] = records;
  if (first !== undefined && real.length === 0 && records.length === 1)
    return { kind: 'null-mx', preference: first.preference };
  if (first !== undefined) return { kind: real.length < records.length ? 'mixed' : 'exchangers', exchangers: real };
  for (const type of ['A', 'AAAA'] as const) {
    const own = yield* ask(domain, type);
    if (own.records.length > 0) return { kind: 'implicit' };
    if (own.status === 'error') return { kind: 'unknown', reason: own.reason ?? 'error' };
  }
  return { kind: 'nowhere' };
}

/**
 * `mail.mx`: mail for the domain finds its way, or is refused in the proper form (RFC 5321 section 5.1, RFC 7505). Pass: each exchanger is
 * a name with a public address, or there is a null MX alone. Fail: an exchanger is an address, an alias, without address or private, or a
 * null MX stands beside others. Warn: there is an address but no MX. Not applicable: nothing takes mail there.
 */
export const mxCheck = lookupCheck(
  'mail.mx',
  ['RFC 5321', 'RFC 7505'],
  function* look(subject, _none: null, _profile: MailProfile): Dialogue<Observation[]> {
    const route = yield* findRoute(subject);
    switch (route.kind) {
      case 'unknown':
        return [saw('inconclusive', 'mx.dns', { domain: subject, reason: route.reason })];
      case 'nowhere':
        return [saw('not-applicable', 'mx.none')];
      case 'implicit':
        return [saw('warn', 'mx.implicit')];
      case 'null-mx':
        return [
          route.preference === 0
            ? saw('pass', 'mx.null')
            : saw('warn', 'mx.null-preference', { preference: route.preference }),
        ];
    }
    const observations: Observation[] = route.kind === 'mixed' ? [saw('fail', 'mx.null-beside-others')] : [];
    for (const { exchange } of route.exchangers.slice(0, MOST_EXCHANGERS))
      observations.push(...(yield* judgeExchanger(exchange)));
    if (route.exchangers.length > MOST_EXCHANGERS)
      observations.push(saw('inconclusive', 'mx.many', { limit: MOST_EXCHANGERS }));
    return observations;
  },
);

function* judgeExchanger(exchange: string): Dialogue<Observation[]> {
  const host = canonical(exchange);
  if (parseAddress(host.replace(/^\[|\]$/g, '')) !== null) return [saw('fail', 'mx.address', { host })];
  if (!isQueryable(host)) return [saw('fail', 'mx.impossible-name', { host })];
  const v4 = yield* ask(host, 'A');
  const v6 = yield* ask(host, 'AAAA');
  const observations: Observation[] = [];
  // RFC 2181 section 10.3.
  if (v4.alias !== undefined || v6.alias !== undefined)
    observations.push(saw('fail', 'mx.alias', { host, alias: v4.alias ?? v6.alias }));
  const addresses = [...v4.records, ...v6.records];
  for (const address of addresses.filter((one) => !isPublicAddress(one)))
    observations.push(saw('fail', 'mx.not-public', { host, address }));
  if (v4.status === 'error' || v6.status === 'error')
    observations.push(saw('inconclusive', 'mx.dns', { domain: host, reason: v4.reason ?? v6.reason }));
  else if (addresses.length === 0) observations.push(saw('fail', 'mx.no-address', { host }));
  return observations.length > 0 ? observations : [saw('pass', 'mx.exchanger', { host, addresses: addresses.length })];
}

/**
 * `mail.mx-ipv6`: every exchanger has an IPv6 address (RFC 3596; RFC 8200). Not applicable where the profile does not want it or the domain
 * takes no mail by MX.
 */
export const mxIpv6Check = lookupCheck(
  'mail.mx-ipv6',
  ['RFC 8200', 'RFC 3596'],
  function* look(subject, _none: null, { mx }: MailProfile): Dialogue<Observation[]> {
    const route = yield* findRoute(subject);
    if (route.kind === 'unknown') return [saw('inconclusive', 'mx.dns', { domain: subject, reason: route.reason })];
    if (!mx.wantIpv6 || !('exchangers' in route)) return [saw('not-applicable', 'mx.no-ipv6-wanted')];
    const observations: Observation[] = [];
    for (const { exchange } of route.exchangers.slice(0, MOST_EXCHANGERS)) {
      const host = canonical(exchange);
      const answer = isQueryable(host) ? yield* ask(host, 'AAAA') : null;
      const public6 = answer?.records.find((address) => isPublicAddress(address));
      if (answer?.status === 'error')
        observations.push(saw('inconclusive', 'mx.dns', { domain: host, reason: answer.reason }));
      else if (public6 === undefined) observations.push(saw('fail', 'mx.no-ipv6', { host }));
      else observations.push(saw('pass', 'mx.ipv6', { host, address: public6 }));
    }
    if (route.exchangers.length > MOST_EXCHANGERS)
      observations.push(saw('inconclusive', 'mx.many', { limit: MOST_EXCHANGERS }));
    return observations;
  },
);
