import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { isPublicAddress } from '@proviso/addresses';

export interface FetchConditions {
  /** From the last copy: the server then answers 304 when nothing changed. */
  etag?: string | undefined;
  lastModified?: string | undefined;
}

export interface Fetched {
  status: number;
  /** Null when the server says that nothing changed, or answers without content. */
  body: Buffer | null;
  contentType: string | null;
  etag: string | null;
  lastModified: string | null;
  /** Where redirects led. */
  finalAddress: string;
}

export interface FetchLimits {
  maxBytes: number;
  timeoutMs: number;
  redirects: number;
  allowPrivate: boolean;
}

const FETCH_LIMITS: FetchLimits = {
  maxBytes: 100 * 2 ** 20,
  timeoutMs: 60_000,
  redirects: 5,
  allowPrivate: false,
};

/** Why a document was not collected, in words for a person. */
export class FetchError extends Error {
  override readonly name = 'FetchError';
}

/**
 * Gets one document. Every hop is checked: a name is looked up once and the connection goes to what was found, which has to be public
 * unless `allowPrivate`.
 * @throws FetchError when it cannot be had; an HTTP status is no error.
 */
export async function fetchAddress(
  address: string,
  conditions: FetchConditions = {},
  limits: Partial<FetchLimits> = {},
): Promise<Fetched> {
  const bounds = { ...FETCH_LIMITS, ...limits };
  const deadline = AbortSignal.timeout(bounds.timeoutMs);
  let at = parseAddress(address);
  for (let hop = 0; hop <= bounds.redirects; hop += 1) {
    const response = await get(at, conditions, bounds, deadline);
    const { location } = response.headers;
    if (response.statusCode && response.statusCode >= 300 && response.statusCode < 400 && location) {
      response.destroy();
      at = parseAddress(location, at);
      continue;
    }
    return { ...(await answerOf(response, bounds, deadline)), finalAddress: at.href };
  }
  throw new FetchError(`It redirects more than ${bounds.redirects} times.`);
}

function parseAddress(address: string, base?: URL): URL {
  const url = URL.parse(address, base?.href);
  if (!url) throw new FetchError(`"${address}" is not an address.`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new FetchError(`It leads to ${url.protocol} addresses, which are not fetched.`);
  return url;
}

function get(
  url: URL,
  conditions: FetchConditions,
  bounds: FetchLimits,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // For an address that is a number Node asks no resolver, so it is checked here.
  if (isIP(host) !== 0 && !bounds.allowPrivate && !isPublicAddress(host)) return Promise.reject(refusal(host));
  const headers: Record<string, string> = {
    'user-agent': 'Proviso-study/0.1 (collects procurement documents; one request at a time)',
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br',
  };
  if (conditions.etag) headers['if-none-match'] = conditions.etag;
  if (conditions.lastModified) headers['if-modified-since'] = conditions.lastModified;
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(url, { headers, signal, agent: false, lookup: publicLookup(bounds.allowPrivate) });
    request.once('response', resolve);
    request.once('error', (error) => reject(reasonOf(error, bounds)));
    request.end();
  });
}

/** A resolver that hands on public addresses only. */
function publicLookup(allowPrivate: boolean): LookupFunction {
  return (hostname, options, callback) => {
    dnsLookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, []);
      const usable = allowPrivate ? addresses : addresses.filter(({ address }) => isPublicAddress(address));
      const first = usable[0];
      if (!first) return callback(refusal(hostname), []);
      if (options.all) callback(null, usable);
      else callback(null, first.address, first.family);
    });
  };
}

function refusal(host: string): FetchError {
  return new FetchError(`${host} is not on the public internet; say --allow-private to fetch it all the same.`);
}

async function answerOf(
  response: IncomingMessage,
  bounds: FetchLimits,
  signal: AbortSignal,
): Promise<Omit<Fetched, 'finalAddress'>> {
  const header = (name: string): string | null => {
    const value = response.headers[name];
    return typeof value === 'string' ? value : null;
  };
  const status = response.statusCode ?? 0;
  const facts = {
    status,
    contentType: header('content-type'),
    etag: header('etag'),
    lastModified: header('last-modified'),
  };
  if (status !== 200) {
    response.destroy();
    return { ...facts, body: null };
  }
  const tooLarge = new FetchError(`It is larger than ${Math.round(bounds.maxBytes / 2 ** 20)} MB.`);
  if (Number(header('content-length') ?? 0) > bounds.maxBytes) {
    response.destroy();
    throw tooLarge;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  const stop = (): void => {
    response.destroy(new Error('timeout'));
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > bounds.maxBytes) throw tooLarge;
      chunks.push(chunk);
    }
    return { ...facts, body: unpack(Buffer.concat(chunks), header('content-encoding'), bounds.maxBytes) };
  } catch (error) {
    throw reasonOf(error, bounds);
  } finally {
    signal.removeEventListener('abort', stop);
    response.destroy();
  }
}

function unpack(body: Buffer, encoding: string | null, maxBytes: number): Buffer {
  const options = { maxOutputLength: maxBytes };
  switch (encoding?.toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return gunzipSync(body, options);
    case 'deflate':
      return inflateSync(body, options);
    case 'br':
      return brotliDecompressSync(body, options);
    default:
      return body;
  }
}

function reasonOf(error: unknown, bounds: FetchLimits): FetchError {
  if (error instanceof FetchError) return error;
  if (!(error instanceof Error)) return new FetchError(String(error));
  const code = 'code' in error ? String(error.code) : '';
  if (error.name === 'TimeoutError' || error.name === 'AbortError' || error.message === 'timeout')
    return new FetchError(`It did not come within ${Math.round(bounds.timeoutMs / 1000)} seconds.`);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new FetchError('The name of the host is not known.');
  if (code === 'ECONNREFUSED') return new FetchError('The host takes no connection.');
  if (code === 'ECONNRESET') return new FetchError('The host broke the connection off.');
  if (code === 'ERR_BUFFER_TOO_LARGE')
    return new FetchError(`It unpacks to more than ${Math.round(bounds.maxBytes / 2 ** 20)} MB.`);
  if (
    code.includes('CERT') ||
    code.startsWith('ERR_TLS') ||
    code.includes('SELF_SIGNED') ||
    code.includes('LEAF_SIGNATURE')
  )
    return new FetchError(`Its certificate is not in order (${code}).`);
  return new FetchError(error.message || code);
}
