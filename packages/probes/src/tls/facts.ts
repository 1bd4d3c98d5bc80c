import type { Exchange, TlsEvidence } from './evidence.ts';
import { type Known, outcomesOf, type Tally, type TlsFacts } from './outcome.ts';
import { accept, isGeneral, refuse } from './proof.ts';
import { PUBLIC_SUITES, TLS13_SUITES } from './registry.ts';
import { readFlight } from './wire/flight.ts';
import { ALERT, SIGNAL, VERSIONS, versionName } from './wire/protocol.ts';
import { isSsl2Hello, readSsl2Hello } from './wire/sslv2.ts';

type Seen = Pick<TlsEvidence, 'exchanges' | 'handshakes'>;

/** What an endpoint's answers show. Pure: the same evidence gives the same facts for ever. */
export function factsOf(evidence: Seen): TlsFacts {
  const facts: TlsFacts = {
    ...versionsOf(evidence),
    suites13: tally(),
    suitesOld: tally(),
    groups13: tally(),
    groupsOld: tally(),
    signatures: tally(),
  };
  for (const outcome of facts.outcomes) {
    if (outcome.result === 'accepted') accept(outcome, facts);
    if (outcome.result === 'refused') refuse(outcome, facts);
  }
  return facts;
}

/** The versions alone, for a fraction of the work: what is asked next rests on them after nearly every answer. */
export function versionsOf({ exchanges, handshakes }: Seen): Versions {
  const outcomes = outcomesOf(
    exchanges,
    handshakes.some(({ ended }) => ended === 'complete'),
  );
  const seen: Versions = {
    outcomes,
    versions: {
      'SSL 2.0': 'unknown',
      'SSL 3.0': 'unknown',
      'TLS 1.0': 'unknown',
      'TLS 1.1': 'unknown',
      'TLS 1.2': 'unknown',
      'TLS 1.3': 'unknown',
    },
    ssl2: null,
  };
  readVersions(seen);
  readSsl2(
    exchanges,
    seen,
    outcomes.some(({ result }) => result === 'accepted'),
  );
  return seen;
}

type Versions = Pick<TlsFacts, 'outcomes' | 'versions' | 'ssl2'>;

const tally = (): Tally => ({ accepted: new Set(), refused: new Set() });

function readVersions(facts: Versions): void {
  for (const { offer, flight, result } of facts.outcomes) {
    const highest = versionName(Math.max(...(offer.versions ?? [offer.version])));
    if (!highest || offer.suites.includes(SIGNAL.fallback)) continue;
    if (result === 'accepted' && flight.hello) {
      const chosen = versionName(flight.hello.version);
      if (chosen) facts.versions[chosen] = 'yes';
      // Asked for a version, it answered with an older one: it does not have the one that was asked for.
      if (chosen !== highest && facts.versions[highest] === 'unknown') facts.versions[highest] = 'no';
    }
  }
  for (const { offer, flight, result } of facts.outcomes) {
    const highest = versionName(Math.max(...(offer.versions ?? [offer.version])));
    if (!highest || result !== 'refused' || facts.versions[highest] !== 'unknown') continue;
    if (offer.suites.includes(SIGNAL.fallback)) continue;
    // TLS 1.2 is refused when each of its suites is, which several offers tell; the probe of any other version offers all it can have.
    const whole =
      highest === 'TLS 1.3' ? TLS13_SUITES.every((suite) => offer.suites.includes(suite)) : highest !== 'TLS 1.2';
    if (flight.refusal === ALERT.protocolVersion || (whole && isGeneral(offer))) facts.versions[highest] = 'no';
  }
  const inVain = facts.outcomes.filter(
    ({ offer, result }) =>
      result === 'refused' && offer.version === VERSIONS['TLS 1.2'] && !offer.versions && isGeneral(offer),
  );
  const suites = new Set(inVain.flatMap(({ offer }) => offer.suites));
  if (facts.versions['TLS 1.2'] === 'unknown' && PUBLIC_SUITES.every((suite) => suites.has(suite))) {
    facts.versions['TLS 1.2'] = 'no';
  }
}

/** As much of base64 as tells a hello of SSL 2.0. */
const SSL2_HEAD = 8;

/** SSL 2.0 is refused by an alert, or by hanging up where the endpoint speaks TLS otherwise; a time-out says nothing. */
function readSsl2(exchanges: readonly Exchange[], facts: Versions, speaksTls: boolean): void {
  for (const exchange of exchanges.filter(({ sent }) => isSsl2Hello(Buffer.from(sent.slice(0, SSL2_HEAD), 'base64')))) {
    const received = Buffer.from(exchange.received, 'base64');
    const kinds = readSsl2Hello(received);
    if (kinds) {
      facts.versions['SSL 2.0'] = 'yes';
      facts.ssl2 = { kinds };
    } else if (readFlight(received).refusal !== null || (speaksTls && ['closed', 'reset'].includes(exchange.ended))) {
      if (facts.versions['SSL 2.0'] === 'unknown') facts.versions['SSL 2.0'] = 'no';
    }
  }
}

/** Whether the server has an extension of TLS before 1.3: what it answered wherever that was offered. */
export function hasExtension(facts: TlsFacts, type: number): Known {
  const asked = facts.outcomes.filter(
    ({ offer, flight, result }) =>
      result === 'accepted' &&
      offer.extensions.has(type) &&
      flight.hello !== null &&
      flight.hello.version !== VERSIONS['TLS 1.3'] &&
      flight.hello.version > VERSIONS['SSL 3.0'],
  );
  if (asked.length === 0) return 'unknown';
  return asked.every(({ flight }) => flight.hello?.extensions.has(type)) ? 'yes' : 'no';
}
