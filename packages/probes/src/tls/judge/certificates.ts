import type { Observation, Verdict } from '../../check.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { DerError } from '../certificate/der.ts';
import { isForHost } from '../certificate/names.ts';
import { readStaple } from '../certificate/ocsp.ts';
import type { TlsEvidence } from '../evidence.ts';
import { type Grade, gradeOf, gradeOfBits, type TlsProfile } from '../profile.ts';
import { breach, check, observation, verdictOf } from './observe.ts';
import type { Shown, TlsView } from './view.ts';

const DAY = 24 * 60 * 60 * 1000;
/** Clocks differ; a response from the future by less than this is not one. */
const SKEW = 5 * 60 * 1000;

/** A check of each chain that was shown. What is no certificate fails; that none was seen is not known to be bad. */
function certificateCheck(
  id: string,
  standards: readonly string[],
  observe: (shown: Shown, profile: TlsProfile, view: TlsView, evidence: TlsEvidence) => Observation[],
) {
  return check(id, standards, (view, profile, evidence) => {
    if (view.unreadable > 0) return [observation('certificate-unreadable', 'fail', { count: view.unreadable })];
    if (view.shown.length === 0) return [observation('certificate-unseen', 'inconclusive')];
    return view.shown.flatMap((shown) => observe(shown, profile, view, evidence));
  });
}

/** A path to a trusted root (RFC 5280 section 6). */
export const trust = certificateCheck('tls.certificate-trust', ['RFC 5280'], ({ verdict }, { certificate }) => {
  if (certificate.trusted === 'none') return [];
  if (verdict.trusted) return [observation('chain-trusted', 'pass', { length: verdict.path.length })];
  const { fault, detail } = verdict;
  // An extension that we do not understand is our limit, not a fault of theirs.
  const judged: Verdict = fault === 'critical-extension' ? 'inconclusive' : breach(certificate.trusted);
  return [observation(`chain-${fault}`, judged, { detail })];
});

/** The certificate is for the host (RFC 9525). */
export const names = certificateCheck(
  'tls.certificate-names',
  ['RFC 9525'],
  ({ leaf }, { certificate }, _view, { host }) => {
    if (host === null || certificate.names === 'none') return [observation('name-not-asked', 'not-applicable')];
    if (isForHost(leaf, host)) return [observation('name-fits', 'pass')];
    return [
      observation('name-differs', breach(certificate.names), { host, names: leaf.dnsNames.slice(0, 10).join(', ') }),
    ];
  },
);

/** Kind and length of the keys that were sent, but for those of roots. */
export const key = certificateCheck('tls.certificate-key', ['RFC 5280'], ({ judged }, { certificate }) =>
  judged.map(({ key: { algorithm, bits, curve }, serial }) => {
    const grade = gradeOfKey(certificate, { algorithm, bits, curve });
    return observation(`key-${grade}`, verdictOf(grade), { key: `${algorithm} ${curve ?? bits ?? ''}`.trim(), serial });
  }),
);

function gradeOfKey({ rsa, curves }: TlsProfile['certificate'], { algorithm, bits, curve }: Certificate['key']): Grade {
  if (algorithm === 'rsa' || algorithm === 'rsa-pss') return gradeOfBits(rsa, bits ?? 0);
  return gradeOf(curves, curve ?? algorithm);
}

/** Hash of the signatures on certificates that were sent, but for those on roots, which nobody checks. */
export const signature = certificateCheck(
  'tls.certificate-signature',
  ['RFC 5280', 'RFC 9155'],
  ({ judged }, { certificate }) =>
    judged.map(({ signature: { scheme, hash }, serial }) => {
      const grade = gradeOf(certificate.hashes, hash ?? '');
      return observation(`signature-${grade}`, verdictOf(grade), {
        algorithm: `${scheme} ${hash ?? ''}`.trim(),
        serial,
      });
    }),
);

/** Dates, at the time of the evidence (RFC 5280 section 4.1.2.5). */
export const validity = certificateCheck(
  'tls.certificate-validity',
  ['RFC 5280'],
  ({ leaf }, { certificate }, { at }) => {
    const days = Math.floor((leaf.notAfter - at) / DAY);
    const until = new Date(leaf.notAfter).toISOString();
    if (at > leaf.notAfter) return [observation('certificate-expired', 'fail', { until })];
    if (at < leaf.notBefore) {
      return [observation('certificate-not-yet-valid', 'fail', { from: new Date(leaf.notBefore).toISOString() })];
    }
    const soon = days < certificate.expiryDays.warn;
    return [
      observation(soon ? 'certificate-expires-soon' : 'certificate-valid', soon ? 'warn' : 'pass', { until, days }),
    ];
  },
);

/** Timestamps of enough different logs (RFC 6962), in the certificate or beside it. Their signatures are not checked: no list of logs is at hand. */
export const transparency = certificateCheck(
  'tls.certificate-transparency',
  ['RFC 6962'],
  ({ leaf, timestamps }, { certificate }) => {
    const { weight, timestamps: wanted } = certificate.transparency;
    if (weight === 'none') return [];
    const logs = new Set([...leaf.timestamps, ...timestamps]).size;
    const enough = logs >= wanted;
    return [
      observation(enough ? 'transparency-enough' : 'transparency-few', enough ? 'pass' : breach(weight), {
        logs,
        wanted,
      }),
    ];
  },
);

/** Stapled status (RFC 6066 section 8, RFC 6960). */
export const stapling = certificateCheck('tls.ocsp-stapling', ['RFC 6066', 'RFC 6960'], (shown, { rules }, { at }) => {
  const { leaf, staples, issuer } = shown;
  const [staple] = staples;
  if (!staple) {
    if (leaf.mustStaple) return [observation('staple-promised', 'fail')];
    if (leaf.ocspUrls.length === 0) return [observation('staple-not-possible', 'not-applicable')];
    return rules.stapling === 'none' ? [] : [observation('staple-absent', breach(rules.stapling))];
  }
  const bad = (code: string, values?: Record<string, string>) => [
    observation(code, breach(rules.stapleTrusted), values),
  ];
  try {
    const status = readStaple(staple, leaf, issuer);
    if (!status) return bad('staple-for-another');
    if (!status.trusted)
      return issuer ? bad('staple-untrusted') : [observation('staple-issuer-unknown', 'inconclusive')];
    if (status.status === 'revoked') return [observation('certificate-revoked', 'fail')];
    if (status.thisUpdate > at + SKEW || (status.nextUpdate !== null && status.nextUpdate < at)) {
      return bad('staple-stale', { thisUpdate: new Date(status.thisUpdate).toISOString() });
    }
    return status.status === 'good' ? [observation('staple-good', 'pass')] : bad('staple-unknown');
  } catch (cause) {
    if (cause instanceof DerError) return bad('staple-unreadable');
    throw cause;
  }
});
