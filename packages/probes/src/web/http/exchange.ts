import { z } from 'zod';
import { stripBlanks } from '../../mail/blanks.ts';

/** Why there is no response. Only `no-address`, the DNS saying that there is none, proves something; the rest leaves all open. */
export const FAILURES = [
  'no-address',
  'blocked-address',
  'refused',
  'unreachable',
  'timeout',
  'closed',
  'tls',
  'malformed',
  'limit',
  'cancelled',
  'name',
] as const;
export type Failure = (typeof FAILURES)[number];

const headerSchema = z.tuple([z.string(), z.string()]);
const tlsSchema = z.object({
  version: z.string().nullable(),
  /** Protocol that the server chose of those offered (RFC 7301). */
  alpn: z.string().nullable(),
  /** Whether the chain leads to a trusted root, and the certificate is for the name asked. */
  authorized: z.boolean(),
  /** The code of what is wrong with it. */
  error: z.string().nullable(),
});

/** A request, and the response or why there is none: the evidence of every check on the web. */
export const exchangeSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('response'),
    url: z.string(),
    /** The address that was connected to. */
    address: z.string(),
    tls: tlsSchema.nullable(),
    version: z.string(),
    status: z.int().min(100).max(999),
    /** As received and in order, bytes as latin1 characters. */
    headers: z.array(headerSchema),
    /** Base64, transfer coding and content coding taken off. */
    body: z.string(),
    /** The body went on past what is kept. */
    truncated: z.boolean(),
  }),
  z.object({
    outcome: z.literal('failure'),
    url: z.string(),
    address: z.string().nullable(),
    failure: z.enum(FAILURES),
    detail: z.string().nullable(),
  }),
]);
export type Exchange = z.infer<typeof exchangeSchema>;
export type Response = Extract<Exchange, { outcome: 'response' }>;
export type TlsFacts = z.infer<typeof tlsSchema>;

/** The body of a response as bytes. */
export function bodyOf(response: Response): Buffer {
  return Buffer.from(response.body, 'base64');
}

/** All values of a field, in order, white space around them taken off. */
export function fieldValues(response: Pick<Response, 'headers'>, name: string): string[] {
  const wanted = name.toLowerCase();
  return response.headers.filter(([other]) => other.toLowerCase() === wanted).map(([, value]) => stripBlanks(value));
}

/** The media type of a response in lower case without parameters, and its charset; null where it has none or several that differ. */
export function mediaType(response: Pick<Response, 'headers'>): { type: string; charset: string | null } | null {
  const values = [...new Set(fieldValues(response, 'content-type'))];
  const [value] = values;
  if (value === undefined || values.length > 1) return null;
  const [type = '', ...parameters] = value.split(';').map((part) => stripBlanks(part).toLowerCase());
  const charset = parameters.map((one) => /^charset="?([^"]*)"?$/.exec(one)?.[1]).find((one) => one !== undefined);
  return { type, charset: charset ?? null };
}
