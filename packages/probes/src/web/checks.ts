import type { Check, Observation, Verdict } from '../check.ts';
import { checkBy } from '../check.ts';
import { saw } from '../mail/judgement.ts';
import { judgeCookies } from './cookies.ts';
import { judgeCsp } from './csp/judge.ts';
import { effectiveSources, parseCsp } from './csp/parse.ts';
import { bodyOf, fieldValues, mediaType, type Response } from './http/exchange.ts';
import { checkSignature, type SignatureState } from './openpgp/index.ts';
import { judgeContentTypeOptions, judgeFraming, judgePermissionsPolicy, judgeReferrerPolicy } from './policies.ts';
import type { WebProfile } from './profile.ts';
import { parseSecurityTxt, type SecurityTxt } from './security-txt.ts';
import { type Family, last, pageOf, type Site, securityResponse } from './site.ts';
import { isTurnedAway, judgeCompression, judgeHsts, judgeParity, judgeRedirect, judgeVersions } from './transport.ts';

export type WebCheck = Check<Site, WebProfile>;

const siteCheck = checkBy<Site, WebProfile>;

/** Judges each family apart; a site that was reached over none is open. */
function familyCheck(
  id: string,
  standards: readonly string[],
  see: (family: Family, site: Site, profile: WebProfile) => Observation[],
): WebCheck {
  return siteCheck(id, standards, (site, profile) =>
    site.families.length === 0
      ? [saw('inconclusive', `${kind(id)}.no-address`)]
      : site.families.flatMap((family) => see(family, site, profile)),
  );
}

/**
 * Judges the page of each family that was reached. A family that was not is another check's matter (`web.parity`), as long as one was.
 * What both say is said once.
 */
function pageCheck(
  id: string,
  standards: readonly string[],
  see: (page: Response, site: Site, profile: WebProfile) => Observation[],
): WebCheck {
  return siteCheck(id, standards, (site, profile) => {
    const pages = site.families.map((family) => pageOf(family, site.host)).filter((page) => page !== null);
    if (pages.length === 0) return [saw('inconclusive', `${kind(id)}.no-page`)];
    const observations = pages.flatMap((page) =>
      isTurnedAway(page.status)
        ? [saw('inconclusive', `${kind(id)}.turned-away`, { status: page.status })]
        : see(page, site, profile),
    );
    return [...new Map(observations.map((one) => [JSON.stringify(one), one])).values()];
  });
}

function kind(id: string): string {
  return id.slice(id.indexOf('.') + 1);
}

/** Plain HTTP leads to HTTPS, on the same host first (RFC 6797 section 7.2; RFC 9110 section 15.4). */
export const redirectCheck = familyCheck('web.redirect', ['RFC 9110'], (family, { host }, profile) =>
  judgeRedirect(family, host, profile.redirect),
);

/** Browsers are told to use HTTPS alone, for long enough (RFC 6797). */
export const hstsCheck = familyCheck('web.hsts', ['RFC 6797'], (family, _site, profile) =>
  judgeHsts(family, profile.hsts),
);

const cspPages = pageCheck('web.csp', ['CSP3'], (page, _site, profile) =>
  judgeCsp(
    fieldValues(page, 'content-security-policy'),
    fieldValues(page, 'content-security-policy-report-only'),
    profile.csp,
  ),
);

/** Scripts that are not the site's do not run (CSP Level 3), judged over all policies; a nonce that comes twice is none. */
export const cspCheck = siteCheck(cspPages.id, cspPages.standards, (site, profile) => [
  ...cspPages.judge(site, profile, site.host).observations,
  ...reusedNonces(site),
]);

/** Every response must have a nonce of its own (CSP Level 3 section 7.1), so two visits never share one. */
function reusedNonces({ families, host, compressed }: Site): Observation[] {
  const pages = [
    ...families.map((family) => pageOf(family, host)),
    compressed?.outcome === 'response' ? compressed : null,
  ];
  const seen = new Set<string>();
  for (const page of pages.filter((one) => one !== null)) {
    const own = new Set(
      parseCsp(fieldValues(page, 'content-security-policy')).flatMap((policy) =>
        (effectiveSources(policy, 'script-src-elem') ?? []).flatMap((source) =>
          source.kind === 'nonce' ? [source.value] : [],
        ),
      ),
    );
    if ([...own].some((nonce) => seen.has(nonce))) return [saw('fail', 'csp.nonce-reused')];
    for (const nonce of own) seen.add(nonce);
  }
  return [];
}

/** Nobody else may frame the page (CSP Level 3 section 6.4.2, RFC 7034). */
export const framingCheck = pageCheck('web.framing', ['CSP3', 'RFC 7034'], (page, _site, profile) =>
  judgeFraming(page, profile.framing),
);

/** Browsers do not guess types (Fetch Standard). */
export const contentTypeCheck = pageCheck('web.content-type-options', ['Fetch'], (page, _site, profile) =>
  judgeContentTypeOptions(page, profile.contentType),
);

/** Other sites do not learn which page a visitor came from (W3C Referrer Policy). */
export const referrerCheck = pageCheck('web.referrer-policy', ['Referrer Policy'], (page, _site, profile) =>
  judgeReferrerPolicy(page, profile.referrer),
);

/** Powerful features are shut (W3C Permissions Policy). */
export const permissionsCheck = pageCheck('web.permissions-policy', ['Permissions Policy'], (page, _site, profile) =>
  judgePermissionsPolicy(page, profile.permissions),
);

/** Cookies are sent over TLS alone, out of reach of scripts and other sites (RFC 6265bis). Those of every response on the way count. */
export const cookiesCheck = siteCheck('web.cookies', ['RFC 6265'], ({ families, host }, profile) => {
  const pages = families
    .flatMap((family) => family.secure.exchanges)
    .filter((one): one is Response => one.outcome === 'response');
  if (pages.length === 0) return [saw('inconclusive', 'cookies.no-page')];
  const own = families.map((family) => pageOf(family, host)).filter((page) => page !== null);
  const fields = pages.flatMap((page) =>
    fieldValues(page, 'set-cookie').map((field) => ({ field, host: new URL(page.url).hostname })),
  );
  if (fields.length === 0 && own.some((page) => isTurnedAway(page.status)))
    return [saw('inconclusive', 'cookies.turned-away')];
  const hosts = [...new Set(fields.map((one) => one.host))];
  const all = hosts.flatMap((name) =>
    judgeCookies(
      fields.filter((one) => one.host === name).map((one) => one.field),
      name,
      profile.cookies,
    ),
  );
  return all.length > 0
    ? [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
    : [saw('not-applicable', 'cookies.none')];
});

/** Pages are not compressed over TLS (BREACH). */
export const compressionCheck = siteCheck('web.compression', ['RFC 9110'], ({ compressed }, profile) =>
  judgeCompression(compressed, profile.compression),
);

/** HTTP/2 and HTTP/3 are offered (RFC 9113, RFC 9114, RFC 7301, RFC 7838). */
export const versionsCheck = siteCheck('web.http-versions', ['RFC 9113', 'RFC 9114'], (site, profile) =>
  judgeVersions(site, profile.versions),
);

/** The same site over IPv6 and IPv4 (RFC 8200). */
export const parityCheck = siteCheck('web.parity', ['RFC 8200'], (site, profile) => judgeParity(site, profile.parity));

const YEAR = 366 * 86_400_000;
/** Came over HTTPS, from whom the certificate names. */
const isSecure = ({ url, tls }: Response): boolean => new URL(url).protocol === 'https:' && tls?.authorized === true;

/** Problems that other readers pass over; any other makes the file fail. */
const MILD = new Set(['unknown-field', 'languages']);

/** Who finds a hole knows whom to tell: security.txt (RFC 9116), judged as of when it was seen. */
export const securityTxtCheck = siteCheck('web.security-txt', ['RFC 9116'], (site, { securityTxt: profile }) => {
  const { securityTxt, keys, at } = site;
  if (securityTxt === null) return [saw('inconclusive', 'security-txt.not-recorded')];
  const response = securityResponse(securityTxt);
  const wellKnown = last(securityTxt.wellKnown);
  if (response === null) return [notFound(securityTxt, profile.missing)];
  const observations: Observation[] = response === wellKnown ? [] : [saw('warn', 'security-txt.not-well-known')];
  // RFC 9116 section 3: HTTPS, text/plain, UTF-8.
  if (!isSecure(response)) observations.push(saw('fail', 'security-txt.not-secure', { problem: response.tls?.error }));
  const type = mediaType(response);
  if (type?.type !== 'text/plain') observations.push(saw('fail', 'security-txt.type', { type: type?.type ?? 'none' }));
  else if (type.charset !== null && type.charset !== 'utf-8')
    observations.push(saw('fail', 'security-txt.charset', { charset: type.charset }));
  if (response.truncated) return [...observations, saw('inconclusive', 'security-txt.long')];
  const file = parseSecurityTxt(bodyOf(response).toString('utf8'));
  for (const { code, line, field } of file.problems)
    observations.push(
      saw(MILD.has(code) ? 'warn' : 'fail', 'security-txt.fault', { problem: code, line: line || null, field }),
    );
  if (file.expires !== null) observations.push(judgeExpiry(file.expires, Date.parse(at)));
  const canonical = file.fields.get('canonical');
  // A signed copy that does not name the place it came from may be another site's (section 2.5.2).
  if (canonical !== undefined && !canonical.includes(response.url))
    observations.push(
      saw(file.signed === null ? 'warn' : 'fail', 'security-txt.canonical', { url: response.url.slice(0, 200) }),
    );
  return [...observations, ...judgeSignature(file.signed, keys, Date.parse(at), profile.unsigned)];
});

function notFound(
  { wellKnown, root }: NonNullable<Site['securityTxt']>,
  missing: WebProfile['securityTxt']['missing'],
): Observation {
  const [first, second] = [last(wellKnown), root === null ? null : last(root)];
  const sure =
    first !== null &&
    wellKnown.end === 'final' &&
    !isTurnedAway(first.status) &&
    second !== null &&
    !isTurnedAway(second.status);
  if (!sure) return saw('inconclusive', 'security-txt.no-answer', { status: first?.status });
  return saw(missing === 'ignore' ? 'not-applicable' : missing, 'security-txt.none', { status: first.status });
}

/** RFC 9116 section 2.5.5: not after it, and best less than a year ahead. */
function judgeExpiry(expires: number, now: number): Observation {
  const until = new Date(expires).toISOString();
  if (expires <= now) return saw('fail', 'security-txt.expired', { until });
  return expires - now > YEAR
    ? saw('warn', 'security-txt.far-expiry', { until })
    : saw('pass', 'security-txt.expires', { until });
}

/** What each state of a signature calls for; what leaves open whether it is true is not among them. */
const SIGNATURES: Partial<Record<SignatureState, Verdict>> = {
  good: 'pass',
  false: 'fail',
  malformed: 'fail',
  weak: 'fail',
  expired: 'fail',
  future: 'fail',
  'key-revoked': 'fail',
  'key-unfit': 'fail',
  // It was good when it was made, and whoever finds it may still trust it.
  'key-expired': 'warn',
};

/**
 * The file is signed by a key that it names itself (RFC 9116 sections 2.3 and 2.5.4). Where nobody asks for a signature, one that could not be
 * checked is only told.
 */
function judgeSignature(
  signed: SecurityTxt['signed'],
  visits: Site['keys'],
  now: number,
  unsigned: WebProfile['securityTxt']['unsigned'],
): Observation[] {
  if (signed === null) return unsigned === 'ignore' ? [] : [saw(unsigned, 'security-txt.unsigned')];
  const keys = visits.flatMap((visit) => {
    const response = last(visit);
    // A key that came by way of anybody says nothing of who signed.
    return response?.status === 200 && !response.truncated && isSecure(response) ? [bodyOf(response)] : [];
  });
  const { state, issuer, created } = checkSignature(signed.text, signed.signature, keys, now);
  const values = { issuer: issuer ?? '–', created: created === null ? '–' : new Date(created).toISOString() };
  return [
    saw(
      SIGNATURES[state] ?? (unsigned === 'ignore' ? 'pass' : 'inconclusive'),
      `security-txt.signature-${state}`,
      values,
    ),
  ];
}

/** All checks on the web, in the order in which they are shown. */
export const webChecks: readonly WebCheck[] = [
  parityCheck,
  redirectCheck,
  hstsCheck,
  compressionCheck,
  versionsCheck,
  cspCheck,
  framingCheck,
  contentTypeCheck,
  referrerCheck,
  permissionsCheck,
  cookiesCheck,
  securityTxtCheck,
];
