import { isIP } from 'node:net';
import { gradeOf, type TlsProfile } from './profile.ts';
import { GROUPS, HYBRID_GROUPS, PUBLIC_SUITES, SIGNATURES, SUITES, suiteParts, TLS13_SUITES } from './registry.ts';
import type { Offer } from './wire/client-hello.ts';
import { SIGNAL, VERSIONS } from './wire/protocol.ts';

/** Some servers do not read a list of suites to its end: no offer has more. */
export const SUITES_AN_OFFER = 64;

const ACCEPTABLE = new Set(['good', 'sufficient']);

/** What a profile makes of all that can be offered, as code points, likeliest to be met first. */
export interface Plan {
  tls13: { good: number[]; bad: number[] };
  /** Suites before TLS 1.3 that a stranger can use; `bad` are those to phase out and the insufficient ones. */
  old: { good: number[]; bad: number[] };
  groups: { good: number[]; bad: number[] };
  signatures: { bad: number[] };
}

export function planOf(profile: TlsProfile): Plan {
  const suiteIsGood = (suite: number) => ACCEPTABLE.has(gradeOf(profile.suites, SUITES.name(suite)));
  const groupIsGood = (group: number) => ACCEPTABLE.has(gradeOf(profile.groups, GROUPS.name(group)));
  const hashIsGood = (scheme: number) => ACCEPTABLE.has(gradeOf(profile.exchangeHashes, hashOf(scheme)));
  const preferred = [...profile.suites.good, ...profile.suites.sufficient].map((name) => SUITES.code(name));
  return {
    tls13: {
      good: TLS13_SUITES.filter(suiteIsGood),
      bad: TLS13_SUITES.filter((suite) => !suiteIsGood(suite)),
    },
    old: {
      good: preferred.filter((suite) => PUBLIC_SUITES.includes(suite)),
      bad: PUBLIC_SUITES.filter((suite) => !suiteIsGood(suite)),
    },
    groups: {
      good: GROUPS.codes.filter(groupIsGood),
      bad: GROUPS.codes.filter((group) => !groupIsGood(group)),
    },
    signatures: { bad: SIGNATURES.codes.filter((scheme) => !hashIsGood(scheme)) },
  };
}

/** The hash of a signature scheme (RFC 8446 section 4.2.3). Ed25519 and Ed448 have their own. */
export function hashOf(scheme: number): string {
  return /_(md5|sha\d+)$/.exec(SIGNATURES.name(scheme))?.[1] ?? 'intrinsic';
}

export function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
}

/** Groups that TLS before 1.3 and TLS 1.3 know, common ones first: a server that reads no further still finds its own. */
const CLASSICAL = ['x25519', 'secp256r1', 'secp384r1', 'secp521r1', 'x448'].map((name) => GROUPS.code(name));
const ALL_CLASSICAL = [...CLASSICAL, ...GROUPS.codes.filter((group) => !CLASSICAL.includes(group) && group < 0x0200)];
const ALL_SIGNATURES = SIGNATURES.codes.toReversed();

/** What SNI says of a host: an address is not said (RFC 6066 section 3). */
export function sniOf(host: string | null): string | null {
  return host === null || isIP(host) !== 0 ? null : host;
}

/** An offer of TLS 1.3 and nothing older. */
export function offer13(
  host: string | null,
  { suites = TLS13_SUITES, groups }: { suites?: readonly number[]; groups: readonly number[] },
): Offer {
  return {
    version: VERSIONS['TLS 1.2'],
    versions: [VERSIONS['TLS 1.3']],
    suites,
    groups,
    signatures: ALL_SIGNATURES,
    serverName: host,
  };
}

/** Every group, the hybrids first. */
export const ALL_GROUPS = [...HYBRID_GROUPS, ...ALL_CLASSICAL];

export interface OldOffer {
  suites: readonly number[];
  version?: number;
  groups?: readonly number[];
  signatures?: readonly number[];
  /** Say that this is a second try with an older version (RFC 7507). */
  fallback?: boolean;
}

/**
 * An offer of TLS 1.2 or older with all that can be seen in its answer: compression, extended master secret, renegotiation, staple, heartbeat.
 * Signature schemes are said from TLS 1.2 on only (RFC 5246 section 7.4.1.4.1).
 */
export function offerOld(
  host: string | null,
  {
    suites,
    version = VERSIONS['TLS 1.2'],
    groups = ALL_CLASSICAL,
    signatures = ALL_SIGNATURES,
    fallback = false,
  }: OldOffer,
): Offer {
  const signals = [
    ...(version === VERSIONS['SSL 3.0'] ? [SIGNAL.emptyRenegotiationInfo] : []),
    ...(fallback ? [SIGNAL.fallback] : []),
  ];
  return {
    version,
    suites: [...suites, ...signals],
    compressions: [1, 0],
    groups,
    ...(version >= VERSIONS['TLS 1.2'] && { signatures }),
    serverName: host,
    extras: [
      'renegotiation-info',
      'extended-master-secret',
      'session-ticket',
      'status-request',
      'heartbeat',
      'encrypt-then-mac',
      'certificate-timestamps',
    ],
  };
}

/** Suites that versions before TLS 1.2 can have (RFC 5246 section 1.2: AEAD and SHA-256 came with it), likeliest first, as many as an offer holds. */
export const ANCIENT_SUITES = [
  ...PUBLIC_SUITES.filter((suite) =>
    /^TLS_(RSA|DHE_RSA|ECDHE_RSA|ECDHE_ECDSA)_WITH_.*_(SHA|MD5)$/.test(SUITES.name(suite)),
  ),
  ...PUBLIC_SUITES.filter(
    (suite) => /EXPORT|_anon_|DHE_DSS_WITH_.*_SHA$/.test(SUITES.name(suite)) && /_(SHA|MD5)$/.test(SUITES.name(suite)),
  ),
].slice(0, SUITES_AN_OFFER);

/** Whether a group is an elliptic curve that TLS before 1.3 can have: finite fields there show by their modulus. */
export const isCurve = (group: number) => group < 0x0100;

/** Whether a suite makes a fresh key over an elliptic curve, or over a finite field. */
export const isEcdhe = (suite: number) => suiteParts(suite).exchange === 'ECDHE';
export const isDhe = (suite: number) => suiteParts(suite).exchange === 'DHE';
