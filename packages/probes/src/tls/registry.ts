import groupData from './data/groups.json' with { type: 'json' };
import signatureData from './data/signatures.json' with { type: 'json' };
import suiteData from './data/suites.json' with { type: 'json' };

type Code = number;
type Table = Readonly<Record<string, string>>;

/** Code points and names, both ways. */
class Registry {
  readonly codes: readonly Code[];
  readonly #names: ReadonlyMap<Code, string>;
  readonly #codes: ReadonlyMap<string, Code>;
  readonly #kind: string;

  constructor(kind: string, ...tables: Table[]) {
    const entries = tables
      .flatMap((table) => Object.entries(table))
      .map(([code, name]) => [Number(code), name] as const);
    this.#kind = kind;
    this.codes = entries.map(([code]) => code);
    this.#names = new Map(entries);
    this.#codes = new Map(entries.map(([code, name]) => [name, code]));
  }

  /** The registered name, or the number in hexadecimal for what is not registered. */
  name(code: Code): string {
    return this.#names.get(code) ?? `0x${code.toString(16).toUpperCase().padStart(4, '0')}`;
  }

  /** @throws where nothing has that name: a profile with a wrong name would judge wrongly. */
  code(name: string): Code {
    const code = this.#codes.get(name);
    if (code === undefined)
      throw new Error(`${this.#kind} "${name}" is not registered. Use a name of the IANA registry.`);
    return code;
  }
}

/** Every cipher suite that was ever registered or deployed, but for those of SSL 2.0. */
export const SUITES = new Registry('The cipher suite', suiteData.suites, suiteData.unregistered.suites);
export const GROUPS = new Registry('The group', groupData.groups);
export const SIGNATURES = new Registry('The signature scheme', signatureData.schemes);

export interface SuiteParts {
  /** TLS 1.3 suites name no key exchange: `any`. */
  exchange: 'any' | 'RSA' | 'DH' | 'DHE' | 'ECDH' | 'ECDHE' | 'PSK' | 'KRB5' | 'SRP' | 'other';
  authentication: 'any' | 'RSA' | 'DSS' | 'ECDSA' | 'anon' | 'PSK' | 'KRB5' | 'SRP' | 'other';
  /** Weakened for export before 2000: a short key even where the certificate's is long. */
  exported: boolean;
}

/** What the name of a suite says of its key exchange (RFC 5246 appendix C). */
export function suiteParts(suite: Code): SuiteParts {
  const name = SUITES.name(suite);
  const kex = /^TLS_(.+)_WITH_/.exec(name)?.[1];
  const exported = kex?.includes('_EXPORT') ?? false;
  if (kex === undefined) return { exchange: 'any', authentication: 'any', exported };
  const [first = '', second = first] = kex.replace(/_EXPORT.*/, '').split('_');
  const authentication =
    AUTHENTICATIONS.find((one) => one === first && SECRETS.has(one)) ?? oneOf(AUTHENTICATIONS, second);
  // Anonymous exchange is ephemeral though its name says `DH`; `PSK_DHE` is a slip of RFC 6655.
  const exchange = kex === 'PSK_DHE' ? 'DHE' : authentication === 'anon' ? `${first}E` : first;
  return { exchange: oneOf(EXCHANGES, exchange) ?? 'other', authentication: authentication ?? 'other', exported };
}

function oneOf<T extends string>(list: readonly T[], value: string): T | undefined {
  return list.find((one) => one === value);
}

const SECRETS = new Set(['PSK', 'KRB5', 'SRP']);
const EXCHANGES = ['RSA', 'DHE', 'DH', 'ECDHE', 'ECDH', 'PSK', 'KRB5', 'SRP'] as const;
const AUTHENTICATIONS = ['RSA', 'DSS', 'ECDSA', 'anon', 'PSK', 'KRB5', 'SRP'] as const;

const isTls13 = (suite: Code) =>
  /^TLS_(AES|CHACHA20|AEGIS|SM4|SHA\d)/.test(SUITES.name(suite)) || (suite >= 0xc103 && suite <= 0xc106);

/** Suites of TLS 1.3, and suites of all older versions. No code point belongs to both (RFC 8446 appendix B.4). */
export const TLS13_SUITES = SUITES.codes.filter(isTls13);
export const OLD_SUITES = SUITES.codes.filter((suite) => !isTls13(suite));

/**
 * Suites that a stranger can use. The others need a password, a key or a ticket that client and server share beforehand, which a public
 * service cannot ask for.
 */
export const PUBLIC_SUITES = OLD_SUITES.filter((suite) => {
  const { authentication } = suiteParts(suite);
  return !['PSK', 'KRB5', 'SRP'].includes(authentication) && !SUITES.name(suite).includes('ECCPWD');
});

/** Key exchange that is meant to stand against quantum computers too: a hybrid of an elliptic curve and ML-KEM. */
export const HYBRID_GROUPS = ['X25519MLKEM768', 'SecP256r1MLKEM768', 'SecP384r1MLKEM1024'].map((name) =>
  GROUPS.code(name),
);
