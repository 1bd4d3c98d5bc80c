import { DerError, inside, integer, read } from './certificate/der.ts';

/** What newer releases of Node put before the session's own bytes: this, and the server's name with its length in two bytes (found by trial with 24.21). */
const WRAPPED = Buffer.from('\0nodejs:tls:session:1\0', 'latin1');

/**
 * How many bytes of early data a session allows: field [15] of OpenSSL's SSL_SESSION, as Node hands it out (`ssl/ssl_asn1.c`, found by trial
 * with nginx; absent means none). Null where the bytes are no session that can be read.
 */
export function maxEarlyDataOf(session: Uint8Array): number | null {
  try {
    const field = inside(read(unwrapped(session))).find(({ context }) => context === 15);
    return field ? integer(inside(field)[0]) : 0;
  } catch (cause) {
    if (cause instanceof DerError) return null;
    throw cause;
  }
}

function unwrapped(session: Uint8Array): Uint8Array {
  const start = WRAPPED.length + 2;
  if (session.length < start || !WRAPPED.equals(session.subarray(0, WRAPPED.length))) return session;
  return session.subarray(start + Buffer.from(session).readUInt16BE(WRAPPED.length));
}
