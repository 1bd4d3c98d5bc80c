import type { CheckResult } from '../check.ts';
import { findTlsa, parseService, recordingOf, replay, type TlsaFound, validateOptions } from '../dns/index.ts';
import { type ExchangerTls, mtaStsCheck, type Resolver, startTlsCheck, startTlsIn } from '../mail/index.ts';
import { judgeResolver, validateNames } from '../resolvers/index.ts';
import { ROUTING_CHECKS } from '../routing/index.ts';
import { judgeTime } from '../time/index.ts';
import { certificatesShown, judgeTls, type TlsEvidence } from '../tls/index.ts';
import { failedAt, webChecks } from '../web/index.ts';
import { judgeDaneMatch } from './dane-match.ts';
import type { RunEvidence } from './evidence.ts';
import type { ProbeProfile } from './profile.ts';
import { type Follow, validatingResolver } from './resolver.ts';
import { lookupTasks, type Survey, survey } from './survey.ts';

/**
 * Judges what was seen of a name by a profile: the same verdicts today and in ten years, since nothing but the two goes in. A profile that asks
 * what nobody asked then gets `inconclusive`. @throws ZodError where the evidence is malformed.
 */
export async function judgeRun(evidence: RunEvidence, profile: ProbeProfile): Promise<CheckResult[]> {
  const recording = recordingOf(evidence.dns);
  const follow: Follow = (enquiry) => replay(enquiry, recording);
  const settings = { ...validateOptions(profile.dns, evidence.dns.at), zones: new Map() };
  const resolver = validatingResolver(follow, settings);
  const seen = await survey(evidence, follow, resolver);
  const tlsaOf = (endpoint: TlsEvidence) =>
    replay(findTlsa(parseService(`${endpoint.host}:${endpoint.port}`), settings), recording);
  const known = evidence.families.includes('resolver')
    ? replay(validateNames(profile.resolver.names, settings), recording)
    : null;
  return [
    ...seen.dns.map(({ check, subject }) => check.judge(evidence.dns, profile.dns, subject)),
    ...(evidence.families.includes('mail') ? await judgeMail(evidence, profile, seen, resolver, tlsaOf) : []),
    ...(evidence.site ? judgeSite(evidence.site, profile, seen.name) : []),
    ...evidence.endpoints.flatMap((endpoint) => judgeEndpoint(endpoint, profile, tlsaOf)),
    ...evidence.routing.flatMap(({ role, evidence: routes }) =>
      ROUTING_CHECKS.map((check) => check.judge(routes, profile.routing, `${seen.name} (${role})`)),
    ),
    ...evidence.time.flatMap((server) => judgeTime(server, evidence.endpoints, profile.time)),
    ...evidence.resolvers.flatMap((one) => (known ? judgeResolver({ evidence: one, known }, profile.resolver) : [])),
  ];
}

const judgeSite = (site: NonNullable<RunEvidence['site']>, { web }: ProbeProfile, name: string): CheckResult[] =>
  webChecks.map((check) => check.judge(site, web, name));

type TlsaOf = (endpoint: TlsEvidence) => TlsaFound;

function judgeEndpoint(endpoint: TlsEvidence, { tls, smtp }: ProbeProfile, tlsaOf: TlsaOf): CheckResult[] {
  const isMail = endpoint.service === 'smtp';
  const all = judgeTls(endpoint, isMail ? smtp : tls);
  // Where nothing was agreed to, `tls.available` says so, and the rest would only say it again.
  const told = all.filter(({ observations }) => !observations.some(({ code }) => code === 'tls-not-spoken'));
  return endpoint.host === null ? told : [...told, judgeDaneMatch(tlsaOf(endpoint), endpoint)];
}

async function judgeMail(
  { declared, endpoints, mtaStsPolicy }: RunEvidence,
  profile: ProbeProfile,
  { name }: Survey,
  resolver: Resolver,
  tlsaOf: TlsaOf,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { check, declared: told } of lookupTasks(declared)) {
    const lookups = await check.gather(name, told, profile.mail, resolver);
    results.push(check.judge(lookups, profile.mail, name));
  }
  const exchangers = endpoints.filter(({ service }) => service === 'smtp');
  const known = exchangers.map((endpoint): ExchangerTls => {
    const shown = certificatesShown(endpoint);
    return {
      host: endpoint.host ?? endpoint.address,
      tlsaUsages: tlsaOf(endpoint).records.map(({ usage }) => usage),
      trusted:
        shown.length === 0 ? null : shown.every(({ verdict, isFor }) => verdict.trusted && isFor(endpoint.host ?? '')),
    };
  });
  const sts = await mtaStsCheck.gather(
    name,
    known,
    resolver,
    async (url) => mtaStsPolicy ?? failedAt(url, null, 'cancelled', 'not recorded'),
  );
  results.push(mtaStsCheck.judge(sts, profile.mail, name));
  for (const endpoint of exchangers) {
    const { host, address, port } = endpoint;
    results.push(startTlsCheck.judge(startTlsIn(endpoint), null, `${host ?? address}:${port} (${address})`));
  }
  return results;
}
