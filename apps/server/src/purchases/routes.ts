import { randomUUID } from 'node:crypto';
import { createPurchase, isRefusal } from '@proviso/procurement';
import { insertPurchase, listPurchases } from '@proviso/store';
import { z } from 'zod';
import { commandBody, newPurchase, type PurchaseView, purchaseLine } from '../contract/purchasing.ts';
import { page } from '../contract/wire.ts';
import { HttpProblem, refused } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { deciderOf } from './actors.ts';
import { inTenant, ofPurchase, purchaseRow } from './address.ts';
import { giveCommand, kindOf, log } from './commands.ts';
import { columnsOf } from './rows.ts';
import { purchaseDefaults } from './settings.ts';
import { isOfServer, viewOf } from './view.ts';

const PAGE = 50;

export const purchaseRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases',
    access: { action: 'purchase.read' },
    summary: 'A page of purchases, the last changed first',
    params: inTenant,
    query: z.object({
      state: z.string().max(200).describe('States, with commas between').optional(),
      q: z.string().max(200).describe('Part of the title or reference').optional(),
      after: z.string().max(200).describe('`next` of the page before').optional(),
      limit: z.coerce.number().int().min(1).max(200).default(PAGE),
    }),
    response: page(purchaseLine),
    handle: async ({ trx, query: { state, q, after, limit } }) => {
      const { rows, next } = await listPurchases(trx, {
        limit,
        ...(state === undefined ? {} : { states: state.split(',') }),
        ...(q === undefined ? {} : { words: q }),
        ...(after === undefined ? {} : { after }),
      });
      return {
        rows: rows.map(({ created: _, closing, updated, ...row }) => ({
          ...row,
          closing: closing?.toISOString() ?? null,
          updated: updated.toISOString(),
        })),
        next,
      };
    },
  }),
  route({
    method: 'POST',
    url: '/api/t/:tenant/purchases',
    access: { action: 'purchase.create' },
    summary:
      'Begins a purchase; what is not given is taken from the settings, country and zone else from the last purchase',
    params: inTenant,
    body: newPurchase.partial().required({ title: true }),
    example: { title: 'Citizens’ portal', reference: '2026-014', country: 'BE', zone: 'Europe/Brussels' },
    response: z.custom<PurchaseView>(),
    handle: async ({ trx, deps, actor, body, reply }) => {
      const kept = await purchaseDefaults(trx);
      const { title, reference = nextReference(deps.now()), ceiling = null, ...rest } = body;
      const about = { ...kept, ...rest };
      const made = createPurchase(
        {
          id: randomUUID(),
          description: {
            ...about,
            title,
            reference,
            region: null,
            electronic: true,
            urgency: null,
            priorInformation: null,
            longTerm: null,
            ceiling,
          },
          lots: null,
        },
        { by: deciderOf(actor), at: deps.now().toISOString() },
      );
      if (isRefusal(made)) throw refused(made);
      const { purchase } = made;
      await insertPurchase(trx, {
        id: purchase.id,
        ...columnsOf(purchase),
        reference: purchase.description.reference ?? reference,
      });
      await log(trx, actor, made.events);
      reply.code(201);
      return await viewOf(trx, { document: purchase, version: 1 }, actor, deps.now());
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id',
    access: { action: 'purchase.read' },
    summary: 'A purchase as one may see it, with what one may do',
    params: ofPurchase,
    response: z.custom<PurchaseView>(),
    handle: async ({ trx, deps, actor, params: { id } }) =>
      await viewOf(trx, await purchaseRow(trx, id), actor, deps.now()),
  }),
  route({
    method: 'POST',
    url: '/api/t/:tenant/purchases/:id/commands/:type',
    // Which action it takes depends on the command: `decide` asks its table, for people and keys alike.
    access: { action: 'purchase.read' },
    summary:
      'Gives a command; the inputs, and the scope that each needs beside this one, are described one by one below',
    params: ofPurchase.extend({ type: z.string().max(80) }),
    body: commandBody,
    example: { version: 3, input: { reason: 'The supplier of the old system leaves the market.' } },
    response: z.custom<PurchaseView>(),
    handle: async ({ trx, deps, actor, params: { id, type }, body: { version, input } }) => {
      kindOf(type);
      if (isOfServer(type)) throw new HttpProblem(403, 'given-by-server', { values: { command: type } });
      return await giveCommand(trx, deps, actor, id, version, { type, input });
    },
  }),
];

/** A number nobody has to think of: the day and four hexadecimal digits of chance. */
const nextReference = (now: Date): string => `${now.toISOString().slice(0, 10)}-${randomUUID().slice(0, 4)}`;
