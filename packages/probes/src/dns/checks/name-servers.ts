import type { Observation } from '../../check.ts';
import { resultOf } from '../../check.ts';
import { parseName } from '../wire/name.ts';
import { consult, type DnsCheck } from './evidence.ts';
import { authorityAt, inspectZone, type ZoneView } from './inspect.ts';
import { observe, type Values } from './observe.ts';
import type { DnsProfile } from './profile.ts';

/**
 * Enough name servers, each of which answers for the zone over UDP and TCP, at IPv6 too (RFC 2182 section 5, RFC 7766
 * section 5, RFC 3901 section 4). What did not answer is inconclusive; a server that answers for something else fails.
 */
export const nameServers: DnsCheck = {
  id: 'dns.name-servers',
  standards: ['RFC 1034', 'RFC 2181', 'RFC 2182', 'RFC 7766', 'RFC 3901'],
  enquire: (subject) => inspectZone(parseName(subject)),
  judge: (evidence, profile, subject) =>
    resultOf('dns.name-servers', subject, reachable(consult(evidence, inspectZone(parseName(subject))), profile)),
};

function reachable(view: ZoneView, profile: DnsProfile): Observation[] {
  const { least, leastIpv6 } = profile.nameServers;
  if (view.hosts.length === 0)
    return view.own === null
      ? [observe('inconclusive', 'ns.unknown', { reason: view.unknown })]
      : [observe('fail', 'ns.none')];
  const found: Observation[] = [];
  if (view.hosts.length < least) found.push(observe('fail', 'ns.few', { count: view.hosts.length, least }));
  for (const { name, addresses, alias, unknown } of view.hosts) {
    if (alias) found.push(observe('fail', 'ns.alias', { server: name }));
    if (unknown !== null) found.push(observe('inconclusive', 'ns.address-unknown', { server: name, reason: unknown }));
    else if (addresses.length === 0 && !alias) found.push(observe('fail', 'ns.no-address', { server: name }));
  }
  const withIpv6 = view.hosts.filter(({ addresses }) => addresses.some((address) => address.includes(':'))).length;
  // Addresses that could not be looked up may be the missing ones.
  const settled = view.hosts.every(({ unknown }) => unknown === null);
  if (withIpv6 < leastIpv6)
    found.push(observe(settled ? 'fail' : 'inconclusive', 'ns.few-ipv6', { count: withIpv6, least: leastIpv6 }));
  for (const server of view.servers) {
    const { name, address } = server;
    for (const [code, answer] of [
      ['ns.silent-udp', authorityAt(server, 'soaUdp', view.zone)],
      ['ns.silent-tcp', authorityAt(server, 'soaTcp', view.zone)],
    ] as const) {
      const values: Values = { server: name, address };
      if ('lame' in answer) found.push(observe('fail', 'ns.lame', { ...values, reason: answer.lame }));
      if ('failure' in answer) found.push(observe('inconclusive', code, { ...values, reason: answer.failure }));
    }
  }
  if (view.leftOut > 0) found.push(observe('inconclusive', 'ns.left-out', { count: view.leftOut }));
  if (found.length === 0)
    found.push(observe('pass', 'ns.good', { servers: view.hosts.length, addresses: view.servers.length }));
  return found;
}
