import type { Name } from '../wire/name.ts';

/** Why a validation ended as it did; each belongs to one status. */
export const REASONS = {
  // insecure: proved that no signatures are to be expected
  'no-ds': 'insecure',
  'opt-out': 'insecure',
  'algorithm-not-accepted': 'insecure',
  'nsec3-iterations': 'insecure',
  'resolver-insecure': 'insecure',
  // bogus: what should be signed and good is not
  'signature-missing': 'bogus',
  'signature-malformed': 'bogus',
  'signature-expired': 'bogus',
  'signature-not-yet-valid': 'bogus',
  'signature-invalid': 'bogus',
  'signature-key-missing': 'bogus',
  'key-missing': 'bogus',
  'key-not-delegated': 'bogus',
  'denial-missing': 'bogus',
  'denial-wrong': 'bogus',
  'signer-no-zone': 'bogus',
  'resolver-bogus': 'bogus',
  // indeterminate: no answer to judge by
  'no-answer': 'indeterminate',
  'server-failure': 'indeterminate',
  malformed: 'indeterminate',
  limit: 'indeterminate',
  'alias-loop': 'indeterminate',
  'no-anchor': 'indeterminate',
  'root-changed': 'indeterminate',
  'not-recorded': 'indeterminate',
} as const;

export type ReasonCode = keyof typeof REASONS;

/** The four states of RFC 4035 section 4.3. */
export type Status = 'secure' | 'insecure' | 'bogus' | 'indeterminate';

export interface Reason {
  code: ReasonCode;
  /** The name and record type at which it was found. */
  name: Name;
  type: number;
  /** A failure or response code, where that says more. */
  detail?: string;
}

export interface NotSecure {
  status: Exclude<Status, 'secure'>;
  reason: Reason;
}

export function notSecure(code: ReasonCode, name: Name, type: number, detail?: string): NotSecure {
  return { status: REASONS[code], reason: { code, name, type, ...(detail === undefined ? {} : { detail }) } };
}
