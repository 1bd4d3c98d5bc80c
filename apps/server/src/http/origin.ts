import type { FastifyRequest } from 'fastify';
import { HttpProblem } from './problem.ts';

const SAFE: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses what another site makes a browser send: a request that changes something and carries a cookie must say that it comes from our own
 * pages, by `sec-fetch-site` (Fetch Metadata) or, in older browsers, `origin`. Keys and links are in headers that no other site can set.
 * @throws HttpProblem 403 `cross-site`
 */
export function checkOrigin(request: Pick<FastifyRequest, 'method' | 'headers' | 'host'>, baseUrl: string): void {
  const { method, headers, host } = request;
  if (SAFE.includes(method)) return;
  const site = headers['sec-fetch-site'];
  if (site === 'same-origin' || site === 'none') return;
  if (site === undefined) {
    if (headers.origin === undefined && headers.cookie === undefined) return;
    const from = headers.origin !== undefined && URL.canParse(headers.origin) ? new URL(headers.origin).host : null;
    if (from !== null && (from === host || from === new URL(baseUrl).host)) return;
  }
  throw new HttpProblem(403, 'cross-site');
}
