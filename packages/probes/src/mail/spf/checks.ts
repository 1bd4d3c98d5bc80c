import type { Observation } from '../../check.ts';
import { lookupCheck, saw } from '../judgement.ts';
import type { Dialogue } from '../lookup.ts';
import type { MailProfile } from '../profile.ts';
import { checkHost } from './evaluate.ts';
import { lintSpf } from './lint.ts';

/**
 * `mail.spf`: a domain has one SPF record without a fault, within the limits, that lets others not pass (RFC 7208).
 * Pass: so it is. Fail: no record, several, a fault, too many lookups, or everybody passes. Warn: what the RFC advises against.
 * Inconclusive: the DNS did not answer, or a name is made of macros and cannot be looked into.
 */
export const spfCheck = lookupCheck(
  'mail.spf',
  ['RFC 7208'],
  function* look(subject, _none: null, { spf }: MailProfile): Dialogue<Observation[]> {
    const { remainder, lookups, voidLookups, observations } = yield* lintSpf(subject);
    const more: Observation[] = [];
    if (lookups > spf.maxLookups) more.push(saw('fail', 'spf.many-lookups', { count: lookups, limit: spf.maxLookups }));
    if (voidLookups > spf.maxVoidLookups)
      more.push(saw('fail', 'spf.many-void-lookups', { count: voidLookups, limit: spf.maxVoidLookups }));
    if (remainder !== 'unknown') {
      const accepted = spf.remainders.includes(remainder);
      more.push(saw(accepted ? 'pass' : 'fail', 'spf.remainder', { result: remainder, lookups }));
    }
    return [...observations, ...more];
  },
);

/** What a supplier declares: the addresses that it sends from, and the name that they call themselves. */
export interface DeclaredSenders {
  addresses: string[];
  helo?: string;
}

/**
 * `mail.spf-senders`: mail from the declared addresses passes SPF (RFC 7208 section 4). Not applicable where none were declared.
 */
export const spfSendersCheck = lookupCheck(
  'mail.spf-senders',
  ['RFC 7208'],
  function* look(subject, declared: DeclaredSenders, { spf }: MailProfile): Dialogue<Observation[]> {
    const { maxLookups, maxVoidLookups } = spf;
    const observations: Observation[] = [];
    for (const address of declared.addresses) {
      const client = { address, helo: declared.helo ?? subject, sender: `postmaster@${subject}` };
      const { result, term, problem } = yield* checkHost(client, { maxLookups, maxVoidLookups });
      const verdict = result === 'pass' ? 'pass' : result === 'temperror' ? 'inconclusive' : 'fail';
      observations.push(saw(verdict, 'spf.sender', { address, result, term, problem }));
    }
    return observations.length > 0 ? observations : [saw('not-applicable', 'spf.no-senders-declared')];
  },
);
