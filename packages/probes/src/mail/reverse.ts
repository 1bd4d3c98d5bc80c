import type { Observation } from '../check.ts';
import { parseAddress, reverseName, sameAddress } from './address.ts';
import { lookupCheck, saw } from './judgement.ts';
import { ask, canonical, type Dialogue, isQueryable } from './lookup.ts';
import { findRoute } from './mx.ts';
import type { MailProfile } from './profile.ts';

/** Bounds on what one check asks: addresses in all, names per address. */
const MOST_ADDRESSES = 40;
const MOST_NAMES = 10;

/** Addresses that a supplier sends mail from, beside those of its exchangers. */
export interface DeclaredAddresses {
  addresses: string[];
}

/**
 * `mail.reverse`: each address that sends or takes the domain's mail has a name that leads back to it (RFC 1912 section 2.1 advises it; no
 * standard demands it, so the profile says what its absence means). Not applicable where there is no address.
 */
export const reverseCheck = lookupCheck(
  'mail.reverse',
  ['RFC 1912'],
  function* look(subject, { addresses }: DeclaredAddresses, { reverse }: MailProfile): Dialogue<Observation[]> {
    const observations: Observation[] = [];
    const found = new Set(addresses);
    const route = yield* findRoute(subject);
    if (route.kind === 'unknown')
      observations.push(saw('inconclusive', 'reverse.dns', { name: subject, reason: route.reason }));
    for (const { exchange } of 'exchangers' in route ? route.exchangers : []) {
      if (found.size >= MOST_ADDRESSES || !isQueryable(exchange)) continue;
      for (const type of ['A', 'AAAA'] as const) {
        const answer = yield* ask(exchange, type);
        for (const address of answer.records) found.add(address);
        if (answer.status === 'error')
          observations.push(saw('inconclusive', 'reverse.dns', { name: exchange, reason: answer.reason }));
      }
    }
    for (const address of [...found].slice(0, MOST_ADDRESSES))
      observations.push(yield* judgeAddress(address, reverse.missing));
    if (found.size > MOST_ADDRESSES) observations.push(saw('inconclusive', 'reverse.many', { limit: MOST_ADDRESSES }));
    return observations.length > 0 ? observations : [saw('not-applicable', 'reverse.no-address')];
  },
);

/** Looks for one name that leads back. An answer that is missing leaves it open, since it could be that one. */
function* judgeAddress(address: string, missing: 'fail' | 'warn'): Dialogue<Observation> {
  const parsed = parseAddress(address);
  if (parsed === null) return saw('fail', 'reverse.no-such-address', { address });
  const names = yield* ask(reverseName(parsed), 'PTR');
  if (names.status === 'error') return saw('inconclusive', 'reverse.dns', { name: address, reason: names.reason });
  if (names.records.length === 0) return saw(missing, 'reverse.no-name', { address });
  let open = names.records.length > MOST_NAMES;
  for (const name of names.records.slice(0, MOST_NAMES)) {
    if (!isQueryable(name)) continue;
    const back = yield* ask(name, parsed.length === 4 ? 'A' : 'AAAA');
    if (back.records.some((one) => sameAddress(one, address)))
      return saw('pass', 'reverse.confirmed', { address, name: canonical(name) });
    open ||= back.status === 'error';
  }
  const name = canonical(names.records[0] ?? '');
  return open
    ? saw('inconclusive', 'reverse.dns', { name: address })
    : saw(missing, 'reverse.not-confirmed', { address, name });
}
