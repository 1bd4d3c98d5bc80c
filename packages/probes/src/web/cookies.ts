import { getDomain } from 'tldts';
import type { Observation } from '../check.ts';
import { stripBlanks } from '../mail/blanks.ts';
import { saw } from '../mail/judgement.ts';
import type { WebProfile, Weight } from './profile.ts';

/** A Set-Cookie field as a browser reads it (RFC 6265bis section 5.6). The value is not kept: it may be a secret. */
export interface Cookie {
  name: string;
  secure: boolean;
  httpOnly: boolean;
  sameSite: 'strict' | 'lax' | 'none' | null;
  domain: string | null;
  path: string | null;
  /** Why a browser would not take it. */
  refused:
    | 'syntax'
    | 'characters'
    | 'too-long'
    | 'secure-prefix'
    | 'host-prefix'
    | 'none-without-secure'
    | 'foreign-domain'
    | 'public-suffix'
    | null;
}

/** Reads one field. `host` is who sent it. Never throws. */
export function parseCookie(field: string, host: string): Cookie {
  const [pair = '', ...attributes] = field.split(';');
  const at = pair.indexOf('=');
  const name = stripBlanks(at < 0 ? '' : pair.slice(0, at));
  const value = stripBlanks(pair.slice(at + 1));
  const cookie: Cookie = {
    name,
    secure: false,
    httpOnly: false,
    sameSite: null,
    domain: null,
    path: null,
    refused: null,
  };
  for (const attribute of attributes) {
    const [key = '', ...rest] = attribute.split('=');
    const given = stripBlanks(rest.join('='));
    // The value of an attribute may have 1024 bytes; one that is longer is passed over.
    if (given.length <= 1024) readAttribute(cookie, stripBlanks(key).toLowerCase(), given);
  }
  cookie.refused = refusal(cookie, field, value, host);
  return cookie;
}

function readAttribute(cookie: Cookie, key: string, value: string): void {
  if (key === 'secure') cookie.secure = true;
  else if (key === 'httponly') cookie.httpOnly = true;
  else if (key === 'domain') cookie.domain = value.replace(/^\./, '').toLowerCase() || null;
  else if (key === 'path') cookie.path = value.startsWith('/') ? value : null;
  else if (key === 'samesite')
    cookie.sameSite = (['strict', 'lax', 'none'] as const).find((one) => one === value.toLowerCase()) ?? null;
}

/** RFC 6265bis sections 5.6 and 5.7. */
function refusal(
  { name, secure, sameSite, domain, path }: Cookie,
  field: string,
  value: string,
  host: string,
): Cookie['refused'] {
  if (name === '' && value === '') return 'syntax';
  // RFC 6265bis, section 5.6: control characters but the tab; those above U+007F are no octets of a field.
  if (/(?!\t)\p{Cc}/u.test(field)) return 'characters';
  if (name.length + value.length > 4096) return 'too-long';
  const own = host.toLowerCase();
  if (domain !== null && own !== domain && !own.endsWith(`.${domain}`)) return 'foreign-domain';
  if (domain !== null && domain !== own && getDomain(domain, { allowPrivateDomains: true }) === null)
    return 'public-suffix';
  // Prefixes are compared without case since 6265bis; a nameless cookie must not fake one.
  const prefix = (name === '' ? value : name).toLowerCase();
  if (prefix.startsWith('__secure-') && !secure) return 'secure-prefix';
  if (prefix.startsWith('__host-') && (!secure || domain !== null || path !== '/')) return 'host-prefix';
  return sameSite === 'none' && !secure ? 'none-without-secure' : null;
}

/** Judges the cookies of one response over HTTPS; each is named, none of its content. */
export function judgeCookies(fields: readonly string[], host: string, profile: WebProfile['cookies']): Observation[] {
  const observations = fields.slice(0, 100).flatMap((field) => {
    const { name, secure, httpOnly, sameSite, refused } = parseCookie(field, host);
    const cookie = name.slice(0, 100);
    if (refused !== null) return [saw('fail', 'cookies.refused', { cookie, problem: refused })];
    const missing: [boolean, Weight, string][] = [
      [secure, profile.secure, 'cookies.not-secure'],
      [httpOnly, profile.httpOnly, 'cookies.script-readable'],
      [sameSite !== null, profile.sameSite, 'cookies.no-same-site'],
    ];
    const found = missing.flatMap(([there, weight, code]) =>
      there || weight === 'ignore' ? [] : [saw(weight, code, { cookie })],
    );
    return found.length > 0 ? found : [saw('pass', 'cookies.cookie', { cookie })];
  });
  if (fields.length > 100) observations.push(saw('inconclusive', 'cookies.many', { limit: 100 }));
  return observations.length > 0 ? observations : [saw('not-applicable', 'cookies.none')];
}
