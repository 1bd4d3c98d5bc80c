import type { CheckResult, Observation } from '../check.ts';
import { resultOf } from '../check.ts';
import { bodyOf, type Exchange, mediaType } from '../web/http/exchange.ts';
import { saw } from './judgement.ts';
import {
  ask,
  canonical,
  type Dialogue,
  type DriveOptions,
  drive,
  type Lookup,
  type Resolver,
  replay,
  texts,
} from './lookup.ts';
import { matchesMx, parseStsPolicy, type StsPolicy } from './mta-sts-policy.ts';
import { findRoute, type MailRoute } from './mx.ts';
import type { MailProfile } from './profile.ts';
import { readTags, tagValue } from './tags.ts';

/** What is known of an exchanger's TLS from other checks; null where nobody looked. */
export interface ExchangerTls {
  host: string;
  /** Certificate usages of its TLSA records, if they are secure (RFC 7672 section 3.1). */
  tlsaUsages: number[];
  /** Whether its certificate holds without DANE: a trusted chain, for this name. */
  trusted: boolean | null;
}

export interface MtaStsEvidence {
  lookups: Lookup[];
  /** Absent where there was no record that would make anyone ask. */
  policy: Exchange | null;
  exchangers: ExchangerTls[];
}

/** Gets one URL, following no redirect (RFC 8461 section 3.3). Never rejects. */
export type FetchOnce = (url: string) => Promise<Exchange>;

const ID = 'mail.mta-sts';
const STANDARDS = ['RFC 8461'] as const;

interface Seen {
  route: MailRoute;
  records: string[];
  error: string | null;
}
function* look(domain: string): Dialogue<Seen> {
  const route = yield* findRoute(domain);
  const answer = yield* ask(`_mta-sts.${domain}`, 'TXT');
  // Texts that do not begin so are nothing to do with it (RFC 8461 section 3.1).
  const records = texts(answer).filter((text) => /^v=STSv1[ \t]*(?:;|$)/.test(text));
  return { route, records, error: answer.status === 'error' ? (answer.reason ?? 'error') : null };
}

/**
 * `mail.mta-sts`: senders are told to use TLS with a trusted certificate, and to which exchangers (RFC 8461). Pass: one record, a policy
 * in a wanted mode that lives long enough and names every exchanger. Fail: no record, no policy, a fault in either, an exchanger that the
 * policy leaves out, or one that only DANE vouches for. Warn: a short life, or another media type. Not applicable: takes no mail.
 */
export const mtaStsCheck = {
  id: ID,
  standards: STANDARDS,

  /** Asks the DNS, and fetches the policy where there is one record. `exchangers` is what other checks know, kept as it is. */
  async gather(
    subject: string,
    exchangers: ExchangerTls[],
    resolver: Resolver,
    fetchOnce: FetchOnce,
    options?: DriveOptions,
  ): Promise<MtaStsEvidence> {
    const { result, lookups } = await drive(look(canonical(subject)), resolver, options);
    const asked = result.records.length === 1 ? await fetchOnce(policyUrl(subject)) : null;
    return { lookups, policy: asked, exchangers };
  },

  judge({ lookups, policy, exchangers }: MtaStsEvidence, profile: MailProfile, subject: string): CheckResult {
    const seen = replay(look(canonical(subject)), lookups);
    return resultOf(ID, subject, observe(seen, policy, exchangers, profile.mtaSts));
  },
};

/** Where the policy of a domain is (RFC 8461 section 3.3). */
export function policyUrl(domain: string): string {
  return `https://mta-sts.${canonical(domain)}/.well-known/mta-sts.txt`;
}

function observe(
  { route, records, error }: Seen,
  exchange: Exchange | null,
  exchangers: ExchangerTls[],
  wanted: MailProfile['mtaSts'],
): Observation[] {
  if (route.kind === 'null-mx' || route.kind === 'nowhere') return [saw('not-applicable', 'mta-sts.no-mail')];
  if (error !== null) return [saw('inconclusive', 'mta-sts.dns', { reason: error })];
  const [text, second] = records;
  if (text === undefined) return [saw('fail', 'mta-sts.none')];
  if (second !== undefined) return [saw('fail', 'mta-sts.several-records')];
  const list = readTags(text);
  const id = tagValue(list, 'id');
  const observations: Observation[] = [];
  if (list.problems.length > 0 || id === null || !/^[A-Za-z0-9]{1,32}$/.test(id))
    observations.push(saw('fail', 'mta-sts.record', { text: text.slice(0, 200) }));
  if (exchange === null)
    return [...observations, saw('inconclusive', 'mta-sts.policy-not-fetched', { failure: 'not-recorded' })];
  const answered = judgeAnswer(exchange);
  observations.push(...answered);
  if (
    exchange.outcome === 'failure' ||
    answered.some((one) => one.verdict === 'fail' || one.verdict === 'inconclusive')
  )
    return observations;
  const policy = parseStsPolicy(bodyOf(exchange).toString('latin1'));
  return [...observations, ...judgePolicy(policy, wanted), ...judgeExchangers(policy, route, exchangers)];
}

/** RFC 8461 section 3.3: status 200, no redirect, a trusted certificate for the policy host. */
function judgeAnswer(exchange: Exchange): Observation[] {
  if (exchange.outcome === 'failure') {
    return [
      saw(exchange.failure === 'no-address' ? 'fail' : 'inconclusive', 'mta-sts.policy-not-fetched', {
        failure: exchange.failure,
      }),
    ];
  }
  const { status, tls, truncated } = exchange;
  if (tls === null || !tls.authorized)
    return [saw('fail', 'mta-sts.policy-certificate', { problem: tls?.error ?? 'none' })];
  if (status === 429 || status >= 500) return [saw('inconclusive', 'mta-sts.policy-status', { status })];
  if (status !== 200) return [saw('fail', 'mta-sts.policy-status', { status })];
  if (truncated) return [saw('inconclusive', 'mta-sts.policy-long')];
  const type = mediaType(exchange)?.type ?? 'none';
  return type === 'text/plain' ? [] : [saw('warn', 'mta-sts.policy-type', { type })];
}

function judgePolicy(policy: StsPolicy, wanted: MailProfile['mtaSts']): Observation[] {
  const observations = policy.problems.map(({ code, line }) =>
    saw(code === 'duplicate' ? 'warn' : 'fail', 'mta-sts.policy-syntax', { problem: code, line }),
  );
  const { mode, maxAge } = policy;
  if (mode !== null) observations.push(saw(wanted.modes.includes(mode) ? 'pass' : 'fail', 'mta-sts.mode', { mode }));
  if (maxAge === 0) observations.push(saw('fail', 'mta-sts.age', { seconds: maxAge, wanted: wanted.minMaxAge }));
  else if (maxAge !== null && maxAge < wanted.minMaxAge)
    observations.push(saw('warn', 'mta-sts.age', { seconds: maxAge, wanted: wanted.minMaxAge }));
  return observations;
}

function judgeExchangers(policy: StsPolicy, route: MailRoute, known: ExchangerTls[]): Observation[] {
  if (policy.mode === 'none') return [];
  if (route.kind === 'unknown') return [saw('inconclusive', 'mta-sts.dns', { reason: route.reason })];
  if (!('exchangers' in route)) return [saw('warn', 'mta-sts.no-mx')];
  return route.exchangers.flatMap(({ exchange }) => {
    const host = canonical(exchange);
    if (!policy.mx.some((pattern) => matchesMx(pattern, host)))
      return [saw('fail', 'mta-sts.exchanger-left-out', { host })];
    const tls = known.find((one) => canonical(one.host) === host);
    if (tls?.trusted !== false) return [];
    // Senders that know DANE take it, all others refuse: the two policies disagree (RFC 8461 section 2).
    const dane = tls.tlsaUsages.some((usage) => usage === 2 || usage === 3);
    return [saw('fail', dane ? 'mta-sts.against-dane' : 'mta-sts.exchanger-untrusted', { host })];
  });
}
