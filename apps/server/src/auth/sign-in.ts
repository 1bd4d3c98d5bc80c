import { ACCOUNTS, guarded, type Store } from '@proviso/store';
import { betterAuth } from 'better-auth';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { LRUCache } from 'lru-cache';
import pg from 'pg';
import type { SignedIn, SignIn } from '../config.ts';
import { type SignInOptions, signInOptions } from './options.ts';

const CONNECTIONS = 6;
/** So long, in milliseconds, a session that was looked up is believed: what another process of the server has ended is seen by then. */
const BELIEVED_MS = 5_000;

export interface OpenSignIn extends SignIn {
  close(): Promise<void>;
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
  const auth = betterAuth({ ...signInOptions(options), database: pool });
  const known = new LRUCache<string, SignedIn>({ max: 2_000, ttl: BELIEVED_MS });
  /** Better-auth says of a database that is away only that something failed: it is asked again, and throws what the server knows. */
  const ask = async (): Promise<void> => void (await pool.query('SELECT 1'));
  return {
    signOn: options.oidc !== null,
    async handler(request) {
      const answer = await auth.handler(request);
      // Signing out, a new password, a second factor: whatever was asked, nothing is believed that was known before it.
      if (request.method !== 'GET') known.clear();
      if (answer.status >= 500) await ask();
      return answer;
    },
    async accountOf({ headers: { cookie } }) {
      if (cookie === undefined || !cookie.includes('proviso.')) return null;
      const before = known.get(cookie);
      if (before) return before;
      const found = await auth.api.getSession({ headers: new Headers({ cookie }) }).catch(async (error: unknown) => {
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
