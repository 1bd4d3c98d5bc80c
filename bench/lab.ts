/**
 * `npm run test:lab`: do our verdicts agree with those of well-known programs, and with how real servers were set? Needs root and what
 * `TOOLS` names, of Debian. Runs in a network of its own that holds nothing but loopback. Prints every disagreement and the score (`--json`:
 * the score as JSON); exits with 1 when there is a disagreement without a reason, and with 2 where something is missing.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pem } from '../packages/probes/src/tls/testing/certificates.ts';
import { compareCommand, REVERSE_NAMES, WHOLE_ZONES, wholeHosts, wholeMail } from './lab/command.ts';
import { Daemons } from './lab/daemons.ts';
import { compareDane, DANE_ZONES } from './lab/dane.ts';
import { compareDnssec } from './lab/dnssec.ts';
import { MAIL_ZONES, mailServices, startPostfix } from './lab/exchangers.ts';
import { compareMail } from './lab/mail.ts';
import { Lab } from './lab/servers.ts';
import { labRoot, SITE_ZONES, siteHosts, startNginx } from './lab/sites.ts';
import { Tally } from './lab/tally.ts';
import { compareTls } from './lab/tls.ts';
import { compareWeb } from './lab/web.ts';
import { compareZonemaster } from './lab/zonemaster.ts';
import { LAB_ZONES } from './lab/zones.ts';

/** What the lab runs, and the packages that hold it. */
const TOOLS: Readonly<Record<string, string>> = {
  nsd: 'nsd',
  unbound: 'unbound',
  'ldns-signzone': 'ldnsutils',
  'ldns-dane': 'ldnsutils',
  dig: 'dnsutils',
  sslscan: 'sslscan',
  'zonemaster-cli': 'zonemaster-cli',
  ip: 'iproute2',
};
/** Set in the process that runs in the network of its own. */
const INSIDE = 'PROVISO_LAB_INSIDE';

const missing = Object.keys(TOOLS).filter((tool) => spawnSync('which', [tool]).status !== 0);
if (missing.length > 0) {
  const packages = [...new Set(Object.values(TOOLS))].join(' ');
  console.error(`${missing.join(', ')} missing: apt-get install -y --no-install-recommends ${packages}`);
  process.exit(2);
}
if (process.getuid?.() !== 0) {
  console.error('The lab needs root: it opens ports below 1024, and a network of its own.');
  process.exit(2);
}
if (process.env[INSIDE] === undefined) {
  const script = 'ip link set lo up && exec "$@"';
  const { status } = spawnSync(
    'unshare',
    ['--net', 'sh', '-c', script, 'lab', process.execPath, ...process.argv.slice(1)],
    {
      stdio: 'inherit',
      env: { ...process.env, [INSIDE]: '1' },
    },
  );
  process.exit(status ?? 1);
}

const asJson = process.argv.includes('--json');
const tally = new Tally((line) => (asJson ? process.stderr : process.stdout).write(`${line}\n`));
const folder = mkdtempSync(join(tmpdir(), 'proviso-lab-'));
// Servers give up root, and must still read what is theirs.
chmodSync(folder, 0o755);
const lab = new Lab(folder);
const daemons = new Daemons(folder);
const ALL = [...LAB_ZONES, ...DANE_ZONES, ...SITE_ZONES, ...MAIL_ZONES, ...WHOLE_ZONES];
const authorities = join(folder, 'lab-root.pem');
writeFileSync(authorities, pem(labRoot).cert);
const began = performance.now();
try {
  await lab.start(ALL, REVERSE_NAMES);
  await startNginx(folder, [...wholeHosts(), ...siteHosts()], daemons);
  if (!process.env.LAB_ONLY || process.env.LAB_ONLY === 'web') await compareWeb(lab, folder, authorities, tally);
  await startPostfix(folder, [...mailServices(), ...wholeMail()], daemons);
  if (!process.env.LAB_ONLY || process.env.LAB_ONLY === 'command')
    await compareCommand(lab, folder, authorities, tally);
  if (!process.env.LAB_ONLY || process.env.LAB_ONLY === 'mail') await compareMail(lab, folder, authorities, tally);
  if (!process.env.LAB_ONLY || process.env.LAB_ONLY === 'dnssec') await compareDnssec(lab, LAB_ZONES, tally);
  if (!process.env.LAB_ONLY || process.env.LAB_ONLY === 'zm') await compareZonemaster(lab, folder, LAB_ZONES, tally);
  if (!process.env.LAB_ONLY) await compareTls(tally);
  if (!process.env.LAB_ONLY) await compareDane(lab, folder, tally);
} finally {
  await Promise.all([lab.stop(), daemons.stop()]);
  rmSync(folder, { recursive: true, force: true });
}
const seconds = Math.round((performance.now() - began) / 1000);
if (asJson) console.log(JSON.stringify({ ...tally.toJson(), zones: ALL.length, seconds }, null, 2));
else {
  for (const key of tally.leftover()) console.log(`No case needs the reason ${key}`);
  console.log(`\n${ALL.length} zones, ${seconds} s\n${tally.table()}`);
}
process.exitCode = tally.good ? 0 : 1;
