import { randomBytes, randomUUID } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { zipped } from '@proviso/dossier';
import { EVENT_TYPES } from '@proviso/procurement';
import {
  appendLog,
  backup,
  deleteWebhook,
  insertWebhook,
  listDeliveries,
  listLetters,
  listPeople,
  listWebhooks,
  QUEUE_NAMES,
  withTenant,
} from '@proviso/store';
import { z } from 'zod';
import { delivery, jobCount, letter, newWebhook, webhook } from '../contract/people.ts';
import { page, uuid } from '../contract/wire.ts';
import { HttpProblem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { dispositionOf } from '../library/attachment.ts';
import { logActor } from '../purchases/actors.ts';
import { inTenant, ofPurchase } from '../purchases/address.ts';
import { dossierFor } from './dossier.ts';

const PAGE = 50;
const DELIVERIES = 50;
const one = inTenant.extend({ id: uuid });

/** What the owner and the auditor look after: letters, jobs, webhooks, the backup, dossiers. */
export const routes: Route[] = [
  route({
    method: 'GET',
    url: '/api/t/:tenant/outbox',
    access: { action: 'outbox.read' },
    summary: 'Letters, the newest first; those that would tell who bids only after the closing',
    params: inTenant,
    query: z.object({ after: z.string().max(200).optional() }),
    response: page(letter),
    handle: async ({ trx, deps, query }) => {
      const { rows, next } = await listLetters(trx, { after: query.after, limit: PAGE, at: deps.now() });
      const people = new Map((await listPeople(trx)).map(({ id, email }) => [id, email]));
      return {
        rows: rows.map(({ id, toPerson, toAddress, subject, body, state, created }) => ({
          id,
          to: toAddress ?? people.get(toPerson ?? '') ?? '',
          subject,
          body,
          state,
          created: created.toISOString(),
        })),
        next,
      };
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/jobs',
    access: { action: 'job.read' },
    summary: 'Work that waits, and work that failed for good, by queue',
    params: inTenant,
    response: z.array(jobCount),
    handle: async ({ deps }) =>
      await Promise.all(
        QUEUE_NAMES.map(async (queue) => {
          const { waiting, active, dead } = await deps.jobs.count(queue);
          return { queue, waiting: waiting + active, dead };
        }),
      ),
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/webhooks',
    access: { action: 'webhook.manage' },
    summary: 'Systems that are called when something happens, without their secrets',
    params: inTenant,
    response: z.array(webhook),
    handle: async ({ trx }) =>
      (await listWebhooks(trx)).map(({ id, url, events, created }) => ({
        id,
        url,
        events,
        created: created.toISOString(),
      })),
  }),
  route({
    method: 'POST',
    url: '/api/t/:tenant/webhooks',
    access: { action: 'webhook.manage' },
    summary: 'Adds a webhook. The secret that signs its calls is in the answer, once',
    params: inTenant,
    body: newWebhook,
    response: webhook.extend({ secret: z.string() }),
    example: { url: 'https://hooks.example/proviso', events: ['award.decided'] },
    handle: async ({ trx, deps, actor, body, reply }) => {
      const strange = body.events.find((event) => event !== '*' && !(EVENT_TYPES as readonly string[]).includes(event));
      if (strange !== undefined) throw new HttpProblem(422, 'unknown', { where: 'events', values: { id: strange } });
      const made = { id: randomUUID(), ...body, secret: randomBytes(32).toString('base64url') };
      await insertWebhook(trx, made);
      await appendLog(trx, {
        actor: logActor(actor),
        action: 'webhook.added',
        subject: { type: 'webhook', id: made.id },
        content: { url: made.url, events: made.events },
      });
      reply.code(201);
      return { ...made, created: deps.now().toISOString() };
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/t/:tenant/webhooks/:id',
    access: { action: 'webhook.manage' },
    summary: 'Takes a webhook away',
    params: one,
    handle: async ({ trx, actor, params }) => {
      if (!(await deleteWebhook(trx, params.id))) throw new HttpProblem(404, 'not-found');
      await appendLog(trx, {
        actor: logActor(actor),
        action: 'webhook.removed',
        subject: { type: 'webhook', id: params.id },
      });
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/webhooks/:id/deliveries',
    access: { action: 'webhook.manage' },
    summary: 'The last calls of a webhook, and how they went',
    params: one,
    response: z.array(delivery),
    handle: async ({ trx, params }) =>
      (await listDeliveries(trx, params.id, DELIVERIES)).map(
        ({ id, event, state, attempts, status, lastError, created }) => ({
          id,
          event,
          state,
          attempts,
          status,
          error: lastError,
          created: created.toISOString(),
        }),
      ),
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/backup',
    access: { action: 'backup.run' },
    summary: 'A backup of the whole workbench; only where it belongs to one organisation',
    params: inTenant,
    response: 'bytes',
    transaction: false,
    handle: async ({ deps, actor, params, reply }) => {
      // It holds every organisation's rows: on a server of several, whoever runs it makes backups.
      if (!(await isAlone(deps.store))) throw new HttpProblem(403, 'backup-shared');
      await withTenant(deps.store.db, params.tenant, (trx) =>
        appendLog(trx, {
          actor: logActor(actor),
          action: 'backup.taken',
          subject: { type: 'tenant', id: params.tenant },
        }),
      );
      const out = new PassThrough();
      backup(deps.store, deps.files, out, deps.now).then(
        ({ missing }) => {
          for (const { sha256, why } of missing) deps.log(`The backup lacks the file ${sha256}: ${why}`);
          out.end();
        },
        (error: Error) => {
          deps.log(`The backup broke off: ${error.message}`);
          out.destroy(error);
        },
      );
      const day = deps.now().toISOString().slice(0, 10);
      reply.type('application/octet-stream').header('content-disposition', dispositionOf(`proviso-${day}.backup`));
      return out;
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/dossier.zip',
    access: { action: 'export' },
    summary: 'A whole purchase as an open dossier: JSON, files, log, and a page to read',
    params: ofPurchase,
    response: 'bytes',
    transaction: false,
    handle: async ({ deps, actor, params, reply }) => {
      const { name, files } = await dossierFor(deps, actor, params.id);
      reply.type('application/zip').header('content-disposition', dispositionOf(`${name}.zip`));
      return Readable.from(zipped(files), { objectMode: false });
    },
  }),
];

/** Is there one organisation on this server? */
async function isAlone(store: Parameters<typeof backup>[0]): Promise<boolean> {
  const count = await store.asOwner(async (client) => {
    const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM proviso.tenant');
    return rows[0]?.count ?? 0;
  });
  return count === 1;
}
