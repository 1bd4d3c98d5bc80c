import type { Visit } from '../http/client.ts';
import type { Exchange, Failure, Response } from '../http/exchange.ts';
import type { Family, Site } from '../site.ts';

export const HOST = 'www.example.com';
export const AT = '2026-06-01T00:00:00.000Z';
const POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
export const GOOD_HEADERS: Record<string, string> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains; preload',
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), geolocation=(self "https://maps.example.com")',
  'Set-Cookie': '__Host-id=1; Secure; HttpOnly; SameSite=Lax; Path=/',
  'Alt-Svc': 'h3=":443"; ma=86400',
};

export type HeaderList = Record<string, string | string[] | null>;

/** A response over HTTPS, or over HTTP where its URL says so; a header that is null is left out of the good ones. */
export function response(
  change: Partial<Omit<Response, 'headers' | 'body'>> & { headers?: HeaderList; text?: string } = {},
): Response {
  const { headers = {}, text = '<p>hello world</p>', ...rest } = change;
  const url = rest.url ?? `https://${HOST}/`;
  const list = Object.entries({ ...GOOD_HEADERS, ...headers }).flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [value].flat().map((one) => [name, one]),
  );
  const tls = url.startsWith('https:') ? { version: 'TLSv1.3', alpn: 'http/1.1', authorized: true, error: null } : null;
  return {
    outcome: 'response',
    url,
    address: '93.184.216.34',
    tls,
    version: 'HTTP/1.1',
    status: 200,
    truncated: false,
    ...rest,
    headers: list,
    body: Buffer.from(text).toString('base64'),
  };
}

export function failure(failure: Failure, url = `https://${HOST}/`): Exchange {
  return { outcome: 'failure', url, address: null, failure, detail: null };
}

/** Over plain HTTP, a redirect to a place. */
export function redirectTo(location: string, url = `http://${HOST}/`): Response {
  return { ...response({ url, status: 301 }), headers: [['Location', location]] };
}

export function visit(...exchanges: Exchange[]): Visit {
  return { exchanges, end: exchanges.at(-1)?.outcome === 'failure' ? 'failure' : 'final' };
}

export function family(change: Partial<Family> = {}): Family {
  const plain = visit(redirectTo(`https://${HOST}/`), response());
  return { family: 'ipv4', address: '93.184.216.34', plain, secure: visit(response()), ...change };
}

export const GOOD_TXT = 'Contact: mailto:security@example.com\r\nExpires: 2026-12-31T00:00:00Z\r\n';
export function securityTxt(text = GOOD_TXT, change: Parameters<typeof response>[0] = {}): Site['securityTxt'] {
  const url = `https://${HOST}/.well-known/security.txt`;
  return {
    wellKnown: visit(response({ url, text, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, ...change })),
    root: null,
  };
}

/** A site without a fault, with what a test changes. */
export function site(change: Partial<Site> = {}): Site {
  const lookups: Site['lookups'] = [
    { name: HOST, type: 'A', status: 'found', records: ['93.184.216.34'] },
    { name: HOST, type: 'AAAA', status: 'found', records: ['2606:2800:21f::1'] },
  ];
  return {
    at: AT,
    host: HOST,
    lookups,
    families: [family(), family({ family: 'ipv6', address: '2606:2800:21f::1' })],
    compressed: response(),
    http2: { alpn: 'h2', failure: null },
    securityTxt: securityTxt(),
    keys: [],
    ...change,
  };
}

/** A site whose page has these headers over both families. */
export function siteWith(headers: HeaderList, change: Parameters<typeof response>[0] = {}): Site {
  const secure = visit(response({ headers, ...change }));
  return site({ families: [family({ secure }), family({ family: 'ipv6', secure })] });
}
