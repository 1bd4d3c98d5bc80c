import type { Observation } from '../check.ts';
import { saw } from '../mail/judgement.ts';
import { parseHsts } from './hsts.ts';
import { bodyOf, fieldValues, mediaType, type Response } from './http/exchange.ts';
import type { WebProfile } from './profile.ts';
import { type Family, last, pageOf, type Site } from './site.ts';

/** Statuses that say that a probe is not wanted, or that the server is in trouble: nothing is known of what others get. */
export function isTurnedAway(status: number): boolean {
  return status === 401 || status === 403 || status === 429 || status >= 500;
}

/** Where plain HTTP leads. */
export function judgeRedirect(
  { family, plain, secure }: Family,
  host: string,
  { otherHostFirst }: WebProfile['redirect'],
): Observation[] {
  const [first, second] = plain.exchanges;
  if (first === undefined || first.outcome === 'failure') {
    const failure = first?.failure ?? 'not-recorded';
    // A closed port leaves nothing to redirect, where HTTPS answers.
    const closed = failure === 'refused' && secure.exchanges[0]?.outcome === 'response';
    return [
      saw(closed ? 'pass' : 'inconclusive', closed ? 'redirect.no-plain-http' : 'redirect.no-answer', {
        family,
        failure,
      }),
    ];
  }
  if (isTurnedAway(first.status))
    return [saw('inconclusive', 'redirect.turned-away', { family, status: first.status })];
  if (plain.end === 'bad-location' && second === undefined) return [saw('fail', 'redirect.location', { family })];
  if (plain.end === 'loop') return [saw('fail', 'redirect.loop', { family })];
  if (second === undefined) return [saw('fail', 'redirect.none', { family, status: first.status })];
  const observations: Observation[] = [];
  const target = new URL(second.url);
  const later = plain.exchanges.slice(1).map((exchange) => new URL(exchange.url));
  if (target.protocol !== 'https:')
    observations.push(saw('fail', 'redirect.plain-first', { family, to: second.url.slice(0, 200) }));
  else if (target.hostname.replace(/^\[|\]$/g, '') !== host && otherHostFirst !== 'ignore')
    observations.push(saw(otherHostFirst, 'redirect.other-host-first', { family, to: target.hostname }));
  else if (later.some((url) => url.protocol !== 'https:'))
    observations.push(saw('fail', 'redirect.back-to-plain', { family }));
  if (observations.length > 0) return observations;
  if (plain.end === 'limit' || plain.end === 'bad-location')
    return [saw('inconclusive', 'redirect.unfinished', { family, end: plain.end })];
  const arrived = last(plain);
  if (arrived === null) return [saw('inconclusive', 'redirect.no-answer', { family })];
  return [saw('pass', 'redirect.https', { family, status: first.status })];
}

/** RFC 6797 sections 7 and 8.1: the first field of the first response over good TLS; over plain HTTP it must not be there. */
export function judgeHsts({ family, plain, secure }: Family, profile: WebProfile['hsts']): Observation[] {
  const [first] = secure.exchanges;
  if (first === undefined || first.outcome === 'failure')
    return [saw('inconclusive', 'hsts.no-answer', { family, failure: first?.failure ?? 'not-recorded' })];
  const observations: Observation[] = [];
  const [unsafe] = plain.exchanges;
  if (unsafe?.outcome === 'response' && fieldValues(unsafe, 'strict-transport-security').length > 0)
    observations.push(saw('warn', 'hsts.over-plain', { family }));
  const values = fieldValues(first, 'strict-transport-security');
  const [value] = values;
  if (value === undefined) {
    const open = isTurnedAway(first.status);
    return [
      ...observations,
      saw(open ? 'inconclusive' : 'fail', open ? 'hsts.turned-away' : 'hsts.none', {
        family,
        status: open ? first.status : null,
      }),
    ];
  }
  // A browser heeds the field only on a connection without a fault (section 8.1).
  if (first.tls?.authorized !== true)
    observations.push(saw('fail', 'hsts.certificate', { family, problem: first.tls?.error }));
  if (values.length > 1) observations.push(saw('warn', 'hsts.several', { family, count: values.length }));
  const policy = parseHsts(value);
  if (typeof policy === 'string') return [...observations, saw('fail', 'hsts.syntax', { family, problem: policy })];
  const { maxAge } = policy;
  observations.push(
    saw(maxAge >= profile.minMaxAge && maxAge > 0 ? 'pass' : 'fail', 'hsts.max-age', {
      family,
      seconds: maxAge,
      wanted: profile.minMaxAge,
    }),
  );
  if (!policy.includeSubDomains && profile.subdomains !== 'ignore')
    observations.push(saw(profile.subdomains, 'hsts.no-subdomains', { family }));
  if (!policy.preload && profile.preload !== 'ignore')
    observations.push(saw(profile.preload, 'hsts.no-preload', { family }));
  return observations;
}

/**
 * Whether a page is sent compressed over TLS. With a secret and an attacker's text in one page, its size gives the secret away (BREACH,
 * 2013); nobody can see from outside whether a page has both, so this alone is no proof.
 */
export function judgeCompression(exchange: Site['compressed'], { found }: WebProfile['compression']): Observation[] {
  if (exchange === null) return [saw('inconclusive', 'compression.no-answer')];
  if (exchange.outcome === 'failure')
    return [saw('inconclusive', 'compression.no-answer', { failure: exchange.failure })];
  const codings = fieldValues(exchange, 'content-encoding').filter((coding) => coding.toLowerCase() !== 'identity');
  if (codings.length === 0) {
    // A redirect or a refusal has nothing to compress.
    const served = exchange.status >= 200 && exchange.status < 300;
    if (!served) return [saw('inconclusive', 'compression.no-page', { status: exchange.status })];
    return [saw('pass', 'compression.none')];
  }
  return [saw(found === 'ignore' ? 'pass' : found, 'compression.found', { coding: codings.join(', ').slice(0, 100) })];
}

/** Protocol ids that an Alt-Svc field offers (RFC 7838 section 3); `clear` takes all offers back. */
export function parseAltSvc(values: readonly string[]): string[] {
  const entries = values
    .flatMap((value) => value.match(/(?:"(?:[^"\\]|\\.)*"|[^",])+/g) ?? [])
    .map((entry) => entry.trim());
  if (entries.some((entry) => entry === 'clear')) return [];
  return entries.flatMap((entry) => {
    const [, id, authority] = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)="((?:[^"\\]|\\.)*)"/.exec(entry) ?? [];
    return id !== undefined && /:\d{1,5}$/.test(authority ?? '') ? [percentDecoded(id)] : [];
  });
}

function percentDecoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** HTTP/2 chosen by ALPN (RFC 9113 section 3.2), HTTP/3 announced in Alt-Svc (RFC 9114 section 3.1.1). */
export function judgeVersions({ http2, families, host }: Site, profile: WebProfile['versions']): Observation[] {
  const observations: Observation[] = [];
  if (http2 === null || http2.failure !== null)
    observations.push(saw('inconclusive', 'versions.no-answer', { failure: http2?.failure }));
  else if (http2.alpn === 'h2') observations.push(saw('pass', 'versions.http2'));
  else if (profile.http2 !== 'ignore') observations.push(saw(profile.http2, 'versions.no-http2', { alpn: http2.alpn }));
  const pages = families.map((family) => pageOf(family, host)).filter((page) => page !== null);
  const offered = pages.flatMap((page) => parseAltSvc(fieldValues(page, 'alt-svc')));
  if (offered.includes('h3')) observations.push(saw('pass', 'versions.http3'));
  else if (profile.http3 !== 'ignore')
    observations.push(
      pages.length > 0 ? saw(profile.http3, 'versions.no-http3') : saw('inconclusive', 'versions.no-answer'),
    );
  return observations.length > 0 ? observations : [saw('not-applicable', 'versions.none-wanted')];
}

/** Whether both families show the same site: the same ports answer, with the same status, place and words. */
export function judgeParity({ families, host, lookups }: Site, { similarity }: WebProfile['parity']): Observation[] {
  const v4 = families.find((one) => one.family === 'ipv4');
  const v6 = families.find((one) => one.family === 'ipv6');
  const open = lookups.length === 0 || lookups.some((lookup) => lookup.name === host && lookup.status === 'error');
  if (v6 === undefined) return [saw(open ? 'inconclusive' : 'fail', open ? 'parity.dns' : 'parity.no-ipv6')];
  if (v4 === undefined) return [saw(open ? 'inconclusive' : 'not-applicable', open ? 'parity.dns' : 'parity.no-ipv4')];
  const reached = (['plain', 'secure'] as const).flatMap((scheme) => judgeReach(v4, v6, scheme));
  if (reached.every(({ code }) => code === 'parity.neither-answers')) return [saw('not-applicable', 'parity.no-site')];
  return [...reached, ...judgePages(pageOf(v4, host), pageOf(v6, host), similarity)];
}

function judgeReach(v4: Family, v6: Family, scheme: 'plain' | 'secure'): Observation[] {
  const [one, other] = [v4[scheme].exchanges[0], v6[scheme].exchanges[0]];
  const failures = [one, other].map((exchange) => (exchange?.outcome === 'failure' ? exchange.failure : null));
  const [a, b] = failures;
  if (one === undefined || other === undefined) return [saw('inconclusive', 'parity.not-recorded', { scheme })];
  if (a === null && b === null) return [saw('pass', 'parity.both-answer', { scheme })];
  if (a === b)
    return a === 'refused'
      ? [saw('pass', 'parity.neither-answers', { scheme })]
      : [saw('inconclusive', 'parity.no-answer', { scheme, failure: a })];
  // A closed port is the server's word; silence may be the way there.
  const certain = failures.every((failure) => failure === null || failure === 'refused');
  return [
    saw(certain ? 'fail' : 'inconclusive', 'parity.one-answers', {
      scheme,
      ipv4: a ?? 'answers',
      ipv6: b ?? 'answers',
    }),
  ];
}

function judgePages(a: Response | null, b: Response | null, similarity: number): Observation[] {
  if (a === null || b === null) return [];
  if (a.status !== b.status) {
    const open = isTurnedAway(a.status) || isTurnedAway(b.status);
    return [saw(open ? 'inconclusive' : 'warn', 'parity.status', { ipv4: a.status, ipv6: b.status })];
  }
  if (a.url !== b.url) return [saw('warn', 'parity.place', { ipv4: a.url.slice(0, 200), ipv6: b.url.slice(0, 200) })];
  const [typeA, typeB] = [mediaType(a)?.type ?? 'none', mediaType(b)?.type ?? 'none'];
  if (typeA !== typeB) return [saw('warn', 'parity.type', { ipv4: typeA, ipv6: typeB })];
  const share = sameWords(bodyOf(a).toString('latin1'), bodyOf(b).toString('latin1'));
  return [saw(share >= similarity ? 'pass' : 'warn', 'parity.words', { percent: Math.floor(share * 100) })];
}

/** The share of words that two texts have in common, each counted as often as it stands: 0 to 1 (Dice). Linear in their length. */
export function sameWords(a: string, b: string): number {
  const words = (text: string) => text.match(/[^\s<>"'=;,.(){}[\]]+/g) ?? [];
  const [left, right] = [words(a), words(b)];
  if (left.length + right.length === 0) return 1;
  const counts = new Map<string, number>();
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of right) {
    const count = counts.get(word) ?? 0;
    if (count > 0) common += 1;
    counts.set(word, count - 1);
  }
  return (2 * common) / (left.length + right.length);
}
