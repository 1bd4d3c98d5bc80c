import { z } from 'zod';

const base64 = z.base64().max(131_072);

/** How key establishment ended. Only `answered` and `closed` say something of what was received. */
export const KE_ENDS = ['answered', 'closed', 'timeout', 'limit', 'refused', 'unreachable', 'tls', 'blocked'] as const;

/**
 * What one time server said: the records of key establishment, the keys of that session, each datagram both ways. With the keys whoever holds the
 * proof can check what was authenticated; they are good for nothing else, since each session has its own.
 */
export const ntsEvidence = z.strictObject({
  schema: z.literal('proviso.nts/1'),
  host: z.string().max(253),
  address: z.string().max(45),
  port: z.int().min(1).max(65_535),
  at: z.iso.datetime(),
  ke: z.strictObject({
    ended: z.enum(KE_ENDS),
    detail: z.string().max(200),
    /** The protocol that the server chose (RFC 7301); null for none. */
    alpn: z.string().max(255).nullable(),
    received: base64,
    /** Exported from the session (RFC 8915 section 5.1); null where there was none. */
    keys: z.strictObject({ clientToServer: base64, serverToClient: base64 }).nullable(),
  }),
  /** Where time was asked for; null where key establishment gave nothing to ask with. */
  ntp: z
    .strictObject({
      /** As the server said it, where it did. */
      server: z.string().max(253),
      /** Null where there was no address, or none that may be spoken to. */
      address: z.string().max(45).nullable(),
      port: z.int().min(1).max(65_535),
      exchanges: z
        .array(
          z.strictObject({
            /** `forged`: with an authenticator that is wrong on purpose. */
            kind: z.enum(['honest', 'forged']),
            sent: base64,
            /** Null where nothing came. */
            received: base64.nullable(),
            failure: z.string().max(60).nullable(),
            /** Milliseconds since 1970. */
            sentAt: z.number(),
            receivedAt: z.number(),
          }),
        )
        .max(20),
    })
    .nullable(),
});
export type NtsEvidence = z.infer<typeof ntsEvidence>;
