import * as checks from '../checks.ts';
import type { Family } from '../site.ts';
import { failure, family, HOST, redirectTo, response, site, siteWith, visit } from './site.ts';
import type { CaseTable } from './table.ts';

const both = (change: Partial<Family>) => site({ families: [family(change), family({ family: 'ipv6', ...change })] });
const plain = (...given: Parameters<typeof visit>) => both({ plain: visit(...given) });
const secure = (...given: Parameters<typeof visit>) => both({ secure: visit(...given) });
const hsts = (value: string | string[] | null) => siteWith({ 'Strict-Transport-Security': value });
const http = `http://${HOST}/`;
const untrusted = { version: 'TLSv1.3', alpn: null, authorized: false, error: 'CERT_HAS_EXPIRED' };
const words = (count: number) => Array.from({ length: count }, (_, at) => `w${at}`).join(' ');
const v6 = (change: Partial<Family>) => site({ families: [family(), family({ family: 'ipv6', ...change })] });
const page6 = (change: Parameters<typeof response>[0]) => v6({ secure: visit(response(change)) });

/** How the site is reached: a site, the verdict on it, and an observation that must be among those made. */
export const transportCases: CaseTable = {
  redirect: [
    checks.redirectCheck,
    [
      ['to HTTPS', site(), 'pass', 'redirect.https'],
      [
        'by two steps',
        plain(
          redirectTo(`https://${HOST}/`),
          redirectTo(`https://example.com/`, `https://${HOST}/`),
          response({ url: 'https://example.com/' }),
        ),
        'pass',
        'redirect.https',
      ],
      ['closed port', plain(failure('refused', http)), 'pass', 'redirect.no-plain-http'],
      ['content over HTTP', plain(response({ url: http })), 'fail', 'redirect.none'],
      [
        'to HTTP first',
        plain(redirectTo('http://example.com/'), response({ url: 'http://example.com/' })),
        'fail',
        'redirect.plain-first',
      ],
      [
        'to another host first',
        plain(redirectTo('https://example.com/'), response({ url: 'https://example.com/' })),
        'fail',
        'redirect.other-host-first',
      ],
      [
        'back to HTTP',
        plain(redirectTo(`https://${HOST}/`), redirectTo(http, `https://${HOST}/`), response({ url: `${http}x` })),
        'fail',
        'redirect.back-to-plain',
      ],
      ['a loop', both({ plain: { exchanges: [redirectTo(http)], end: 'loop' } }), 'fail', 'redirect.loop'],
      [
        'nowhere',
        both({ plain: { exchanges: [redirectTo('ftp://x')], end: 'bad-location' } }),
        'fail',
        'redirect.location',
      ],
      [
        'endless',
        both({ plain: { exchanges: [redirectTo(`https://${HOST}/`), response()], end: 'limit' } }),
        'inconclusive',
        'redirect.unfinished',
      ],
      ['over one family only', v6({ plain: visit(response({ url: http })) }), 'fail', 'redirect.none'],
      ['time-out', plain(failure('timeout', http)), 'inconclusive', 'redirect.no-answer'],
      [
        'HTTPS does not answer',
        plain(redirectTo(`https://${HOST}/`), failure('timeout')),
        'inconclusive',
        'redirect.no-answer',
      ],
      ['turned away', plain(response({ url: http, status: 429 })), 'inconclusive', 'redirect.turned-away'],
      ['nothing reached', site({ families: [] }), 'inconclusive', 'redirect.no-address'],
    ],
  ],
  hsts: [
    checks.hstsCheck,
    [
      ['long', site(), 'pass', 'hsts.max-age'],
      ['quoted', hsts('MAX-AGE="31536000"'), 'pass', 'hsts.max-age'],
      ['unknown directive', hsts('max-age=31536000; foo; bar=baz'), 'pass', 'hsts.max-age'],
      ['none', hsts(null), 'fail', 'hsts.none'],
      ['short', hsts('max-age=31535999'), 'fail', 'hsts.max-age'],
      ['zero', hsts('max-age=0'), 'fail', 'hsts.max-age'],
      ['no age', hsts('includeSubDomains'), 'fail', 'hsts.syntax'],
      ['negative', hsts('max-age=-1'), 'fail', 'hsts.syntax'],
      ['twice in one', hsts('max-age=31536000; max-age=0'), 'fail', 'hsts.syntax'],
      ['commas', hsts('max-age=31536000, includeSubDomains'), 'fail', 'hsts.syntax'],
      ['two fields, the first counts', hsts(['max-age=31536000', 'max-age=0']), 'warn', 'hsts.several'],
      ['two fields, the first is short', hsts(['max-age=0', 'max-age=31536000']), 'fail', 'hsts.max-age'],
      ['over plain HTTP too', plain(response({ url: http })), 'warn', 'hsts.over-plain'],
      ['untrusted certificate', secure(response({ tls: untrusted })), 'fail', 'hsts.certificate'],
      ['time-out', secure(failure('timeout')), 'inconclusive', 'hsts.no-answer'],
      [
        'turned away',
        secure(response({ status: 503, headers: { 'Strict-Transport-Security': null } })),
        'inconclusive',
        'hsts.turned-away',
      ],
    ],
  ],
  compression: [
    checks.compressionCheck,
    [
      ['none', site(), 'pass', 'compression.none'],
      [
        'gzip',
        site({ compressed: response({ headers: { 'Content-Encoding': 'gzip' } }) }),
        'warn',
        'compression.found',
      ],
      ['a redirect', site({ compressed: redirectTo('/x', `https://${HOST}/`) }), 'inconclusive', 'compression.no-page'],
      ['time-out', site({ compressed: failure('timeout') }), 'inconclusive', 'compression.no-answer'],
      ['turned away', site({ compressed: response({ status: 429 }) }), 'inconclusive', 'compression.no-page'],
      ['not recorded', site({ compressed: null }), 'inconclusive', 'compression.no-answer'],
    ],
  ],
  versions: [
    checks.versionsCheck,
    [
      ['HTTP/2 and 3', site(), 'pass', 'versions.http3'],
      ['not HTTP/2', site({ http2: { alpn: 'http/1.1', failure: null } }), 'warn', 'versions.no-http2'],
      ['no choice', site({ http2: { alpn: null, failure: null } }), 'warn', 'versions.no-http2'],
      ['no answer', site({ http2: { alpn: null, failure: 'timeout' } }), 'inconclusive', 'versions.no-answer'],
      ['HTTP/3 is not demanded', siteWith({ 'Alt-Svc': null }), 'pass', 'versions.http2'],
    ],
  ],
  parity: [
    checks.parityCheck,
    [
      ['the same', site(), 'pass', 'parity.words'],
      ['no IPv6', site({ families: [family()] }), 'fail', 'parity.no-ipv6'],
      ['no IPv4', site({ families: [family({ family: 'ipv6' })] }), 'not-applicable', 'parity.no-ipv4'],
      ['IPv6 refuses', v6({ secure: visit(failure('refused')) }), 'fail', 'parity.one-answers'],
      ['IPv6 is silent', v6({ secure: visit(failure('timeout')) }), 'inconclusive', 'parity.one-answers'],
      [
        'no way to IPv6',
        v6({ plain: visit(failure('unreachable')), secure: visit(failure('unreachable')) }),
        'inconclusive',
        'parity.one-answers',
      ],
      ['both silent', both({ secure: visit(failure('timeout')) }), 'inconclusive', 'parity.no-answer'],
      [
        'everything closed for both',
        both({ plain: visit(failure('refused')), secure: visit(failure('refused')) }),
        'not-applicable',
        'parity.no-site',
      ],
      ['plain HTTP closed for both', both({ plain: visit(failure('refused')) }), 'pass', 'parity.neither-answers'],
      ['another status', page6({ status: 404 }), 'warn', 'parity.status'],
      ['turned away on one', page6({ status: 429 }), 'inconclusive', 'parity.status'],
      ['another place', page6({ url: `https://${HOST}/v6` }), 'warn', 'parity.place'],
      ['another type', page6({ headers: { 'Content-Type': 'text/plain' } }), 'warn', 'parity.type'],
      ['other words', page6({ text: '<h1>Welcome to nginx!</h1>' }), 'warn', 'parity.words'],
      [
        'nearly the same words',
        site({
          families: [
            family({ secure: visit(response({ text: words(100) })) }),
            family({ family: 'ipv6', secure: visit(response({ text: words(95) })) }),
          ],
        }),
        'pass',
        'parity.words',
      ],
      [
        'DNS silent',
        site({ families: [], lookups: [{ name: HOST, type: 'AAAA', status: 'error', records: [] }] }),
        'inconclusive',
        'parity.dns',
      ],
      ['nothing recorded', site({ families: [], lookups: [] }), 'inconclusive', 'parity.dns'],
    ],
  ],
};
