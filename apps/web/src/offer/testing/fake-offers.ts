import {
  createLinkSecret,
  createPurchaseKeys,
  createReceiptKey,
  type EncryptedShare,
  type PurchaseKeys,
  type ReceiptPrivateKey,
  receiptKeyId,
  receiptPublicKey,
  sha256Hex,
  signReceipt,
} from '@proviso/sealing';
import type { OfferProbing, OfferView, Remarks } from 'proviso-server/contract';
import { smallForm } from './small-form.ts';

export interface FakeAnswer {
  status: number;
  body?: unknown;
  bytes?: Uint8Array;
  headers?: Record<string, string>;
}

/** A supplier's part of the server in memory, with real keys; what is sealed can be opened by who holds `openers`. */
export interface FakeOffers {
  view: OfferView;
  keys: PurchaseKeys;
  shares: EncryptedShare[];
  openers: { id: string; identity: string; recipient: string }[];
  receiptKey: ReceiptPrivateKey;
  draft: Uint8Array;
  /** What of the service can be looked at from outside; null where nothing can. */
  probing: OfferProbing | null;
  files: Map<string, Uint8Array>;
  submitted: { id: string; lot: string; demand: string; parts: { part: string; bytes: string }[]; files: string[] }[];
  /** Remarks that came on a draft. */
  said: (Remarks & { consultation: string })[];
  /** Status instead of an answer: 404, 410; 0 for no answer at all. */
  down: number | null;
  /** Every request's address and headers, as text. */
  seen: string[];
  answer(method: string, path: string, headers: Record<string, string>, body: Uint8Array | null): Promise<FakeAnswer>;
}

export const TOKEN = 'token-of-the-letter-0123456789';

const PURCHASE = '6f0c2f0e-6f0d-4b8e-9f0a-0d6a8f2f3a11';

/** Keys are made once for all tests. */
let made: Promise<Pick<FakeOffers, 'keys' | 'shares' | 'openers' | 'receiptKey'>> | null = null;

async function makeKeys(): Promise<Pick<FakeOffers, 'keys' | 'shares' | 'openers' | 'receiptKey'>> {
  const openers = [];
  // A link's secret is a pair of keys as an opener's is, without a passphrase, which costs seconds.
  for (const id of ['anna', 'bert']) {
    const { identity, recipient } = await createLinkSecret();
    openers.push({ id, identity, recipient });
  }
  const asked = { purchase: PURCHASE, openers, recovery: null, parts: ['quality', 'price'] as const };
  return { openers, ...(await createPurchaseKeys(asked)), receiptKey: await createReceiptKey() };
}

export async function fakeOffers(more: Partial<OfferView> = {}): Promise<FakeOffers> {
  made ??= makeKeys();
  const secrets = await made;
  const { keys, receiptKey } = secrets;
  const form = smallForm();
  const fake: FakeOffers = {
    view: {
      purchase: {
        id: PURCHASE,
        title: 'Citizens’ portal',
        reference: 'T-1',
        buyer: 'Town of Ede',
        state: 'published',
        lots: [{ id: 'all', title: 'Everything' }],
        zone: 'Europe/Amsterdam',
        stage: 'tender',
        closing: new Date(Date.now() + 3.5 * 86_400_000).toISOString(),
        questionsUntil: new Date(Date.now() + 86_400_000).toISOString(),
        now: new Date().toISOString(),
        language: 'en',
      },
      invitation: '0d9b7f4e-54a7-4a4e-8a55-5a2f2a1f9f10',
      supplier: { id: 's-1', name: 'Acme <b>Portals</b>' },
      invited: true,
      selection: null,
      demand: form.demand,
      form,
      keys,
      questions: [
        {
          id: 'q',
          question: 'May we use <i>subcontractors</i>?',
          answer: 'Yes, if named.',
          answered: '2026-11-20T10:00:00Z',
        },
      ],
      own: [],
      price: { asked: true, apart: true },
      earlier: [],
      corrigenda: [],
      consultations: [],
      deviations: [],
      explanations: [],
      offers: [],
      draft: 0,
      ...more,
    },
    ...secrets,
    draft: new Uint8Array(),
    probing: null,
    files: new Map(),
    submitted: [],
    said: [],
    down: null,
    seen: [],
    answer: async (method, path, headers, body) => {
      fake.seen.push(`${method} ${path} ${JSON.stringify(headers)}`);
      if (fake.down !== null) return problem(fake.down, 'down');
      if (path === '/api/receipt-key') return { status: 200, body: receiptPublicKey(receiptKey) };
      if (headers['x-proviso-link'] !== TOKEN) return problem(404, 'link-unknown');
      const route = ROUTES[`${method} ${path}`];
      return route ? route(fake, headers, body ?? new Uint8Array()) : problem(404, 'not-found');
    },
  };
  return fake;
}

type Handler = (
  fake: FakeOffers,
  headers: Record<string, string>,
  body: Uint8Array,
) => FakeAnswer | Promise<FakeAnswer>;

const problem = (status: number, code: string): FakeAnswer => ({
  status,
  body: { code, message: `Refused: ${code}.` },
});
const json = (body: Uint8Array) => JSON.parse(new TextDecoder().decode(body));

const ROUTES: Readonly<Record<string, Handler>> = {
  'GET /api/offer/probing': ({ probing }) => ({ status: 200, body: probing }),
  'PUT /api/offer/probing': ({ probing }, _, body) => {
    const { targets, perMinute, signer, role, text } = json(body);
    if (!probing || text !== probing.text.sha256) return problem(422, 'consent-words');
    const words = { edition: 1, language: 'en', text: probing.text.text, sha256: 'd'.repeat(64) };
    const given = new Date().toISOString();
    probing.consent = { id: 'c-1', targets, perMinute, ...words, signer, role, given, withdrawn: null };
    return { status: 200, body: probing.consent };
  },
  'DELETE /api/offer/probing': ({ probing }) => {
    if (!probing?.consent) return problem(409, 'no-consent');
    probing.consent = { ...probing.consent, withdrawn: new Date().toISOString() };
    return { status: 204 };
  },
  'GET /api/offer': ({ view }) => ({ status: 200, body: view }),
  'GET /api/offer/draft': ({ draft, view }) => ({ status: 200, bytes: draft, headers: { etag: `"${view.draft}"` } }),
  'PUT /api/offer/draft': (fake, headers, body) => {
    if (headers['if-match'] !== `"${fake.view.draft}"`) return problem(409, 'version-conflict');
    fake.draft = body;
    fake.view.draft += 1;
    return { status: 200, body: { version: fake.view.draft } };
  },
  'POST /api/offer/files': (fake, _, body) => {
    const sha256 = sha256Hex(body);
    fake.files.set(sha256, body);
    return { status: 200, body: { sha256, bytes: body.length } };
  },
  'POST /api/offer/questions': ({ view }, _, body) => {
    view.own = [...view.own, { id: 'o', text: json(body).text, at: new Date().toISOString(), answered: false }];
    return { status: 204 };
  },
  'POST /api/offer/consultations': (fake, _, body) => {
    const { consultation, ...said } = json(body);
    fake.said.push({ consultation, ...said });
    fake.view.consultations = fake.view.consultations.map((one) =>
      one.id === consultation ? { ...one, said: [...one.said, { at: new Date().toISOString(), ...said }] } : one,
    );
    return { status: 204 };
  },
  'POST /api/offer/submit': async (fake, _, body) => {
    const offer = json(body);
    if (offer.demand !== fake.view.demand) return problem(422, 'demand-changed');
    const { view } = fake;
    const again = fake.submitted.some(({ id }) => id === offer.id);
    if (!again) fake.submitted.push(offer);
    const at = new Date().toISOString();
    const late = view.purchase.closing !== null && at > view.purchase.closing;
    const earlier = view.offers.filter(({ id }) => id !== offer.id).map((one) => ({ ...one, replaced: true }));
    view.offers = [
      { id: offer.id, lot: offer.lot, at, late, bytes: body.length, replaced: false, withdrawn: false },
      ...earlier,
    ];
    const sealed = [
      ...offer.parts.map((one: { part: string; bytes: string }) =>
        digest(one.part, Buffer.from(one.bytes, 'base64url')),
      ),
      ...offer.files.map((hash: string) => digest(hash, fake.files.get(hash) ?? new Uint8Array())),
    ];
    const receipt = {
      schema: 'proviso.receipt/1' as const,
      purchase: view.purchase.id,
      lot: offer.lot,
      invitation: view.invitation,
      offer: offer.id,
      sealed,
      receivedAt: at,
      late,
    };
    const signed = await signReceipt(receipt, fake.receiptKey);
    return { status: 200, body: { ...signed, keyId: receiptKeyId(fake.receiptKey) } };
  },
};

const digest = (name: string, bytes: Uint8Array) => ({ name, sha256: sha256Hex(bytes), size: bytes.length });
