import { tcpDial } from '../dial.ts';
import type { Handshake, TlsEvidence } from '../evidence.ts';
import { type GatherOptions, gatherTls } from '../gather.ts';
import { loadTlsProfile } from '../profile.ts';
import { GROUPS, SIGNATURES, SUITES } from '../registry.ts';
import { EXTENSION } from '../wire/protocol.ts';
import { certify, ocspResponse } from './certificates.ts';
import { type Behaviour, behave, type Listening } from './responder.ts';

export const suites = (...names: string[]) => names.map((name) => SUITES.code(`TLS_${name}`));
export const groups = (...names: string[]) => names.map((name) => GROUPS.code(name));
export const schemes = (...names: string[]) => names.map((name) => SIGNATURES.code(name));

export const root = certify({ name: 'Test Root', ca: true });
export const intermediate = certify({ name: 'Test Intermediate', ca: true, issuer: root });
export const leaf = certify({
  name: 'good.test',
  issuer: intermediate,
  dnsNames: ['good.test'],
  timestamps: 2,
  ocspUrl: 'http://ocsp.test',
});
export const store = { name: 'test', roots: [root.certificate] };

/** An endpoint that every profile of today passes. */
export const GOOD: Behaviour = {
  versions: ['TLS 1.3', 'TLS 1.2'],
  suites: suites(
    'AES_256_GCM_SHA384',
    'AES_128_GCM_SHA256',
    'ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
    'ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  ),
  groups: groups('X25519MLKEM768', 'secp256r1', 'secp384r1'),
  signatures: schemes('ecdsa_secp256r1_sha256'),
  chain: [leaf.certificate, intermediate.certificate],
  staple: ocspResponse({ leaf, issuer: intermediate }),
  extensions: [EXTENSION.renegotiationInfo, EXTENSION.extendedMasterSecret, EXTENSION.sessionTicket],
};

/** A whole handshake as a good endpoint makes it, which a responder without cryptography cannot. */
export const HANDSHAKE: Handshake = {
  ended: 'complete',
  version: 'TLSv1.3',
  suite: 'TLS_AES_256_GCM_SHA384',
  alpn: null,
  chain: [leaf, intermediate].map(({ certificate }) => certificate.toString('base64')),
  stapled: null,
  tickets: [{ maxEarlyData: 0 }],
  ticketsSettled: true,
  renegotiations: null,
};

/** Gathers evidence at a port of loopback. */
export function gatherAt(
  { port }: Listening,
  options: Partial<GatherOptions> = {},
  host: string | null = 'good.test',
): Promise<TlsEvidence> {
  return gatherTls(
    { host, address: '127.0.0.1', port, service: 'tls' },
    {
      dial: tcpDial({ address: '127.0.0.1', port, allowPrivate: true }),
      profile: loadTlsProfile('ncsc-nl-2025-05'),
      store,
      now: () => new Date(),
      ...options,
    },
  );
}

/** The evidence of an endpoint that behaves so, with the handshakes given in place of those that it could not make. */
export async function evidenceOf(
  behaviour: Partial<Behaviour>,
  { handshakes = [HANDSHAKE], ...options }: Partial<GatherOptions> & { handshakes?: Handshake[] } = {},
): Promise<TlsEvidence & { connections: number }> {
  const listening = await behave({ ...GOOD, ...behaviour });
  try {
    const evidence = await gatherAt(listening, options);
    return { ...evidence, handshakes, connections: listening.connections };
  } finally {
    await listening.close();
  }
}
