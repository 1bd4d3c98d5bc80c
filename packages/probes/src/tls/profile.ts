import { readdirSync } from 'node:fs';
import { readContent } from '@proviso/content';
import { z } from 'zod';
import { GROUPS, SUITES } from './registry.ts';
import { VERSION_NAMES } from './wire/protocol.ts';

/** How a guideline rates one setting. What it does not list is `insufficient`. */
export type Grade = 'good' | 'sufficient' | 'phase-out' | 'insufficient';

/** How much a rule weighs: a breach of a required one fails, of a recommended one warns; an optional one is only told. */
const weight = z.enum(['required', 'recommended', 'optional', 'none']);
export type Weight = z.infer<typeof weight>;

function graded<T extends z.ZodType<string>>(value: T) {
  return z.strictObject({
    good: z.array(value).default([]),
    sufficient: z.array(value).default([]),
    phaseOut: z.array(value).default([]),
  });
}

const known = (has: (name: string) => unknown) =>
  z.string().superRefine((name, context) => {
    try {
      has(name);
    } catch (cause) {
      context.addIssue({ code: 'custom', message: (cause as Error).message });
    }
  });

const hash = z.enum(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'intrinsic']);
const bits = z.number().int().positive();

/** A guideline on TLS as data: what it rates how, and how much each rule weighs. */
export const tlsProfile = z.strictObject({
  id: z.string().regex(/^[a-z0-9.-]+$/),
  title: z.string(),
  source: z.string(),
  /** How sure we are that this says what the source says. */
  confidence: z.enum(['high', 'medium', 'low', 'recalled']),
  /** What of the source is not in it, or was not known. */
  leftOut: z.array(z.string()).default([]),
  versions: graded(z.enum(VERSION_NAMES)),
  suites: graded(known((name) => SUITES.code(name))),
  /** Groups of ECDHE and of TLS 1.3, the finite fields of RFC 7919 among them. */
  groups: graded(known((name) => GROUPS.code(name))),
  /** Moduli of DHE before TLS 1.3. The fields of RFC 7919 are rated by `groups`; null rates all others insufficient. */
  ownModulus: z.strictObject({ sufficient: bits.nullable(), phaseOut: bits.nullable() }).nullable(),
  /** Hashes of the signature over the key exchange. */
  exchangeHashes: graded(hash),
  certificate: z.strictObject({
    /** Least length of an RSA key in bits, per grade. */
    rsa: z.strictObject({ good: bits.nullable(), sufficient: bits.nullable(), phaseOut: bits.nullable() }),
    /** Curves, and the key algorithms `ed25519` and `ed448`. */
    curves: graded(z.string()),
    hashes: graded(hash),
    trusted: weight,
    names: weight,
    /** Certificates that expire in fewer days than this are told. */
    expiryDays: z.strictObject({ warn: z.number().int().nonnegative() }),
    transparency: z.strictObject({ weight, timestamps: z.number().int().positive() }),
  }),
  rules: z.strictObject({
    suiteOrder: weight,
    compression: weight,
    secureRenegotiation: weight,
    clientRenegotiation: z.strictObject({ weight, atMost: z.number().int().nonnegative() }),
    extendedMasterSecret: weight,
    earlyData: weight,
    stapling: weight,
    stapleTrusted: weight,
    heartbeat: weight,
    fallbackSignal: weight,
    postQuantum: weight,
  }),
});
export type TlsProfile = z.infer<typeof tlsProfile>;

const FOLDER = new URL('profiles/', import.meta.url);

/** Ids of the profiles in the tree. */
export function tlsProfileIds(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .toSorted();
}

/** A profile of the tree. @throws where there is none of that id, with those that there are. */
export function loadTlsProfile(id: string): TlsProfile {
  if (!tlsProfileIds().includes(id)) {
    throw new Error(`There is no TLS profile "${id}". There are: ${tlsProfileIds().join(', ')}.`);
  }
  return tlsProfile.parse(readContent(new URL(`${id}.yaml`, FOLDER)));
}

type Grades = { good: readonly string[]; sufficient: readonly string[]; phaseOut: readonly string[] };

/** The grade of one setting by its name. */
export function gradeOf(grades: Grades, name: string): Grade {
  if (grades.good.includes(name)) return 'good';
  if (grades.sufficient.includes(name)) return 'sufficient';
  return grades.phaseOut.includes(name) ? 'phase-out' : 'insufficient';
}

/** The grade of a length in bits. */
export function gradeOfBits(
  least: { good?: number | null; sufficient: number | null; phaseOut: number | null },
  bits: number,
): Grade {
  const reaches = (limit: number | null | undefined) => limit != null && bits >= limit;
  if (reaches(least.good)) return 'good';
  if (reaches(least.sufficient)) return 'sufficient';
  return reaches(least.phaseOut) ? 'phase-out' : 'insufficient';
}
