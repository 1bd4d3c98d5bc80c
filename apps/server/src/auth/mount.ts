import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppConfig } from '../config.ts';
import type { Deps } from '../http/deps.ts';
import { checkOrigin } from '../http/origin.ts';

/** Gives better-auth what comes below `/api/auth/`; it has its own rules for who may ask what. */
export function mountSignIn(app: FastifyInstance, { signIn, limits }: AppConfig, deps: Deps): void {
  const { handler } = signIn;
  if (handler === null) return;
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 100_000 }, (_, body, done) => done(null, body));
    for (const [method, max] of [
      ['GET', limits.all],
      ['POST', limits.signIn],
    ] as const)
      scope.route({
        method,
        url: '/api/auth/*',
        schema: { hide: true },
        config: { cameBy: 'better-auth', rateLimit: { max, timeWindow: 60_000 } },
        handler: async (request, reply) => {
          checkOrigin(request, deps.baseUrl);
          return await passOn(handler, request, reply, deps.baseUrl);
        },
      });
  });
}

/** A request of Node's as the standard's, and the answer back. */
async function passOn(
  handler: (request: Request) => Promise<Response>,
  { url, method, headers: given, body }: FastifyRequest,
  reply: FastifyReply,
  baseUrl: string,
): Promise<FastifyReply> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given)) for (const one of [value ?? []].flat()) headers.append(name, one);
  const answer = await handler(
    new Request(new URL(url, baseUrl), {
      method,
      headers,
      ...(body instanceof Buffer ? { body: new Uint8Array(body) } : {}),
    }),
  );
  reply.code(answer.status);
  answer.headers.forEach((value, name) => {
    if (name !== 'set-cookie') reply.header(name, value);
  });
  for (const one of answer.headers.getSetCookie()) reply.header('set-cookie', one);
  return reply.send(Buffer.from(await answer.arrayBuffer()));
}
