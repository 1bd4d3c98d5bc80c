export { type KeyPair, recipientOf } from './age.ts';
export { canonicalHash, canonicalJson } from './canonical.ts';
export type { Part } from './checked.ts';
export { createLinkSecret, type DraftBinding, type LinkSecret, openDraft, readLinkSecret, sealDraft } from './draft.ts';
export { type SealingCode, SealingError } from './errors.ts';
export { fingerprintOf, sameFingerprint } from './fingerprint.ts';
export { type Digest, sha256Hex, sha256OfStream } from './hash.ts';
export {
  type ExpectedPart,
  type OfferBinding,
  type OfferToSeal,
  type OpenedPart,
  openOffer,
  type PartContent,
  type SealedPart,
  sealOffer,
} from './offer.ts';
export { type FileSource, type OfferFile, openFile, type SealingFile, sealFile } from './offer-file.ts';
export {
  createOpenerIdentity,
  type OpenerIdentity,
  protectOpenerIdentity,
  SHORTEST_PASSPHRASE,
  unlockOpenerIdentity,
} from './opener.ts';
export { type Opening, type OpeningRecord, openingRecord, readOpeningRecord } from './opening-record.ts';
export { LARGEST_CONTENT } from './padding.ts';
export {
  createPurchaseKeys,
  type EncryptedShare,
  type KeysToCreate,
  keyOf,
  type PurchaseKeys,
  purchaseFingerprint,
  RECOVERY,
  readPurchaseKeys,
} from './purchase-keys.ts';
export {
  createReceiptKey,
  missingIn,
  type Receipt,
  type ReceiptPrivateKey,
  type ReceiptPublicKey,
  type RequestReceipt,
  receiptKeyId,
  receiptPublicKey,
  type Signed,
  type SignedReceipt,
  signReceipt,
  signRequestReceipt,
  verifyReceipt,
  verifyRequestReceipt,
} from './receipt.ts';
export { checkSealed, LARGEST_JSON, sealedSize } from './sealed.ts';
export {
  checkSealedFor,
  type KeptFile,
  readSealedOffer,
  SEALED_OFFER_ENDING,
  type SealedFor,
  type SealedOffer,
  sealedOfferFile,
} from './sealed-offer.ts';
export type { ShareContent } from './share-content.ts';
export {
  combineShares,
  type ExpectedShare,
  openPassedShare,
  openShare,
  type PassedShare,
  passShare,
} from './shares.ts';
