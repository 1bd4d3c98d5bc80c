import { randomUUID } from 'node:crypto';
import {
  appendLog,
  type DocumentState,
  documentPage,
  documentState,
  getDocument,
  getPurchase,
  insertDocument,
  recordFile,
  searchPassages,
  withTenant,
} from '@proviso/store';
import { z } from 'zod';
import { type DocumentView, document, type LibraryDocument, passage } from '../contract/library.ts';
import { page, uuid } from '../contract/wire.ts';
import { HttpProblem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { catalogueBefore } from '../own-catalogue/of-tenant.ts';
import { logActor } from '../purchases/actors.ts';
import { inTenant } from '../purchases/address.ts';
import { attachment, dispositionOf } from './attachment.ts';
import { commentedWord } from './commented.ts';
import { keptOf, lintOf } from './kept-reading.ts';
import { storable } from './storable.ts';

/** A document of procurement is seldom a tenth of it. */
const LARGEST_DOCUMENT = 100 * 2 ** 20;
const PAGE = 50;
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const one = z.object({ tenant: uuid, id: uuid });
const name = z.string().trim().min(1).max(255);

/** Documents of the organisation, what was read in them, and search over all. */
export const routes: Route[] = [
  route({
    method: 'POST',
    url: '/api/t/:tenant/documents',
    access: { action: 'library.write' },
    summary: 'Uploads a document, to be read by a job; one of a purchase is linted with its demand',
    params: inTenant,
    query: z.object({ name, purchase: uuid.optional() }),
    body: { bytes: LARGEST_DOCUMENT },
    response: document,
    transaction: false,
    handle: async ({ deps, actor, params, query, body, reply }) => {
      const { db } = deps.store;
      const { purchase } = query;
      const known = async (): Promise<boolean> =>
        purchase === undefined ||
        (await withTenant(db, params.tenant, (trx) => getPurchase(trx, purchase))) !== undefined;
      // Before megabytes are taken in for nothing.
      if (!(await known())) throw new HttpProblem(404, 'not-found');
      const stored = await deps.files.put(body as AsyncIterable<Uint8Array>, { limit: LARGEST_DOCUMENT });
      if (stored.bytes === 0) throw new HttpProblem(422, 'empty-file');
      const id = randomUUID();
      const state = await withTenant(db, params.tenant, async (trx) => {
        const sha256 = Buffer.from(stored.sha256, 'hex');
        await recordFile(trx, deps.files, { sha256, bytes: stored.bytes, media: 'application/octet-stream' });
        const made = { id, purchase: purchase ?? null, name: storable(query.name), sha256, bytes: stored.bytes };
        await insertDocument(trx, made, []);
        await deps.jobs.send('reading', { tenant: params.tenant, document: id }, { trx });
        await appendLog(trx, {
          actor: logActor(actor),
          action: 'document.added',
          subject: { type: 'document', id },
          content: { sha256: stored.sha256, purchase: purchase ?? null },
        });
        return await documentState(trx, id);
      });
      reply.code(202);
      return state && shown(state);
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/documents',
    access: { action: 'library.read' },
    summary: 'Documents, the newest first; of one purchase, or all',
    params: inTenant,
    query: z.object({ purchase: uuid.optional(), after: z.string().max(200).optional() }),
    response: page(document),
    handle: async ({ trx, query }) => {
      const { rows, next } = await documentPage(trx, { ...query, limit: PAGE });
      return { rows: rows.map(shown), next };
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/documents/:id',
    access: { action: 'library.read' },
    summary: 'A document with its text, its reading and what the linter finds',
    params: one,
    handle: async ({ trx, deps, actor, params }): Promise<DocumentView> => {
      const row = await getDocument(trx, params.id);
      const state = await documentState(trx, params.id);
      if (!row || !state) throw new HttpProblem(404, 'not-found');
      const kept = keptOf(row);
      const linted = kept && (await lintOf(trx, await catalogueBefore(trx, actor.tenant, deps, row.at), row, kept));
      return {
        document: shown(state),
        reading: kept?.reading ?? null,
        findings: linted?.findings ?? [],
        text: kept?.text ?? null,
        blocks: kept?.blocks ?? [],
      };
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/documents/:id/file',
    access: { action: 'library.read' },
    summary: 'The document as it was uploaded',
    params: one,
    response: 'bytes',
    handle: async ({ trx, deps, params, reply }) => {
      const row = await documentState(trx, params.id);
      if (!row) throw new HttpProblem(404, 'not-found');
      return await attachment(reply, deps.files, { ...row, sha256: row.sha256.toString('hex') });
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/documents/:id/commented',
    access: { action: 'library.read' },
    summary: 'The Word file with the linter’s comments, and proposed clauses where asked for',
    params: one,
    query: z.object({ suggest: z.enum(['true', 'false']).optional() }),
    response: 'bytes',
    transaction: false,
    handle: async ({ deps, actor, params, query, reply }) => {
      const { row, kept, catalogue, linted } = await withTenant(deps.store.db, actor.tenant, async (trx) => {
        const found = await getDocument(trx, params.id);
        if (!found) throw new HttpProblem(404, 'not-found');
        const reading = keptOf(found);
        if (!reading) throw new HttpProblem(409, 'not-read-yet');
        const catalogue = await catalogueBefore(trx, actor.tenant, deps, found.at);
        return { row: found, kept: reading, catalogue, linted: await lintOf(trx, catalogue, found, reading) };
      });
      const bytes = await commentedWord(deps.files, row.sha256.toString('hex'), kept, linted, {
        catalogue,
        date: deps.now().toISOString(),
        suggest: query.suggest === 'true',
      });
      const base = row.name.replace(/\.docx$/i, '');
      reply.type(WORD).header('content-disposition', dispositionOf(`${base} (Proviso).docx`));
      return bytes;
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/search',
    access: { action: 'library.read' },
    summary: 'Full-text search over all passages, each in its own language, the best first',
    params: inTenant,
    query: z.object({
      q: z.string().max(500),
      after: z
        .string()
        .regex(/^\d{1,4}$/)
        .optional(),
    }),
    response: page(passage),
    handle: async ({ trx, query }) => {
      const skip = Number(query.after ?? 0);
      const { found, matches } = await searchPassages(trx, { words: query.q, skip, limit: PAGE });
      const end = skip + found.length;
      return {
        rows: found.map(({ document: id, documentName, page: at, heading, language, excerpt }) => ({
          document: id,
          name: documentName,
          page: at,
          heading,
          language,
          excerpt: excerpt.map(({ text, match }) => (match ? `⟦${text}⟧` : text)).join(''),
        })),
        next: found.length > 0 && end < matches ? String(end) : null,
      };
    },
  }),
];

function shown({ at, sha256, ...row }: DocumentState): LibraryDocument {
  return { ...row, sha256: sha256.toString('hex'), at: at.toISOString() };
}
