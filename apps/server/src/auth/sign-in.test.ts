import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryDatabase } from '@proviso/store/testing/database';
import { getMigrations } from 'better-auth/db/migration';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { setUpLink } from '../people/set-up.ts';
import { type TestServer, tryServer } from '../testing/server.ts';
import { signInOptions } from './options.ts';
import { loadSecrets } from './secrets.ts';
import { accountsPool, type OpenSignIn, openSignIn } from './sign-in.ts';

const OPTIONS = { baseUrl: 'http://proviso.test', trustedOrigins: [], secret: 's'.repeat(40), oidc: null };
const PASSWORD = 'a long sentence';

let server: TestServer;
let signIn: OpenSignIn;
/** Without people: nobody has set it up. */
let bare: TestServer['base'];
beforeAll(async () => {
  bare = await tryDatabase();
  signIn = openSignIn(bare.store, OPTIONS, () => {});
  server = await tryServer();
});
afterAll(async () => {
  await signIn.close();
  await server.close();
  await bare.drop();
});

it('the tables are those that better-auth wants, under its own scope', async () => {
  const pool = accountsPool(bare.store, () => {});
  try {
    const plan = await getMigrations({ ...signInOptions(OPTIONS), database: pool });
    const { toBeCreated, toBeAdded, toBeAddedIndexes, schemaProblems, unsafeChanges } = plan;
    expect({ toBeCreated, toBeAdded, toBeAddedIndexes, schemaProblems, unsafeChanges }).toEqual({
      toBeCreated: [],
      toBeAdded: [],
      toBeAddedIndexes: [],
      schemaProblems: [],
      unsafeChanges: [],
    });
    expect((await pool.query('SELECT * FROM proviso.tenant')).rows).toEqual([]);
  } finally {
    await pool.end();
  }
});

describe('from the first start', () => {
  const app = async () => await createApp({ ...server.deps, store: bare.store }, { ...server.app.proviso, signIn });
  let running: Awaited<ReturnType<typeof app>>;
  let token = '';
  let cookie = '';
  let tenant = '';
  let joinToken = '';
  beforeAll(async () => {
    running = await app();
  });
  afterAll(() => running.close());
  const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
    running.inject({ method: 'POST', url, payload, headers: { origin: 'http://proviso.test', ...headers } });
  const founded = () => ({
    token,
    organisation: 'Town of Aarlen',
    name: 'Olga',
    email: 'Olga@Example.org',
    password: PASSWORD,
  });
  const session = async (email: string, password: string) => {
    const answer = await post('/api/auth/sign-in/email', { email, password });
    return { code: answer.statusCode, cookie: String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '', answer };
  };

  it('only the link that was printed last sets it up', async () => {
    const links = { ...server.deps, store: bare.store };
    const old = (await setUpLink(links))?.split('#')[1] ?? '';
    const link = (await setUpLink(links)) ?? '';
    expect(link).toMatch(/^http:\/\/proviso\.test\/set-up#[\w-]{43}$/);
    token = link.split('#')[1] ?? '';
    for (const wrong of [old, 'guessed', ''])
      expect((await post('/api/set-up', { ...founded(), token: wrong })).json().code).toBe('set-up-unknown');
    expect((await post('/api/set-up', { ...founded(), password: 'short' })).statusCode).toBe(422);
    const stored = await bare.store.asOwner((client) => client.query('SELECT value FROM proviso.auth_verification'));
    expect(JSON.stringify(stored.rows)).not.toContain(token);
  });

  it('a link that is too old does not', async () => {
    server.setClock('2026-01-20T09:00:00Z');
    const answer = await post('/api/set-up', founded());
    expect([answer.statusCode, answer.json().code]).toEqual([410, 'set-up-expired']);
    server.setClock('2026-01-05T09:00:00Z');
    // The refusal used nothing up.
    expect((await running.inject('/api/status')).json().setUp).toBe(false);
  });

  it('two at once are one', async () => {
    const found = () => post('/api/set-up', founded(), { 'accept-language': 'fr-BE' });
    const both = await Promise.all([found(), found()]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([201, 410]);
    tenant = both.find(({ statusCode }) => statusCode === 201)?.json().tenant;
    expect((await post('/api/set-up', founded())).json().code).toBe('set-up-set-up-already');
    expect(await setUpLink({ ...server.deps, store: bare.store })).toBeNull();
  });

  it('the owner signs in, with a cookie that no script reads', async () => {
    expect((await session('olga@example.org', 'another sentence')).code).toBe(401);
    const { code, cookie: own, answer } = await session('OLGA@example.org', PASSWORD);
    expect(code).toBe(200);
    expect(String(answer.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Lax$/);
    cookie = own;
    const me = (await running.inject({ url: '/api/me', headers: { cookie } })).json();
    expect(me.account).toMatchObject({ email: 'olga@example.org', name: 'Olga', twoFactor: false });
    // Suppliers are first addressed in the language in which the organisation was founded.
    const defaults = await running.inject({ url: `/api/t/${tenant}/settings/purchase.defaults`, headers: { cookie } });
    expect(defaults.json().value.language).toBe('fr');
    expect(me.memberships).toEqual([
      { tenant, name: 'Town of Aarlen', person: expect.any(String), roles: ['owner', 'buyer'] },
    ]);
  });

  it('over https the cookie goes over nothing else', async () => {
    const secure = openSignIn(bare.store, { ...OPTIONS, baseUrl: 'https://proviso.test' }, () => {});
    try {
      const answer = await secure.handler?.(
        new Request('https://proviso.test/api/auth/sign-in/email', {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: 'https://proviso.test' },
          body: JSON.stringify({ email: 'olga@example.org', password: PASSWORD }),
        }),
      );
      expect(answer?.headers.get('set-cookie')).toMatch(/^__Secure-proviso\.session_token=.*Secure/);
    } finally {
      await secure.close();
    }
  });

  it('nobody makes an account by themselves', async () => {
    const answer = await post('/api/auth/sign-up/email', {
      email: 'mallory@example.org',
      password: PASSWORD,
      name: 'M',
    });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect((await session('mallory@example.org', PASSWORD)).code).toBe(401);
  });

  it('another site cannot sign anybody in or out', async () => {
    const evil = { origin: 'https://evil.example' };
    const body = { email: 'olga@example.org', password: PASSWORD };
    expect((await post('/api/auth/sign-in/email', body, evil)).json().code).toBe('cross-site');
    expect((await post('/api/auth/sign-out', {}, { cookie, ...evil })).statusCode).toBe(403);
    expect((await running.inject({ url: '/api/me', headers: { cookie } })).statusCode).toBe(200);
  });

  it('an invited person joins by the link, once', async () => {
    const answer = await post(
      `/api/t/${tenant}/people`,
      { email: 'bram@example.org', name: 'Bram', roles: ['buyer', 'opener'] },
      { cookie },
    );
    expect(answer.statusCode).toBe(201);
    joinToken = answer.json().link.split('#')[1];
    const whom = await running.inject({ url: '/api/join', headers: { 'x-proviso-join': joinToken } });
    expect(whom.json()).toEqual({
      email: 'bram@example.org',
      name: 'Bram',
      organisation: 'Town of Aarlen',
      account: false,
    });
    const joins = { token: joinToken, name: 'Bram B.', password: PASSWORD };
    expect((await post('/api/join', { ...joins, token: 'x' })).statusCode).toBe(404);
    const both = await Promise.all([post('/api/join', joins), post('/api/join', joins)]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 410]);
    const { cookie: his } = await session('bram@example.org', PASSWORD);
    const me = (await running.inject({ url: '/api/me', headers: { cookie: his } })).json();
    expect(me.memberships).toMatchObject([{ tenant, roles: ['buyer', 'opener'] }]);
  });

  it('who has an account shows that it is theirs', async () => {
    const list = (await running.inject({ url: `/api/t/${tenant}/people`, headers: { cookie } })).json();
    const bram = list.find(({ email }: { email: string }) => email === 'bram@example.org');
    const again = await post(`/api/t/${tenant}/people/${bram.id}/link`, {}, { cookie });
    const link = again.json().link.split('#')[1];
    const joins = { token: link, name: 'Bram', password: 'not his own one' };
    expect((await post('/api/join', joins)).json().code).toBe('account-password');
    expect((await post('/api/join', { ...joins, password: PASSWORD })).statusCode).toBe(200);
  });

  it('who was erased is in no longer, and their address is forgotten', async () => {
    const { cookie: his } = await session('bram@example.org', PASSWORD);
    const list = () => running.inject({ url: `/api/t/${tenant}/people`, headers: { cookie } });
    const bram = (await list()).json().find(({ email }: { email: string }) => email === 'bram@example.org');
    const gone = await running.inject({
      method: 'DELETE',
      url: `/api/t/${tenant}/people/${bram.id}`,
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
    });
    expect(gone.statusCode).toBe(204);
    expect((await running.inject({ url: `/api/t/${tenant}/purchases`, headers: { cookie: his } })).statusCode).toBe(
      401,
    );
    expect((await session('bram@example.org', PASSWORD)).code).toBe(401);
    const kept = await bare.store.asOwner((client) => client.query('SELECT email FROM proviso.auth_user'));
    expect(kept.rows).toEqual([{ email: 'olga@example.org' }]);
    expect(JSON.stringify((await list()).json())).not.toContain('bram@');
  });

  it('while the database is away nobody is told that they are signed out', async () => {
    const away = openSignIn({ appUrl: 'postgresql://a:b@127.0.0.1:1/x' }, OPTIONS, () => {});
    const elsewhere = await createApp({ ...server.deps, store: bare.store }, { ...server.app.proviso, signIn: away });
    try {
      const answer = await elsewhere.inject({ url: '/api/me', headers: { cookie } });
      expect([answer.statusCode, answer.json().code]).toEqual([503, 'database-away']);
    } finally {
      await elsewhere.close();
      await away.close();
    }
  });

  it('a session that was signed out is none, nor is one that was made up', async () => {
    await post('/api/auth/sign-out', {}, { cookie });
    for (const one of [cookie, 'proviso.session_token=abc.def', `${cookie}x`])
      expect((await running.inject({ url: '/api/me', headers: { cookie: one } })).statusCode).toBe(401);
  });
});

describe('the organisation’s own provider', () => {
  it('that is down at the start is asked again when somebody signs in by it; passwords do not wait for it', async () => {
    const answer = (request: IncomingMessage, response: ServerResponse) => {
      const issuer = `http://${request.headers.host}`;
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/userinfo`,
          jwks_uri: `${issuer}/jwks`,
          id_token_signing_alg_values_supported: ['RS256'],
        }),
      );
    };
    const listening = async (port: number): Promise<[Server, number]> => {
      const provider = createServer(answer).listen(port, '127.0.0.1');
      await once(provider, 'listening');
      return [provider, (provider.address() as AddressInfo).port];
    };
    const [gone, port] = await listening(0);
    gone.close();
    await once(gone, 'close');
    const discoveryUrl = `http://127.0.0.1:${port}/.well-known/openid-configuration`;
    const lines: string[] = [];
    const oidc = { discoveryUrl, clientId: 'proviso', clientSecret: 'secret' };
    const late = openSignIn(bare.store, { ...OPTIONS, oidc }, (line) => lines.push(line));
    const app = await createApp({ ...server.deps, store: bare.store }, { ...server.app.proviso, signIn: late });
    const headers = { origin: 'http://proviso.test', 'accept-language': 'nl' };
    const signOn = () =>
      app.inject({
        method: 'POST',
        url: '/api/auth/sign-in/social',
        headers,
        payload: { provider: 'oidc', callbackURL: '/' },
      });
    try {
      const refused = await signOn();
      expect([refused.statusCode, refused.json().code]).toEqual([503, 'sign-on-away']);
      expect(refused.json().message).toContain('aanmelding');
      expect(lines.join()).toContain('Sign-on: the provider does not tell');
      const password = { email: 'olga@example.org', password: PASSWORD };
      const own = await app.inject({ method: 'POST', url: '/api/auth/sign-in/email', headers, payload: password });
      expect(own.statusCode).toBe(200);
      const cookie = String(own.headers['set-cookie']).split(';')[0];
      const [up] = await listening(port);
      try {
        await expect.poll(async () => (await signOn()).statusCode, { timeout: 15_000, interval: 500 }).toBe(200);
        expect((await signOn()).json().url).toContain(`http://127.0.0.1:${port}/authorize?`);
        // Whoever is signed in stays so.
        expect((await app.inject({ url: '/api/me', headers: { cookie } })).statusCode).toBe(200);
      } finally {
        up.close();
      }
    } finally {
      await app.close();
      await late.close();
    }
  }, 30_000);
});

describe('the secrets of the server', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'proviso-secrets-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are made once, for nobody else to read', async () => {
    const made = await loadSecrets(folder, undefined);
    expect(await loadSecrets(folder, undefined)).toEqual(made);
    expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600);
    expect(await loadSecrets('/nowhere', await readFile(join(folder, 'secrets.json'), 'utf8'))).toEqual(made);
  });

  it.each(['', '{', '{}', '{"receiptKey":{},"signIn":"short"}'])(
    'are not replaced where the file is damaged: %s',
    async (text) => {
      await writeFile(join(folder, 'secrets.json'), text);
      await expect(loadSecrets(folder, undefined)).rejects.toThrow('Restore it from a backup');
      expect(await readFile(join(folder, 'secrets.json'), 'utf8')).toBe(text);
    },
  );
});
