import { answerFileOf } from '@proviso/catalogue/answer-file';
import type { AnswerFile, OfferForm } from '@proviso/catalogue/answers';
import type { PurchaseKeys } from '@proviso/sealing';
import type { OfferView, SealedDeclaration, SealedPrice } from 'proviso-server/contract';
import { centsOf } from './amount.ts';
import type { Submission } from './api.ts';
import type { OfferDraft } from './draft.ts';
import type { Sealing } from './offer-page.ts';

export interface Sealed {
  submission: Submission;
  /** What the receipt must name. */
  sent: { name: string; sha256: string; size: number }[];
}

/**
 * A complete draft as it is sent. The quality part holds the answer file. The price is the content of a part of its own, or stands in the
 * declaration where the purchase does not seal it apart.
 * @throws SealingError
 */
export async function sealedOffer(
  sealing: Pick<Sealing, 'sealOffer'>,
  view: OfferView & { keys: PurchaseKeys },
  form: OfferForm,
  { answers: draft, lot, price, files }: OfferDraft & { lot: string },
  signed: NonNullable<AnswerFile['declaration']>,
): Promise<Sealed> {
  const answers = answerFileOf(form, draft.supplier, draft.values, signed);
  const amount = view.price.asked ? centsOf(price) : null;
  const sealedPrice: SealedPrice | null =
    amount === null ? null : { schema: 'proviso.price/1', amount, currency: 'EUR' };
  const { apart } = view.price;
  const { name, role, date } = signed;
  const declaration: SealedDeclaration = { name, role, date, price: apart ? null : sealedPrice };
  const quality = { answers, declaration, files };
  const priceDeclaration: SealedDeclaration = { name, role, date };
  const { invitation, demand } = view;
  const parts = await sealing.sealOffer(
    {
      binding: { purchase: view.purchase.id, lot, invitation, demand },
      parts: apart
        ? { quality, price: { answers: sealedPrice, declaration: priceDeclaration, files: [] } }
        : { quality },
    },
    view.keys,
  );
  return {
    submission: {
      id: crypto.randomUUID(),
      lot,
      demand,
      parts: parts.map(({ part, bytes }) => ({ part, bytes: base64url(bytes) })),
      files: [...new Set(files.map(({ sealed }) => sealed.sha256))],
    },
    sent: [
      ...parts.map(({ part, sha256, size }) => ({ name: part, sha256, size })),
      ...files.map(({ name, sealed }) => ({ name, ...sealed })),
    ],
  };
}

/** RFC 4648, section 5, without padding. In pieces: a call takes only so many arguments. */
export function base64url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
