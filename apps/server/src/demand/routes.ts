import {
  type Catalogue,
  type DemandFile,
  demandFileOf,
  demandHash,
  derive,
  diffDemands,
  isUnchanged,
  type Language,
} from '@proviso/catalogue';
import { linesOf } from '@proviso/procurement';
import {
  addDemandVersion,
  appendLog,
  holdPurchase,
  lastDemandVersion,
  namesOf,
  type TenantScope,
  VersionConflict,
} from '@proviso/store';
import { z } from 'zod';
import { type DemandView, type Derived, demandBody, demandFiles, type PurchaseView } from '../contract/purchasing.ts';
import { language } from '../contract/wire.ts';
import { sayOwn } from '../http/messages.ts';
import { HttpProblem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { preparedLetter } from '../messages/prepared-letter.ts';
import { publishedFingerprint, sealingForm } from '../offers/offline-form.ts';
import { readPurchase } from '../offers/read-purchase.ts';
import { catalogueOf } from '../own-catalogue/of-tenant.ts';
import { logActor } from '../purchases/actors.ts';
import { inTenant, ofPurchase } from '../purchases/address.ts';
import { giveCommand } from '../purchases/commands.ts';
import { documentOf } from '../purchases/rows.ts';
import { viewOf } from '../purchases/view.ts';
import { DEMAND_FILES, type Published } from './files.ts';
import { keptDemand } from './kept.ts';
import { wordsOfDemand } from './words.ts';

const VERSION = z.coerce.number().int().min(1).max(1_000_000).optional();
const inLanguage = z.object({ language: language.optional(), n: VERSION });

export const demandRoutes: readonly Route[] = [
  route({
    method: 'POST',
    url: '/api/t/:tenant/derive',
    access: { action: 'catalogue.read' },
    summary: 'What a context would demand; nothing is kept',
    params: inTenant,
    body: z.object({ context: z.unknown(), language }),
    response: z.custom<Derived>(),
    handle: async ({ trx, deps, actor, body }) => {
      const file = await derivedFile(body.context, await catalogueOf(trx, actor.tenant, deps));
      return { demand: file.demand, words: wordsOfDemand(file, body.language) };
    },
  }),
  route({
    method: 'PUT',
    url: '/api/t/:tenant/purchases/:id/demand',
    access: { action: 'demand.edit' },
    summary:
      'Derives and keeps the next version of the demand; after publication it waits for approval and a corrigendum',
    params: ofPurchase,
    body: demandBody,
    response: z.custom<PurchaseView>(),
    handle: async ({ trx, deps, actor, params: { id }, body }) => {
      if (actor.scopes !== null) throw new HttpProblem(403, 'not-for-keys');
      const file = await derivedFile(body.context, await catalogueOf(trx, actor.tenant, deps));
      const row = await holdPurchase(trx, id, false);
      if (!row) throw new HttpProblem(404, 'not-found');
      if (row.version !== body.version) throw new VersionConflict('The purchase', body.version, row.version);
      const hash = demandHash(file.demand);
      const n = await addDemandVersion(trx, id, { file, hash: Buffer.from(hash, 'hex'), by: actor.id });
      if (row.state === 'published') {
        await appendLog(trx, {
          actor: logActor(actor),
          action: 'demand.kept',
          subject: { type: 'purchase', id },
          content: { ids: { version: n }, hashes: [hash] },
        });
        await preparedLetter(trx, deps, documentOf(row), { version: n, hash, by: actor.id });
        return { ...(await viewOf(trx, row, actor, deps.now())), events: [] };
      }
      return await giveCommand(trx, deps, actor, id, body.version, {
        type: 'demand.set',
        input: { version: n, hash, lines: linesOf(file) },
      });
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/demand',
    access: { action: 'purchase.read' },
    summary: 'The demand of a purchase with its words and form; another version by its number',
    params: ofPurchase,
    query: inLanguage,
    response: z.custom<DemandView>(),
    handle: async ({ trx, deps, actor, params: { id }, query }) => {
      const { n, file, created, by, of } = await keptDemand(trx, id, query.n);
      const { offerFormOf } = await import('@proviso/publishing');
      const asked = query.language ?? of ?? actor.language;
      return {
        n,
        last: await lastDemandVersion(trx, id),
        file,
        form: offerFormOf(file, asked),
        words: wordsOfDemand(file, asked),
        created: created.toISOString(),
        by: (await namesOf(trx, [by]))[by] ?? by,
        newer: newerOf(file, await catalogueOf(trx, actor.tenant, deps), asked),
      };
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/demand/files',
    access: { action: 'purchase.read' },
    summary: 'What can be downloaded of the demand',
    params: ofPurchase,
    response: demandFiles,
    handle: async ({ actor }) =>
      Object.entries(DEMAND_FILES).map(([name, { media }]) => ({
        name,
        title: sayOwn(`file-${name}`, actor.language) ?? name,
        media,
      })),
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/demand/files/:name',
    access: { action: 'purchase.read' },
    summary: 'One file of the demand',
    params: ofPurchase.extend({ name: z.string().max(60) }),
    query: inLanguage,
    response: 'bytes',
    handle: async ({ trx, deps, actor, params: { id, name }, query, request, reply }) => {
      const { n, file, of } = await keptDemand(trx, id, query.n);
      const made = Object.hasOwn(DEMAND_FILES, name) ? DEMAND_FILES[name] : undefined;
      const day = deps.now().toISOString().slice(0, 10);
      const published = await publishedAs(trx, id, n, request.server.proviso.pages);
      const content = (await made?.make(file, query.language ?? of ?? actor.language, day, published)) ?? null;
      if (!made || content === null) throw new HttpProblem(404, 'not-found');
      reply.type(made.media).header('content-disposition', `attachment; filename="${name}"`);
      return typeof content === 'string' ? content : Buffer.from(content);
    },
  }),
];

/** What the papers of a version of the demand say of the publication; null where it is not the one that offers answer. */
async function publishedAs(trx: TenantScope, id: string, n: number, pages: string | null): Promise<Published | null> {
  const { purchase } = await readPurchase(trx, id);
  const fingerprint = purchase.demand?.version === n ? await publishedFingerprint(trx, purchase) : null;
  return fingerprint === null ? null : { fingerprint, form: (language) => sealingForm(trx, pages, purchase, language) };
}

/** @throws HttpProblem 422 with each field that is wrong */
async function derivedFile(value: unknown, catalogue: Catalogue): Promise<DemandFile> {
  const { ContextError, contextOf } = await import('@proviso/catalogue/check');
  try {
    return demandFileOf(derive(contextOf(value, catalogue), catalogue), catalogue);
  } catch (error) {
    if (!(error instanceof ContextError)) throw error;
    const [first = ''] = error.faults;
    throw new HttpProblem(422, 'bad-context', {
      where: `context.${first.split(':')[0]}`,
      values: { problem: error.faults.join('\n'), count: error.faults.length },
    });
  }
}

/** What deriving with the catalogue of today would change; null where nothing would be different. */
function newerOf(file: DemandFile, catalogue: Catalogue, language: Language): DemandView['newer'] {
  if (file.demand.catalogue.hash === catalogue.hash) return null;
  const now = demandFileOf(derive(file.demand.context, catalogue), catalogue);
  const diff = diffDemands(file, now);
  if (isUnchanged(diff)) return null;
  const { added, removed, levels, parameters, knockouts, reworded } = diff;
  const changed = [...new Set([...levels, ...parameters, ...knockouts].map(({ id }) => id).concat(reworded))].sort();
  const titles = new Map(
    [file.catalogue, catalogue].flatMap(({ requirements }) =>
      requirements.map(({ id, title }) => [id, title[language]]),
    ),
  );
  return {
    edition: catalogue.edition.edition,
    hash: catalogue.hash,
    added,
    removed,
    changed,
    titles: Object.fromEntries([...added, ...removed, ...changed].map((id) => [id, titles.get(id) ?? id])),
  };
}
