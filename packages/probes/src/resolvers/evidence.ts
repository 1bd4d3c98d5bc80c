import { z } from 'zod';
import { exchangeSchema } from '../web/index.ts';

/** A DNS message in base64: no longer than 64 KiB can be. */
const message = z.base64().max(87_384);

/** What a question is for. `signed-get` is the first one again, by GET. */
export const PURPOSES = ['signed', 'signed-get', 'bogus', 'bogus-unchecked', 'discovery'] as const;
export type Purpose = (typeof PURPOSES)[number];

const exchange = z.strictObject({
  purpose: z.enum(PURPOSES),
  name: z.string().max(253),
  sent: message,
  /** Over TLS: the message that came, or null. */
  received: message.nullable(),
  /** Over HTTPS: the response, or why there was none. */
  http: exchangeSchema.nullable(),
  /** Why nothing came. */
  failure: z.string().max(60).nullable(),
});
export type ResolverExchange = z.infer<typeof exchange>;

/** What one resolver said over one encrypted way: each message both ways. */
export const resolverEvidence = z.strictObject({
  schema: z.literal('proviso.resolver/1'),
  host: z.string().max(253),
  address: z.string().max(45),
  port: z.int().min(1).max(65_535),
  service: z.enum(['dot', 'doh']),
  /** Where questions over HTTPS go. */
  path: z.string().max(200).nullable(),
  at: z.iso.datetime(),
  /** Why there was no connection; null where there was one. */
  failure: z.string().max(60).nullable(),
  exchanges: z.array(exchange).max(20),
});
export type ResolverEvidence = z.infer<typeof resolverEvidence>;
