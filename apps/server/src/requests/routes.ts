import { hasSelection, mayReadRequests } from '@proviso/procurement';
import { getRequest, recordFile, recordUpload, uploadsOf, withTenant } from '@proviso/store';
import { z } from 'zod';
import { type KeptRequest, type RequestsView, requestBody, sealedFile } from '../contract/offering.ts';
import { sha256, uuid } from '../contract/wire.ts';
import { HttpProblem, refused } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { attachment } from '../library/attachment.ts';
import { readPurchase } from '../offers/read-purchase.ts';
import { deciderOf } from '../purchases/actors.ts';
import { ofPurchase } from '../purchases/address.ts';
import { receiveRequest, requestReceipt } from './receive.ts';
import { requestsView } from './view.ts';

/** Bytes of one file of a request at most, and of all that one link sends: certificates and references, not offers. */
const LARGEST_FILE = 25_000_000;
const LARGEST_SUM = 200_000_000;

/** Requests to take part: a supplier's own by its link, and what the buyer may see of them. They are decided on by `candidates.decide`. */
export const routes: Route[] = [
  route({
    method: 'POST',
    url: '/api/offer/requests/files',
    access: { link: true },
    summary: 'Sends a file of a request to take part ahead, as it is; the request names it by its hash',
    body: { bytes: LARGEST_FILE },
    response: sealedFile,
    transaction: false,
    handle: async ({ deps, actor, body, reply }) => {
      const { db } = deps.store;
      const before = await withTenant(db, actor.tenant, async (trx) => {
        const { purchase } = await readPurchase(trx, actor.purchase);
        if (!hasSelection(purchase) || purchase.notice?.stage !== 'selection')
          throw new HttpProblem(422, 'no-selection');
        return await uploadsOf(trx, actor.invitation, true);
      });
      const left = LARGEST_SUM - before.reduce((sum, { bytes }) => sum + bytes, 0);
      if (left <= 0) throw new HttpProblem(413, 'link-full');
      const stored = await deps.files.put(body as AsyncIterable<Uint8Array>, { limit: Math.min(left, LARGEST_FILE) });
      if (stored.bytes === 0) throw new HttpProblem(422, 'empty-file');
      await withTenant(db, actor.tenant, async (trx) => {
        const hash = Buffer.from(stored.sha256, 'hex');
        // What a browser is told of it comes from its bytes, never from the supplier.
        await recordFile(trx, deps.files, { sha256: hash, bytes: stored.bytes, media: 'application/octet-stream' });
        await recordUpload(trx, actor.invitation, hash, true);
      });
      reply.code(201);
      return stored;
    },
  }),
  route({
    method: 'POST',
    url: '/api/offer/requests',
    access: { link: true },
    summary: 'Asks to take part, or replaces the request. The answer is the signed receipt, and comes when all is kept',
    body: requestBody,
    example: {
      id: '6f0c2f0e-6f0d-4b8e-9f0a-0d6a8f2f3a11',
      company: { name: 'Acme Portals', number: 'BE 0123.456.789', country: 'BE' },
      contact: { name: 'Ada Lovelace', email: 'ada@acme.example', phone: null },
      exclusions: { convictions: false, taxes: false, conduct: false },
      explanation: null,
      ability: 'We built three portals of this size; the file names them.',
      signed: { name: 'Ada Lovelace', role: 'Director' },
      files: [],
    },
    handle: async ({ trx, deps, actor, body, reply }) => {
      const receipt = await receiveRequest(trx, deps, actor, body);
      reply.code(201);
      return receipt;
    },
  }),
  route({
    method: 'GET',
    url: '/api/offer/requests/:request',
    access: { link: true },
    summary: 'The signed receipt of a request to take part, again',
    params: z.object({ request: uuid }),
    handle: async ({ trx, actor, params }) => await requestReceipt(trx, actor, params.request),
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/requests',
    access: { action: 'request.read' },
    summary: 'Requests to take part, after their closing; what they say once I have declared no conflict of interest',
    params: ofPurchase,
    response: z.custom<RequestsView>(),
    handle: async ({ trx, deps, actor, params }) =>
      await requestsView(trx, deps, actor, (await readPurchase(trx, params.id)).purchase),
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/requests/:request/files/:sha256',
    access: { action: 'request.read' },
    summary: 'A file of a request to take part, to be saved',
    params: ofPurchase.extend({ request: uuid, sha256 }),
    response: 'bytes',
    handle: async ({ trx, deps, actor, params, reply }) => {
      const { purchase } = await readPurchase(trx, params.id);
      const fault = mayReadRequests(purchase, deciderOf(actor), deps.now().toISOString());
      if (fault) throw refused(fault);
      const row = await getRequest(trx, params.request);
      const { files } = (row?.purchase === purchase.id ? row.said : { files: [] }) as Pick<KeptRequest, 'files'>;
      const file = files.find((one) => one.sha256 === params.sha256);
      if (!file) throw new HttpProblem(404, 'not-found');
      return await attachment(reply, deps.files, file);
    },
  }),
];
