import table from '../data/algorithms.json' with { type: 'json' };

/**
 * How far an algorithm is to be used for new signatures or delegations: the words of RFC 9904, MUST and RECOMMENDED
 * taken as one.
 */
export type Level = 'recommended' | 'may' | 'not-recommended' | 'must-not' | 'unknown';

const NAMES = new Map(table.algorithms.map(({ number, name }) => [number, name]));
const SIGNING = new Map(table.algorithms.map(({ number, signing }) => [number, signing as Level]));
const DIGEST_NAMES = new Map(table.digests.map(({ number, name }) => [number, name]));
const DELEGATION = new Map(table.digests.map(({ number, delegation }) => [number, delegation as Level]));

export const algorithmName = (number: number): string => NAMES.get(number) ?? `algorithm ${number}`;
export const digestName = (number: number): string => DIGEST_NAMES.get(number) ?? `digest ${number}`;

/** May this algorithm sign a zone? `unknown` for a number without an entry. */
export const signingLevel = (algorithm: number): Level => SIGNING.get(algorithm) ?? 'unknown';
/** May a DS record use this digest? */
export const delegationLevel = (digest: number): Level => DELEGATION.get(digest) ?? 'unknown';

/** Algorithms whose signatures `verify` can check. */
export const VERIFIABLE: readonly number[] = [5, 7, 8, 10, 13, 14, 15, 16];

/**
 * Those that count by default. RFC 9905 section 2: a validator's operator treats RSASHA1 (5, 7) as unsupported, so as
 * insecure.
 */
export const ACCEPTED: readonly number[] = [8, 10, 13, 14, 15, 16];

/** Digest types of DS records that can be checked: SHA-1, SHA-256 (RFC 4509), SHA-384 (RFC 6605). */
export const DIGESTS: Readonly<Record<number, string>> = { 1: 'sha1', 2: 'sha256', 4: 'sha384' };
