/**
 * `npm run test:lab`: do our verdicts agree with those of well-known programs, and with how real servers were set? Needs root and what `TOOLS`
 * names, of Debian. Runs in a network of its own that holds nothing but loopback. Prints every disagreement and the score (`--json`: the score
 * as JSON; `--only dnssec,mail`: those parts alone; `--missing`: only the packages that are missing); exits with 1 where one has no reason, and with 2 where something is missing.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
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
  nginx: 'nginx-light',
  postfix: 'postfix',
  openssl: 'openssl',
  curl: 'curl',
  sslscan: 'sslscan',
  testssl: 'testssl.sh',
  'zonemaster-cli': 'zonemaster-cli',
  ip: 'iproute2',
  unshare: 'util-linux',
};
/** A network of its own, and processes of its own: when it ends, however it does, its servers end with it. */
const APART = ['--net', '--pid', '--fork', '--mount-proc'];
/** Set in the process that runs in the network of its own. */
const INSIDE = 'PROVISO_LAB_INSIDE';

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, only: { type: 'string' }, missing: { type: 'boolean' } },
});
const missing = Object.keys(TOOLS).filter((tool) => spawnSync('which', [tool]).status !== 0);
const packages = [...new Set(missing.map((tool) => TOOLS[tool]))].join(' ');
if (options.missing) {
  console.log(packages);
  process.exit(0);
}
if (missing.length > 0) {
  console.error(`${missing.join(', ')} missing: apt-get install -y --no-install-recommends ${packages}`);
  process.exit(2);
}
if (process.getuid?.() !== 0 || spawnSync('unshare', [...APART, 'true']).status !== 0) {
  console.error('The lab needs root, and leave to make a network and processes of its own (unshare).');
  process.exit(2);
}
if (process.env[INSIDE] === undefined) {
  const script = 'ip link set lo up && exec "$@"';
  const inside = [...APART, '--kill-child', 'sh', '-c', script, 'lab', process.execPath];
  const { status } = spawnSync('unshare', [...inside, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, [INSIDE]: '1' },
  });
  process.exit(status ?? 1);
}

// The first of its processes gets no signal that it does not ask for.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const tally = new Tally((line) => (options.json ? process.stderr : process.stdout).write(`${line}\n`));
const folder = mkdtempSync(join(tmpdir(), 'proviso-lab-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
// Servers give up root, and must still read what is theirs.
chmodSync(folder, 0o755);
const lab = new Lab(folder);
const daemons = new Daemons(folder);
const authorities = join(folder, 'lab-root.pem');
writeFileSync(authorities, pem(labRoot).cert);

/** Parts one after the other, in three rows at a time: much of each is waiting for servers that are silent, or for a slow program. */
const ROWS: readonly Readonly<Record<string, () => Promise<void>>>[] = [
  {
    dnssec: () => compareDnssec(lab, LAB_ZONES, tally),
  },
  {
    zonemaster: () => compareZonemaster(lab, folder, LAB_ZONES, tally),
  },
  {
    web: () => compareWeb(lab, folder, authorities, tally),
    mail: () => compareMail(lab, folder, authorities, tally),
    command: () => compareCommand(lab, folder, authorities, tally),
    tls: () => compareTls(tally),
    dane: () => compareDane(lab, folder, tally),
  },
];
const parts = ROWS.flatMap((row) => Object.keys(row));
const wanted = options.only?.split(',') ?? parts;
const strange = wanted.find((part) => !parts.includes(part));
if (strange !== undefined) {
  console.error(`There is no part "${strange}". There are: ${parts.join(', ')}.`);
  process.exit(2);
}

const zones = [...LAB_ZONES, ...DANE_ZONES, ...SITE_ZONES, ...MAIL_ZONES, ...WHOLE_ZONES];
const took: string[] = [];
const began = performance.now();
try {
  await lab.start(zones, REVERSE_NAMES);
  await startNginx(folder, [...wholeHosts(), ...siteHosts()], daemons);
  await startPostfix(folder, [...mailServices(), ...wholeMail()], daemons);
  await Promise.all(
    ROWS.map(async (row) => {
      for (const [part, compare] of Object.entries(row)) {
        if (!wanted.includes(part)) continue;
        const from = performance.now();
        await compare();
        took.push(`${part} ${Math.round((performance.now() - from) / 1000)} s`);
      }
    }),
  );
} finally {
  await Promise.all([lab.stop(), daemons.stop()]);
}
const seconds = Math.round((performance.now() - began) / 1000);
if (options.json) console.log(JSON.stringify({ ...tally.toJson(), zones: zones.length, seconds }, null, 2));
else {
  if (options.only === undefined) for (const key of tally.leftover()) console.log(`No case needs the reason ${key}`);
  console.log(`\n${zones.length} zones, ${seconds} s (${took.join(', ')})\n${tally.table()}`);
}
process.exitCode = tally.good ? 0 : 1;
