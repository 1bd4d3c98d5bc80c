import { answerFileOf } from '@proviso/catalogue/answer-file';
import type { AnswerFile, OfferForm } from '@proviso/catalogue/answers';
import type { OfferBinding, PurchaseKeys, SealedOffer, SealedPart } from '@proviso/sealing';
import type { OfferAsked, OfferView, SealedDeclaration, SealedPrice } from 'proviso-server/contract';
import { centsOf } from './amount.ts';
import type { Submission } from './api.ts';
import type { OfferDraft } from './draft.ts';
import type { Sealing } from './offer-page.ts';

/** What is asked, by a purchase that has its keys. */
export type Published = OfferAsked & { keys: PurchaseKeys };

/** A complete draft, and who signed it. */
export interface ReadyOffer {
  form: OfferForm;
  draft: OfferDraft & { lot: string };
  signed: NonNullable<AnswerFile['declaration']>;
}

export function bindingOf({ purchase, demand }: OfferAsked, invitation: string, lot: string): OfferBinding {
  return { purchase: purchase.id, lot, invitation, demand };
}

/**
 * A complete draft, sealed: the same from the supplier's page and from the offline form. The quality part holds the answer file. The price is the
 * content of a part of its own, or stands in the declaration where the purchase does not seal it apart.
 * @throws SealingError
 */
export async function sealedParts(
  sealing: Pick<Sealing, 'sealOffer'>,
  asked: Published,
  invitation: string,
  { form, draft: { answers: draft, lot, price, files }, signed }: ReadyOffer,
): Promise<SealedPart[]> {
  const answers = answerFileOf(form, draft.supplier, draft.values, signed);
  const amount = asked.price.asked ? centsOf(price) : null;
  const sealedPrice: SealedPrice | null =
    amount === null ? null : { schema: 'proviso.price/1', amount, currency: 'EUR' };
  const { apart } = asked.price;
  const { name, role, date } = signed;
  const declaration: SealedDeclaration = { name, role, date, price: apart ? null : sealedPrice };
  const quality = { answers, declaration, files };
  const priceDeclaration: SealedDeclaration = { name, role, date };
  return sealing.sealOffer(
    {
      binding: bindingOf(asked, invitation, lot),
      parts: apart
        ? { quality, price: { answers: sealedPrice, declaration: priceDeclaration, files: [] } }
        : { quality },
    },
    asked.keys,
  );
}

/** A sealed offer on its way. */
export interface Outgoing {
  submission: Submission;
  /** What the receipt must name. */
  sent: { name: string; sha256: string; size: number }[];
}

/** A complete draft as it is sent. @throws SealingError */
export async function sealedOffer(
  sealing: Pick<Sealing, 'sealOffer' | 'purchaseFingerprint'>,
  view: OfferView & Published,
  ready: ReadyOffer,
): Promise<Outgoing> {
  const { invitation } = view;
  const { files, lot } = ready.draft;
  const parts = await sealedParts(sealing, view, invitation, ready);
  const keys = sealing.purchaseFingerprint(view.keys);
  return outgoing({
    ...{ ...bindingOf(view, invitation, lot), lot, keys, parts },
    files: files.map(({ name, sealed }) => ({ name, ...sealed })),
  });
}

/** What was sealed, on this page or in the offline form, as it is sent; files go ahead. */
export function outgoing({
  lot,
  demand,
  purchase,
  invitation,
  keys,
  parts,
  files,
}: Omit<SealedOffer, 'contents' | 'lot' | 'files'> & {
  lot: string;
  files: readonly { name?: string; sha256: string; size: number }[];
}): Outgoing {
  return {
    submission: {
      id: crypto.randomUUID(),
      lot,
      demand,
      sealedFor: { purchase, invitation, keys },
      parts: parts.map(({ part, bytes }) => ({ part, bytes: base64url(bytes) })),
      files: [...new Set(files.map(({ sha256 }) => sha256))],
    },
    sent: [
      ...parts.map(({ part, sha256, size }) => ({ name: part, sha256, size })),
      ...files.map(({ name, sha256, size }) => ({ name: name ?? sha256, sha256, size })),
    ],
  };
}

/** RFC 4648, section 5, without padding. In pieces: a call takes only so many arguments. */
export function base64url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
