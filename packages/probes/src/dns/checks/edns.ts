import type { Observation } from '../../check.ts';
import { resultOf } from '../../check.ts';
import { UNKNOWN_OPTION } from '../transport/client.ts';
import { parseName } from '../wire/name.ts';
import { RCODE } from '../wire/types.ts';
import { consult, type DnsCheck } from './evidence.ts';
import { authorityIn, inspectZone, type Seen, type ServerView, type ZoneView } from './inspect.ts';
import { type Code, observe } from './observe.ts';

/**
 * Do the servers speak EDNS (RFC 6891), and do they take what they do not know as they should (RFC 8906 section 8.2)? A
 * server that stays silent on a variant is inconclusive, though often a firewall is to blame.
 */
export const edns: DnsCheck = {
  id: 'dns.edns',
  standards: ['RFC 6891', 'RFC 8906'],
  enquire: (subject) => inspectZone(parseName(subject)),
  judge: (evidence, _profile, subject) =>
    resultOf('dns.edns', subject, spoken(consult(evidence, inspectZone(parseName(subject))))),
};

function spoken(view: ZoneView): Observation[] {
  if (view.servers.length === 0) return [observe('inconclusive', 'ns.unknown', { reason: view.unknown })];
  const found = view.servers.flatMap((server) => spokenBy(server, view.zone));
  if (view.leftOut > 0) found.push(observe('inconclusive', 'ns.left-out', { count: view.leftOut }));
  return found.length > 0 ? found : [observe('pass', 'edns.good')];
}

function spokenBy({ name, address, seen }: ServerView, zone: string): Observation[] {
  const values = { server: name, address };
  const answers = (one: Seen): boolean => 'soa' in authorityIn(one, zone);
  const silent = (one: Seen, dress: string): Observation[] =>
    typeof one === 'string' ? [observe('inconclusive', 'edns.unknown', { ...values, dress, reason: one })] : [];
  if (typeof seen.edns === 'string') return silent(seen.edns, 'EDNS');
  if (!seen.edns.edns) {
    // Only a server that is one for this zone can be said to lack something.
    return answers(seen.plain)
      ? [observe('fail', 'edns.missing', values)]
      : [observe('inconclusive', 'edns.unknown', { ...values, dress: 'EDNS', reason: 'lame' })];
  }
  if (!answers(seen.edns))
    return [observe('inconclusive', 'edns.unknown', { ...values, dress: 'EDNS', reason: 'lame' })];
  const variants: [Seen, Code, (one: Exclude<Seen, string>) => boolean][] = [
    [seen.ednsVersion, 'edns.version', ({ rcode, edns: opt }) => rcode === RCODE.BADVERS && opt?.version === 0],
    [
      seen.ednsOption,
      'edns.option',
      (one) => answers(one) && one.edns?.options.every(({ code }) => code !== UNKNOWN_OPTION) === true,
    ],
    [seen.ednsFlag, 'edns.flag', (one) => answers(one) && one.edns?.otherFlags === 0],
  ];
  return variants.flatMap(([one, code, holds]) =>
    typeof one === 'string' ? silent(one, code.slice(5)) : holds(one) ? [] : [observe('warn', code, values)],
  );
}
