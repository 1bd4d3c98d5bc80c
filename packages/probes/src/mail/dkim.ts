import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Observation } from '../check.ts';
import { lookupCheck, saw } from './judgement.ts';
import { ask, type Dialogue, isQueryable, texts } from './lookup.ts';
import type { MailProfile } from './profile.ts';
import { readTags, tagValue } from './tags.ts';

export type DkimProblem =
  | 'not-a-tag'
  | 'duplicate'
  | 'character'
  | 'version'
  | 'key-missing'
  | 'key-type'
  | 'key-encoding'
  | 'key-unreadable'
  | 'exponent'
  | 'hash'
  | 'service';

/** A public key as a selector publishes it (RFC 6376 section 3.6.1). */
export interface DkimKey {
  type: 'rsa' | 'ed25519' | 'other';
  /** Size of an RSA modulus, 256 for Ed25519, null where the key cannot be read. */
  bits: number | null;
  /** An empty `p=`: the key is withdrawn. */
  revoked: boolean;
  /** `t=y`: receivers treat its mail as if it were not signed. */
  testing: boolean;
  /** `t=s`: the signing identity may be no subdomain. */
  strict: boolean;
  problems: DkimProblem[];
}

/** Reads a key record. Never throws; any problem makes the key useless to receivers. */
export function parseDkimKey(text: string): DkimKey {
  const list = readTags(text);
  const value = (name: string) => tagValue(list, name);
  const names = (name: string) =>
    value(name)
      ?.split(':')
      .map((one) => one.trim().toLowerCase());
  const problems: DkimProblem[] = list.problems.map(({ code }) => code);
  const version = list.tags.findIndex((tag) => tag.name === 'v');
  if (version > 0 || (version === 0 && value('v') !== 'DKIM1')) problems.push('version');
  const called = (value('k') ?? 'rsa').toLowerCase();
  const type = called === 'rsa' || called === 'ed25519' ? called : 'other';
  if (type === 'other') problems.push('key-type');
  // RFC 8301 section 3.1: SHA-1 must not be used, so a key for it alone is for nothing.
  const hashes = names('h');
  if (hashes !== undefined && !hashes.includes('sha256')) problems.push('hash');
  const services = names('s');
  if (services !== undefined && !services.includes('*') && !services.includes('email')) problems.push('service');
  const flags = names('t') ?? [];
  const flagged = { testing: flags.includes('y'), strict: flags.includes('s') };
  const data = value('p')?.replace(/[ \t\r\n]/g, '');
  if (data === undefined)
    return { type, bits: null, revoked: false, ...flagged, problems: [...problems, 'key-missing'] };
  if (data === '') return { type, bits: null, revoked: true, ...flagged, problems };
  const key = readKey(type, data);
  if (typeof key === 'string') return { type, bits: null, revoked: false, ...flagged, problems: [...problems, key] };
  if (key.exponent !== null && (key.exponent < 3n || key.exponent % 2n === 0n)) problems.push('exponent');
  return { type, bits: key.bits, revoked: false, ...flagged, problems };
}

function readKey(type: DkimKey['type'], data: string): { bits: number; exponent: bigint | null } | DkimProblem {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(data)) return 'key-encoding';
  const der = Buffer.from(data, 'base64');
  // RFC 8463 section 4.2: 32 bytes as they are.
  if (type === 'ed25519') return der.length === 32 ? { bits: 256, exponent: null } : 'key-unreadable';
  const details = rsaKey(der)?.asymmetricKeyDetails;
  if (details?.modulusLength === undefined) return 'key-unreadable';
  return { bits: details.modulusLength, exponent: details.publicExponent ?? null };
}

/** RFC 6376 section 3.6.1 says RSAPublicKey, its examples and everybody's practice wrap that in a SubjectPublicKeyInfo (erratum 3017, recalled). */
function rsaKey(der: Buffer): KeyObject | null {
  for (const type of ['spki', 'pkcs1'] as const) {
    try {
      const key = createPublicKey({ key: der, format: 'der', type });
      if (key.asymmetricKeyType === 'rsa') return key;
    } catch {
      // The other form is tried; neither means that there is no key.
    }
  }
  return null;
}

/** What a supplier declares: the selectors that its mail is signed with. */
export interface DeclaredSelectors {
  selectors: string[];
}

/**
 * `mail.dkim`: each declared selector holds one key that receivers can use and trust (RFC 6376, 8301, 8463). Pass: all do. Fail: a key is
 * missing, faulty or short. Warn: a key is withdrawn, in test, or shorter than is advised. Where no selector was declared, only whether
 * anything stands under `_domainkey` can be seen (RFC 8020): nothing is a fail, something a warn, since no key was looked at.
 */
export const dkimCheck = lookupCheck(
  'mail.dkim',
  ['RFC 6376', 'RFC 8301', 'RFC 8463'],
  function* look(subject, { selectors }: DeclaredSelectors, { dkim }: MailProfile): Dialogue<Observation[]> {
    if (selectors.length === 0) {
      const answer = yield* ask(`_domainkey.${subject}`, 'TXT');
      if (answer.status === 'error') return [saw('inconclusive', 'dkim.dns', { reason: answer.reason })];
      return [answer.status === 'no-name' ? saw('fail', 'dkim.no-key') : saw('warn', 'dkim.no-selector-declared')];
    }
    const observations: Observation[] = [];
    const usable: DkimKey[] = [];
    for (const selector of selectors) {
      const seen = yield* lookAt(selector, subject);
      if (Array.isArray(seen)) observations.push(...seen);
      else {
        const judged = judgeKey(selector, seen, dkim);
        observations.push(...judged);
        if (!seen.revoked && !judged.some((one) => one.verdict === 'fail')) usable.push(seen);
      }
    }
    const known = observations.every((one) => one.verdict !== 'inconclusive');
    if (known && usable.length === 0) observations.push(saw('fail', 'dkim.no-usable-key'));
    if (usable.length > 0 && usable.every((key) => key.type === 'ed25519'))
      observations.push(saw('warn', 'dkim.ed25519-alone'));
    if (known && dkim.wantEd25519 && !usable.some((key) => key.type === 'ed25519'))
      observations.push(saw('warn', 'dkim.no-ed25519'));
    return observations;
  },
);

function* lookAt(selector: string, domain: string): Dialogue<DkimKey | Observation[]> {
  const name = `${selector}._domainkey.${domain}`;
  if (!isQueryable(name)) return [saw('fail', 'dkim.impossible-selector', { selector })];
  const answer = yield* ask(name, 'TXT');
  if (answer.status === 'error') return [saw('inconclusive', 'dkim.dns', { selector, reason: answer.reason })];
  const [text, second] = texts(answer);
  if (text === undefined) return [saw('fail', 'dkim.no-key', { selector })];
  // RFC 6376 section 3.6.2.2: with several, the result is undefined.
  if (second !== undefined) return [saw('fail', 'dkim.several-records', { selector })];
  return parseDkimKey(text);
}

function judgeKey(selector: string, key: DkimKey, { minRsaBits, goodRsaBits }: MailProfile['dkim']): Observation[] {
  const { type, bits } = key;
  if (key.problems.length > 0)
    return key.problems.map((problem) => saw('fail', 'dkim.faulty-key', { selector, problem }));
  if (key.revoked) return [saw('warn', 'dkim.revoked', { selector })];
  const seen = { selector, type, bits };
  const observations: Observation[] = [];
  if (key.testing) observations.push(saw('warn', 'dkim.testing', { selector }));
  if (type === 'ed25519') return [...observations, saw('pass', 'dkim.key', seen)];
  if (bits === null || bits < Math.max(minRsaBits, 1024)) return [...observations, saw('fail', 'dkim.short-key', seen)];
  if (bits < goodRsaBits) return [...observations, saw('warn', 'dkim.weak-key', seen)];
  // RFC 8301 section 3.2: receivers need not be able to check longer ones.
  if (bits > 4096) return [...observations, saw('warn', 'dkim.long-key', seen)];
  return [...observations, saw('pass', 'dkim.key', seen)];
}
