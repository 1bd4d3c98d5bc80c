import * as z from 'zod/mini';
import { toBase64url } from './base64url.ts';
import { canonicalJson } from './canonical.ts';
import { checked, checkedJson, ID, PART, type Part, SHA256 } from './checked.ts';
import { type SealingCode, SealingError } from './errors.ts';
import { sha256Hex } from './hash.ts';
import { OFFER_FILE, SEALED_DIGEST } from './offer-file.ts';
import { keyOf, type PurchaseKeys, readPurchaseKeys } from './purchase-keys.ts';
import { openJson, sealJson } from './sealed.ts';

/** Files that one offer may name. */
export const MOST_FILES = 500;

export const BINDING = z.object({
  purchase: ID,
  lot: z.nullable(ID),
  /** The supplier's invitation; stands for the supplier. */
  invitation: ID,
  /** SHA-256 of the demand that is answered. */
  demand: SHA256,
});

/** What an offer belongs to: sealed inside, so that a ciphertext put elsewhere is told. */
export type OfferBinding = z.infer<typeof BINDING>;

const CONTENT = z.object({
  answers: z.unknown(),
  declaration: z.unknown(),
  files: z.array(OFFER_FILE).check(z.maxLength(MOST_FILES)),
});

/** What is sealed in one part. Answers (an answer file) and declaration are any JSON here; who opens them checks them. */
export type PartContent = z.infer<typeof CONTENT>;

export const SEALED_PART = z.extend(SEALED_DIGEST, { part: PART });

const OPENED = z.extend(CONTENT, {
  schema: z.literal('proviso.offer-part/1'),
  part: PART,
  ...BINDING.shape,
  /** The same in all parts that were sealed together. */
  submission: z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/)),
  /** The parts that go with this one: their ciphertexts by hash. */
  others: z.array(SEALED_PART).check(z.maxLength(PART.options.length)),
});

/** One sealed part, ready to send. */
export interface SealedPart extends z.infer<typeof SEALED_PART> {
  bytes: Uint8Array<ArrayBuffer>;
}

export interface OfferToSeal {
  binding: OfferBinding;
  /** The price as a part of its own where the purchase seals it apart. */
  parts: Partial<Record<Part, PartContent>>;
}

/**
 * Seals an offer in the supplier's browser. Files are sealed before, each by `sealFile`, to the key of the part that names them. The quality
 * part names the price's ciphertext by its hash, so that later no other price can be put beside it.
 * @throws SealingError `not-json` for answers that JSON would change, `bad-input`, `wrong-part` when a part has no key or a key no part,
 * `too-big`, `bad-recipient`, `broken-keys`
 */
export async function sealOffer(offer: OfferToSeal, given: PurchaseKeys): Promise<SealedPart[]> {
  const keys = readPurchaseKeys(given);
  const binding = checked(BINDING, offer.binding, 'bad-input', 'Say what the offer belongs to.');
  if (keys.purchase !== binding.purchase)
    throw new SealingError(
      'wrong-purchase',
      'These are the keys of another purchase. Load the page of this purchase again.',
    );
  // The price first: the quality part names it.
  const parts = PART.options.toReversed().filter((part) => offer.parts[part] !== undefined);
  for (const { part } of keys.parts)
    if (!parts.includes(part))
      throw new SealingError('wrong-part', `The ${part} part is missing. Every part with a key is sealed.`);
  const submission = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
  const sealed: SealedPart[] = [];
  for (const part of parts) {
    const { recipient } = keyOf(keys, part);
    const content = checked(CONTENT, offer.parts[part], 'bad-input', `Take at most ${MOST_FILES} files.`);
    const others = sealed.map(({ part, sha256, size }) => ({ part, sha256, size }));
    const json = canonicalJson({ schema: 'proviso.offer-part/1', part, ...binding, submission, others, ...content });
    const bytes = await sealJson(recipient, json);
    sealed.push({ part, bytes, sha256: sha256Hex(bytes), size: bytes.length });
  }
  return sealed.toReversed();
}

export interface ExpectedPart extends OfferBinding {
  part: Part;
  /** Of the ciphertext, as the receipt and the log have it; for the price, also as the quality part's `others` has it. */
  sha256: string;
  /** Of the part that was opened before; null for the first. */
  submission: string | null;
  /**
   * `others` of the part that was opened before, where there is one: this part's ciphertext must be the one it names. `submission` alone would
   * let whoever sealed both put another price beside the same quality.
   */
  others?: readonly z.infer<typeof SEALED_PART>[];
}

export interface OpenedPart extends z.infer<typeof OPENED> {
  /** SHA-256 of what was sealed, for the record of the opening. */
  contentSha256: string;
}

const WRONG: Record<keyof OfferBinding | 'part', SealingCode> = {
  purchase: 'wrong-purchase',
  lot: 'wrong-lot',
  invitation: 'wrong-invitation',
  demand: 'wrong-demand',
  part: 'wrong-part',
};

/**
 * Opens one sealed part and holds it to what it must belong to.
 * @param identity of the part's key, from `combineShares`
 * @throws SealingError `wrong-submission` when the part before names another ciphertext; `changed` when the ciphertext is not the one received; `not-sealed`, `wrong-key`, `damaged`, `too-big`,
 * `broken-identity`; `not-an-offer` for other content; `wrong-purchase`, `wrong-lot`, `wrong-invitation`, `wrong-demand`, `wrong-part`,
 * `wrong-submission` when it was sealed for another place
 */
export async function openOffer(sealed: Uint8Array, identity: string, expected: ExpectedPart): Promise<OpenedPart> {
  if (sha256Hex(sealed) !== expected.sha256)
    throw new SealingError(
      'changed',
      'The ciphertext is not the one that was received. Restore it from a backup; its hash is in the receipt.',
    );
  const isNamed = (one: z.infer<typeof SEALED_PART>): boolean =>
    one.part === expected.part && one.sha256 === expected.sha256 && one.size === sealed.length;
  if (expected.others && !expected.others.some(isNamed)) throw otherVersion();
  const text = await openJson(identity, sealed);
  const opened = checkedJson(
    OPENED,
    text,
    'not-an-offer',
    'The supplier must be asked: this cannot be read as an offer.',
  );
  for (const [field, code] of Object.entries(WRONG) as [keyof typeof WRONG, SealingCode][])
    if (opened[field] !== expected[field])
      throw new SealingError(
        code,
        `This was sealed for the ${field} "${opened[field]}" and lies at "${expected[field]}". It was moved: do not evaluate it, and find out.`,
      );
  if (expected.submission !== null && opened.submission !== expected.submission) throw otherVersion();
  return { ...opened, contentSha256: sha256Hex(text) };
}

const otherVersion = (): SealingError =>
  new SealingError(
    'wrong-submission',
    'This part was sealed with another version of the offer. Take the one with the hash that the first part names.',
  );
