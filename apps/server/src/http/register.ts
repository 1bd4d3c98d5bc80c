import { Readable, Transform } from 'node:stream';
import { withTenant } from '@proviso/store';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { z } from 'zod';
import type { AppConfig } from '../config.ts';
import { problem } from '../contract/wire.ts';
import { type Admitted, admit } from './access.ts';
import type { Deps } from './deps.ts';
import { securityBy } from './openapi.ts';
import { checkOrigin } from './origin.ts';
import { HttpProblem } from './problem.ts';
import type { Asked, Route } from './route.ts';
import { badText, strictly } from './strict.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Set by `createApp`, for `register`. */
    proviso: AppConfig;
    /** All that was registered, for tests and the description. */
    routes: Route[];
  }
  interface FastifyContextConfig {
    /** A route of ours; or the name of what stands beside the rule. */
    cameBy?: 'register' | 'pages' | 'better-auth';
  }
  interface FastifyRequest {
    admitted?: Admitted;
  }
}

/** Refuses to start with a route that was not checked for access. */
export function guardRoutes(app: FastifyInstance): void {
  // Looked at when all are there: a scope marks its own after this hook has seen them.
  const seen: RouteOptions[] = [];
  app.addHook('onRoute', (options: RouteOptions) => {
    seen.push(options);
  });
  app.addHook('onReady', async () => {
    for (const { url, config } of seen)
      if (config?.cameBy === undefined) throw new Error(`The route ${url} did not come through register().`);
  });
}

/**
 * The only way to add routes. Each is checked in this order: where the request comes from, how many there were, who asks and whether they
 * may, what was sent; then its handler runs in a transaction of the tenant's scope, and the answer leaves after the commit.
 */
export function register(app: FastifyInstance, deps: Deps, routes: readonly Route[]): void {
  for (const route of routes) {
    app.routes.push(route);
    // A scope of its own, since how a body is parsed belongs to the scope.
    app.register(async (scope) => {
      if (isBytes(route.body)) takeBytes(scope, route.body.bytes);
      scope.route(optionsOf(route, app.proviso, deps));
    });
  }
}

function optionsOf(route: Route, config: AppConfig, deps: Deps): RouteOptions {
  const { method, url, access, summary, params, query, body, response, example } = route;
  const bytes = isBytes(body);
  const json = body !== undefined && !isBytes(body) ? strictly(body) : undefined;
  return {
    method,
    url,
    config: { cameBy: 'register', rateLimit: limitOf(route, config) },
    ...(route.limit === undefined ? {} : { bodyLimit: route.limit }),
    schema: {
      summary,
      tags: [url.split('/')[url.startsWith('/api/t/') ? 4 : 2] ?? 'api'],
      ...(params && { params }),
      ...(query && { querystring: strictly(query) }),
      ...(json && { body: example === undefined ? json : json.meta({ examples: [example] }) }),
      response: {
        ...(response instanceof z.ZodType ? { '2xx': response } : {}),
        '4xx': problem,
      },
      security: securityOf(route),
    },
    // After the limits, which are hooks of `onRequest`, and before the body is read.
    preParsing: async (request) => {
      checkOrigin(request, deps.baseUrl);
      request.admitted = await admit(access, request, deps, config);
    },
    preValidation: async (request) => {
      for (const [where, value] of Object.entries({
        body: request.body,
        query: request.query,
        params: request.params,
      })) {
        if (where === 'body' && bytes) continue;
        const path = badText(value);
        if (path !== null) throw new HttpProblem(422, 'bad-text', { where: path === '' ? where : `${where}.${path}` });
      }
    },
    handler: async (request, reply) => {
      const { actor, account, tenant } = request.admitted as Admitted;
      // A request without a body has no parser either.
      const body = bytes ? (request.body ?? Readable.from([])) : request.body;
      const asked = { deps, params: request.params, query: request.query, body, actor, account, request, reply };
      const run = (trx: Asked<never, never>['trx']) => route.handle({ ...asked, trx } as never);
      const answer =
        tenant === null || route.transaction === false
          ? await run(null as never)
          : await withTenant(deps.store.db, tenant, (trx) => run(trx as never));
      if (reply.sent || response === 'events') return reply;
      if (answer === undefined) return reply.code(reply.statusCode === 200 ? 204 : reply.statusCode).send();
      return answer;
    },
  };
}

const isBytes = (body: Route['body']): body is { bytes: number } => body !== undefined && 'bytes' in body;

function limitOf({ access, method }: Route, { limits }: AppConfig) {
  const guesses = 'open' in access && method !== 'GET';
  const max = 'link' in access ? limits.link : guesses ? limits.signIn : limits.all;
  return { max, timeWindow: 60_000, ...(max === limits.all ? {} : { groupId: 'link' in access ? 'link' : 'sign-in' }) };
}

function securityOf({ access }: Route): Record<string, string[]>[] {
  if ('open' in access) return [];
  if ('link' in access) return [{ link: [] }];
  return 'action' in access ? securityBy([access.action]) : [{ cookie: [] }];
}

/** The body as a stream that breaks off beyond the most that is taken. */
function takeBytes(scope: FastifyInstance, most: number): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (request: FastifyRequest, payload, done) => {
    if (Number(request.headers['content-length'] ?? 0) > most) return done(new HttpProblem(413, 'too-large'));
    let taken = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _, next) {
        taken += chunk.length;
        if (taken > most) next(new HttpProblem(413, 'too-large'));
        else next(null, chunk);
      },
    });
    payload.on('error', (error) => counted.destroy(error));
    payload.on('aborted', () => counted.destroy(new HttpProblem(400, 'bad-request')));
    done(null, payload.pipe(counted));
  });
}
