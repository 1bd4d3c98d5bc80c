import * as checks from '../checks.ts';
import type { Family } from '../site.ts';
import { failure, family, HOST, redirectTo, response, site, siteWith, visit } from './site.ts';
import type { CaseTable } from './table.ts';

const both = (change: Partial<Family>) => site({ families: [family(change), family({ family: 'ipv6', ...change })] });
const secure = (...given: Parameters<typeof visit>) => both({ secure: visit(...given) });

/** What a page’s headers say: a site, the verdict on it, and an observation that must be among those made. */
export const pageCases: CaseTable = {
  csp: [
    checks.cspCheck,
    [
      ['good', site(), 'pass', 'csp.policy'],
      ['none', siteWith({ 'Content-Security-Policy': null }), 'fail', 'csp.none'],
      [
        'a nonce twice',
        siteWith({
          'Content-Security-Policy':
            "script-src 'nonce-4AEemGb0xJptoIGFP3Nd5w'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        }),
        'fail',
        'csp.nonce-reused',
      ],
      ['turned away', siteWith({}, { status: 403 }), 'inconclusive', 'csp.turned-away'],
      ['nothing reached', secure(failure('timeout')), 'inconclusive', 'csp.no-page'],
      [
        'another owner’s page does not count',
        secure(redirectTo('https://other.test/', `https://${HOST}/`), response({ url: 'https://other.test/' })),
        'fail',
        'csp.none',
      ],
    ],
  ],
  framing: [
    checks.framingCheck,
    [
      ['by policy', site(), 'pass', 'framing.ancestors'],
      [
        'by option',
        siteWith({ 'Content-Security-Policy': null, 'X-Frame-Options': 'SameOrigin' }),
        'pass',
        'framing.options',
      ],
      ['none', siteWith({ 'Content-Security-Policy': "default-src 'self'" }), 'fail', 'framing.none'],
      [
        'anyone by policy beats the option',
        siteWith({ 'Content-Security-Policy': 'frame-ancestors https:', 'X-Frame-Options': 'DENY' }),
        'fail',
        'framing.anyone',
      ],
      [
        'a value long gone',
        siteWith({ 'Content-Security-Policy': null, 'X-Frame-Options': 'ALLOW-FROM https://a.test' }),
        'fail',
        'framing.value',
      ],
      [
        'two that differ',
        siteWith({ 'Content-Security-Policy': null, 'X-Frame-Options': 'DENY, SAMEORIGIN' }),
        'fail',
        'framing.value',
      ],
    ],
  ],
  'content type': [
    checks.contentTypeCheck,
    [
      ['nosniff', site(), 'pass', 'content-type.nosniff'],
      ['none', siteWith({ 'X-Content-Type-Options': null }), 'fail', 'content-type.none'],
      ['another value', siteWith({ 'X-Content-Type-Options': 'sniff, nosniff' }), 'fail', 'content-type.value'],
    ],
  ],
  referrer: [
    checks.referrerCheck,
    [
      ['none sent', site(), 'pass', 'referrer.policy'],
      [
        'the last known counts',
        siteWith({ 'Referrer-Policy': 'unsafe-url, same-origin, new-thing' }),
        'pass',
        'referrer.policy',
      ],
      ['all sent', siteWith({ 'Referrer-Policy': 'unsafe-url' }), 'fail', 'referrer.policy'],
      ['the last is bad', siteWith({ 'Referrer-Policy': ['same-origin', 'unsafe-url'] }), 'fail', 'referrer.policy'],
      ['unknown', siteWith({ 'Referrer-Policy': 'never' }), 'fail', 'referrer.unknown'],
      ['no policy', siteWith({ 'Referrer-Policy': null }), 'warn', 'referrer.none'],
    ],
  ],
  permissions: [
    checks.permissionsCheck,
    [
      ['shut', site(), 'pass', 'permissions.policy'],
      ['single value', siteWith({ 'Permissions-Policy': 'camera=self, fullscreen=*' }), 'pass', 'permissions.policy'],
      ['open', siteWith({ 'Permissions-Policy': 'camera=*' }), 'fail', 'permissions.open'],
      ['open in a list', siteWith({ 'Permissions-Policy': ['usb=()', 'camera=(self *)'] }), 'fail', 'permissions.open'],
      ['the old form', siteWith({ 'Permissions-Policy': "camera 'none'" }), 'fail', 'permissions.syntax'],
      ['none', siteWith({ 'Permissions-Policy': null }), 'warn', 'permissions.none'],
    ],
  ],
  cookies: [
    checks.cookiesCheck,
    [
      ['good', site(), 'pass', 'cookies.cookie'],
      ['none', siteWith({ 'Set-Cookie': null }), 'not-applicable', 'cookies.none'],
      ['not secure', siteWith({ 'Set-Cookie': 'a=b; HttpOnly; SameSite=Lax' }), 'fail', 'cookies.not-secure'],
      [
        'scripts can read it',
        siteWith({ 'Set-Cookie': 'a=b; Secure; SameSite=Lax' }),
        'warn',
        'cookies.script-readable',
      ],
      ['no SameSite', siteWith({ 'Set-Cookie': 'a=b; Secure; HttpOnly' }), 'warn', 'cookies.no-same-site'],
      [
        'a false prefix',
        siteWith({ 'Set-Cookie': '__host-a=b; Secure; HttpOnly; SameSite=Lax; Path=/x' }),
        'fail',
        'cookies.refused',
      ],
      [
        'a nameless one with a prefix',
        siteWith({ 'Set-Cookie': '=__Host-a=b; HttpOnly; SameSite=Lax' }),
        'fail',
        'cookies.refused',
      ],
      [
        'to others but not secure',
        siteWith({ 'Set-Cookie': 'a=b; HttpOnly; SameSite=None' }),
        'fail',
        'cookies.refused',
      ],
      [
        'for a whole suffix',
        siteWith({ 'Set-Cookie': 'a=b; Secure; HttpOnly; SameSite=Lax; Domain=com' }),
        'fail',
        'cookies.refused',
      ],
      [
        'for another domain',
        siteWith({ 'Set-Cookie': 'a=b; Secure; HttpOnly; SameSite=Lax; Domain=other.com' }),
        'fail',
        'cookies.refused',
      ],
      [
        'one bad among good',
        siteWith({ 'Set-Cookie': ['a=b; Secure; HttpOnly; SameSite=Lax', 'c=d'] }),
        'fail',
        'cookies.not-secure',
      ],
      [
        'on a redirect',
        secure(
          {
            ...redirectTo('/x', `https://${HOST}/`),
            headers: [
              ['Location', '/x'],
              ['Set-Cookie', 'a=b'],
            ],
          },
          response(),
        ),
        'fail',
        'cookies.not-secure',
      ],
      [
        'more than are looked at',
        siteWith({ 'Set-Cookie': Array.from({ length: 101 }, () => 'a=b; Secure; HttpOnly; SameSite=Lax') }),
        'inconclusive',
        'cookies.many',
      ],
      ['nothing reached', secure(failure('timeout')), 'inconclusive', 'cookies.no-page'],
    ],
  ],
};
