import { z } from 'zod';
import type { Check } from '../../check.ts';
import type { Enquiry } from '../ask/ask.ts';
import { type DriveOptions, drive, replay } from '../ask/drive.ts';
import { dnsRecording, Recording } from '../ask/recording.ts';
import type { ValidateOptions } from '../dnssec/context.ts';
import type { SignatureCache } from '../dnssec/work.ts';
import type { DnsProfile } from './profile.ts';

/**
 * The proof of every check of this family: when it was gathered (seconds since 1970, the time signatures are judged at)
 * and what was said.
 */
export const dnsEvidence = z.object({ at: z.int().min(0), recording: dnsRecording });
export type DnsEvidence = z.infer<typeof dnsEvidence>;

/**
 * A check whose judgement is an enquiry: gathered by driving it against the world, judged by replaying it. Trust
 * anchors and algorithms come from the profile, never from the evidence.
 */
export interface DnsCheck extends Check<DnsEvidence, DnsProfile> {
  /** All that the judgement asks. @throws FormatError where the subject is no name. */
  enquire(subject: string, options: ValidateOptions): Enquiry<unknown>;
}

/** How the profile wants validation done at a time. */
export function validateOptions(profile: DnsProfile, at: number, signatures?: SignatureCache): ValidateOptions {
  return {
    at,
    ...(profile.anchors ? { anchors: profile.anchors } : {}),
    ...(profile.accept ? { algorithms: profile.accept } : {}),
    ...(signatures ? { signatures } : {}),
  };
}

/** Gathers the evidence of several checks about one subject; what two of them ask is asked once. */
export async function gather(
  checks: readonly DnsCheck[],
  subject: string,
  profile: DnsProfile,
  options: DriveOptions & { signatures?: SignatureCache },
): Promise<DnsEvidence> {
  const at = Math.floor(options.now() / 1000);
  const recording = new Recording();
  const settings = validateOptions(profile, at, options.signatures);
  for (const check of checks) await drive(check.enquire(subject, settings), options, recording);
  return evidenceOf(at, recording);
}

const READ = new WeakMap<DnsEvidence, Recording>();

/** The evidence that a recording makes; it is not read again where this very evidence is judged. */
export function evidenceOf(at: number, recording: Recording): DnsEvidence {
  const evidence = { at, recording: recording.toJson() };
  READ.set(evidence, recording);
  return evidence;
}

/** The recording in the evidence, read once. @throws ZodError where the evidence is malformed. */
export function recordingOf(evidence: DnsEvidence): Recording {
  let recording = READ.get(evidence);
  if (!recording) {
    recording = Recording.fromJson(evidence.recording);
    READ.set(evidence, recording);
  }
  return recording;
}

/** Follows an enquiry through the evidence. @throws ZodError where the evidence is malformed. */
export function consult<T>(evidence: DnsEvidence, enquiry: Enquiry<T>): T {
  return replay(enquiry, recordingOf(evidence));
}
