import type { CheckResult, Observation } from '../check.ts';
import { resultOf } from '../check.ts';
import type { Turn } from '../tls/channel.ts';
import type { TlsEvidence } from '../tls/evidence.ts';
import { saw } from './judgement.ts';
import { capabilities, readReply, type SmtpReply } from './smtp-reply.ts';

/** A conversation up to where TLS would begin, and why it ended. */
export interface StartTlsEvidence {
  turns: Turn[];
  end: 'ready' | 'answered' | 'closed' | 'timeout' | 'limit' | 'refused' | 'unreachable' | 'malformed' | 'cancelled';
}

export type { Turn };

/** The conversation before TLS of an endpoint that was asked by `gatherTls`: that of its first connection. */
export function startTlsIn({ turns, exchanges }: Pick<TlsEvidence, 'turns' | 'exchanges'>): StartTlsEvidence {
  const [first] = exchanges;
  return { turns, end: first === undefined ? 'cancelled' : ENDS[first.ended] };
}

/** Why a conversation ended, from how its connection did; what went wrong after a whole conversation changes nothing. */
const ENDS: Record<TlsEvidence['exchanges'][number]['ended'], StartTlsEvidence['end']> = {
  answered: 'ready',
  garbage: 'ready',
  closed: 'closed',
  reset: 'closed',
  timeout: 'timeout',
  limit: 'limit',
  unreachable: 'unreachable',
  'starttls-absent': 'answered',
  'starttls-busy': 'answered',
  'starttls-strange': 'malformed',
};

/** What a conversation says, read from its bytes alone. */
export interface StartTlsReading {
  greeting: SmtpReply | null;
  offer: SmtpReply | null;
  answer: SmtpReply | null;
  /** Bytes of the server that nobody had asked for yet: before our question, or in the clear after its 220. */
  unasked: { place: 'before-ehlo' | 'before-starttls' | 'after-ready'; text: string }[];
  malformed: boolean;
}

/** Reads a recorded conversation again: which reply answers what, and what came unasked (the hole of CVE-2011-0411, seen from a client). */
export function readConversation(turns: readonly Turn[]): StartTlsReading {
  const reading: StartTlsReading = { greeting: null, offer: null, answer: null, unasked: [], malformed: false };
  const slots = ['greeting', 'offer', 'answer'] as const;
  const places = ['before-ehlo', 'before-starttls', 'after-ready'] as const;
  let slot = 0;
  let held: Buffer = Buffer.alloc(0);
  const settle = () => {
    const name = slots[slot];
    if (name === undefined || reading[name] !== null) return;
    const found = readReply(held);
    if (found.kind === 'malformed') reading.malformed = true;
    if (found.kind !== 'reply') return;
    reading[name] = found.reply;
    held = held.subarray(found.used);
  };
  const drain = () => {
    const place = places[slot];
    if (held.length > 0 && place !== undefined && !reading.malformed)
      reading.unasked.push({ place, text: held.toString('latin1').slice(0, 200) });
    held = Buffer.alloc(0);
  };
  for (const turn of turns) {
    if (turn.from === 'server') {
      held = Buffer.concat([held, Buffer.from(turn.bytes, 'base64')]);
      settle();
      continue;
    }
    drain();
    slot += 1;
  }
  const name = slots[slot];
  if (name !== undefined && reading[name] !== null) drain();
  return reading;
}

const ID = 'mail.starttls';

/**
 * `mail.starttls`: a mail server offers TLS and begins it when asked (RFC 3207). Pass: so it is. Fail: not offered, refused for good, or
 * it sends bytes in the clear that a careless client would take for protected ones. Inconclusive: it did not answer, turned us away or
 * asked to come back later, which proves nothing about TLS.
 */
export const startTlsCheck = {
  id: ID,
  standards: ['RFC 3207'] as const,
  judge(evidence: StartTlsEvidence, _profile: unknown, subject: string): CheckResult {
    return resultOf(ID, subject, observe(evidence));
  },
};

function observe({ turns, end }: StartTlsEvidence): Observation[] {
  const { greeting, offer, answer, unasked, malformed } = readConversation(turns);
  const observations: Observation[] = unasked.map(({ place, text }) =>
    saw(place === 'after-ready' && answer?.code === 220 ? 'fail' : 'warn', 'starttls.unasked-bytes', { place, text }),
  );
  const more = (verdict: Observation['verdict'], code: string, reply?: SmtpReply) => [
    ...observations,
    saw(verdict, code, { code: reply?.code, text: reply?.lines.join(' / ').slice(0, 200) }),
  ];
  if (malformed) return more('inconclusive', 'starttls.malformed');
  if (greeting === null) return [...observations, saw('inconclusive', 'starttls.no-answer', { end })];
  if (greeting.code !== 220) return more('inconclusive', 'starttls.turned-away', greeting);
  if (offer === null) return [...observations, saw('inconclusive', 'starttls.no-answer', { end })];
  if (offer.code !== 250) return more('inconclusive', 'starttls.turned-away', offer);
  if (!capabilities(offer).has('STARTTLS')) return more('fail', 'starttls.not-offered');
  if (answer === null) return [...observations, saw('inconclusive', 'starttls.no-answer', { end })];
  if (answer.code === 220) return more('pass', 'starttls.ready');
  return more(answer.code < 500 ? 'inconclusive' : 'fail', 'starttls.refused', answer);
}
