import * as z from 'zod/mini';
import { canonicalJson } from './canonical.ts';
import { checked, FINGERPRINT } from './checked.ts';
import { type SealingCode, SealingError } from './errors.ts';
import { sameFingerprint } from './fingerprint.ts';
import { type Digest, sha256Hex, sha256OfStream } from './hash.ts';
import { BINDING, MOST_FILES, type OfferBinding, SEALED_PART, type SealedPart } from './offer.ts';
import { SEALED_DIGEST } from './offer-file.ts';
import { type PurchaseKeys, purchaseFingerprint } from './purchase-keys.ts';
import { checkSealed, LARGEST_JSON, sealedSize } from './sealed.ts';

// A sealed offer as one file: a line that names the format, a line of JSON that says what the offer was sealed for and which age files
// follow, and these one after the other. `tail` and any age program can take it apart.

const FORMAT = 'proviso.sealed-offer/1\n';

/** The ending of its name. */
export const SEALED_OFFER_ENDING = 'sealed';

/** Bytes in which both lines must end: those of the most files take half of it. */
const LARGEST_HEAD = 131_072;

const HEAD = z.object({
  ...BINDING.shape,
  /** `purchaseFingerprint` of the keys it was sealed to. */
  keys: FINGERPRINT,
  parts: z.array(SEALED_PART).check(z.minLength(1), z.maxLength(2)),
  files: z.array(SEALED_DIGEST).check(z.maxLength(MOST_FILES)),
});

type Head = z.infer<typeof HEAD>;

/** What whoever sealed an offer says it was sealed for. The sealed parts say it again, and only that counts at the opening. */
export type SealedFor = Pick<Head, 'purchase' | 'invitation' | 'demand' | 'keys'>;

/** A sealed file, and the ciphertext where it was kept meanwhile. */
export interface KeptFile {
  sealed: Digest;
  content: Blob;
}

/** A sealed offer as one file. @throws SealingError `bad-input`, `broken-keys` */
export function sealedOfferFile(
  binding: OfferBinding,
  keys: PurchaseKeys,
  { parts, files }: { parts: readonly SealedPart[]; files: readonly KeptFile[] },
): Blob {
  const { purchase, lot, invitation, demand } = binding;
  const head = checked(
    HEAD,
    {
      ...{ purchase, lot, invitation, demand },
      keys: purchaseFingerprint(keys),
      parts: parts.map(({ part, sha256, size }) => ({ part, sha256, size })),
      files: files.map(({ sealed: { sha256, size } }) => ({ sha256, size })),
    },
    'bad-input',
    'Say what the offer belongs to.',
  );
  return new Blob(
    [FORMAT, canonicalJson(head), '\n', ...parts.map(({ bytes }) => bytes), ...files.map(({ content }) => content)],
    { type: 'application/octet-stream' },
  );
}

/** A sealed offer out of its file, all of it there and as it was written. */
export interface SealedOffer extends Omit<Head, 'parts'> {
  parts: SealedPart[];
  /** In the order of `files`: each still where the file lies. */
  contents: Blob[];
}

/**
 * Reads a sealed offer, whatever the file holds, and checks every hash; larger files are read chunk by chunk.
 * @throws SealingError `not-a-sealed-offer` for anything else, `cut-short` when its end is missing, `changed` when something was added or altered,
 * `not-sealed` when a piece is in plain, `too-big`
 */
export async function readSealedOffer(file: Blob): Promise<SealedOffer> {
  const { head, begins } = await headOf(file);
  const pieces = [...head.parts, ...head.files];
  const size = begins + pieces.reduce((sum, one) => sum + one.size, 0);
  if (file.size < size)
    throw new SealingError('cut-short', `The file has ${file.size} of ${size} bytes. Copy it again, all of it.`);
  if (file.size > size) throw altered();
  let at = begins;
  const next = async ({ sha256, size: bytes }: Digest): Promise<Blob> => {
    const piece = file.slice(at, at + bytes);
    at += bytes;
    checkSealed(new Uint8Array(await piece.slice(0, 2_048).arrayBuffer()), bytes);
    if ((await sha256OfStream(piece.stream())).sha256 !== sha256) throw altered();
    return piece;
  };
  const parts: SealedPart[] = [];
  for (const part of head.parts) {
    if (part.size > sealedSize(LARGEST_JSON)) throw tooBig();
    const bytes = new Uint8Array(await (await next(part)).arrayBuffer());
    // The file may be written to between two looks at it.
    if (sha256Hex(bytes) !== part.sha256) throw altered();
    parts.push({ ...part, bytes });
  }
  const contents: Blob[] = [];
  for (const one of head.files) contents.push(await next(one));
  return { ...head, parts, contents };
}

async function headOf(file: Blob): Promise<{ head: Head; begins: number }> {
  const bytes = new Uint8Array(await file.slice(0, FORMAT.length + LARGEST_HEAD).arrayBuffer());
  if (new TextDecoder().decode(bytes.subarray(0, FORMAT.length)) !== FORMAT) throw notOne();
  const end = bytes.indexOf(0x0a, FORMAT.length);
  if (end < 0 && bytes.length === file.size)
    throw new SealingError('cut-short', 'The file ends in its first lines. Copy it again, all of it.');
  if (end < 0) throw notOne();
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(FORMAT.length, end)));
  } catch {
    throw notOne();
  }
  const head = checked(HEAD, value, 'not-a-sealed-offer', 'Choose the file that the offline form saved.');
  if (new Set(head.parts.map(({ part }) => part)).size < head.parts.length) throw notOne();
  return { head, begins: end + 1 };
}

const CODES: Record<keyof SealedFor, SealingCode> = {
  purchase: 'wrong-purchase',
  // Of the same purchase, but from before its further round.
  keys: 'other-keys',
  demand: 'wrong-demand',
  invitation: 'wrong-invitation',
};

/**
 * Holds what an offer says it was sealed for to what it is handed in for; what `expected` does not name is not looked at.
 * @throws SealingError `wrong-purchase`, `other-keys`, `wrong-demand`, `wrong-invitation`, the first that differs
 */
export function checkSealedFor(said: SealedFor, expected: Partial<SealedFor>): void {
  for (const [field, code] of Object.entries(CODES) as [keyof SealedFor, SealingCode][]) {
    const wanted = expected[field];
    if (wanted === undefined) continue;
    const same = field === 'keys' ? sameFingerprint(said.keys, wanted) : said[field] === wanted;
    if (!same)
      throw new SealingError(code, `This was sealed for another ${field}. Take the form of this very purchase.`);
  }
}

function notOne(): SealingError {
  return new SealingError(
    'not-a-sealed-offer',
    'This is no sealed offer. Choose the file that the offline form saved.',
  );
}

function altered(): SealingError {
  return new SealingError('changed', 'The file was altered after it was sealed. Seal the offer again.');
}

function tooBig(): SealingError {
  return new SealingError('too-big', 'The answers are longer than an offer can hold. Put long texts into files.');
}
