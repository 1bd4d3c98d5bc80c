import { suiteParts } from '../registry.ts';
import { VERSIONS } from './protocol.ts';
import { Reader } from './reader.ts';

/** What a ServerKeyExchange says, before TLS 1.3. */
export interface KeyExchange {
  kind: 'ecdhe' | 'dhe' | 'rsa-export';
  /** Named group of ECDHE; null for a curve that the server spells out, which RFC 8422 section 5.4 forbids. */
  group: number | null;
  /** Modulus of DHE or of the short RSA key, as hexadecimal without leading zeros, and its length in bits. */
  modulus: string | null;
  generator: string | null;
  bits: number | null;
  /** Signature scheme over it, from TLS 1.2 on. */
  signature: number | null;
}

/**
 * Reads a ServerKeyExchange of a suite that is authenticated by certificates or not at all (RFC 5246 section 7.4.3, RFC 8422 section 5.4, RFC
 * 2246 for export keys). Suites with shared secrets put a hint before it (RFC 4279 section 3). Null where the suite has none that is known.
 * @throws WireError where a length lies.
 */
export function readKeyExchange(body: Uint8Array, suite: number, version: number): KeyExchange | null {
  const { exchange, authentication, exported } = suiteParts(suite);
  const message = new Reader(body);
  if (authentication === 'PSK') message.vector(2);
  const signed = authentication !== 'anon' && authentication !== 'PSK';
  const signature = () => (signed && version >= VERSIONS['TLS 1.2'] && message.left > 0 ? message.number(2) : null);
  if (exchange === 'ECDHE') {
    const named = message.number(1) === 3;
    if (!named) return { ...NONE, kind: 'ecdhe' };
    const group = message.number(2);
    message.vector(1);
    return { ...NONE, kind: 'ecdhe', group, signature: signature() };
  }
  if (exchange !== 'DHE' && !(exchange === 'RSA' && exported)) return null;
  const modulus = hex(message.vector(2));
  const generator = hex(message.vector(2));
  const bits = modulus === '' ? 0 : BigInt(`0x${modulus}`).toString(2).length;
  if (exchange === 'RSA') return { ...NONE, kind: 'rsa-export', modulus, bits, signature: signature() };
  message.vector(2);
  return { ...NONE, kind: 'dhe', modulus, generator, bits, signature: signature() };
}

const NONE = { group: null, modulus: null, generator: null, bits: null, signature: null };

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').replace(/^0+/, '');
}
