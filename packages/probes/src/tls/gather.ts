import { pooledRandom } from '../random.ts';
import { Session } from './conversation.ts';
import type { Dial } from './dial.ts';
import type { TlsEvidence } from './evidence.ts';
import { LIMITS, type Limits } from './exchange.ts';
import { versionsOf } from './facts.ts';
import { handshake } from './handshake.ts';
import { planOf, sniOf } from './offers.ts';
import { outcomesOf } from './outcome.ts';
import type { TlsProfile } from './profile.ts';
import { prologueOf, protocolsOf, type Service } from './prologue.ts';
import { askRest, askTls12, askTls13, askVersions } from './questions.ts';
import { anchorsIn, type TrustStore } from './store.ts';

export interface Endpoint {
  /** Name for SNI and certificates; null for none. */
  host: string | null;
  address: string;
  port: number;
  service: Service;
}

export interface GatherOptions {
  dial: Dial;
  profile: TlsProfile;
  store: TrustStore;
  now: () => Date;
  /** `compliance` asks what the profile needs, `full` lists all that the endpoint accepts. */
  mode?: 'compliance' | 'full';
  limits?: Limits;
  /** No more connections than this; 150 in compliance mode, 600 in full, unless said. */
  connections?: number;
  /** What EHLO says. */
  clientName?: string;
  random?: (bytes: number) => Uint8Array;
  /** Waits between two connections, out of politeness. */
  pause?: () => Promise<void>;
  /** Ends what is under way; no further connection is made then. */
  signal?: AbortSignal;
}

const HOST = /^[A-Za-z0-9._:-]{1,253}$/;

/**
 * Asks one endpoint, one connection after the other, and keeps what it said. A compliant endpoint gets 15 connections at most in
 * compliance mode; one that accepts what it should not gets more, until all of that is listed. Never throws for what a server does: a limit that is reached
 * leaves questions open, and judgement calls those inconclusive. @throws RangeError where `host` is no name.
 */
export async function gatherTls(endpoint: Endpoint, options: GatherOptions): Promise<TlsEvidence> {
  if (endpoint.host !== null && !HOST.test(endpoint.host)) {
    throw new RangeError(`"${endpoint.host}" is no host name. Give it in ASCII (xn--…), or an address.`);
  }
  const { dial, profile, store, now, mode = 'compliance', clientName = 'probe.invalid' } = options;
  const at = now().toISOString();
  const plan = planOf(profile);
  const session = new Session({
    wire: {
      dial,
      prologue: prologueOf(endpoint.service, clientName),
      limits: options.limits ?? LIMITS,
      signal: options.signal,
    },
    connections: options.connections ?? (mode === 'full' ? 600 : 150),
    random: options.random ?? pooledRandom,
    pause: options.pause ?? (async () => {}),
    // A server of NTS may refuse whoever does not say that it speaks NTS (RFC 8915 section 4).
    protocols: endpoint.service === 'nts' ? protocolsOf('nts') : [],
  });
  const host = sniOf(endpoint.host);
  await askTls13(session, host, plan);
  await askTls12(session, host, plan, mode);
  await askVersions(session, host);
  if (mode === 'full') await askRest(session, host);
  const { weight } = profile.rules.clientRenegotiation;
  const renegotiate = mode === 'full' || weight === 'required' || weight === 'recommended';
  const handshakes = await shakeHands(session, endpoint, renegotiate);
  const { anchors, sha256 } = anchorsIn(store, sentIn(session, handshakes));
  return {
    schema: 'proviso.tls/1',
    ...endpoint,
    at,
    mode,
    profile: profile.id,
    transcript: session.transcript.slice(0, 200),
    turns: session.turns.slice(0, 1000),
    exchanges: session.exchanges,
    handshakes,
    anchors,
    store: { name: store.name, sha256 },
    stopped: session.stopped,
  };
}

/**
 * Whole handshakes, after all that might make the endpoint hang up: that they succeed shows that it was well all along. TLS 1.3 for tickets and the
 * encrypted chain, TLS 1.2 to renegotiate: only where there is no TLS 1.3, unless that is asked for.
 */
async function shakeHands(session: Session, endpoint: Endpoint, renegotiate: boolean) {
  const host = sniOf(endpoint.host);
  const { service } = endpoint;
  const { versions } = versionsOf({ exchanges: session.exchanges, handshakes: [] });
  const protocols = protocolsOf(service);
  const alpn = protocols.length > 0 ? { alpn: protocols } : {};
  const has13 = versions['TLS 1.3'] === 'yes';
  const handshakes: TlsEvidence['handshakes'] = [];
  const shake = async (version: 'TLSv1.2' | 'any', renegotiate: boolean) => {
    const done = await session.other((wire) =>
      handshake(wire, { host, service, version, renegotiate, ...(renegotiate ? {} : alpn) }),
    );
    if (done) handshakes.push(done);
  };
  if (has13) await shake('any', false);
  if (versions['TLS 1.2'] === 'yes' && (!has13 || renegotiate)) await shake('TLSv1.2', true);
  return handshakes;
}

/** Every certificate that was sent, in the clear or behind encryption. */
function sentIn(session: Session, handshakes: TlsEvidence['handshakes']): Uint8Array[] {
  return [
    ...outcomesOf(session.exchanges, false).flatMap(({ flight }) => flight.certificates),
    ...handshakes.flatMap(({ chain }) => chain.map((one) => Buffer.from(one, 'base64'))),
  ];
}
