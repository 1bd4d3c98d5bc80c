import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Verdict } from '../check.ts';
import { type RunEvidence, runEvidence } from '../run/evidence.ts';
import type { ProbeOutcome } from '../run/outcome.ts';
import { type ProbeProfile, probeProfile } from '../run/profile.ts';
import { BundleError, type Signer, seal, unseal } from './envelope.ts';

const TYPE = 'application/vnd.proviso.probe-bundle+json+gzip';
/** Most octets of the content of a bundle: a hostile one must not fill the memory. */
const MOST_OCTETS = 96 * 1024 * 1024;
/** The end of every bundle's name, after its hash. */
export const BUNDLE_SUFFIX = '.probe.json';

const verdict = z.enum(['pass', 'fail', 'warn', 'not-applicable', 'inconclusive']);
const content = z.strictObject({
  schema: z.literal('proviso.bundle/1'),
  evidence: runEvidence,
  /** By what it was judged when it was seen, whole, so that a later edition changes nothing. */
  profile: probeProfile,
  /** The verdicts of then. */
  verdicts: z.array(z.strictObject({ check: z.string(), subject: z.string(), verdict })),
});

/** What a bundle holds, with whose signature and under which hash. */
export interface Bundle {
  evidence: RunEvidence;
  profile: ProbeProfile;
  verdicts: { check: string; subject: string; verdict: Verdict }[];
  keyId: string;
  sha256: string;
}

/** Seals what was seen of one name: a text, and the name of its file, which holds the hash of the content. */
export function sealBundle(
  { evidence, outcome, profile }: { evidence: RunEvidence; outcome: ProbeOutcome; profile: ProbeProfile },
  signer: Signer,
): { name: string; sha256: string; text: string } {
  const verdicts = outcome.results.map(({ check, subject, verdict: given }) => ({ check, subject, verdict: given }));
  const whole: z.input<typeof content> = { schema: 'proviso.bundle/1', evidence, profile, verdicts };
  const payload = gzipSync(JSON.stringify(whole));
  const sha256 = hashOf(payload);
  const name = `${evidence.subject.replace(/[^a-z0-9.-]/g, '_')}-${sha256}${BUNDLE_SUFFIX}`;
  return { name, sha256, text: seal(TYPE, payload, signer) };
}

/**
 * Opens a bundle. `name` is that of its file: where it holds a hash, it must be that of the content.
 * @throws BundleError where it was changed, is no bundle, or holds what no run can have seen
 */
export function openBundle(text: string, name?: string): Bundle {
  const { payload, keyId } = unseal(TYPE, text);
  const sha256 = hashOf(payload);
  const named = /([0-9a-f]{64})\.probe\.json$/.exec(name ?? '')?.[1];
  if (named !== undefined && named !== sha256)
    throw new BundleError(`This is another bundle than its name says: its content has the hash ${sha256}.`);
  const read = content.safeParse(contentOf(payload));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new BundleError(
      `This bundle is signed, but its content cannot be read (${issue?.path.join('.')}: ${issue?.message}). It may be of a later version.`,
    );
  }
  const { evidence, profile, verdicts } = read.data;
  return { evidence, profile, verdicts, keyId, sha256 };
}

function contentOf(payload: Buffer): unknown {
  try {
    return JSON.parse(gunzipSync(payload, { maxOutputLength: MOST_OCTETS }).toString('utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw new BundleError(`This bundle unpacks to more than ${MOST_OCTETS / 1024 / 1024} MB, which no run makes.`);
    return null;
  }
}

const hashOf = (payload: Buffer): string => createHash('sha256').update(payload).digest('hex');
