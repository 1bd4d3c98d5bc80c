import {
  DnsClient,
  drive,
  forwardingSource,
  Iteration,
  parseName,
  type Source,
  TYPE,
  type TypeName,
  validate,
} from '../../packages/probes/src/dns/index.ts';
import { ADDRESS } from './addresses.ts';
import { inParallel } from './parallel.ts';
import type { Lab } from './servers.ts';
import type { Tally } from './tally.ts';
import type { LabZone, Status } from './zones.ts';

/** Where we mean to differ from Unbound, by zone, and why. */
const REASONS: Readonly<Record<string, string>> = {
  'alg-rsasha1': 'RFC 9905: zones signed with SHA-1 alone are insecure; Unbound 1.17 still validates them',
  'alg-rsasha1-nsec3': 'RFC 9905, as for alg-rsasha1',
};

const WORST: readonly Status[] = ['bogus', 'indeterminate', 'insecure', 'secure'];
const USUAL: readonly (readonly [string, string])[] = [
  ['www', 'A'],
  ['nothing', 'A'],
  ['www', 'TXT'],
];

/** Each question to Unbound, and validated here in two ways: down from the root, and through Unbound without its checks. */
export async function compareDnssec(lab: Lab, zones: readonly LabZone[], tally: Tally): Promise<void> {
  const anchors = lab.anchors();
  const compare = tally.with('unbound', REASONS);
  const client = new DnsClient({ permits: () => true });
  const ways: Record<string, () => Source> = {
    'from the root': () => new Iteration({ client, from: lab.root }).source,
    'through Unbound': () => forwardingSource(client, [{ address: ADDRESS.unbound, port: 53 }]),
  };
  // Those whose servers are silent take longest, and are last in the list.
  await inParallel(zones.toReversed(), 8, async (zone) => {
    const { means = 'secure' } = zone;
    const said: Status[] = [];
    for (const [label, type] of [...(zone.only ?? USUAL), ...(zone.ask ?? [])]) {
      const name = `${label === '' ? '' : `${label}.`}${zone.name}.test`;
      let theirs = await lab.oracle(name, type);
      // It gives up at times while it learns that a server is dead.
      if (theirs === 'indeterminate' && means !== theirs) theirs = await lab.oracle(name, type);
      said.push(theirs);
      for (const [way, source] of Object.entries(ways)) {
        const enquiry = validate(parseName(name), TYPE[type as TypeName], {
          at: Math.floor(Date.now() / 1000),
          anchors,
        });
        const { result } = await drive(enquiry, { source: source(), now: Date.now });
        compare(zone.name, `${name} ${type} ${way}`, result.status, theirs, result.reason?.code);
      }
    }
    const worst = WORST.find((one) => said.includes(one));
    if (worst !== means) tally.fault(`${zone.name} is to be ${means}, and Unbound finds it ${worst}`);
  });
}
