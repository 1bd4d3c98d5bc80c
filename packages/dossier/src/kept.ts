/** A file of an opened offer, as evaluators see it. `sha256` is of what was kept; with a problem that kept it out, of what was promised. */
export interface KeptFile {
  name: string;
  media: string;
  bytes: number;
  sha256: string;
  /** Code of what is wrong with it; null where it can be read. */
  problem: string | null;
  /** Is it here to be looked at? */
  kept: boolean;
}

/** What is kept of an offer as it came, in `offer.manifest`: every ciphertext by its hash, and the receipt that was given for it. */
export interface SentOffer {
  parts: { part: string; sha256: string }[];
  files: { sha256: string }[];
  receipt: object;
}

/** The files of an opened offer, and those of its price once that is open: `offer.answers`, `offer.price`. */
export function filesOf(row: { answers: unknown; price: unknown } | undefined): KeptFile[] {
  type Part = { files?: KeptFile[] } | null | undefined;
  return [...((row?.answers as Part)?.files ?? []), ...((row?.price as Part)?.files ?? [])];
}
