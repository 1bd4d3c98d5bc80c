import * as z from 'zod/mini';
import { canonicalHash } from './canonical.ts';
import { FINGERPRINT, ID, PART, SHA256 } from './checked.ts';

const HOLDER = z.object({
  holder: ID,
  /** From 1, in the order the holders were named. */
  index: z.int().check(z.positive()),
  /** Fingerprint of the holder's public key. */
  recipient: FINGERPRINT,
  commitment: SHA256,
});

/** Who holds a share, under which key, and what the share must hash to. */
export type Holder = z.infer<typeof HOLDER>;

/**
 * What is inside an encrypted share. It carries the list of all holders: that list comes from the buyer's browser under the share's own
 * encryption, so no server can put another key or another share in a holder's place.
 */
export const SHARE_CONTENT = z.object({
  schema: z.literal('proviso.share-content/1'),
  purchase: ID,
  part: PART,
  /** Of the public key whose secret was split. */
  fingerprint: FINGERPRINT,
  holder: ID,
  index: z.int().check(z.positive()),
  /** The share, base64url. A secret. */
  share: z.string().check(z.regex(/^[A-Za-z0-9_-]{4,400}$/)),
  holders: z.array(HOLDER).check(z.minLength(2), z.maxLength(255)),
});

/** A share in plain: only in the memory of a holder's browser. */
export type ShareContent = z.infer<typeof SHARE_CONTENT>;

/**
 * SHA-256 over a share and all it says about itself. Published to the other holders, it helps nobody guess the key: who has a guess can
 * test it against the public key anyway.
 */
export function commitmentTo(share: Omit<ShareContent, 'schema' | 'holders'>): string {
  const { purchase, part, fingerprint, holder, index, share: bytes } = share;
  return canonicalHash({ purchase, part, fingerprint, holder, index, share: bytes });
}
