import { z } from 'zod';
import file from '../data/root-anchors.json' with { type: 'json' };
import { type Name, parseName } from '../wire/name.ts';
import type { Ds } from '../wire/rdata.ts';

/** A key that is trusted without proof, named by its digest as in a DS record (RFC 7958). */
export const trustAnchor = z.object({
  zone: z.string(),
  keyTag: z.int().min(0).max(65535),
  algorithm: z.int().min(0).max(255),
  digestType: z.int().min(0).max(255),
  digest: z.string().regex(/^([0-9a-f]{2}){20,64}$/i, 'a trust anchor needs its digest in hexadecimal'),
});
export type TrustAnchor = z.infer<typeof trustAnchor>;

/** The keys of the root: KSK-2017 and KSK-2024. */
export const ROOT_ANCHORS: readonly TrustAnchor[] = file.anchors.map((anchor) => trustAnchor.parse(anchor));

/** Anchors by zone, as DS records. @throws FormatError for a zone that is no name. */
export function anchorsByZone(anchors: readonly TrustAnchor[]): Map<Name, Ds[]> {
  const zones = new Map<Name, Ds[]>();
  for (const { zone, keyTag, algorithm, digestType, digest } of anchors) {
    const name = parseName(zone);
    const ds = { keyTag, algorithm, digestType, digest: Buffer.from(digest, 'hex') };
    zones.set(name, [...(zones.get(name) ?? []), ds]);
  }
  return zones;
}
