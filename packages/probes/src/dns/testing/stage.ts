import type { z } from 'zod';
import type { CheckResult } from '../../check.ts';
import { type DnsCheck, dnsEvidence, gather } from '../checks/evidence.ts';
import { type DnsProfile, dnsProfile } from '../checks/profile.ts';
import { Iteration } from '../resolve/iterate.ts';
import { DnsClient } from '../transport/client.ts';
import type { DnsRecord } from '../wire/record.ts';
import { type Host, memoryNetwork } from './network.ts';
import { record } from './records.ts';
import { anchorOf, delegate } from './world.ts';
import { makeZone, NOW, type Zone, type ZoneSettings } from './zone.ts';

/** Addresses of the two name servers of `good.test`. */
export const NS1 = '10.0.0.3';
export const NS2 = '10.0.0.4';
export const NS1_IPV6 = 'fd00::3';

const ADDRESSES = [
  record('ns1.good.test', 'A', NS1),
  record('ns1.good.test', 'AAAA', NS1_IPV6),
  record('ns2.good.test', 'A', NS2),
];

/** The zone `good.test` as it should be, but for what is said otherwise; `records` come on top. */
export function goodZone(settings: ZoneSettings = {}): Zone {
  return makeZone('good.test', {
    servers: ['ns1.good.test', 'ns2.good.test'],
    ...settings,
    records: [
      ...ADDRESSES.filter((one) => !settings.records?.some((own) => own.name === one.name)),
      ...(settings.records ?? []),
    ],
  });
}

export interface StageSettings {
  zone?: Zone;
  /** Another zone at the second server. */
  second?: Zone;
  /** The parent's records for the zone, instead of the right ones. */
  cut?: DnsRecord[];
  /** What single hosts do otherwise, by address. */
  hosts?: Record<string, Partial<Host>>;
  profile?: z.input<typeof dnsProfile>;
  others?: Zone[];
}

/**
 * Gathers and judges one check on a small Internet: root, `test.` and `good.test.` at two servers. The evidence goes
 * through JSON.
 */
export async function judged(check: DnsCheck, subject: string, settings: StageSettings = {}): Promise<CheckResult> {
  const zone = settings.zone ?? goodZone();
  const second = settings.second ?? zone;
  const others = settings.others ?? [];
  const cut = settings.cut ?? [
    ...delegate(zone, zone.keys.length > 0).filter(({ name }) => name === zone.name),
    ...[...zone.sets].flatMap(([name, sets]) =>
      /^ns\d\./.test(name)
        ? sets
            .filter(({ type }) => type === 1 || type === 28)
            .flatMap((set) => set.data.map((rdata) => ({ name, type: set.type, class: 1, ttl: 300, rdata })))
        : [],
    ),
  ];
  const test = makeZone('test', {
    records: [
      record('ns1.test', 'A', '10.0.0.2'),
      ...cut,
      ...others.flatMap((one) => delegate(one, one.keys.length > 0, NS1)),
    ],
  });
  const root = makeZone('.', { records: delegate(test, true, '10.0.0.2') });
  const hosts: Record<string, Host> = {
    '10.0.0.1': { zones: [root] },
    '10.0.0.2': { zones: [test] },
    [NS1]: { zones: [zone, ...others] },
    [NS1_IPV6]: { zones: [zone, ...others] },
    [NS2]: { zones: [second, ...others] },
  };
  for (const [address, change] of Object.entries(settings.hosts ?? {}))
    hosts[address] = { ...hosts[address], ...change };
  const now = (): number => NOW * 1000;
  const { transport } = memoryNetwork(hosts);
  const client = new DnsClient({ transport, permits: () => true, attempts: 1, sleep: async () => undefined, now });
  const { source } = new Iteration({
    client,
    from: { zone: '.', servers: [{ name: 'a.root', addresses: ['10.0.0.1'] }] },
    now,
  });
  const profile: DnsProfile = dnsProfile.parse({ anchors: [anchorOf(root)], ...settings.profile });
  const evidence = await gather([check], subject, profile, { source, now });
  return check.judge(dnsEvidence.parse(JSON.parse(JSON.stringify(evidence))), profile, subject);
}
