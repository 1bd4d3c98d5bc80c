import type { Observation } from '../../check.ts';
import { lookupCheck, saw } from '../judgement.ts';
import { ask, canonical, type Dialogue, isQueryable, texts } from '../lookup.ts';
import type { MailProfile } from '../profile.ts';
import { type Discovery, discoverDmarc } from './discover.ts';
import {
  type DmarcPolicy,
  type DmarcProblem,
  type DmarcRecord,
  isDmarc,
  POLICIES,
  policiesOf,
  type ReportAddress,
} from './record.ts';

/** Problems that only older or only newer receivers trip over; any other is a fault in the record. */
const MILD = new Set<DmarcProblem['code']>(['historic-tag', 'unknown-tag', 'order', 'report-size']);
/** Report addresses in other hands that are looked up, at most. */
const MOST_ADDRESSES = 10;

/**
 * `mail.dmarc`: a domain tells receivers to refuse mail that only claims to be from it (RFC 9989; what RFC 7489 receivers see
 * differently is a warn). Pass: the policy for the domain and its subdomains is as strong as the profile wants, in a record without a
 * fault whose reports arrive. Fail: no record, several, or a weaker policy. Warn: faults that receivers pass over, reports that nobody may
 * get. Inconclusive: the DNS did not answer.
 */
export const dmarcCheck = lookupCheck(
  'mail.dmarc',
  ['RFC 9989'],
  function* look(subject, _none: null, { dmarc }: MailProfile): Dialogue<Observation[]> {
    const found = yield* discoverDmarc(subject);
    const observations = judgeSteps(found);
    if (found.governing === null) {
      const unknown = observations.some((one) => one.verdict === 'inconclusive');
      return unknown ? observations : [...observations, saw('fail', 'dmarc.none', { domain: subject })];
    }
    const { record, domain, source } = found.governing;
    observations.push(...judgeRecord(record, domain));
    observations.push(...(yield* judgePolicies(subject, found.governing, source, dmarc, found.organizational)));
    if (dmarc.wantStrictAlignment && (record.alignment.dkim === 'r' || record.alignment.spf === 'r'))
      observations.push(saw('warn', 'dmarc.relaxed-alignment', { domain }));
    if (dmarc.wantReports && record.rua.every((address) => address.host === null && address.uri.startsWith('mailto:')))
      observations.push(saw('warn', 'dmarc.no-reports', { domain }));
    observations.push(...(yield* judgeAddresses(record, domain, found)));
    return observations;
  },
);

function judgeSteps({ steps, governing }: Discovery): Observation[] {
  return steps.flatMap(({ kind, domain, nearly, reason }, at) => {
    const seen: Observation[] = [];
    if (kind === 'several')
      seen.push(saw(at === 0 || governing === null ? 'fail' : 'warn', 'dmarc.several-records', { domain }));
    // A parent that does not answer matters only where the domain itself has no record.
    if (kind === 'error' && governing?.source !== 'own')
      seen.push(saw('inconclusive', 'dmarc.dns', { domain, reason }));
    if (nearly !== null && at === 0)
      seen.push(saw('warn', 'dmarc.not-a-record', { domain, text: nearly.slice(0, 200) }));
    return seen;
  });
}

function judgeRecord(record: DmarcRecord, domain: string): Observation[] {
  return record.problems.map(({ code, tag, at }) =>
    saw(code === 'duplicate' ? 'fail' : 'warn', MILD.has(code) ? `dmarc.${code}` : 'dmarc.syntax', {
      domain,
      tag: tag.slice(0, 200),
      at,
      ...(MILD.has(code) ? {} : { problem: code }),
    }),
  );
}

function* judgePolicies(
  subject: string,
  { record, domain }: { record: DmarcRecord; domain: string },
  source: 'own' | 'organizational' | 'public-suffix',
  wanted: MailProfile['dmarc'],
  organizational: string | null,
): Dialogue<Observation[]> {
  const policies = policiesOf(record);
  if (policies === null) return [saw('fail', 'dmarc.no-policy', { domain })];
  const observations: Observation[] = record.test ? [saw('warn', 'dmarc.test', { domain })] : [];
  const judge = (code: string, policy: DmarcPolicy, want: DmarcPolicy) =>
    observations.push(
      saw(rank(policy) >= rank(want) ? 'pass' : 'fail', code, { policy, wanted: want, domain, source }),
    );
  if (source === 'own') judge('dmarc.policy', policies.p, wanted.policy);
  else {
    const address = yield* ask(subject, 'A');
    if (address.status === 'error')
      observations.push(saw('inconclusive', 'dmarc.dns', { domain: subject, reason: address.reason }));
    else judge('dmarc.policy', address.status === 'no-name' ? policies.np : policies.sp, wanted.policy);
  }
  // A subdomain's own record says nothing about what is below it (RFC 9989 section 4.7, `sp`).
  if (source === 'own' && organizational !== null && organizational !== canonical(subject)) return observations;
  judge('dmarc.subdomains', policies.sp, wanted.subdomains);
  judge('dmarc.missing-subdomains', policies.np, wanted.subdomains);
  return observations;
}

function rank(policy: DmarcPolicy): number {
  return POLICIES.indexOf(policy);
}

/** RFC 9990 section 4 (RFC 7489 section 7.1): an address in another organization counts only where that one says that it takes reports. */
function* judgeAddresses(record: DmarcRecord, domain: string, found: Discovery): Dialogue<Observation[]> {
  const observations: Observation[] = [];
  const hosts = new Set(
    [...record.rua, ...record.ruf].map((address: ReportAddress) => address.host).filter((host) => host !== null),
  );
  for (const host of [...hosts].slice(0, MOST_ADDRESSES)) {
    if (isWithin(host, domain) || isWithin(host, found.organizational ?? domain)) continue;
    const same = yield* sameOwner(host, found.organizational);
    if (same === true) continue;
    const name = `${domain}._report._dmarc.${host}`;
    const answer = isQueryable(name) ? yield* ask(name, 'TXT') : null;
    if (answer?.status === 'error')
      observations.push(saw('inconclusive', 'dmarc.dns', { domain: name, reason: answer.reason }));
    else if (answer !== null && texts(answer).some(isDmarc)) continue;
    // Without the other's boundary it may be the same owner, who needs no permission.
    else
      observations.push(saw(same === null ? 'inconclusive' : 'warn', 'dmarc.reports-not-accepted', { host, domain }));
  }
  if (hosts.size > MOST_ADDRESSES)
    observations.push(saw('inconclusive', 'dmarc.many-addresses', { limit: MOST_ADDRESSES }));
  return observations;
}

function* sameOwner(host: string, organizational: string | null): Dialogue<boolean | null> {
  const other = (yield* discoverDmarc(host)).organizational;
  return other === null || organizational === null ? null : other === organizational;
}

function isWithin(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}
