import { z } from 'zod';
import { SERVICES } from './prologue.ts';

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/, 'base64');

/** How an exchange ended. Only `answered` has said something; all others leave open what was asked. */
const ended = z.enum([
  'answered',
  'closed',
  'reset',
  'timeout',
  'limit',
  'garbage',
  'unreachable',
  'starttls-absent',
  'starttls-busy',
  'starttls-strange',
]);
export type Ended = z.infer<typeof ended>;

/** One connection: the ClientHello that was sent, all that came back, and how it ended. */
const exchange = z.strictObject({
  sent: base64,
  received: base64,
  ended,
  detail: z.string().max(500).optional(),
});
export type Exchange = z.infer<typeof exchange>;

/** One whole handshake, for what is encrypted before it is over. Bytes are DER in base64. */
const handshake = z.strictObject({
  ended: z.enum(['complete', 'failed', 'timeout', 'unreachable']),
  detail: z.string().max(500).optional(),
  version: z.string().nullable(),
  suite: z.string().nullable(),
  alpn: z.string().nullable(),
  /** As sent, leaf first. */
  chain: z.array(base64),
  stapled: base64.nullable(),
  /** Sessions that came by tickets (OpenSSL's SSL_SESSION, without the key), and whether all that would come have come. */
  tickets: z.array(z.strictObject({ maxEarlyData: z.number().int().nonnegative() })),
  ticketsSettled: z.boolean(),
  /** How often the server let the client renegotiate (RFC 5246 section 7.4.1.1); null where that was not tried. */
  renegotiations: z.number().int().nonnegative().nullable(),
});
export type Handshake = z.infer<typeof handshake>;

/**
 * What one endpoint said, enough to judge it again years later without the network: every hello, every answer, and the trust anchors that
 * its certificates might lead to.
 */
export const tlsEvidence = z.strictObject({
  schema: z.literal('proviso.tls/1'),
  /** The name that was asked for in SNI and that certificates must carry; null to ask for none. */
  host: z.string().max(253).nullable(),
  address: z.string(),
  port: z.number().int(),
  service: z.enum(SERVICES),
  at: z.iso.datetime(),
  mode: z.enum(['compliance', 'full']),
  /** Profile whose classes the offers were cut by. */
  profile: z.string(),
  /** Lines before TLS on the first connection. */
  transcript: z.array(z.string()),
  /** The same, byte for byte. */
  turns: z.array(z.strictObject({ from: z.enum(['server', 'client']), bytes: base64 })).max(1000),
  exchanges: z.array(exchange).max(2000),
  handshakes: z.array(handshake).max(8),
  /** Roots of the store that issued, by name, something in the chain. */
  anchors: z.array(base64),
  store: z.strictObject({ name: z.string(), sha256: z.string() }),
  /** Why not all was asked; null where it was. */
  stopped: z.string().nullable(),
});
export type TlsEvidence = z.infer<typeof tlsEvidence>;
