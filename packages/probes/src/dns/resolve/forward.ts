import type { Server } from '../ask/ask.ts';
import { messageOf } from '../ask/ask.ts';
import type { Source } from '../ask/drive.ts';
import type { DnsClient } from '../transport/client.ts';
import { RCODE } from '../wire/types.ts';

/**
 * Answers through resolvers that were given, in their order: the next is asked where one gives no answer or refuses to
 * give any. A question for one server goes there. With none given every question comes back as `no-server`.
 */
export function forwardingSource(
  client: DnsClient,
  resolvers: readonly Server[],
  now: () => number = Date.now,
): Source {
  return async (question, signal) => {
    if (question.at) return client.ask(question, question.at, false, signal);
    let last: Awaited<ReturnType<Source>> = { failure: 'no-server', time: now() };
    for (const resolver of resolvers) {
      last = await client.ask(question, resolver, true, signal);
      const message = messageOf(last);
      if (typeof message !== 'string' && message.rcode !== RCODE.REFUSED && message.rcode !== RCODE.NOTIMP) return last;
      if (message === 'cancelled') return last;
    }
    return last;
  };
}
