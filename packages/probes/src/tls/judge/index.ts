import type { CheckResult } from '../../check.ts';
import type { TlsEvidence } from '../evidence.ts';
import type { TlsProfile } from '../profile.ts';
import * as certificates from './certificates.ts';
import * as features from './features.ts';
import type { TlsCheck } from './observe.ts';
import * as settings from './settings.ts';

/** All checks of one endpoint's TLS, in the order in which a person reads them. */
export const TLS_CHECKS: readonly TlsCheck[] = [
  settings.available,
  settings.version,
  settings.suites,
  settings.suiteOrder,
  settings.keyExchange,
  settings.keyExchangeHash,
  settings.postQuantum,
  features.compression,
  features.renegotiationSecure,
  features.renegotiationClient,
  features.extendedMasterSecret,
  features.earlyData,
  features.heartbeat,
  features.fallbackSignal,
  certificates.trust,
  certificates.names,
  certificates.validity,
  certificates.key,
  certificates.signature,
  certificates.transparency,
  certificates.stapling,
];

/** Judges evidence by a profile, purely: today and in ten years the same. */
export function judgeTls(evidence: TlsEvidence, profile: TlsProfile): CheckResult[] {
  const subject = `${evidence.host ?? evidence.address}:${evidence.port} (${evidence.address}, ${evidence.service})`;
  return TLS_CHECKS.map((check) => check.judge(evidence, profile, subject));
}
