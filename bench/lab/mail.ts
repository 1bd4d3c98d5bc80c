import { createProber, loadProbeProfile, worstOf } from '@proviso/probes';
import { EXCHANGERS, exchangerAddress, exchangerName, type LabExchanger, tlsaOf } from './exchangers.ts';
import { inParallel } from './parallel.ts';
import { said } from './said.ts';
import type { Lab } from './servers.ts';
import { anyStrength, labRoot } from './sites.ts';
import type { Tally } from './tally.ts';
import { compareTestssl, versionsIn } from './testssl.ts';
import { scannedVersions } from './tls.ts';

const FOR_TESTSSL: readonly string[] = ['good', 'old-tls'];
/** Those of which openssl and sslscan can tell nothing. */
const FOR_NONE: readonly string[] = ['three-a-minute', 'closed', 'turns-away', 'anonymous'];

/** Probes every mail server, and compares with how it was set, with openssl and sslscan, and some with testssl.sh. */
export async function compareMail(lab: Lab, folder: string, authorities: string, tally: Tally): Promise<void> {
  const truth = tally.with('Postfix as set');
  const scan = tally.with('sslscan');
  const openssl = tally.with('openssl s_client');
  const testssl = compareTestssl(tally, folder);
  const env = anyStrength(folder);
  const profile = loadProbeProfile('internet-nl');
  const prober = createProber({
    profile: { ...profile, dns: { ...profile.dns, anchors: lab.anchors() } },
    families: ['mail'],
    program: 'lab',
    allowPrivate: true,
    ipv6: true,
    store: { name: 'lab', roots: [labRoot.certificate] },
    network: { root: lab.root },
  });
  await inParallel(EXCHANGERS, 3, async (one) => {
    const host = exchangerName(one);
    const address = exchangerAddress(one);
    const { outcome } = await prober.probe(host);
    const results = outcome.results.filter(({ subject }) => subject.includes(':25'));
    const of = (check: string) => results.filter((result) => result.check === check);
    const worst = (check: string) => worstOf(of(check).map(({ verdict }) => verdict));
    const codes = (check: string) =>
      [...new Set(of(check).flatMap(({ observations }) => observations.map(({ code }) => code)))].join(', ');
    for (const [check, meant] of Object.entries(one.means))
      truth(`${one.label}: ${check}`, `${host}: ${check}`, worst(check), meant, codes(check));
    if (FOR_NONE.includes(one.label)) return;
    const { text } = await talk(address, host, env);
    const begun = /Cipher is (?!\(NONE\))/.test(text) ? 'pass' : 'fail';
    openssl(
      `${one.label}: mail.starttls`,
      `${host}: mail.starttls`,
      worst('mail.starttls'),
      begun,
      codes('mail.starttls'),
    );
    if (begun === 'fail') return;
    scan(
      `${one.label}: versions`,
      `${host}: versions`,
      versionsIn(results).join(', '),
      await scannedVersions(`${address}:25`, '--starttls-smtp'),
    );
    if (one.tlsa)
      openssl(
        `${one.label}: dane.match`,
        `${host}: dane.match`,
        worst('dane.match'),
        await matched(one, env, authorities),
        codes('dane.match'),
      );
    if (FOR_TESTSSL.includes(one.label)) await testssl(host, address, results, 'smtp');
  });
}

const talk = (address: string, host: string, env: NodeJS.ProcessEnv, ...more: string[]) =>
  said('openssl', ['s_client', '-starttls', 'smtp', '-connect', `${address}:25`, '-servername', host, ...more], {
    env,
    input: 'QUIT\r\n',
    open: 400,
  });

/** Whether openssl takes the server for the one that its TLSA records mean. */
async function matched(one: LabExchanger, env: NodeJS.ProcessEnv, authorities: string): Promise<string> {
  const host = exchangerName(one);
  const records = tlsaOf(one).flatMap((content) => ['-dane_tlsa_rrdata', content]);
  // A key that is named itself is for this server whatever name its certificate has (RFC 7672 section 3.1.1).
  const options = ['-dane_tlsa_domain', host, '-dane_ee_no_namechecks', '-CAfile', authorities, ...records];
  const { text } = await talk(exchangerAddress(one), host, env, ...options);
  return /Verify return code: 0 /.test(text) ? 'pass' : 'fail';
}
