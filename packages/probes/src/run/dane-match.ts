import { type CheckResult, type Observation, resultOf } from '../check.ts';
import { matchTlsa, type Tlsa, type TlsaFound } from '../dns/index.ts';
import { saw } from '../mail/index.ts';
import { certificatesShown, type Shown, type TlsEvidence } from '../tls/index.ts';

export const DANE_MATCH = 'dane.match';
export const DANE_MATCH_STANDARDS = ['RFC 6698', 'RFC 7671', 'RFC 7672'] as const;

/**
 * `dane.match`: what an endpoint shows is what its TLSA records say (RFC 6698 section 2.1, RFC 7671 section 5). Pass: every chain that was
 * shown agrees with a usable record. Fail: one agrees with none, or only with one that also wants what the chain has not (a name, a date,
 * public trust). Not applicable: there are no usable records, which `dane.tlsa` tells. Inconclusive: no chain was seen, or no answer.
 */
export function judgeDaneMatch({ validation, records, name }: TlsaFound, endpoint: TlsEvidence): CheckResult {
  const { host, address, port } = endpoint;
  const subject = `${host ?? address}:${port} (${address})`;
  const end = (...observations: Observation[]) => resultOf(DANE_MATCH, subject, observations);
  if (validation.status === 'bogus' || validation.status === 'indeterminate')
    return end(saw('inconclusive', 'dane-match.unknown', { reason: validation.reason?.code }));
  if (records.length === 0) return end(saw('not-applicable', 'dane-match.no-records'));
  const shown = certificatesShown(endpoint);
  if (shown.length === 0) return end(saw('inconclusive', 'dane-match.no-chain'));
  const base = name.replace(/^_\d+\._tcp\./, '');
  const names = [...new Set([host ?? address, base])];
  return end(...shown.map((chain) => observe(chain, records, names, Date.parse(endpoint.at))), ...rollover(records));
}

function observe(shown: Shown, records: readonly Tlsa[], names: readonly string[], at: number): Observation {
  let almost: Observation | null = null;
  for (const record of records) {
    const match = matchTlsa(
      record,
      shown.sent.map(({ der }) => der),
    );
    if (!match.matched) continue;
    const lacking = lack(record.usage, shown, names, at);
    const values = { record: `${record.usage} ${record.selector} ${record.matching}` };
    if (lacking === null) return saw('pass', 'dane-match.good', values);
    almost ??= saw('fail', `dane-match.${lacking}`, values);
  }
  return almost ?? saw('fail', 'dane-match.differs', { count: records.length });
}

/** What a matching record of that usage wants besides (RFC 7671 sections 5.1 to 5.4): DANE-EE nothing, the others names and dates. */
function lack(
  usage: number,
  { leaf, verdict, isFor }: Shown,
  names: readonly string[],
  at: number,
): 'name' | 'date' | 'trust' | null {
  if (usage === 3) return null;
  if (!names.some(isFor)) return 'name';
  if (at < leaf.notBefore || at > leaf.notAfter) return 'date';
  return usage < 2 && !verdict.trusted ? 'trust' : null;
}

/** With a record of the next key there already, keys can be changed without a gap (RFC 7671 section 8.1). Only told. */
function rollover(records: readonly Tlsa[]): Observation[] {
  const own = records.filter(({ usage }) => usage === 3).length;
  const ready = own > 1 || (own === 1 && records.some(({ usage }) => usage === 2));
  return ready ? [] : [saw('pass', 'dane-match.no-rollover')];
}
