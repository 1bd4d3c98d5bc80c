import { randomUUID } from 'node:crypto';
import {
  type ApiKeyRow,
  appendLog,
  getOpenerKey,
  insertApiKey,
  listApiKeys,
  putOpenerKey,
  revokeApiKey,
} from '@proviso/store';
import { z } from 'zod';
import { purchaseAtStake } from '../contract/offering.ts';
import { type ApiKey, apiKey, openerKey } from '../contract/people.ts';
import { uuid } from '../contract/wire.ts';
import { KEY_SCOPES, tokenHash } from '../http/access.ts';
import { HttpProblem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { purchasesOpenedBy } from '../opening/able.ts';
import { inTenant } from '../purchases/address.ts';
import { inDays, newToken, notForKeys } from './tokens.ts';

const newKey = z.object({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(KEY_SCOPES)).min(1).max(KEY_SCOPES.length),
  /** Until it ends; null for never. */
  days: z.int().min(1).max(3650).nullable(),
});

export const keyRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/t/:tenant/opener-key',
    access: { member: true },
    summary: "One's own key for opening offers; 404 before one was made",
    params: inTenant,
    response: openerKey,
    handle: async ({ trx, actor }) => {
      const kept = await getOpenerKey(trx, actor.id);
      if (!kept) throw new HttpProblem(404, 'no-opener-key');
      return kept;
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/opener-key/purchases',
    access: { member: true },
    summary: 'Purchases that one can help to open with the key of now: with another, or none, one could not any more',
    params: inTenant,
    response: z.array(purchaseAtStake),
    handle: async ({ trx, actor }) => await purchasesOpenedBy(trx, actor.id),
  }),
  route({
    method: 'PUT',
    url: '/api/t/:tenant/opener-key',
    access: { action: 'offer.open' },
    summary: "Keeps one's own key for opening offers, made in the browser",
    params: inTenant,
    body: openerKey,
    handle: async ({ trx, actor, body }) => {
      notForKeys(actor.scopes);
      await putOpenerKey(trx, actor.id, body);
      await appendLog(trx, {
        actor: `person:${actor.id}`,
        action: 'opener-key.kept',
        subject: { type: 'person', id: actor.id },
        content: { fingerprint: body.fingerprint },
      });
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/api-keys',
    access: { action: 'keys.manage' },
    summary: 'Keys with which other systems come in',
    params: inTenant,
    response: z.array(apiKey),
    handle: async ({ trx }) => (await listApiKeys(trx)).map(shown),
  }),
  route({
    method: 'POST',
    url: '/api/t/:tenant/api-keys',
    access: { action: 'keys.manage' },
    summary: 'A new key; it is in this answer, once',
    params: inTenant,
    body: newKey,
    example: { name: 'Contract register', scopes: ['purchase.read', 'award.read'], days: 365 },
    response: apiKey.extend({ key: z.string() }),
    handle: async ({ trx, deps, actor, body, reply }) => {
      notForKeys(actor.scopes);
      const key = `pvo_${newToken()}`;
      const now = deps.now();
      const made = {
        id: randomUUID(),
        name: body.name,
        scopes: [...new Set<string>(body.scopes)],
        created: now,
        expires: body.days === null ? null : inDays(now, body.days),
      };
      await insertApiKey(trx, { ...made, hash: tokenHash(key) });
      await appendLog(trx, {
        actor: `person:${actor.id}`,
        action: 'api-key.made',
        subject: { type: 'api-key', id: made.id },
        content: { scopes: made.scopes },
      });
      reply.code(201);
      return { ...shown({ ...made, lastUsed: null }), key };
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/t/:tenant/api-keys/:id',
    access: { action: 'keys.manage' },
    summary: 'Ends a key',
    params: inTenant.extend({ id: uuid }),
    handle: async ({ trx, deps, actor, params: { id } }) => {
      notForKeys(actor.scopes);
      if (!(await revokeApiKey(trx, id, deps.now()))) throw new HttpProblem(404, 'not-found');
      await appendLog(trx, { actor: `person:${actor.id}`, action: 'api-key.ended', subject: { type: 'api-key', id } });
    },
  }),
];

function shown({ id, name, scopes, created, expires, lastUsed }: Omit<ApiKeyRow, 'tenant' | 'revoked'>): ApiKey {
  return {
    id,
    name,
    scopes,
    created: created.toISOString(),
    expires: expires?.toISOString() ?? null,
    lastUsed: lastUsed?.toISOString() ?? null,
  };
}
