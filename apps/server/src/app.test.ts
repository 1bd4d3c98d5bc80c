import { randomUUID } from 'node:crypto';
import { ACTIONS, may } from '@proviso/procurement';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from './app.ts';
import { KEY_SCOPES, PEOPLE_ROLES } from './http/access.ts';
import { HttpProblem } from './http/problem.ts';
import { guardRoutes } from './http/register.ts';
import { type Route, route } from './http/route.ts';
import { drafted } from './testing/purchases.ts';
import { type TestServer, tryServer } from './testing/server.ts';

const extra: readonly Route[] = [
  route({
    method: 'POST',
    url: '/api/t/:tenant/test/echo',
    access: { member: true },
    summary: 'Gives back what came',
    params: z.object({ tenant: z.uuid() }),
    body: z.object({ text: z.string(), inner: z.object({ n: z.int() }).optional() }),
    response: z.object({ text: z.string() }),
    handle: async ({ body }) => ({ ...body, secret: 'not in the shape' }),
  }),
  route({
    method: 'PUT',
    url: '/api/t/:tenant/test/bytes',
    access: { member: true },
    summary: 'Counts bytes',
    body: { bytes: 1000 },
    response: z.object({ bytes: z.int() }),
    handle: async ({ body }) => {
      let bytes = 0;
      for await (const chunk of body) bytes += chunk.length;
      return { bytes };
    },
  }),
  route({
    method: 'POST',
    url: '/api/t/:tenant/test/fails',
    access: { member: true },
    summary: 'Writes, then fails',
    handle: async ({ trx }) => {
      await trx.updateTable('tenant').set({ name: 'half done' }).execute();
      throw new HttpProblem(422, 'other');
    },
  }),
];

let server: TestServer;
beforeAll(async () => {
  server = await tryServer({}, extra);
});
afterAll(() => server.close());

/** An address with something for every part of it. */
function addressOf({ url }: Route, tenant: string): string {
  return url
    .replace(':tenant', tenant)
    .replace(/:(\w+)/g, (_, name: string) => (name === 'type' ? 'plan.set' : randomUUID()));
}
const called = (one: Route): string => `${one.method} ${one.url}`;
const reached = [200, 201, 202, 204, 304, 400, 404, 409, 410, 413, 415, 422];

describe('every route', () => {
  const ask = (who: string | null, one: Route, tenant = server.tenant, headers = {}) => {
    const json = one.body !== undefined && !('bytes' in one.body);
    return server.ask(who, one.method, addressOf(one, tenant), json ? {} : undefined, headers);
  };
  const all = (): Route[] => server.app.routes;
  const tenants = (): Route[] => all().filter(({ access }) => 'action' in access || 'member' in access);

  it('is there, and says who may', () => {
    expect(all().length).toBeGreaterThan(25);
    expect(new Set(all().map(called)).size).toBe(all().length);
    for (const one of tenants()) expect(one.url, called(one)).toMatch(/^\/api\/t\/:tenant\//);
    for (const { access } of all()) if ('action' in access) expect(ACTIONS).toContain(access.action);
  });

  it('is closed to whom nobody knows', async () => {
    for (const one of all()) {
      if ('open' in one.access) continue;
      expect((await ask(null, one)).statusCode, called(one)).toBe(401);
    }
  });

  it('does for each role what the table of permissions says', async () => {
    for (const role of PEOPLE_ROLES)
      for (const one of tenants()) {
        if (one.response === 'events') continue;
        const { statusCode } = await ask(role, one);
        const allowed = 'member' in one.access || ('action' in one.access && may([role], one.access.action));
        // A role may be asked for more by the handler, never for less.
        if (!allowed) expect(statusCode, `${role}: ${called(one)}`).toBe(403);
        else if (statusCode !== 403)
          expect(reached, `${role}: ${called(one)} gave ${statusCode}`).toContain(statusCode);
      }
  });

  it('is not there for people of another organisation', async () => {
    for (const one of tenants()) {
      expect((await ask('other', one)).statusCode, called(one)).toBe(404);
      expect((await ask('owner', one, randomUUID())).statusCode, called(one)).toBe(404);
      expect((await ask('owner', one, 'x')).statusCode, called(one)).toBe(404);
    }
  });

  it('of a supplier wants a link that exists', async () => {
    const links = all().filter(({ access }) => 'link' in access);
    for (const one of links) {
      expect((await ask('owner', one)).statusCode, called(one)).toBe(401);
      expect((await ask(null, one, server.tenant, { 'x-proviso-link': 'guessed' })).statusCode, called(one)).toBe(404);
    }
  });

  it('cannot be added beside register', async () => {
    const app = fastify();
    guardRoutes(app);
    app.get('/stray', async () => 'x');
    await expect(app.ready()).rejects.toThrow('The route /stray did not come through register().');
  });
});

describe('what is sent', () => {
  const send = (payload: unknown, headers: Record<string, string> = {}) =>
    server.ask('buyer', 'POST', server.at('/test/echo'), payload, headers);
  const json = { 'content-type': 'application/json' };

  it.each<[string, unknown, Record<string, string>, number, string]>([
    ['no JSON', '{"text":', json, 400, 'bad-json'],
    ['nothing', '', json, 400, 'bad-json'],
    ['a form', 'text=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'media-type'],
    ['plain text', '{"text":"x"}', { 'content-type': 'text/plain' }, 415, 'media-type'],
    ['a prototype', '{"__proto__":{"a":1},"text":"x"}', json, 400, 'bad-json'],
    ['another type', { text: 1 }, {}, 422, 'bad-field'],
    ['a list', [], {}, 422, 'bad-field'],
    ['an unknown field', { text: 'x', more: 1 }, {}, 422, 'bad-field'],
    ['an unknown field within', { text: 'x', inner: { n: 1, m: 2 } }, {}, 422, 'bad-field'],
    ['U+0000', { text: 'a\0b' }, {}, 422, 'bad-text'],
    ['half a character', '{"text":"\\ud83d"}', json, 422, 'bad-text'],
    ['too much', { text: 'x'.repeat(3_000_000) }, {}, 413, 'too-large'],
  ])('%s is refused with a reason', async (_, payload, headers, status, code) => {
    const answer = await send(payload, headers);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(answer.json().message.length).toBeGreaterThan(10);
  });

  it('is answered with what the shape names, and with nothing that may be kept by proxies', async () => {
    const answer = await send({ text: '<script>' });
    expect(answer.json()).toEqual({ text: '<script>' });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  });

  it('is refused in the language of the reader, with the field', async () => {
    const answer = await send({ text: 1 }, { 'accept-language': 'fr' });
    expect(answer.json()).toMatchObject({
      where: 'body.text',
      message: expect.stringMatching(/^Ceci ne peut pas .*: une autre sorte de valeur est attendue ici \(string\)\.$/),
    });
  });

  it('as bytes is taken as far as it may go', async () => {
    const put = (size: number, headers = {}) =>
      server.ask('buyer', 'PUT', server.at('/test/bytes'), Buffer.alloc(size), headers);
    expect((await put(1000)).json()).toEqual({ bytes: 1000 });
    expect((await put(1001)).statusCode).toBe(413);
  });

  it('and fails leaves nothing half done', async () => {
    expect((await server.ask('owner', 'POST', server.at('/test/fails'))).statusCode).toBe(422);
    const me = await server.base.store.asOwner((client) =>
      client.query(`SELECT count(*) FROM proviso.tenant WHERE name = 'half done'`),
    );
    expect(me.rows).toEqual([{ count: 0 }]);
  });

  it('by another site with a cookie is refused', async () => {
    const cookie = 'proviso.session_token=x';
    const from = (headers: Record<string, string>) => send({ text: 'x' }, { cookie, ...headers });
    expect((await from({ 'sec-fetch-site': 'cross-site' })).json().code).toBe('cross-site');
    expect((await from({ origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await from({ 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200);
  });
});

describe('answers', () => {
  it('let nothing run on a page but our own files', async () => {
    const { headers } = await server.ask(null, 'GET', '/api/status');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('over https ask for https from then on', async () => {
    const app = await createApp({ ...server.deps, baseUrl: 'https://proviso.example' }, server.app.proviso);
    const { headers } = await app.inject('/api/status');
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    await app.close();
  });

  it('about what is not there are problems', async () => {
    const answer = await server.ask('owner', 'GET', '/api/nothing');
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'not-found']);
  });

  it('stop after too many requests, sooner for what guesses', async () => {
    const app = await createApp(server.deps, { ...server.app.proviso, limits: { all: 5, signIn: 2, link: 2 } });
    const codes = async (url: string, count: number) => {
      const found: number[] = [];
      for (let i = 0; i < count; i++)
        found.push((await app.inject({ method: url === '/api/set-up' ? 'POST' : 'GET', url, payload: {} })).statusCode);
      return found;
    };
    const guess = { url: '/api/offer', headers: { 'x-proviso-link': 'guessed' } };
    const guessed = [await app.inject(guess), await app.inject(guess), await app.inject(guess)];
    expect(guessed.map(({ statusCode }) => statusCode)).toEqual([404, 404, 429]);
    expect(await codes('/api/set-up', 3)).toEqual([422, 422, 429]);
    expect(await codes('/api/status', 6)).toEqual([200, 200, 200, 200, 200, 429]);
    await app.close();
  });
});

it('the description has every route and every command that can be given, with its input and its scopes', async () => {
  const answer = (await server.ask(null, 'GET', '/openapi.json')).json();
  expect(answer.openapi).toBe('3.1.0');
  for (const one of server.app.routes) {
    const path = one.url.replace(/:(\w+)/g, '{$1}');
    expect(answer.paths[path]?.[one.method.toLowerCase()]?.summary, called(one)).toBe(one.summary);
  }
  const publish = answer.paths['/api/t/{tenant}/purchases/{id}/commands/purchase.publish'].post;
  const commandOf = (type: string) => answer.paths[`/api/t/{tenant}/purchases/{id}/commands/${type}`]?.post;
  expect(publish.security).toEqual([{ cookie: [] }, { key: ['purchase.read', 'publish'] }]);
  // What no key can do names no scope; what nobody can give by the route is not there.
  expect(commandOf('score.write').security).toEqual([{ cookie: [] }]);
  expect(commandOf('demand.approve').description).toContain('No key can give it');
  expect(commandOf('call-off.start').security[1]).toEqual({ key: ['purchase.read', 'purchase.create'] });
  for (const type of ['demand.set', 'offers.open', 'offer.submit', 'probe.keep'])
    expect(commandOf(type)).toBeUndefined();
  expect(commandOf('purchase.close')).toBeDefined();
  // As it says it: every command is refused to a key that lacks one of its scopes, and told to one that has them.
  const key = async (scopes: string[]) =>
    (await server.ask('owner', 'POST', server.at('/api-keys'), { name: 'Description', scopes, days: 1 })).json().key;
  const given = Object.entries(answer.paths as Record<string, { post?: { security: { key?: string[] }[] } }>).flatMap(
    ([path, { post }]) => {
      const type = /commands\/([a-z-]+\.[a-z-]+)$/.exec(path)?.[1];
      return type === undefined || !post ? [] : [{ type, scopes: post.security.find((one) => one.key)?.key ?? null }];
    },
  );
  const all = await key([...KEY_SCOPES]);
  const reading = await key(['purchase.read']);
  const { id, view } = await drafted(server);
  const asks = async (bearer: string, type: string) =>
    (
      await server.ask(
        null,
        'POST',
        server.at(`/purchases/${id}/commands/${type}`),
        { version: view.version, input: {} },
        {
          authorization: `Bearer ${bearer}`,
        },
      )
    ).json().code;
  for (const { type, scopes } of given) {
    expect([type, (await asks(all, type)) === 'not-permitted']).toEqual([type, scopes === null]);
    expect([type, await asks(reading, type)]).toEqual([type, 'not-permitted']);
  }
  const { input } = publish.requestBody.content['application/json'].schema.properties;
  expect(Object.keys(input.properties)).toEqual(['closing', 'questionsUntil', 'opening', 'validityDays', 'keys']);
});
