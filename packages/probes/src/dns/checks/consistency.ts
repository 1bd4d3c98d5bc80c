import type { Observation } from '../../check.ts';
import { resultOf } from '../../check.ts';
import { serversIn } from '../resolve/referral.ts';
import { parseName } from '../wire/name.ts';
import type { Soa } from '../wire/rdata.ts';
import { consult, type DnsCheck } from './evidence.ts';
import { authorityAt, inspectZone, type ZoneView } from './inspect.ts';
import { observe } from './observe.ts';

/** The same zone at every server, and the same servers at the parent (RFC 1034 sections 4.2.2 and 4.3.5). */
export const consistency: DnsCheck = {
  id: 'dns.consistency',
  standards: ['RFC 1034', 'RFC 1035'],
  enquire: (subject) => inspectZone(parseName(subject)),
  judge: (evidence, _profile, subject) =>
    resultOf('dns.consistency', subject, compared(consult(evidence, inspectZone(parseName(subject))))),
};

function compared(view: ZoneView): Observation[] {
  const answers = view.servers.flatMap((server) => {
    const answer = authorityAt(server, 'soaUdp', view.zone);
    return 'soa' in answer ? [{ ...server, soa: answer.soa }] : [];
  });
  const [first] = answers;
  if (!first) return [observe('inconclusive', 'consistent.unknown')];
  const found: Observation[] = [];
  const serials = answers.map(({ soa }) => soa.serial);
  const moving = new Set(serials).size > 1;
  // A change takes its time to reach all servers, so while it does differences are no fault yet.
  if (moving)
    found.push(observe('warn', 'consistent.serial', { lowest: Math.min(...serials), highest: Math.max(...serials) }));
  for (const { name, address, soa } of answers)
    if (withoutSerial(soa) !== withoutSerial(first.soa))
      found.push(observe(moving ? 'warn' : 'fail', 'consistent.soa', { server: name, address }));
  const own = serverSet(first.seen.ns, view);
  for (const { name, address, seen } of answers) {
    const names = serverSet(seen.ns, view);
    if (names !== null && own !== null && names !== own)
      found.push(observe(moving ? 'warn' : 'fail', 'consistent.ns', { server: name, address }));
  }
  found.push(...knownToParent(view));
  if (answers.length < view.servers.length || view.leftOut > 0)
    found.push(observe('inconclusive', 'consistent.unknown'));
  if (found.length === 0) found.push(observe('pass', 'consistent.good'));
  return found;
}

const withoutSerial = ({ serial: _, ...rest }: Soa): string => JSON.stringify(rest);

function serverSet(seen: ZoneView['servers'][number]['seen']['ns'], view: ZoneView): string | null {
  if (typeof seen === 'string' || !seen.authoritative) return null;
  return serversIn(seen, view.zone)?.sort().join(' ') ?? null;
}

function knownToParent({ delegated, own, parentUnknown, hosts }: ZoneView): Observation[] {
  if (delegated === null)
    return parentUnknown === null
      ? []
      : [observe('inconclusive', 'consistent.parent-unknown', { reason: parentUnknown })];
  if (own === null) return [observe('inconclusive', 'consistent.unknown')];
  const more = delegated.filter((name) => !own.includes(name));
  const less = own.filter((name) => !delegated.includes(name));
  const glue = hosts.filter(
    (host) =>
      host.glue.length > 0 && host.own.length > 0 && [...host.glue].sort().join() !== [...host.own].sort().join(),
  );
  return [
    ...more.map((server) => observe('warn', 'consistent.parent-more', { server })),
    ...less.map((server) => observe('warn', 'consistent.parent-less', { server })),
    ...glue.map(({ name }) => observe('warn', 'consistent.glue', { server: name })),
  ];
}
