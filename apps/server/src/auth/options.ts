import { passkey } from '@better-auth/passkey';
import type { BetterAuthOptions } from 'better-auth';
import { twoFactor } from 'better-auth/plugins';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import type { Oidc } from '../config.ts';

export interface SignInOptions {
  /** `https://proviso.example`, without a slash at the end. */
  baseUrl: string;
  /** Other addresses that lead here, as `http://localhost:4180`. */
  trustedOrigins: readonly string[];
  /** Signs cookies and encrypts TOTP secrets; 32 random bytes or more. */
  secret: string;
  oidc: Oidc | null;
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
/** Columns are named as everywhere in our database. */
const columns = (...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((one) => [one, snake(one)]));

const STAMPS = ['createdAt', 'updatedAt'];

/**
 * How people sign in. Accounts come to be only by the set-up or an invitation; an address is proved by whoever invites it, so no letter asks
 * for it. The tables are those of migration 0007.
 */
export function signInOptions(options: SignInOptions) {
  const { baseUrl, trustedOrigins, secret, oidc } = options;
  const secure = baseUrl.startsWith('https:');
  return {
    appName: 'Proviso',
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret,
    trustedOrigins: [baseUrl, ...trustedOrigins],
    emailAndPassword: { enabled: true, minPasswordLength: 12, maxPasswordLength: 200, disableSignUp: true },
    user: { modelName: 'auth_user', fields: columns('emailVerified', ...STAMPS) },
    session: {
      modelName: 'auth_session',
      fields: columns('expiresAt', 'ipAddress', 'userAgent', 'userId', ...STAMPS),
      expiresIn: 7 * 86_400,
      updateAge: 86_400,
    },
    account: {
      modelName: 'auth_account',
      fields: columns(
        'accountId',
        'providerId',
        'userId',
        'accessToken',
        'refreshToken',
        'idToken',
        'accessTokenExpiresAt',
        'refreshTokenExpiresAt',
        ...STAMPS,
      ),
      encryptOAuthTokens: true,
      // An address at the organisation's own provider is the address that was invited.
      accountLinking: { enabled: true, trustedProviders: oidc ? ['oidc'] : [] },
    },
    verification: { modelName: 'auth_verification', fields: columns('expiresAt', ...STAMPS) },
    advanced: {
      cookiePrefix: 'proviso',
      useSecureCookies: secure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
      // Our own limits stand before it, by the address that the server trusts.
      ipAddress: { disableIpTracking: true },
    },
    // What people change about themselves goes through our own routes, which know of organisations.
    disabledPaths: ['/sign-up/email', '/change-email', '/delete-user', '/update-user'],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Accounts are made by `people/`, in the transaction of what they are for; by no other way.
    databaseHooks: { user: { create: { before: async () => false as const } } },
    plugins: [
      twoFactor({
        issuer: 'Proviso',
        schema: {
          user: { fields: columns('twoFactorEnabled') },
          twoFactor: {
            modelName: 'auth_two_factor',
            fields: columns('backupCodes', 'userId', 'failedVerificationCount', 'lockedUntil'),
          },
        },
      }),
      passkey({
        rpName: 'Proviso',
        schema: {
          passkey: {
            modelName: 'auth_passkey',
            fields: {
              ...columns('publicKey', 'userId', 'deviceType', 'backedUp', 'createdAt'),
              credentialID: 'credential_id',
            },
          },
        },
      }),
      ...(oidc
        ? [
            genericOAuth({
              config: [
                {
                  providerId: 'oidc',
                  scopes: ['openid', 'email', 'profile'],
                  pkce: true,
                  disableSignUp: true,
                  ...oidc,
                },
              ],
            }),
          ]
        : []),
    ],
  } satisfies BetterAuthOptions;
}
