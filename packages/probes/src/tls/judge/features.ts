import { hasExtension } from '../facts.ts';
import type { Known } from '../outcome.ts';
import type { Weight } from '../profile.ts';
import { ALERT, EXTENSION, SIGNAL, VERSIONS } from '../wire/protocol.ts';
import { breach, check, observation } from './observe.ts';
import type { TlsView } from './view.ts';

/** Compression inside TLS (RFC 3749), which leaks what it compresses (RFC 7525 section 3.3). TLS 1.3 has none. */
export const compression = check('tls.compression', ['RFC 9325'], (view, { rules }) => {
  const asked = view.facts.outcomes.filter(
    ({ offer, flight, result }) =>
      result === 'accepted' && offer.compressions?.includes(1) && flight.hello?.version !== VERSIONS['TLS 1.3'],
  );
  if (asked.some(({ flight }) => flight.hello?.compression !== 0))
    return [observation('compression-on', breach(rules.compression))];
  return asked.length > 0 ? [observation('compression-off', 'pass')] : unasked('compression', view);
});

/** Secure renegotiation (RFC 5746). */
export const renegotiationSecure = check('tls.renegotiation-secure', ['RFC 5746'], (view, { rules }) =>
  wanted('renegotiation-info', hasExtension(view.facts, EXTENSION.renegotiationInfo), rules.secureRenegotiation, view),
);

/** Extended master secret (RFC 7627). */
export const extendedMasterSecret = check('tls.extended-master-secret', ['RFC 7627'], (view, { rules }) =>
  wanted(
    'extended-master-secret',
    hasExtension(view.facts, EXTENSION.extendedMasterSecret),
    rules.extendedMasterSecret,
    view,
  ),
);

/** The heartbeat extension (RFC 6520), of which nothing but Heartbleed is known to have come. */
export const heartbeat = check('tls.heartbeat', ['RFC 6520'], (view, { rules }) => {
  const known = hasExtension(view.facts, EXTENSION.heartbeat);
  if (known === 'yes') return [observation('heartbeat-on', breach(rules.heartbeat))];
  return known === 'no' ? [observation('heartbeat-off', 'pass')] : unasked('heartbeat', view);
});

function wanted(what: string, known: Known, weight: Weight, view: TlsView) {
  if (weight === 'none') return [];
  if (known === 'yes') return [observation(`${what}-on`, 'pass')];
  return known === 'no' ? [observation(`${what}-off`, breach(weight))] : unasked(what, view);
}

/** Nothing before TLS 1.3 was accepted: fine where there is nothing before it, else not known. */
function unasked(what: string, { onlyTls13 }: TlsView) {
  return [onlyTls13 ? observation(`${what}-none`, 'not-applicable') : observation(`${what}-unknown`, 'inconclusive')];
}

/** Renegotiation that the client starts (RFC 5246 section 7.4.1.1), which costs the server more than the client. */
export const renegotiationClient = check(
  'tls.renegotiation-client',
  ['RFC 5746'],
  (view, { rules }, { handshakes }) => {
    const { weight, atMost } = rules.clientRenegotiation;
    if (weight === 'none') return [];
    const counts = handshakes.flatMap(({ renegotiations }) => renegotiations ?? []);
    if (counts.length > 0) {
      const most = Math.max(...counts);
      if (most > atMost) return [observation('renegotiation-client-often', breach(weight), { times: most, atMost })];
      return [
        observation(most === 0 ? 'renegotiation-client-refused' : 'renegotiation-client-few', 'pass', { times: most }),
      ];
    }
    if (view.onlyTls13) return [observation('renegotiation-client-none', 'not-applicable')];
    // What is only told is not worth a connection of its own.
    return [
      weight === 'optional'
        ? observation('renegotiation-client-not-asked', 'not-applicable')
        : observation('renegotiation-client-unknown', 'inconclusive'),
    ];
  },
);

/** Early data (RFC 8446 sections 2.3 and 8), which can be replayed. Read from tickets; none is ever sent. */
export const earlyData = check('tls.early-data', ['TLS 1.3'], ({ facts }, { rules }, { handshakes }) => {
  if (rules.earlyData === 'none') return [];
  if (facts.versions['TLS 1.3'] === 'no') return [observation('early-data-none', 'not-applicable')];
  const done = handshakes.filter(({ ended, version }) => ended === 'complete' && version === 'TLSv1.3');
  const most = Math.max(0, ...done.flatMap(({ tickets }) => tickets.map(({ maxEarlyData }) => maxEarlyData)));
  if (most > 0) return [observation('early-data-on', breach(rules.earlyData), { bytes: most })];
  return [
    done.some(({ ticketsSettled }) => ticketsSettled)
      ? observation('early-data-off', 'pass')
      : observation('early-data-unknown', 'inconclusive'),
  ];
});

/** The signal against forced downgrades (RFC 7507), asked in full mode only. */
export const fallbackSignal = check('tls.fallback-signal', ['RFC 7507'], ({ facts }, { rules }) => {
  if (rules.fallbackSignal === 'none') return [];
  const asked = facts.outcomes.filter(({ offer }) => offer.suites.includes(SIGNAL.fallback));
  if (asked.length === 0) return [observation('fallback-not-asked', 'not-applicable')];
  if (asked.some(({ result }) => result === 'accepted'))
    return [observation('fallback-ignored', breach(rules.fallbackSignal))];
  const honoured = asked.some(({ flight }) => flight.refusal === ALERT.inappropriateFallback);
  return [honoured ? observation('fallback-honoured', 'pass') : observation('fallback-unknown', 'inconclusive')];
});
