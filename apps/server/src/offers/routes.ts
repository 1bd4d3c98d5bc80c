import { randomUUID } from 'node:crypto';
import { type ReceiptPublicKey, receiptPublicKey } from '@proviso/sealing';
import {
  holdPurchase,
  offlineFormsOf,
  readDraft,
  recordFile,
  recordUpload,
  saveDraft,
  uploadsOf,
  withTenant,
} from '@proviso/store';
import { z } from 'zod';
import {
  consultationReply,
  deviationReply,
  draftSaved,
  explanationReply,
  keptForms,
  offlineForms,
  questionBody,
  type SignedReceipt,
  sealedFile,
  submitBody,
} from '../contract/offering.ts';
import { language, sha256, uuid } from '../contract/wire.ts';
import { HttpProblem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { attachment } from '../library/attachment.ts';
import { keepRemarks, keepText } from '../papers/texts.ts';
import { ofPurchase } from '../purchases/address.ts';
import { carryOut } from '../purchases/commands.ts';
import { documentOf } from '../purchases/rows.ts';
import { checkRemarks } from './consultation.ts';
import { earlierForms, standingForms } from './kept-forms.ts';
import { formChecksums, sealingForm } from './offline-form.ts';
import { readPurchase } from './read-purchase.ts';
import { askQuestion, receiptOf, receiveOffer, withdrawOffer } from './receive.ts';
import { checkSealedBytes, LARGEST_SEALED_FILE, LARGEST_SEALED_JSON, sealedOnly } from './sealed.ts';
import { DRAFT, offerView } from './view.ts';

/** Bytes of sealed files that one link may send in all: an offer's are seldom a tenth of it. */
const LARGEST_SUM = 4 * 2 ** 30;

/** What a supplier does by its link. Nothing here shows anything of another supplier. */
export const routes: Route[] = [
  route({
    method: 'GET',
    url: '/api/offer',
    access: { link: true },
    summary: 'The purchase, its form and one’s own questions and offers',
    query: z.object({ language: language.optional() }),
    handle: async ({ trx, deps, actor, query }) => await offerView(trx, deps, actor, query.language),
  }),
  route({
    method: 'GET',
    url: '/api/offer/form',
    access: { link: true },
    summary: 'The offline form of the purchase, which seals to its keys; the same file for every supplier',
    query: z.object({ language: language.optional() }),
    response: 'bytes',
    handle: async ({ trx, actor, query, request, reply }) => {
      const { purchase } = await readPurchase(trx, actor.purchase);
      const { pages } = request.server.proviso;
      reply.type('text/html; charset=utf-8').header('content-disposition', 'attachment; filename="form.html"');
      return await sealingForm(trx, pages, purchase, query.language ?? purchase.description.language);
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/offline-forms',
    access: { action: 'purchase.read' },
    summary: 'Checksums of the offline form of a published purchase, to be published beside the fingerprint',
    params: ofPurchase,
    response: offlineForms,
    handle: async ({ trx, deps, params: { id }, request }) => {
      // Held: between reading and keeping, a correction could make the form that is kept last an old one.
      const row = await holdPurchase(trx, id, true);
      if (!row) throw new HttpProblem(404, 'not-found');
      const purchase = documentOf(row);
      // What is shown here is published: it is kept, should a newer Proviso make other forms.
      const kept = await standingForms(trx, deps, purchase);
      if (kept.length > 0) return kept;
      return await formChecksums(trx, request.server.proviso.pages, purchase);
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/offline-forms/earlier',
    access: { action: 'purchase.read' },
    summary: 'Offline forms that were published before the one that stands, with their checksums',
    params: ofPurchase,
    response: keptForms,
    handle: async ({ trx, params: { id } }) => {
      await readPurchase(trx, id);
      return await earlierForms(trx, id);
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/offline-forms/:sha256',
    access: { action: 'purchase.read' },
    summary: 'An offline form as it was published, by its checksum',
    params: ofPurchase.extend({ sha256 }),
    response: 'bytes',
    handle: async ({ trx, deps, params: { id, sha256: wanted }, reply }) => {
      const found = (await offlineFormsOf(trx, id)).find((one) => one.sha256.toString('hex') === wanted);
      if (!found) throw new HttpProblem(404, 'not-found');
      const name = `form-${found.language}-${found.version}.html`;
      return await attachment(reply, deps.files, { name, sha256: wanted, bytes: found.bytes });
    },
  }),
  route({
    method: 'GET',
    url: '/api/offer/draft',
    access: { link: true },
    summary: 'The draft as it was saved: only the link can decrypt it',
    response: 'bytes',
    handle: async ({ trx, actor, reply }) => {
      const draft = (await readDraft(trx, actor.invitation)).find(({ part }) => part === DRAFT);
      if (!draft) throw new HttpProblem(404, 'not-found');
      reply.header('etag', `"${draft.version}"`).type('application/octet-stream');
      return draft.ciphertext;
    },
  }),
  route({
    method: 'PUT',
    url: '/api/offer/draft',
    access: { link: true },
    summary: 'Saves the draft; `if-match` names the version that was read, "0" for the first',
    body: { bytes: LARGEST_SEALED_JSON },
    response: draftSaved,
    transaction: false,
    handle: async ({ deps, actor, body, request }) => {
      const version = versionIn(request.headers['if-match']);
      const ciphertext = await collected(body);
      checkSealedBytes(ciphertext);
      return await withTenant(deps.store.db, actor.tenant, async (trx) => ({
        version: await saveDraft(trx, { invitation: actor.invitation, part: DRAFT, ciphertext, version }),
      }));
    },
  }),
  route({
    method: 'POST',
    url: '/api/offer/files',
    access: { link: true },
    summary: 'Sends a sealed file ahead; an offer names it by its hash. The same file twice is kept once',
    body: { bytes: LARGEST_SEALED_FILE },
    response: sealedFile,
    transaction: false,
    handle: async ({ deps, actor, body, reply }) => {
      const { db } = deps.store;
      const before = await withTenant(db, actor.tenant, (trx) => uploadsOf(trx, actor.invitation));
      const left = LARGEST_SUM - before.reduce((sum, { bytes }) => sum + bytes, 0);
      if (left <= 0) throw new HttpProblem(413, 'link-full');
      const bytes = sealedOnly(body as AsyncIterable<Uint8Array>);
      const stored = await deps.files.put(bytes, { limit: Math.min(left, LARGEST_SEALED_FILE) });
      await withTenant(db, actor.tenant, async (trx) => {
        const sha256 = Buffer.from(stored.sha256, 'hex');
        await recordFile(trx, deps.files, { sha256, bytes: stored.bytes, media: 'application/octet-stream' });
        await recordUpload(trx, actor.invitation, sha256);
      });
      reply.code(201);
      return stored;
    },
  }),
  route({
    method: 'POST',
    url: '/api/offer/submit',
    access: { link: true },
    summary: 'Hands an offer in, or replaces it. The answer is the signed receipt, and comes when all is kept',
    body: submitBody,
    limit: 2 * LARGEST_SEALED_JSON,
    handle: async ({ trx, deps, actor, body, reply }) => {
      const receipt = await receiveOffer(trx, deps, actor, body);
      reply.code(201);
      return shown(receipt);
    },
  }),
  route({
    method: 'POST',
    url: '/api/offer/withdraw',
    access: { link: true },
    summary: 'Withdraws an offer before the closing',
    body: z.object({ offer: uuid }),
    handle: async ({ trx, deps, actor, body }) => await withdrawOffer(trx, deps, actor, body.offer),
  }),
  route({
    method: 'GET',
    url: '/api/offer/receipts/:offer',
    access: { link: true },
    summary: 'The signed receipt of an offer, again',
    params: z.object({ offer: uuid }),
    handle: async ({ trx, actor, params }) => shown(await receiptOf(trx, actor, params.offer)),
  }),
  route({
    method: 'POST',
    url: '/api/offer/questions',
    access: { link: true },
    summary: 'Asks the buyer; the answer goes to all, without who asked',
    body: questionBody,
    response: z.object({ id: uuid }),
    handle: async ({ trx, deps, actor, body, reply }) => {
      const id = await askQuestion(trx, deps, actor, body.text);
      reply.code(201);
      return { id };
    },
  }),
  route({
    method: 'POST',
    url: '/api/offer/deviations',
    access: { link: true },
    summary: 'Says whether a counter-proposal is agreed to',
    body: deviationReply,
    handle: async ({ trx, deps, actor, body }) => {
      await carryOut(trx, deps, actor, actor.purchase, null, { type: 'deviation.reply', input: body });
    },
  }),
  route({
    method: 'POST',
    url: '/api/offer/explanations',
    access: { link: true },
    summary: 'Explains a price that the buyer asked about',
    body: explanationReply,
    handle: async ({ trx, deps, actor, body: { offer, text } }) => {
      const hash = await keepText(trx, deps, actor.purchase, text);
      await carryOut(trx, deps, actor, actor.purchase, null, { type: 'explanation.reply', input: { offer, hash } });
    },
  }),
  route({
    method: 'POST',
    url: '/api/offer/consultations',
    access: { link: true },
    summary: 'Answers a market consultation on the draft',
    body: consultationReply,
    example: {
      consultation: 'c1',
      text: 'The planned term is too short for a handover.',
      comments: [
        { requirement: 'VUL-07', text: 'Twice a year is what auditors ask; four times adds cost and no safety.' },
      ],
    },
    handle: async ({ trx, deps, actor, body: { consultation, ...said } }) => {
      await checkRemarks(trx, actor, consultation, said);
      const hash = await keepRemarks(trx, deps, actor.purchase, said);
      const input = { consultation, id: randomUUID(), hash };
      await carryOut(trx, deps, actor, actor.purchase, null, { type: 'consultation.answer', input });
    },
  }),
  route({
    method: 'GET',
    url: '/api/receipt-key',
    access: { open: 'A receipt is checked with this key, by whoever has one.' },
    summary: 'The public key that receipts and opening records are signed with',
    handle: async ({ deps }) => receiptPublicKey(deps.receiptKey as ReceiptPublicKey),
  }),
];

/** A receipt as the contract has it. */
const shown = (receipt: Omit<SignedReceipt, 'keyId'>): SignedReceipt => ({ ...receipt, keyId: receipt.key });

/** The version in `if-match: "3"`. @throws HttpProblem 428 where none is named: two tabs would write over each other */
function versionIn(header: string | undefined): number {
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header?.trim() ?? '')?.[1];
  if (version === undefined) throw new HttpProblem(428, 'if-match-needed');
  return Number(version);
}

async function collected(body: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
