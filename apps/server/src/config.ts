import type { FastifyRequest } from 'fastify';
import { mailOptions } from './messages/mail.ts';
import type { WorkerSettings } from './messages/workers.ts';

/** Requests a minute from one address. */
export interface Limits {
  all: number;
  /** Sign-in, set-up and joining: what guesses at secrets. */
  signIn: number;
  /** Suppliers' links. */
  link: number;
}

export const LIMITS: Limits = { all: 20_000, signIn: 30, link: 600 };
/** Largest JSON body, in bytes; a route may take less or more. */
export const BODY_LIMIT = 2_000_000;

/** What the app is told besides its `Deps`: who is signed in, and how much may come in. */
export interface AppConfig {
  version: string;
  /** Is the worked example offered? */
  example: boolean;
  /** Does it look at suppliers' services from outside? */
  probes: boolean;
  /** Folder of the built pages; null: the API alone. */
  pages: string | null;
  limits: Limits;
  /** As Fastify's: which proxies may say where a request came from. */
  trustProxy: boolean | string;
  signIn: SignIn;
}

/** The account that a request comes from, by its cookie. */
export interface SignedIn {
  id: string;
  email: string;
  name: string;
  twoFactor: boolean;
}

/** What the app asks of `auth/`. */
export interface SignIn {
  accountOf(request: FastifyRequest): Promise<SignedIn | null>;
  /** Is the organisation's own provider set? */
  signOn: boolean;
  /** Answers below `/api/auth/`; null where there is no such thing, as in some tests. */
  handler: ((request: Request) => Promise<Response>) | null;
  /** Hash of a password, as the sign-in will check it. */
  hash(password: string): Promise<string>;
  /** Is this the password of that hash? */
  verify(password: string, hash: string): Promise<boolean>;
}

export const VERSION = '0.1.0';

/** A single sign-on of the organisation's own: any OpenID Connect provider. */
export interface Oidc {
  /** Address of its `.well-known/openid-configuration`. */
  discoveryUrl: string;
  clientId: string;
  clientSecret: string;
}

/** What the environment says about the server; database and files are read by `placeFrom` of the store. */
export interface Environment {
  /** Where people reach the workbench, without a slash at the end; null: where it listens. */
  baseUrl: string | null;
  trustProxy: boolean | string;
  oidc: Oidc | null;
  /** The server's secrets as JSON, for several hosts; undefined: those of the data folder. */
  secrets: string | undefined;
  workers: WorkerSettings;
}

/**
 * Reads `PROVISO_URL`, `PROVISO_TRUST_PROXY`, `PROVISO_OIDC_*`, `PROVISO_SECRETS`, and what workers need: mail, webhooks and probes.
 * @throws Error that names the variable and says what it should hold.
 */
export function environmentOf(env: NodeJS.ProcessEnv): Environment {
  const { PROVISO_URL: url, PROVISO_TRUST_PROXY: proxy } = env;
  if (url !== undefined && !/^https?:\/\/[^/\s]+$/.test(url))
    throw new Error(`PROVISO_URL is "${url}"; it should be an address as https://proviso.example, without a path.`);
  const oidc = [env.PROVISO_OIDC_DISCOVERY, env.PROVISO_OIDC_CLIENT_ID, env.PROVISO_OIDC_CLIENT_SECRET];
  const [discoveryUrl, clientId, clientSecret] = oidc;
  if (oidc.some((one) => one) && !(discoveryUrl && clientId && clientSecret))
    throw new Error(
      'Set PROVISO_OIDC_DISCOVERY, PROVISO_OIDC_CLIENT_ID and PROVISO_OIDC_CLIENT_SECRET, or none of them.',
    );
  return {
    baseUrl: url ?? null,
    // Named proxies only: "true" would believe anybody.
    trustProxy: proxy && proxy !== 'false' ? proxy : false,
    oidc: discoveryUrl && clientId && clientSecret ? { discoveryUrl, clientId, clientSecret } : null,
    secrets: env.PROVISO_SECRETS,
    workers: {
      mail: mailOptions(env),
      webhooksAnywhere: env.PROVISO_WEBHOOKS_ANYWHERE === 'yes',
      probes: { looks: env.PROVISO_PROBES !== 'off', place: (env.PROVISO_PROBE_PLACE ?? '').slice(0, 200) },
    },
  };
}
