import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import fastify, { type FastifyInstance } from 'fastify';
import { jsonSchemaTransform, serializerCompiler } from 'fastify-type-provider-zod';
import { mountSignIn } from './auth/mount.ts';
import { type AppConfig, BODY_LIMIT } from './config.ts';
import type { Deps } from './http/deps.ts';
import { errorHandler, inputCheck, said } from './http/errors.ts';
import { description, descriptionRoutes } from './http/openapi.ts';
import { HttpProblem } from './http/problem.ts';
import { guardRoutes, register } from './http/register.ts';
import type { Route } from './http/route.ts';
import { onEvents } from './purchases/commands.ts';
import { addStreams } from './purchases/stream.ts';
import { LISTENERS, ROUTES } from './routes.ts';
import { mountPages } from './static/pages.ts';

/**
 * The workbench's server, ready to listen or to be asked with `inject`. `more` are routes beside those of the workbench, for tests.
 * @throws Error where a route was added otherwise than by `register`.
 */
export async function createApp(deps: Deps, config: AppConfig, more: readonly Route[] = []): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    trustProxy: config.trustProxy,
    logger: false,
    genReqId: () => crypto.randomUUID(),
    routerOptions: { maxParamLength: 200 },
    exposeHeadRoutes: false,
    // A slow body holds no socket for ever; uploads are given their time.
    requestTimeout: 300_000,
  });
  app.decorate('proviso', config);
  app.decorate('routes', []);
  guardRoutes(app);
  app.setValidatorCompiler(inputCheck);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(errorHandler(deps));
  // Text that is no JSON is no request of ours.
  app.removeContentTypeParser('text/plain');
  await app.register(cookie);
  await app.register(helmet, headersFor(deps.baseUrl));
  await app.register(rateLimit, { max: config.limits.all, timeWindow: 60_000, keyGenerator: ({ ip }) => ip });
  await app.register(swagger, { openapi: description(config.version), transform: jsonSchemaTransform });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
  for (const listener of LISTENERS) if (!onEvents.includes(listener)) onEvents.push(listener);
  addStreams(app, deps);
  mountSignIn(app, config, deps);
  register(app, deps, [...ROUTES, ...descriptionRoutes, ...more]);
  await mountPages(app, config.pages);
  app.setNotFoundHandler((request, reply) => {
    const problem = new HttpProblem(404, 'not-found');
    reply
      .code(404)
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(said(problem, request)));
  });
  await app.ready();
  return app;
}

/** Nothing runs on a page but our own files. Sealing needs WebAssembly nowhere, so nothing is compiled either. */
function headersFor(baseUrl: string) {
  const secure = baseUrl.startsWith('https:');
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' as const },
    xFrameOptions: { action: 'deny' as const },
  };
}
