import type { Observation } from '../check.ts';
import { lookupCheck, saw } from './judgement.ts';
import { ask, type Dialogue, texts } from './lookup.ts';
import { findRoute } from './mx.ts';
import type { MailProfile } from './profile.ts';
import { readTags, tagValue } from './tags.ts';

/**
 * `mail.tls-rpt`: senders can report that TLS to the domain failed (RFC 8460 section 3). Pass: one record, with an address that takes
 * reports. Fail: none, several, or no such address. Warn: some of its addresses are none. Not applicable: takes no mail.
 */
export const tlsRptCheck = lookupCheck(
  'mail.tls-rpt',
  ['RFC 8460'],
  function* look(subject, _none: null, _profile: MailProfile): Dialogue<Observation[]> {
    const route = yield* findRoute(subject);
    if (route.kind === 'null-mx' || route.kind === 'nowhere') return [saw('not-applicable', 'tls-rpt.no-mail')];
    const answer = yield* ask(`_smtp._tls.${subject}`, 'TXT');
    if (answer.status === 'error') return [saw('inconclusive', 'tls-rpt.dns', { reason: answer.reason })];
    const records = texts(answer).filter((text) => /^v=TLSRPTv1[ \t]*(?:;|$)/.test(text));
    const [text, second] = records;
    if (text === undefined) return [saw('fail', 'tls-rpt.none')];
    if (second !== undefined) return [saw('fail', 'tls-rpt.several-records')];
    return judgeRecord(text);
  },
);

function judgeRecord(text: string): Observation[] {
  const list = readTags(text);
  const addresses = (tagValue(list, 'rua') ?? '').split(',').map((one) => one.trim());
  const good = addresses.filter(isReportUri);
  const observations: Observation[] = list.problems.map(({ code, at }) =>
    saw('fail', 'tls-rpt.syntax', { problem: code, at }),
  );
  if (good.length === 0) return [...observations, saw('fail', 'tls-rpt.no-address')];
  for (const uri of addresses.filter((one) => !isReportUri(one)))
    observations.push(saw('warn', 'tls-rpt.address', { uri: uri.slice(0, 200) }));
  return [...observations, saw('pass', 'tls-rpt.record', { addresses: good.length })];
}

/** Only mail and HTTPS carry reports (RFC 8460 section 3). */
function isReportUri(uri: string): boolean {
  return /^mailto:[^@\s,;!]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(uri) || /^https:\/\/[a-z0-9[][^\s,;!]*$/i.test(uri);
}
