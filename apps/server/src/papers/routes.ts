import type { Purchase } from '@proviso/procurement';
import {
  appendLog,
  getPurchase,
  namePurchaseFile,
  namesOf,
  purchaseFiles,
  recordFile,
  type TenantScope,
  withTenant,
} from '@proviso/store';
import { z } from 'zod';
import { consultationAnswer, explanation, type Paper, paper } from '../contract/papers.ts';
import { sha256 } from '../contract/wire.ts';
import { HttpProblem } from '../http/problem.ts';
import { type Actor, type Route, route } from '../http/route.ts';
import { attachment } from '../library/attachment.ts';
import { storable } from '../library/storable.ts';
import { deciderOf, logActor } from '../purchases/actors.ts';
import { ofPurchase, purchaseRow } from '../purchases/address.ts';
import { documentOf } from '../purchases/rows.ts';
import { visible } from '../purchases/view.ts';
import { readRemarks, readText } from './texts.ts';

/** A test report or an archive of logs; a letter is seldom a thousandth of it. */
const LARGEST_PAPER = 100 * 2 ** 20;

/** Papers behind a purchase: what people upload as proof, and what suppliers wrote in reply. */
export const routes: readonly Route[] = [
  route({
    method: 'POST',
    url: '/api/t/:tenant/purchases/:id/papers',
    access: { action: 'contract.manage' },
    summary: 'Uploads a paper, as a proof or a letter; a command names it by its hash then',
    params: ofPurchase,
    query: z.object({ name: z.string().trim().min(1).max(255) }),
    body: { bytes: LARGEST_PAPER },
    response: paper,
    transaction: false,
    handle: async ({ deps, actor, params: { id }, query, body, reply }) => {
      const { db } = deps.store;
      // Before megabytes are taken in for nothing.
      if (!(await withTenant(db, actor.tenant, (trx) => getPurchase(trx, id)))) throw new HttpProblem(404, 'not-found');
      const stored = await deps.files.put(body as AsyncIterable<Uint8Array>, { limit: LARGEST_PAPER });
      if (stored.bytes === 0) throw new HttpProblem(422, 'empty-file');
      const name = storable(query.name);
      await withTenant(db, actor.tenant, async (trx) => {
        const hash = Buffer.from(stored.sha256, 'hex');
        await recordFile(trx, deps.files, { sha256: hash, bytes: stored.bytes, media: 'application/octet-stream' });
        await namePurchaseFile(trx, id, hash, name);
        await appendLog(trx, {
          actor: logActor(actor),
          action: 'paper.added',
          subject: { type: 'purchase', id },
          content: { hashes: [stored.sha256] },
        });
      });
      reply.code(201);
      return { ...stored, name };
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/papers',
    access: { action: 'contract.read' },
    summary: 'The papers that obligations and longer offers rest on',
    params: ofPurchase,
    response: z.array(paper),
    handle: async ({ trx, deps, actor, params: { id } }) => await papersOf(trx, actor, id, deps.now()),
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/papers/:sha256',
    access: { action: 'contract.read' },
    summary: 'One of these papers, to be saved',
    params: ofPurchase.extend({ sha256 }),
    response: 'bytes',
    handle: async ({ trx, deps, actor, params, reply }) => {
      const found = (await papersOf(trx, actor, params.id, deps.now())).find((one) => one.sha256 === params.sha256);
      if (!found) throw new HttpProblem(404, 'not-found');
      return await attachment(reply, deps.files, found);
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/consultations',
    access: { action: 'consultation.read' },
    summary: 'What suppliers said of the draft in market consultations',
    params: ofPurchase,
    response: z.array(consultationAnswer),
    handle: async ({ trx, deps, params: { id } }) => {
      const { consultations } = documentOf(await purchaseRow(trx, id));
      const all = consultations.flatMap((one) => one.answers.map((answer) => ({ consultation: one.id, ...answer })));
      const names = await namesOf(
        trx,
        all.map(({ supplier }) => supplier),
      );
      return await Promise.all(
        all.map(async ({ hash, supplier, ...answer }) => ({
          ...answer,
          supplier,
          name: names[supplier] ?? supplier,
          ...(await readRemarks(deps.files, hash)),
        })),
      );
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/explanations',
    access: { action: 'award.read' },
    summary: 'How suppliers explain prices that they were asked about',
    params: ofPurchase,
    response: z.array(explanation),
    handle: async ({ trx, deps, actor, params: { id } }) => {
      const { evaluation } = await seen(trx, actor, id, deps.now());
      return await Promise.all(
        evaluation.explanations.flatMap(({ offer, reply }) =>
          reply ? [readText(deps.files, reply.hash).then((text) => ({ offer, at: reply.at, text }))] : [],
        ),
      );
    },
  }),
];

const seen = async (trx: TenantScope, actor: Actor, id: string, at: Date): Promise<Purchase> =>
  visible(documentOf(await purchaseRow(trx, id)), deciderOf(actor), at.toISOString());

/** Uploaded papers that the purchase, as somebody may see it, names: the same bytes may be known here for another reason. */
async function papersOf(trx: TenantScope, actor: Actor, id: string, at: Date): Promise<Paper[]> {
  const purchase = await seen(trx, actor, id, at);
  const named = new Set([
    ...purchase.obligations.flatMap(({ history }) => history.map(({ evidence }) => evidence)),
    ...purchase.offers.flatMap(({ extended }) => extended.map(({ evidence }) => evidence)),
  ]);
  return (await purchaseFiles(trx, id)).flatMap(({ sha256: hash, name, bytes }) => {
    const hex = hash.toString('hex');
    return name !== null && named.has(hex) ? [{ sha256: hex, name, bytes }] : [];
  });
}
