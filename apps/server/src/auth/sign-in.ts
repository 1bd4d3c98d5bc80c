import { setTimeout } from 'node:timers/promises';
import { ACCOUNTS, guarded, type Store } from '@proviso/store';
import { betterAuth } from 'better-auth';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { LRUCache } from 'lru-cache';
import pg from 'pg';
import type { SignedIn, SignIn } from '../config.ts';
import { languageOf } from '../http/language.ts';
import { sayOwn } from '../http/messages.ts';
import { type SignInOptions, signInOptions } from './options.ts';

const CONNECTIONS = 6;
/** So long, in milliseconds, a session that was looked up is believed: what another process of the server has ended is seen by then. */
const BELIEVED_MS = 5_000;

export interface OpenSignIn extends SignIn {
  close(): Promise<void>;
}

/** What needs the organisation's own provider: the way there, and the way back. */
const SIGN_ON = /^\/api\/auth\/(sign-in\/social|callback\/oidc)$/;
/** A provider that does not answer is asked again after so long; nobody waits longer for it than that. */
const PROVIDER_AGAIN_MS = 3_000;
const PROVIDER_WAIT_MS = 10_000;

/** `betterAuth` with the provider, once that has told its configuration. Passwords and passkeys do not wait for it. */
function askingProvider(options: SignInOptions, pool: pg.Pool, log: (line: string) => void) {
  const made = () => betterAuth({ ...signInOptions(options), database: pool });
  let known: ReturnType<typeof made> | null = null;
  let asking: Promise<void> | null = null;
  let asked = Number.NEGATIVE_INFINITY;
  const discover = async (): Promise<void> => {
    try {
      const one = made();
      // It is left out where its configuration could not be had; the error goes into a log of its own.
      if ((await one.$context).socialProviders.some(({ id }) => id === 'oidc')) known = one;
    } catch (error) {
      log(`Sign-on: ${String(error)}`);
    }
    if (known === null)
      log('Sign-on: the provider does not tell its configuration. It is asked again when somebody signs in by it.');
    asked = Date.now();
    asking = null;
  };
  return {
    found: () => known,
    /** Asks the provider, unless it is known or was asked a moment ago. Never throws. */
    async ask(): Promise<void> {
      if (known !== null) return;
      if (asking === null && Date.now() - asked < PROVIDER_AGAIN_MS) return;
      asking ??= discover();
      await Promise.race([asking, setTimeout(PROVIDER_WAIT_MS, undefined, { ref: false })]);
    },
  };
}

/** As better-auth refuses, in the words of our own. On the way back a person has no script to say it: they go to the page. */
function providerAway(request: Request): Response {
  if (request.method === 'GET')
    return new Response(null, { status: 302, headers: { location: '/sign-in?error=sign-on-away' } });
  const message = sayOwn('sign-on-away', languageOf(request.headers.get('accept-language') ?? undefined));
  return Response.json({ code: 'sign-on-away', message }, { status: 503, headers: { 'retry-after': '5' } });
}

/** A pool that sees accounts, sessions and passkeys, and nothing of any organisation: its scope is that of `ACCOUNTS`. */
export function accountsPool({ appUrl }: Pick<Store, 'appUrl'>, log: (line: string) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: appUrl,
    max: CONNECTIONS,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 10_000,
    application_name: 'proviso-accounts',
    options: `-c search_path=proviso -c timezone=UTC -c proviso.tenant=${ACCOUNTS}`,
  });
  return guarded(pool, (error) => log(`A connection broke: ${error.message}`));
}

/** Sign-in by password, passkey, TOTP and the organisation's own provider, over the tables of migration 0007. */
export function openSignIn(
  store: Pick<Store, 'appUrl'>,
  options: SignInOptions,
  log: (line: string) => void,
): OpenSignIn {
  const pool = accountsPool(store, log);
  const signOn = options.oidc === null ? null : askingProvider(options, pool, log);
  const own = betterAuth({ ...signInOptions({ ...options, oidc: null }), database: pool });
  const auth = () => signOn?.found() ?? own;
  // Known before the first person asks, where it is up.
  void signOn?.ask();
  const known = new LRUCache<string, SignedIn>({ max: 2_000, ttl: BELIEVED_MS });
  /** Better-auth says of a database that is away only that something failed: it is asked again, and throws what the server knows. */
  const ask = async (): Promise<void> => void (await pool.query('SELECT 1'));
  return {
    signOn: options.oidc !== null,
    async handler(request) {
      if (signOn && SIGN_ON.test(new URL(request.url).pathname)) {
        await signOn.ask();
        if (signOn.found() === null) return providerAway(request);
      }
      const answer = await auth().handler(request);
      // Signing out, a new password, a second factor: whatever was asked, nothing is believed that was known before it.
      if (request.method !== 'GET') known.clear();
      if (answer.status >= 500) await ask();
      return answer;
    },
    async accountOf({ headers: { cookie } }) {
      if (cookie === undefined || !cookie.includes('proviso.')) return null;
      const before = known.get(cookie);
      if (before) return before;
      const found = await auth()
        .api.getSession({ headers: new Headers({ cookie }) })
        .catch(async (error: unknown) => {
          await ask();
          throw error;
        });
      if (!found) return null;
      const { id, email, name, twoFactorEnabled } = found.user as Omit<SignedIn, 'twoFactor'> & {
        twoFactorEnabled?: boolean | null;
      };
      const account = { id, email, name, twoFactor: twoFactorEnabled === true };
      known.set(cookie, account);
      return account;
    },
    hash: (password) => hashPassword(password),
    verify: (password, hash) => verifyPassword({ password, hash }),
    close: () => pool.end(),
  };
}
