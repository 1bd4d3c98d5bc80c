import { readTags, type Tag, tagValue } from '../tags.ts';

export const POLICIES = ['none', 'quarantine', 'reject'] as const;
/** What a domain wants done with mail that fails; from weak to strong. */
export type DmarcPolicy = (typeof POLICIES)[number];

/** A place for reports (RFC 9989 section 4.6). */
export interface ReportAddress {
  uri: string;
  /** Domain of a mailto: address; null for any other scheme, and where the address is none. */
  host: string | null;
}

export interface DmarcRecord {
  text: string;
  /** Policies as they apply when written; null where the tag is absent or means nothing. */
  p: DmarcPolicy | null;
  sp: DmarcPolicy | null;
  np: DmarcPolicy | null;
  /** `t=y`: each policy counts as one step weaker. */
  test: boolean;
  psd: 'y' | 'n' | 'u';
  alignment: { dkim: 'r' | 's'; spf: 'r' | 's' };
  rua: ReportAddress[];
  ruf: ReportAddress[];
  problems: DmarcProblem[];
}

export interface DmarcProblem {
  code:
    | 'not-a-tag'
    | 'duplicate'
    | 'character'
    | 'value'
    | 'policy-missing'
    | 'policy-value'
    | 'report-address'
    | 'report-size'
    | 'historic-tag'
    | 'unknown-tag'
    | 'order';
  /** The tag, or the text that is none; offset in the record. */
  tag: string;
  at: number;
}

const VALUES: Record<string, RegExp> = {
  t: /^[yn]$/i,
  psd: /^[ynu]$/i,
  adkim: /^[rs]$/i,
  aspf: /^[rs]$/i,
  // RFC 9989 section 4.8, dmarc-fo, in a form that is a little wider: each letter once is not checked.
  fo: /^[01ds](?:[ \t]*:[ \t]*[01ds]){0,2}$/i,
};
const KNOWN = new Set(['v', 'p', 'sp', 'np', 'rua', 'ruf', ...Object.keys(VALUES)]);
/** Tags of RFC 7489 that RFC 9989 took away (its section 9.3); older receivers still heed them. */
const HISTORIC = new Set(['pct', 'rf', 'ri']);

/** Whether a TXT record is a DMARC record at all (RFC 9989 section 4.7): the version stands first, in capitals. */
export function isDmarc(text: string): boolean {
  return /^[vV][ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)/.test(text);
}

/** Whether a TXT record was meant as one and is not, so that receivers pass over it. */
export function isNearlyDmarc(text: string): boolean {
  return !isDmarc(text) && /^\W*v\s*=\s*dmarc|^\W*(?:p|rua|sp)\s*=/i.test(text);
}

/** Reads a record that `isDmarc` let through (RFC 9989 sections 4.7 and 4.8). Never throws. */
export function parseDmarc(text: string): DmarcRecord {
  const list = readTags(text);
  const problems: DmarcProblem[] = list.problems.map(({ code, at, text: tag }) => ({ code, tag, at }));
  const tag = (name: string) => list.tags.find((one) => one.name === name);
  const value = (name: string) => tagValue(list, name)?.toLowerCase() ?? null;
  for (const { name, value: given, at } of list.tags) {
    if (HISTORIC.has(name)) problems.push({ code: 'historic-tag', tag: name, at });
    else if (!KNOWN.has(name)) problems.push({ code: 'unknown-tag', tag: name, at });
    else if (VALUES[name]?.test(given) === false) problems.push({ code: 'value', tag: name, at });
  }
  const policy = (name: 'p' | 'sp' | 'np'): DmarcPolicy | null => {
    const found = POLICIES.find((one) => one === value(name)) ?? null;
    const given = tag(name);
    if (given !== undefined && found === null) problems.push({ code: 'policy-value', tag: name, at: given.at });
    return found;
  };
  const [p, sp, np] = [policy('p'), policy('sp'), policy('np')];
  if (tag('p') === undefined) problems.push({ code: 'policy-missing', tag: 'p', at: 0 });
  // RFC 7489 section 6.3 wanted `p` in second place; RFC 9989 no longer does.
  else if (list.tags[1]?.name !== 'p') problems.push({ code: 'order', tag: 'p', at: tag('p')?.at ?? 0 });
  const psd = value('psd');
  return {
    text,
    p,
    sp,
    np,
    test: value('t') === 'y',
    psd: psd === 'y' || psd === 'n' ? psd : 'u',
    alignment: { dkim: value('adkim') === 's' ? 's' : 'r', spf: value('aspf') === 's' ? 's' : 'r' },
    rua: addresses(tag('rua'), problems),
    ruf: addresses(tag('ruf'), problems),
    problems,
  };
}

/**
 * The policy that receivers take from a record (RFC 9989 section 4.10.1): without a valid `p`, or with an invalid `sp` or `np`, it is
 * `none` if reports can go somewhere, and else the record counts for nothing.
 * @returns null where there is no DMARC at all
 */
export function policiesOf(record: DmarcRecord): Record<'p' | 'sp' | 'np', DmarcPolicy> | null {
  if (record.problems.some((problem) => problem.code === 'duplicate')) return null;
  const faulty = record.problems.some((problem) => problem.code === 'policy-value');
  if (record.p === null || faulty) {
    const reports = record.rua.some((address) => address.host !== null || !address.uri.startsWith('mailto:'));
    // An absent `p` alone is `none` by default (section 4.7), but older receivers still want it.
    return reports ? { p: 'none', sp: 'none', np: 'none' } : null;
  }
  const lowered = (policy: DmarcPolicy) => (record.test ? weaker(policy) : policy);
  const sp = record.sp ?? record.p;
  return { p: lowered(record.p), sp: lowered(sp), np: lowered(record.np ?? sp) };
}

/** One step down, which is what a receiver does with `t=y` (RFC 9989 section 4.7). */
function weaker(policy: DmarcPolicy): DmarcPolicy {
  return policy === 'reject' ? 'quarantine' : 'none';
}

function addresses(tag: Tag | undefined, problems: DmarcProblem[]): ReportAddress[] {
  if (tag === undefined) return [];
  return tag.value.split(',').map((part) => {
    const written = part.trim();
    const uri = written.replace(/!\d+[kmgt]?$/i, '');
    if (uri !== written) problems.push({ code: 'report-size', tag: tag.name, at: tag.at });
    const address = readUri(uri);
    if (address === null) problems.push({ code: 'report-address', tag: tag.name, at: tag.at });
    return address ?? { uri, host: null };
  });
}

function readUri(uri: string): ReportAddress | null {
  const [, scheme, rest = ''] = /^([a-z][a-z0-9+.-]*):([!-~]+)$/i.exec(uri) ?? [];
  if (scheme === undefined) return null;
  if (scheme.toLowerCase() !== 'mailto') return { uri, host: null };
  const [, host] =
    /^[^@?!]+@([a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+)(?:\?.*)?$/i.exec(rest) ?? [];
  return host === undefined ? null : { uri, host: host.toLowerCase() };
}
