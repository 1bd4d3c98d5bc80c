import { isIP } from 'node:net';
import { isPublicAddress } from '@proviso/addresses';
import { getDomain } from 'tldts';
import { z } from 'zod';
import { within } from '../deadline.ts';
import {
  ask,
  canonical,
  type Dialogue,
  drive,
  isQueryable,
  type Lookup,
  lookupSchema,
  type Resolver,
} from '../mail/lookup.ts';
import { follow, get, type Visit, webUrl } from './http/client.ts';
import { DialError, type Dialer } from './http/dialer.ts';
import { bodyOf, type Exchange, exchangeSchema, type Failure, type Response } from './http/exchange.ts';
import { parseSecurityTxt } from './security-txt.ts';

/** Places where a security.txt says that keys are, that are looked at. */
const MOST_KEYS = 3;

const visitSchema = z.object({
  exchanges: z.array(exchangeSchema),
  end: z.enum(['final', 'failure', 'loop', 'limit', 'bad-location']),
});
const familySchema = z.object({
  family: z.enum(['ipv4', 'ipv6']),
  address: z.string(),
  /** From `http://host/` and from `https://host/`, this host always at this address. */
  plain: visitSchema,
  secure: visitSchema,
});
const offerSchema = z.object({ alpn: z.string().nullable(), failure: z.string().nullable() });

/** What was seen of a web site: the evidence of all web checks, gathered once. */
export const siteSchema = z.object({
  /** When it was seen (ISO 8601); what expires is judged as of then. */
  at: z.iso.datetime(),
  host: z.string(),
  lookups: z.array(lookupSchema),
  families: z.array(familySchema),
  /** The page asked for again with compression offered. */
  compressed: exchangeSchema.nullable(),
  /** What the server chose when HTTP/2 was offered. */
  http2: offerSchema.nullable(),
  securityTxt: z.object({ wellKnown: visitSchema, root: visitSchema.nullable() }).nullable(),
  /** Where a security.txt that is signed says that keys are, what was there. */
  keys: z.array(visitSchema).max(MOST_KEYS).default([]),
});
export type Site = z.infer<typeof siteSchema>;
export type Family = Site['families'][number];

export interface SiteOptions {
  resolver: Resolver;
  dialer: Dialer;
  /** The clock. */
  now: () => Date;
  signal?: AbortSignal;
  /** Milliseconds for each exchange. */
  timeout?: number;
  userAgent?: string;
  /** Ports of plain and secure HTTP. */
  ports?: { plain: number; secure: number };
}

const WELL_KNOWN = '/.well-known/security.txt';

/**
 * Visits a site once over each address family: at most about 20 requests, one after another. Each name is looked up once, and connected to
 * at the address that was found. Never rejects on what the network does.
 */
export async function gatherSite(host: string, options: SiteOptions): Promise<Site> {
  const { resolver, dialer, signal, timeout = 10_000, userAgent, ports = { plain: 80, secure: 443 } } = options;
  const at = options.now().toISOString();
  const name = canonical(host);
  const lookups: Lookup[] = [];
  const found = new Map<string, Record<'ipv4' | 'ipv6', string | null> & { failure: Failure }>();
  const lookUp = async (other: string) => {
    const known = found.get(other);
    if (known !== undefined) return known;
    const { result, lookups: asked } = await drive(findAddresses(other), resolver, signal ? { signal } : {});
    lookups.push(...asked);
    found.set(other, result);
    return result;
  };
  const common = {
    dialer,
    timeout,
    ports: [ports.plain, ports.secure],
    ...(signal ? { signal } : {}),
    ...(userAgent ? { userAgent } : {}),
  };
  const go = (url: string, family: 'ipv4' | 'ipv6') =>
    follow(url, {
      ...common,
      addressOf: async (other) => {
        const known = await lookUp(canonical(other));
        // Another host on the way may have only the other family; that says nothing about this site's.
        return known[family] ?? (canonical(other) === name ? null : (known.ipv4 ?? known.ipv6)) ?? known.failure;
      },
    });
  const own = await lookUp(name);
  const authority = isIP(name) === 6 ? `[${name}]` : name;
  const [plainBase, secureBase] = [
    `http://${authority}${port(ports.plain, 80)}`,
    `https://${authority}${port(ports.secure, 443)}`,
  ];
  const families: Family[] = [];
  for (const family of ['ipv4', 'ipv6'] as const) {
    const address = own[family];
    if (address === null) continue;
    families.push({
      family,
      address,
      plain: await go(`${plainBase}/`, family),
      secure: await go(`${secureBase}/`, family),
    });
  }
  const first =
    families.find((one) => one.secure.exchanges.some((exchange) => exchange.outcome === 'response')) ?? families[0];
  const nothing = {
    at,
    host: name,
    lookups,
    families,
    compressed: null,
    http2: null,
    securityTxt: null,
    keys: [],
  };
  if (first === undefined) return nothing;
  const { address, family } = first;
  // The page itself, not a redirect to it, which has nothing to compress.
  const page = pageOf(first, name);
  const compressed = await get(page?.url ?? `${secureBase}/`, {
    ...common,
    address: page?.address ?? address,
    acceptEncoding: 'gzip, deflate, br, zstd',
  });
  const http2 = await offerHttp2(name, address, ports.secure, dialer, signal, timeout);
  const wellKnown = await go(`${secureBase}${WELL_KNOWN}`, family);
  const missing =
    wellKnown.end === 'final' && wellKnown.exchanges.at(-1)?.outcome === 'response' && last(wellKnown)?.status !== 200;
  const securityTxt = { wellKnown, root: missing ? await go(`${secureBase}/security.txt`, family) : null };
  const keys: Visit[] = [];
  for (const url of keyUrls(securityTxt, ports.secure)) keys.push(await go(url, family));
  return { ...nothing, compressed, http2, securityTxt, keys };
}

function port(used: number, usual: number): string {
  return used === usual ? '' : `:${used}`;
}

/** One address of each family of a host, or why there is none. What is an address itself is its own. */
export function* findAddresses(host: string): Dialogue<Record<'ipv4' | 'ipv6', string | null> & { failure: Failure }> {
  if (isIP(host) !== 0)
    return { ipv4: isIP(host) === 4 ? host : null, ipv6: isIP(host) === 6 ? host : null, failure: 'no-address' };
  if (!isQueryable(host)) return { ipv4: null, ipv6: null, failure: 'name' };
  const v4 = yield* ask(host, 'A');
  const v6 = yield* ask(host, 'AAAA');
  const failure = v4.status === 'error' || v6.status === 'error' ? 'name' : 'no-address';
  return { ipv4: best(v4.records), ipv6: best(v6.records), failure };
}

/** A public address where there is one, so that one private among them does not hide the site. */
function best(records: readonly string[]): string | null {
  return records.find(isPublicAddress) ?? records[0] ?? null;
}

/** A handshake alone, to see what is chosen (RFC 7301). */
async function offerHttp2(
  host: string,
  address: string,
  secure: number,
  dialer: Dialer,
  signal: AbortSignal | undefined,
  timeout: number,
) {
  try {
    const target = { address, port: secure, tls: { serverName: host, alpn: ['h2', 'http/1.1'] } };
    const connection = await within(timeout, signal, (bounded) => dialer.connect(target, bounded));
    connection.close();
    return { alpn: connection.tls?.alpn ?? null, failure: null };
  } catch (error) {
    if (!(error instanceof DialError)) throw error;
    return { alpn: null, failure: error.failure };
  }
}

/** Where a signed file says that keys are (RFC 9116 section 2.5.4): addresses of the web, on the usual port, each once. */
function keyUrls(securityTxt: NonNullable<Site['securityTxt']>, secure: number): string[] {
  const response = securityResponse(securityTxt);
  const file = response === null ? null : parseSecurityTxt(bodyOf(response).toString('utf8'));
  if (!file?.signed) return [];
  const urls = (file.fields.get('encryption') ?? []).flatMap((value) => {
    const url = webUrl(value);
    const isUsual = url?.protocol === 'https:' && ['', String(secure)].includes(url.port);
    return url && isUsual ? [url.href] : [];
  });
  return [...new Set(urls)].slice(0, MOST_KEYS);
}

/** The file, from where it was found: the well-known place first. */
export function securityResponse({ wellKnown, root }: NonNullable<Site['securityTxt']>): Response | null {
  return (
    [wellKnown, root]
      .map((visit) => (visit === null ? null : last(visit)))
      .find((response) => response?.status === 200) ?? null
  );
}

/** The last response of a visit, if it ended with one. */
export function last(visit: Pick<Visit, 'exchanges'>): Response | null {
  const exchange: Exchange | undefined = visit.exchanges.at(-1);
  return exchange?.outcome === 'response' ? exchange : null;
}

/**
 * The response whose headers stand for the site: the last one over HTTPS that still belongs to it, by registrable domain.
 * @returns null where there was none
 */
export function pageOf(family: Family, host: string): Response | null {
  const owner = ownerOf(host);
  const own = family.secure.exchanges.filter(
    (one): one is Response =>
      one.outcome === 'response' && one.tls !== null && ownerOf(new URL(one.url).hostname) === owner,
  );
  return own.at(-1) ?? null;
}

function ownerOf(host: string): string {
  return getDomain(host, { allowPrivateDomains: true }) ?? host;
}
