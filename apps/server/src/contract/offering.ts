import type { OfferForm } from '@proviso/catalogue';
import type { PublicQuestion } from '@proviso/procurement';
import type { PurchaseKeys } from '@proviso/sealing';
import { z } from 'zod';
import { type Remarks, remarks } from './papers.ts';
import { instant, language, sha256, uuid } from './wire.ts';

/** GET, POST {name, email, country} /api/t/{tenant}/suppliers */
export const supplier = z.object({
  id: uuid,
  name: z.string(),
  email: z.string().nullable(),
  country: z.string().nullable(),
});
export type Supplier = z.infer<typeof supplier>;

export const newSupplier = z.object({
  name: z.string().trim().min(1).max(200),
  email: z.email().nullable(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
});

/** GET /api/t/{tenant}/suppliers/{id} */
export const supplierView = z.object({
  supplier,
  history: z.array(
    z.object({
      purchase: uuid,
      title: z.string(),
      reference: z.string(),
      state: z.string(),
      invited: instant,
      offers: z.int(),
    }),
  ),
});
export type SupplierView = z.infer<typeof supplierView>;

/** `replace`: ends the links that the supplier still has; without it a second link is refused. */
export const newInvitation = z.object({
  supplier: uuid,
  days: z.int().min(1).max(730),
  replace: z.boolean().default(false),
});

/** GET, POST {supplier, days, replace?}, DELETE /api/t/{tenant}/purchases/{id}/invitations — POST's answer has the link, once. */
export const invitation = z.object({
  id: uuid,
  supplier: uuid,
  name: z.string(),
  created: instant,
  expires: instant,
  revoked: instant.nullable(),
  lastUsed: instant.nullable(),
});
export type Invitation = z.infer<typeof invitation>;

/**
 * A supplier's page is /offer#{token}: the token is in the fragment, which no browser sends, and goes in the header
 * `x-proviso-link`. 404: no such link; 410: expired, revoked, or the purchase is over. Everything below /api/offer is the supplier's.
 *
 * GET /api/offer
 */
export interface OfferView {
  purchase: {
    id: string;
    title: string;
    reference: string | null;
    buyer: string;
    state: string;
    lots: { id: string; title: string }[];
    /** IANA name of the zone in which the buyer's times are. */
    zone: string;
    /** Of `closing` and `questionsUntil`: are requests to take part being taken, or offers? Null before publication. */
    stage: 'selection' | 'tender' | null;
    closing: string | null;
    questionsUntil: string | null;
    now: string;
    language: string;
  };
  invitation: string;
  supplier: { id: string; name: string };
  /** May this supplier make an offer, as far as candidates or bidders of a round were chosen? */
  invited: boolean;
  /** Of a procedure in which suppliers ask to take part first; null for others. */
  selection: {
    /** Own requests, the newest first. */
    requests: { id: string; at: string; late: boolean; replaced: boolean; said: KeptRequest }[];
    decision: { verdict: string; reason: string; at: string } | null;
  } | null;
  demand: string;
  earlier: EarlierDemand[];
  form: OfferForm;
  keys: PurchaseKeys | null;
  questions: PublicQuestion[];
  own: { id: string; text: string; at: string; answered: boolean }[];
  /** Is the price a sealed part of its own, and is one asked for at all? */
  price: { asked: boolean; apart: boolean };
  corrigenda: {
    id: string;
    at: string;
    reason: string;
    changed: { what: string; from: string; to: string }[];
    closing: string | null;
  }[];
  /** Market consultations on the draft, the newest first: what this supplier has said, and what came of it once that is told. */
  consultations: {
    id: string;
    until: string;
    /** Can it be answered still? */
    open: boolean;
    said: (Remarks & { at: string })[];
    outcome: { at: string; summary: string; changed: string[] } | null;
  }[];
  /** What the buyer decided on deviations of this supplier's offers, with the last reason that was given. */
  deviations: {
    offer: string;
    requirement: string;
    proposal: string;
    status: string;
    counter: string | null;
    reason: string;
  }[];
  /** Offers whose price is to be explained. */
  explanations: { offer: string; asked: string; replied: boolean }[];
  /** Offers handed in, the newest first. */
  offers: {
    id: string;
    lot: string;
    at: string;
    late: boolean;
    bytes: number;
    replaced: boolean;
    withdrawn: boolean;
  }[];
  /** Version of the kept draft; 0 where there is none. */
  draft: number;
}

/** What an offer is sealed for: the same on the supplier's page and in the offline form, which carries it. */
export interface OfferAsked extends Pick<OfferView, 'demand' | 'keys' | 'price'> {
  purchase: Pick<OfferView['purchase'], 'id' | 'lots' | 'zone' | 'closing'>;
}

/**
 * GET /api/offer/form, GET …/purchases/{id}/demand/files/form.html → the offline form of a published purchase, one file for all suppliers;
 * GET …/purchases/{id}/offline-forms → its checksum in each language, to be published.
 */
export const offlineForms = z.array(z.object({ language, sha256, bytes: z.int() }));
export type OfflineFormFile = z.infer<typeof offlineForms>[number];

/** GET …/purchases/{id}/offline-forms/earlier — forms that were published before; …/offline-forms/{sha256} → the bytes of one, by its checksum. */
export const keptForms = z.array(
  z.object({ version: z.int(), language, sha256, bytes: z.int(), closing: instant, at: instant }),
);
export type KeptForm = z.infer<typeof keptForms>[number];

/** A demand that was published before: what was changed since. An offer to it is refused, until it is sealed anew. */
export interface EarlierDemand {
  demand: string;
  corrections: { at: string; reason: string }[];
  /** Requirements that are asked now and were not then, and the other way round. */
  added: string[];
  removed: string[];
}
const line = (most: number) => z.string().trim().min(1).max(most);

/** What a request to take part says. Its proof, also the European Single Procurement Document, goes along as files. */
export const requestSaid = z.object({
  company: z.object({
    name: line(200),
    /** In a trade or tax register. */
    number: line(100).nullable(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable(),
  }),
  contact: z.object({ name: line(200), email: z.email().max(300), phone: line(60).nullable() }),
  /** True: it applies, and the text says what was done about it. */
  exclusions: z.object({ convictions: z.boolean(), taxes: z.boolean(), conduct: z.boolean() }),
  explanation: z.string().trim().max(10_000).nullable(),
  /** Why it is able to do it, by what the notice asks. */
  ability: z.string().trim().min(1).max(20_000),
  signed: z.object({ name: line(200), role: line(200) }),
});
export type RequestSaid = z.infer<typeof requestSaid>;

const requestFile = z.object({ name: line(255), sha256 });

/**
 * POST /api/offer/requests — hands a request to take part in, or replaces it; the answer is its signed receipt. Its files go first:
 * POST /api/offer/requests/files (bytes) → {sha256, bytes}. GET /api/offer/requests/{request} → the receipt again.
 */
export const requestBody = requestSaid.extend({ id: uuid, files: z.array(requestFile).max(20) });
export interface SignedRequestReceipt {
  receipt: unknown;
  signature: string;
  key: string;
}

/** What is kept of a request: what it says, and its files with their sizes. The receipt names the hash of its canonical JSON. */
export interface KeptRequest extends RequestSaid {
  schema: 'proviso.request/1';
  files: { name: string; sha256: string; bytes: number }[];
}

/** GET /api/t/{tenant}/purchases/{id}/requests — for who decides on candidates. …/requests/{request}/files/{sha256} → the bytes. */
export interface RequestsView {
  /** `open`: suppliers still have time; `undeclared`: say first whether there is a conflict of interest; `barred`: there is one. */
  stage: 'none' | 'open' | 'undeclared' | 'barred' | 'readable';
  /** In the order they came; empty while they are taken. */
  requests: {
    id: string;
    supplier: string;
    name: string;
    at: string;
    late: boolean;
    replaced: boolean;
    decision: { verdict: string; reason: string; by: string; at: string } | null;
    /** Null before the declaration. */
    said: KeptRequest | null;
    /** Files that were looked at, each with the code of what is wrong with it; null for nothing. */
    proof: { sha256: string; problem: string | null }[];
  }[];
}

/** A price as it is sealed: for the whole lot, in the smallest unit of its currency (cents for the euro). It is the `answers` of the price part. */
export const sealedPrice = z.object({
  schema: z.literal('proviso.price/1'),
  amount: z.int().min(0),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
export type SealedPrice = z.infer<typeof sealedPrice>;

/** What is sealed as `declaration` of the quality part; `price` only where the purchase has a price criterion and does not seal it apart. */
export const sealedDeclaration = z.object({
  name: z.string(),
  role: z.string(),
  date: z.string(),
  price: sealedPrice.nullable().optional(),
});
export type SealedDeclaration = z.infer<typeof sealedDeclaration>;

/** GET /api/offer/draft → bytes with `etag`; PUT with `if-match` → {version}. The server cannot read them. */
export const draftSaved = z.object({ version: z.int() });

/** POST /api/offer/files (sealed bytes) → {sha256, bytes}: put first, named by the offer then. */
export const sealedFile = z.object({ sha256, bytes: z.int() });

/**
 * POST /api/offer/submit — parts are sealed bytes in base64url; `sealedFor` is what the sender says they were sealed for, with the fingerprint of
 * the purchase's keys. The answer is the signed receipt.
 */
export const submitBody = z.object({
  id: uuid,
  lot: z.string(),
  demand: sha256,
  sealedFor: z.object({ purchase: z.string().max(200), invitation: z.string().max(200), keys: z.string().max(200) }),
  parts: z
    .array(z.object({ part: z.enum(['quality', 'price']), bytes: z.string() }))
    .min(1)
    .max(2),
  files: z.array(sha256).max(200),
});
export interface SignedReceipt {
  receipt: unknown;
  signature: string;
  keyId: string;
  /** The same as `keyId`, as `verifyReceipt` of sealing names it. */
  key: string;
}

/**
 * GET /api/offer/receipts/{offer} → the signed receipt, again. POST /api/offer/deviations, /api/offer/explanations,
 * /api/offer/consultations: replies of a supplier.
 */
export const deviationReply = z.object({
  offer: uuid,
  requirement: z.string().max(20),
  agrees: z.boolean(),
  reason: z.string().max(4000),
});
export const explanationReply = z.object({ offer: uuid, text: z.string().min(1).max(100_000) });
export const consultationReply = z.object({ consultation: z.string().max(64), ...remarks.shape });

/** POST /api/offer/questions {text}; POST /api/offer/withdraw {offer}. GET /api/receipt-key → public JWK. */
export const questionBody = z.object({ text: z.string().min(1).max(10_000) });

/**
 * Keys of a purchase, made in the buyer's browser at publication: PUT …/purchases/{id}/keys. Then `purchase.publish` names the fingerprint.
 * `recipient` is the fingerprint of the holder's key that a share is encrypted to: who has another by then could not open.
 */
export const keysBody = z.object({
  keys: z.unknown(),
  shares: z.array(
    z.object({
      part: z.enum(['quality', 'price']),
      holder: z.string(),
      recipient: z.string().max(200),
      encrypted: z.string().max(40_000),
    }),
  ),
});

/**
 * Can an opener open? `other-key`: made another key since the shares were encrypted; `no-key`: has none any more; `no-share`: was named after
 * the keys were made; `barred`: declared a conflict of interest.
 */
export const openerAble = z.enum(['able', 'other-key', 'no-key', 'no-share', 'barred']);
export type OpenerAble = z.infer<typeof openerAble>;

/** GET /api/t/{tenant}/opener-key/purchases — purchases that I can help to open, which another key, or my leaving, would change. */
export const purchaseAtStake = z.object({
  id: uuid,
  title: z.string(),
  reference: z.string().nullable(),
  /** Before publication the purchase's key can be made again; afterwards nothing can. */
  published: z.boolean(),
  /** How many could still open it. */
  left: z.int(),
  /** Could nobody open it any more? An opening takes two. */
  lost: z.boolean(),
});
export type PurchaseAtStake = z.infer<typeof purchaseAtStake>;

/** GET …/purchases/{id}/opening — for openers. */
export interface OpeningView {
  state: string;
  may: { quality: boolean; price: boolean };
  /** Who said they are there, by part. */
  present: { part: string; person: string; at: string }[];
  keys: PurchaseKeys | null;
  /** My own encrypted share of each part. */
  shares: { part: string; encrypted: string }[];
  /** Shares that another opener has passed to me. */
  passed: { part: string; from: string; encrypted: string }[];
  /** Parts of which I have passed my share to the others. */
  given: string[];
  /** `able` is null before the keys of the purchase are made. */
  openers: { id: string; name: string; recipient: string | null; able: OpenerAble | null }[];
  offers: {
    id: string;
    supplier: string;
    name: string;
    lot: string;
    at: string;
    late: boolean;
    hashes: string[];
    opened: boolean;
    problem: string | null;
  }[];
  record: { opening: unknown; sha256: string; signature: string; key: string } | null;
  /** The records of all parts and rounds, in order. */
  records: { round: number; part: string; opening: unknown; sha256: string; signature: string; key: string }[];
}

/** POST …/opening/pass {part, shares: [{to, encrypted}]}: my share, encrypted to the other openers. */
export const passBody = z.object({
  part: z.enum(['quality', 'price']),
  shares: z.array(z.object({ to: z.string(), encrypted: z.string().max(40_000) })).min(1),
});

/**
 * POST …/opening/open {part, identity}: the put-together secret; the server checks it against the public key, opens every offer, looks at
 * the files in the sandbox, keeps the answers and the record, and gives `offers.open` or `price.open`.
 */
export const openBody = z.object({
  version: z.int(),
  part: z.enum(['quality', 'price']),
  identity: z.string().max(4000),
});
