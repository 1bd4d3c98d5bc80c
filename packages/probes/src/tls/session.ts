import { DerError, inside, integer, read } from './certificate/der.ts';

/**
 * How many bytes of early data a session allows: field [15] of OpenSSL's SSL_SESSION, as Node hands it out (`ssl/ssl_asn1.c`, found by trial
 * with nginx; absent means none). Null where the bytes are no session.
 */
export function maxEarlyDataOf(session: Uint8Array): number | null {
  try {
    const field = inside(read(session)).find(({ context }) => context === 15);
    return field ? integer(inside(field)[0]) : 0;
  } catch (cause) {
    if (cause instanceof DerError) return null;
    throw cause;
  }
}
