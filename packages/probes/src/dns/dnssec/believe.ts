import { askOne, type Enquiry, messageOf } from '../ask/ask.ts';
import { extendedErrors, type Message } from '../wire/message.ts';
import type { Name } from '../wire/name.ts';
import { findRRset } from '../wire/record.ts';
import { RCODE, rcodeName } from '../wire/types.ts';
import { notSecure } from './reason.ts';
import { aliasIn, emptyValidation, MOST_ALIASES, type Validation } from './validate.ts';

/**
 * The same question as `validate` asks, but the validating resolver's word is taken for it: quick, and only as good as
 * the way to the resolver (RFC 4035 section 4.9.3). AD set is secure, not set insecure; a failure that goes away with
 * CD is bogus. The proof shows what the resolver said and no more, so a replay believes it again.
 */
export function* believe(name: Name, type: number): Enquiry<Validation> {
  const result = emptyValidation(name);
  const end = (code: Parameters<typeof notSecure>[0], detail?: string): Validation => ({
    ...result,
    ...notSecure(code, name, type, detail),
  });
  const message = messageOf(yield* askOne({ name, type, dress: 'trusting' }));
  if (typeof message === 'string')
    return end(message === 'malformed' || message === 'limit' ? message : 'no-answer', message);
  if (message.truncated || message.question?.name !== name || message.question.type !== type) return end('malformed');
  if (message.rcode === RCODE.SERVFAIL) {
    const unchecked = messageOf(yield* askOne({ name, type, dress: 'dnssec' }));
    const answers = typeof unchecked !== 'string' && isAnswer(unchecked);
    const [why] = extendedErrors(message);
    return answers ? end('resolver-bogus', why && `EDE ${why.code}`) : end('server-failure', rcodeName(message.rcode));
  }
  if (!isAnswer(message) || !message.recursionAvailable) return end('server-failure', rcodeName(message.rcode));
  for (let turn = 0; turn < MOST_ALIASES; turn += 1) {
    const set = findRRset(message.answer, result.name, type);
    const alias = set ? null : aliasIn(message, result.name);
    if (alias?.target === null) return end('malformed');
    if (set || !alias) {
      result.set = set ?? null;
      result.absence = set ? null : message.rcode === RCODE.NXDOMAIN ? 'no-name' : 'no-data';
      return message.authenticData ? result : end('resolver-insecure');
    }
    if (alias.target === result.name || result.aliases.includes(alias.target)) return end('alias-loop');
    result.aliases.push(result.name);
    result.name = alias.target;
  }
  return end('limit', 'more aliases than are followed');
}

const isAnswer = (message: Message): boolean => message.rcode === RCODE.NOERROR || message.rcode === RCODE.NXDOMAIN;
