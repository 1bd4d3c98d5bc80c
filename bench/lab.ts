/**
 * `npm run test:lab`: do our verdicts agree with those of well-known programs? Needs Debian's nsd, unbound, ldnsutils, dnsutils and sslscan, and the
 * right to open port 53 on loopback. All traffic stays there. Prints every disagreement; exits with 1 when there is one that is not explained.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
} from '../packages/probes/src/dns/index.ts';
import { compareDane, DANE_ZONES } from './lab/dane.ts';
import { ADDRESS, Lab } from './lab/servers.ts';
import { compareTls } from './lab/tls.ts';
import { LAB_ZONES } from './lab/zones.ts';

/** Where we mean to differ, and why. */
const EXPLAINED: Readonly<Record<string, string>> = {
  'alg-rsasha1': 'RFC 9905: zones signed with SHA-1 alone are insecure; Unbound 1.17 still validates them',
};

for (const tool of ['nsd', 'unbound', 'ldns-signzone', 'ldns-dane', 'dig', 'sslscan']) {
  try {
    execFileSync('which', [tool], { stdio: 'ignore' });
  } catch {
    console.error(
      `${tool} is missing: apt-get install -y --no-install-recommends nsd unbound ldnsutils dnsutils sslscan`,
    );
    process.exit(2);
  }
}
const folder = mkdtempSync(join(tmpdir(), 'proviso-lab-'));
const lab = new Lab(folder);
let wrong = 0;
try {
  await lab.start([...LAB_ZONES, ...DANE_ZONES]);
  wrong = (await compareDnssec()) + (await compareTls()) + (await compareDane(lab, folder));
} finally {
  await lab.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = wrong > 0 ? 1 : 0;

/** Each question to Unbound, and validated here in two ways: down from the root, and through Unbound without its checks. */
async function compareDnssec(): Promise<number> {
  const anchors = lab.anchors();
  const client = new DnsClient({ permits: () => true });
  const ways: Record<string, () => Source> = {
    'from the root': () =>
      new Iteration({
        client,
        from: { zone: '.', servers: [{ name: 'ns.root-servers.test', addresses: [ADDRESS.root] }] },
      }).source,
    'through Unbound': () => forwardingSource(client, [{ address: ADDRESS.unbound, port: 53 }]),
  };
  let asked = 0;
  let differ = 0;
  for (const zone of LAB_ZONES) {
    const questions: [string, string][] = [['www', 'A'], ['nothing', 'A'], ['www', 'TXT'], ...(zone.ask ?? [])];
    for (const [label, type] of questions) {
      const name = `${label === '' ? '' : `${label}.`}${zone.name}.test`;
      const theirs = lab.oracle(name, type);
      for (const [way, source] of Object.entries(ways)) {
        const enquiry = validate(parseName(name), TYPE[type as TypeName], {
          at: Math.floor(Date.now() / 1000),
          anchors,
        });
        const { result } = await drive(enquiry, { source: source(), now: Date.now });
        asked += 1;
        if (result.status === theirs) continue;
        const why = EXPLAINED[zone.name];
        if (why === undefined) differ += 1;
        console.log(
          `${why ? 'explained' : 'DIFFERS'}: ${name} ${type} ${way}: ours ${result.status} (${result.reason?.code ?? '-'}), Unbound's ${theirs}${why ? `. ${why}` : ''}`,
        );
      }
    }
  }
  console.log(
    `DNSSEC: ${LAB_ZONES.length} zones, ${asked} judgements, ${differ} differ from Unbound's without a reason.`,
  );
  return differ;
}
