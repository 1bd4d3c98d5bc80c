import { readContent } from '@proviso/content';
import { z } from 'zod';
import { type CheckResult, type Observation, worstOf } from '../check.ts';
import type { ProbeOutcome } from '../run/outcome.ts';

const STATUSES = ['passed', 'not_tested', 'info', 'warning', 'failed', 'error'] as const;
/** What a subtest comes to, best first, in the words of the API. */
export type InternetNlStatus = (typeof STATUSES)[number];

const row = z.strictObject({
  name: z.string(),
  check: z.union([z.string(), z.array(z.string())]),
  at: z.enum(['name', 'zone', 'web', 'mx', 'role-web', 'role-mail', 'role-name-servers', 'nothing']),
  only: z.array(z.string()).optional(),
  absent: z.array(z.string()).default([]),
  ipv6: z.boolean().default(false),
  worst: z.enum(['failed', 'warning', 'info']),
  points: z.int().min(0),
  less: z.record(z.string(), z.int()).default({}),
  open: z.enum(STATUSES).default('passed'),
  openPoints: z.int().optional(),
  extra: z.boolean().default(false),
  withoutWarning: z.boolean().default(false),
});
type Row = z.infer<typeof row>;
const category = z.strictObject({ mandatory: z.boolean(), gate: z.string().optional(), tests: z.array(row) });
const table = z.strictObject({
  apiVersion: z.string(),
  web: z.record(z.string(), category),
  mail: z.record(z.string(), category),
});

export type InternetNlKind = 'web' | 'mail';

/** One domain as the batch API of Internet.nl gives it. */
export interface InternetNlDomain {
  status: 'ok' | 'error';
  report: { url: string };
  scoring: { percentage: number };
  results: {
    categories: Record<string, { verdict: string; status: InternetNlStatus }>;
    tests: Record<string, { verdict: string; status: InternetNlStatus }>;
    custom: Record<string, string>;
  };
}

let read: z.infer<typeof table> | null = null;

function tests(): z.infer<typeof table> {
  read ??= table.parse(readContent(new URL('tests.yaml', import.meta.url)));
  return read;
}

/** The version of the API that the results follow. */
export function internetNlVersion(): string {
  return tests().apiVersion;
}

const VERDICTS: Record<InternetNlStatus, string> = {
  passed: 'good',
  failed: 'bad',
  warning: 'notice',
  info: 'info',
  not_tested: 'not-tested',
  error: 'error',
};

/**
 * The verdicts on a name as results of Internet.nl (its scoring.py and scoring.md): each subtest no worse than it can come to there, the
 * share of points by category, the mean of the categories. What is inconclusive here is `error` there, with no points.
 */
export function internetNlDomain(whole: ProbeOutcome, kind: InternetNlKind): InternetNlDomain {
  // It knows no time servers and resolvers; one on port 443 is no web site.
  const outcome = { ...whole, results: whole.results.filter(({ subject }) => !/, (?:nts|dot|doh)\)$/.test(subject)) };
  const categories: InternetNlDomain['results']['categories'] = {};
  const all: InternetNlDomain['results']['tests'] = {};
  const shares: number[] = [];
  for (const [id, { mandatory, gate, tests: rows }] of Object.entries(tests()[kind])) {
    const seen = rows.map((one) => ({ row: one, ...settle(one, outcome) }));
    for (const { row: one, status } of seen) all[one.name] = { status, verdict: VERDICTS[status] };
    const status = statusOf(
      seen.map((one) => one.status),
      mandatory,
    );
    categories[id] = { status, verdict: VERDICTS[status] };
    if (seen.every(({ looked }) => !looked)) {
      categories[id] = { status: 'not_tested', verdict: VERDICTS.not_tested };
      continue;
    }
    const hosts = hostsOf(outcome, kind);
    const scores = (hosts.length > 0 && gate ? hosts : [null]).map((host) => share(rows, gate, outcome, host));
    const least = Math.min(...scores.map((score) => score ?? Number.POSITIVE_INFINITY));
    if (Number.isFinite(least)) shares.push(least);
  }
  const percentage = shares.length === 0 ? 0 : Math.trunc(shares.reduce((sum, one) => sum + one, 0) / shares.length);
  return {
    status: outcome.results.every(({ verdict }) => verdict === 'inconclusive') ? 'error' : 'ok',
    report: { url: '' },
    scoring: { percentage: Math.max(0, Math.min(100, percentage)) },
    results: { categories, tests: all, custom: { tls_1_3_support: tls13(outcome, kind) } },
  };
}

/** The points of a category as a share of a hundred, for one host; null where none are given. */
function share(
  rows: readonly Row[],
  gate: string | undefined,
  outcome: ProbeOutcome,
  host: string | null,
): number | null {
  const seen = rows.map((one) => ({ row: one, ...settle(one, outcome, host) }));
  const shut = seen.some(({ row: one, status }) => one.name === gate && (status === 'failed' || status === 'error'));
  let points = 0;
  let most = 0;
  for (const { row: one, points: got, looked, judged } of seen) {
    if (one.extra && !judged) continue;
    most += one.points;
    points += looked ? got : shut ? 0 : one.points;
  }
  return most === 0 ? null : Math.trunc((100 / most) * points);
}

interface Settled {
  status: InternetNlStatus;
  points: number;
  /** A check looked at it; and there was something to judge. */
  looked: boolean;
  judged: boolean;
}

function settle(one: Row, outcome: ProbeOutcome, host: string | null = null): Settled {
  const results = outcome.results.filter((result) => isAbout(result, one, outcome.subject, host));
  if (results.length === 0) return { status: 'not_tested', points: one.points, looked: false, judged: false };
  const seen = results.flatMap(({ subject, observations }) =>
    observations.filter((observation) => counts(observation, subject, one)),
  );
  const settled = (status: InternetNlStatus, points: number, judged = true): Settled => ({
    status: STATUSES.indexOf(status) > STATUSES.indexOf(one.worst) && status !== 'error' ? one.worst : status,
    points,
    looked: true,
    judged,
  });
  if (results.some(({ observations }) => observations.some(({ code }) => one.absent.includes(code))))
    return settled('failed', 0, false);
  const verdict = seen.length === 0 ? 'not-applicable' : worstOf(seen.map((observation) => observation.verdict));
  switch (verdict) {
    case 'pass':
      return settled('passed', one.points);
    case 'warn':
      return settled('warning', one.worst === 'failed' ? one.points : 0);
    case 'inconclusive':
      return settled('error', 0);
    case 'not-applicable':
      return settled(one.open, one.openPoints ?? one.points, false);
    case 'fail': {
      const failed = seen.filter((observation) => observation.verdict === 'fail');
      return settled('failed', Math.min(...failed.map(({ code }) => one.less[code] ?? 0)));
    }
  }
}

function isAbout({ check, subject }: CheckResult, one: Row, name: string, host: string | null): boolean {
  if (![one.check].flat().includes(check)) return false;
  const ofHost = host === null || !subject.includes('(') || subject.includes(`(${host}`);
  switch (one.at) {
    case 'name':
      return subject === name;
    case 'zone':
      return true;
    case 'web':
      return subject.startsWith(`${name}:443`) && ofHost;
    case 'mx':
      return /:25\b/.test(subject) ? ofHost : !subject.includes(':') && subject !== name;
    case 'nothing':
      return false;
    default:
      return subject === `${name} (${one.at.slice('role-'.length)})`;
  }
}

function counts({ code, values, verdict }: Observation, subject: string, one: Row): boolean {
  if (one.only && !one.only.includes(code)) return false;
  if (one.withoutWarning && verdict === 'warn') return false;
  const address = values?.address ?? /\(([^,)]+)/.exec(subject)?.[1];
  return !one.ipv6 || address === undefined || String(address).includes(':');
}

/** Internet.nl's verdict on a category: a warning counts only where nothing in it is mandatory. */
function statusOf(statuses: readonly InternetNlStatus[], mandatory: boolean): InternetNlStatus {
  if (statuses.includes('error')) return 'error';
  if (statuses.includes('failed')) return 'failed';
  if (mandatory) return 'passed';
  return statuses.includes('warning') ? 'warning' : statuses.includes('info') ? 'info' : 'passed';
}

function hostsOf({ results, subject: name }: ProbeOutcome, kind: InternetNlKind): string[] {
  const about = kind === 'web' ? `${name}:443 (` : ':25 (';
  const addresses = results
    .filter(({ check, subject }) => check === 'tls.available' && subject.includes(about))
    .map(({ subject }) => /\(([^,)]+)/.exec(subject)?.[1] ?? '');
  return [...new Set(addresses)];
}

function tls13({ results, subject: name }: ProbeOutcome, kind: InternetNlKind): string {
  const about = kind === 'web' ? `${name}:443 (` : ':25 (';
  const seen = results.filter(({ check, subject }) => check === 'tls.version' && subject.includes(about));
  if (seen.length === 0) return 'undetermined';
  const has = seen.every(({ observations }) =>
    observations.some(({ code, values }) => code !== 'version-unknown' && String(values?.names).includes('TLS 1.3')),
  );
  return has ? 'yes' : 'no';
}
