import * as z from 'zod/mini';
import { canonicalHash } from './canonical.ts';
import { checked, FINGERPRINT, ID, PART, SHA256 } from './checked.ts';
import { SealingError } from './errors.ts';
import { OFFER_FILE, SEALED_DIGEST } from './offer-file.ts';
import { INSTANT } from './receipt.ts';

const OPENING = z.object({
  schema: z.literal('proviso.opening/1'),
  purchase: ID,
  part: PART,
  /** Of the public key whose secret was put together. */
  fingerprint: FINGERPRINT,
  openedAt: INSTANT,
  /** Whose two shares opened; ids, no names, so that the record can outlive a person's erasure. */
  openers: z.array(ID).check(z.minLength(2)),
  offers: z.array(
    z.object({
      offer: ID,
      invitation: ID,
      lot: z.nullable(ID),
      late: z.boolean(),
      sealed: SEALED_DIGEST,
      /** SHA-256 of what was sealed; null where it could not be opened. */
      content: z.nullable(SHA256),
      /** Without their names and types: those are the offer's content. */
      files: z.array(z.pick(OFFER_FILE, { size: true, sha256: true, sealed: true })),
      /** Why it was not opened, as the code of the refusal; null where it was. */
      refused: z.nullable(ID),
    }),
  ),
});

/** What was opened, by whom and when, all of it by hash. */
export type Opening = z.infer<typeof OPENING>;

const RECORD = z.object({ opening: OPENING, sha256: SHA256 });

export type OpeningRecord = z.infer<typeof RECORD>;

/**
 * The record of an opening with its own hash (of its canonical JSON), which goes into the log. The same opening gives the same record, in
 * whatever order offers and openers come.
 * @throws SealingError `too-few-openers` unless two different people opened, `not-a-record` for anything missing, an offer twice, or one that is
 * both opened and refused or neither
 */
export function openingRecord(opening: Opening): OpeningRecord {
  const said = checked(OPENING, opening, 'not-a-record', 'Fill in all of the record.');
  if (new Set(said.openers).size < Math.max(2, said.openers.length))
    throw new SealingError('too-few-openers', 'An opening takes two different people. Name each opener once.');
  if (new Set(said.offers.map(({ offer }) => offer)).size < said.offers.length)
    throw new SealingError('not-a-record', 'An offer is in the record twice. Name each once.');
  for (const { offer, content, refused } of said.offers)
    if ((content === null) === (refused === null))
      throw new SealingError(
        'not-a-record',
        `Offer "${offer}" is neither opened nor refused, or both. Give its hash or the refusal.`,
      );
  said.openers.sort();
  said.offers.sort((a, b) => (a.offer < b.offer ? -1 : 1));
  return { opening: said, sha256: canonicalHash(said) };
}

/** A record from wherever it lay, its hash checked. @throws SealingError `not-a-record`, `changed` */
export function readOpeningRecord(value: unknown): OpeningRecord {
  const record = checked(RECORD, value, 'not-a-record', 'Give the whole record.');
  if (canonicalHash(record.opening) !== record.sha256)
    throw new SealingError('changed', 'The record is not as it was written. Compare its hash with the log.');
  return record;
}
