import type { Exchange } from './evidence.ts';
import { type Offer, readClientHello } from './wire/client-hello.ts';
import { type Flight, readFlight } from './wire/flight.ts';
import { ALERT, type VersionName, versionName } from './wire/protocol.ts';
import { WireError } from './wire/reader.ts';
import { isSsl2Hello } from './wire/sslv2.ts';

/** What is known of a yes-or-no question. */
export type Known = 'yes' | 'no' | 'unknown';

/** One exchange, read: what was offered and what became of it. */
export interface Outcome {
  offer: Offer & { extensions: ReadonlySet<number> };
  flight: Flight;
  /**
   * `accepted`: the server chose from the offer. `refused`: it said by an alert that nothing in it will do, or hung up and was well before and
   * after. `open`: anything else, which says nothing.
   */
  result: 'accepted' | 'refused' | 'open';
}

/** Values that were chosen, and values that were offered in vain while all else in the offer would have done. */
export interface Tally {
  accepted: Set<number>;
  refused: Set<number>;
}

export interface TlsFacts {
  outcomes: Outcome[];
  versions: Record<VersionName, Known>;
  /** Suites of TLS 1.3 and of all before. */
  suites13: Tally;
  suitesOld: Tally;
  groups13: Tally;
  groupsOld: Tally;
  /** Signature schemes over the key exchange of TLS 1.2. */
  signatures: Tally;
  ssl2: { kinds: string[] } | null;
}

/** Alerts that say "not this offer" (RFC 8446 section 6.2, RFC 5246 section 7.2.2). Others speak of other things. */
const REFUSALS: ReadonlySet<number> = new Set([
  ALERT.handshakeFailure,
  ALERT.illegalParameter,
  ALERT.protocolVersion,
  ALERT.insufficientSecurity,
  ALERT.missingExtension,
]);

/**
 * Reads each exchange. A server that hangs up without a word may mean the offer, or be tired of us: it counts as a refusal only where the server
 * took another offer later on.
 */
export function outcomesOf(exchanges: readonly Exchange[], handshakeAfter: boolean): Outcome[] {
  const outcomes: Outcome[] = [];
  let wellLater = handshakeAfter;
  for (const exchange of exchanges.toReversed()) {
    const read = readExchange(exchange);
    if (!read) continue;
    const { offer, flight } = read;
    const result = resultOf(offer, flight, exchange, wellLater);
    if (result === 'accepted') wellLater = true;
    outcomes.unshift({ offer, flight, result });
  }
  return outcomes;
}

type Read = Pick<Outcome, 'offer' | 'flight'>;
const reads = new WeakMap<Exchange, Read | null>();

/** What was offered and answered, read once an exchange, as many questions rest on it; null for SSL 2.0 and for what is no hello. */
function readExchange(exchange: Exchange): Read | null {
  const known = reads.get(exchange);
  if (known !== undefined) return known;
  const read = readNow(Buffer.from(exchange.sent, 'base64'), Buffer.from(exchange.received, 'base64'));
  reads.set(exchange, read);
  return read;
}

function readNow(sent: Uint8Array, received: Uint8Array): Read | null {
  if (isSsl2Hello(sent)) return null;
  try {
    return { offer: readClientHello(sent), flight: readFlight(received) };
  } catch (cause) {
    // Stored evidence that was damaged: no offer is known, so nothing follows from the answer.
    if (cause instanceof WireError) return null;
    throw cause;
  }
}

function resultOf(offer: Offer, flight: Flight, { ended }: Exchange, wellLater: boolean): Outcome['result'] {
  const { hello, refusal } = flight;
  if (hello) {
    const versions = offer.versions ?? [offer.version];
    // An older version than offered is an answer (RFC 5246 appendix E.1); a newer one, or a suite that was not offered, is none.
    const version = hello.version <= Math.max(...versions) && versionName(hello.version) !== null;
    return version && offer.suites.includes(hello.suite) && flight.fault === null ? 'accepted' : 'open';
  }
  if (refusal !== null && REFUSALS.has(refusal)) return 'refused';
  // An internal error and a polite close are silence with a word.
  const silent = ended === 'closed' || ended === 'reset' || refusal === 80 || refusal === ALERT.closeNotify;
  return silent && wellLater && flight.fault === null ? 'refused' : 'open';
}
