import { randomUUID } from 'node:crypto';
import { appendLog, insertComment, listComments, resolveComment } from '@proviso/store';
import { z } from 'zod';
import { comment } from '../contract/purchasing.ts';
import { uuid } from '../contract/wire.ts';
import { HttpProblem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { ofPurchase, purchaseRow } from './address.ts';

const subject = z
  .string()
  .regex(/^[a-z][a-z-]{0,30}(:[A-Za-z0-9._-]{1,64})?$/, 'as requirement:WEB-01')
  .describe('What it is about: `requirement:WEB-01`, `risk:…`, `demand`');

export const commentRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/comments',
    access: { action: 'comment.read' },
    summary: 'What was said about a purchase, in order',
    params: ofPurchase,
    response: z.array(comment),
    handle: async ({ trx, params: { id } }) => {
      await purchaseRow(trx, id);
      const rows = await listComments(trx, id);
      return rows.map(({ at, resolved, ...row }) => ({
        ...row,
        at: at.toISOString(),
        resolved: resolved?.toISOString() ?? null,
      }));
    },
  }),
  route({
    method: 'POST',
    url: '/api/t/:tenant/purchases/:id/comments',
    access: { action: 'comment.write' },
    summary: 'Says something about a part of a purchase',
    params: ofPurchase,
    body: z.object({ subject, text: z.string().trim().min(1).max(10_000) }),
    example: { subject: 'requirement:WEB-01', text: 'Is the basic level enough here?' },
    response: comment,
    handle: async ({ trx, deps, actor, params: { id }, body, reply }) => {
      if (actor.scopes !== null) throw new HttpProblem(403, 'not-for-keys');
      await purchaseRow(trx, id);
      const made = { id: randomUUID(), ...body, author: actor.id };
      const at = deps.now();
      await insertComment(trx, { ...made, purchase: id, at });
      await appendLog(trx, {
        actor: `person:${actor.id}`,
        action: 'comment.written',
        subject: { type: 'purchase', id },
        content: { ids: { comment: made.id } },
      });
      reply.code(201);
      return { ...made, at: at.toISOString(), resolved: null };
    },
  }),
  route({
    method: 'PATCH',
    url: '/api/t/:tenant/purchases/:id/comments/:comment',
    access: { action: 'comment.write' },
    summary: 'Resolves a comment, or takes it up again',
    params: ofPurchase.extend({ comment: uuid }),
    body: z.object({ resolved: z.boolean() }),
    handle: async ({ trx, deps, params: { id, comment: own }, body: { resolved } }) => {
      const done = await resolveComment(trx, { purchase: id, id: own, at: resolved ? deps.now() : null });
      if (!done) throw new HttpProblem(404, 'not-found');
    },
  }),
];
