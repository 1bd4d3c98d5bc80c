import { randomBytes, randomUUID } from 'node:crypto';
import {
  appendLog,
  getSupplier,
  insertInvitation,
  insertSupplier,
  listInvitations,
  listSuppliers,
  lockPurchase,
  revokeInvitation,
  supplierHistory,
  type TenantScope,
} from '@proviso/store';
import { z } from 'zod';
import { invitation, newInvitation, newSupplier, supplier, supplierView } from '../contract/offering.ts';
import { uuid } from '../contract/wire.ts';
import { tokenHash } from '../http/access.ts';
import { HttpProblem } from '../http/problem.ts';
import { type Actor, type Route, route } from '../http/route.ts';
import { inviteLetter } from '../messages/invite-letter.ts';
import { buyerOf } from '../messages/tenant.ts';
import { logActor } from '../purchases/actors.ts';
import { documentOf } from '../purchases/rows.ts';

const DAY = 86_400_000;
const tenant = z.object({ tenant: uuid });
const one = z.object({ tenant: uuid, id: uuid });

/** Suppliers, and the links by which they come to a purchase. */
export const routes: Route[] = [
  route({
    method: 'GET',
    url: '/api/t/:tenant/suppliers',
    access: { action: 'supplier.read' },
    summary: 'All suppliers, by name',
    params: tenant,
    response: z.array(supplier),
    handle: async ({ trx }) => await listSuppliers(trx),
  }),
  route({
    method: 'POST',
    url: '/api/t/:tenant/suppliers',
    access: { action: 'supplier.write' },
    summary: 'Adds a supplier',
    params: tenant,
    body: newSupplier,
    response: supplier,
    example: { name: 'Acme Portals', email: 'bids@acme.example', country: 'NL' },
    handle: async ({ trx, actor, body, reply }) => {
      const made = { ...body, id: randomUUID() };
      await insertSupplier(trx, made);
      await appendLog(trx, {
        actor: logActor(actor),
        action: 'supplier.added',
        subject: { type: 'supplier', id: made.id },
      });
      reply.code(201);
      return made;
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/suppliers/:id',
    access: { action: 'supplier.read' },
    summary: 'A supplier, and the purchases it was invited to',
    params: one,
    response: supplierView,
    handle: async ({ trx, params }) => {
      const found = await getSupplier(trx, params.id);
      if (!found) throw new HttpProblem(404, 'not-found');
      const history = await supplierHistory(trx, params.id);
      return { supplier: found, history: history.map((row) => ({ ...row, invited: row.invited.toISOString() })) };
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/invitations',
    access: { action: 'supplier.read' },
    summary: 'Links that were made for suppliers, without the links themselves',
    params: one,
    response: z.array(invitation),
    handle: async ({ trx, params }) => (await listInvitations(trx, params.id)).map(shown),
  }),
  route({
    method: 'POST',
    url: '/api/t/:tenant/purchases/:id/invitations',
    access: { action: 'invitation.manage' },
    summary:
      'Makes a link for a supplier. It is in the answer once, and in the letter to the supplier. A second one takes the place of the first, or is refused',
    params: one,
    body: newInvitation,
    response: invitation.extend({ link: z.string() }),
    example: { supplier: '6f0c2f0e-6f0d-4b8e-9f0a-0d6a8f2f3a11', days: 60 },
    handle: async ({ trx, deps, params, body, actor, reply }) => {
      // Held, so that of two who invite at once the second sees the first's link.
      const row = await lockPurchase(trx, params.id);
      if (!row) throw new HttpProblem(404, 'not-found');
      if (row.state === 'ended' || row.state === 'stopped')
        throw new HttpProblem(422, 'wrong-state', { values: { state: row.state } });
      const invited = await getSupplier(trx, body.supplier);
      if (!invited) throw new HttpProblem(422, 'unknown', { where: 'supplier', values: { id: body.supplier } });
      // 32 random bytes; only their hash is kept.
      const token = randomBytes(32).toString('base64url');
      const created = deps.now();
      const working = (await listInvitations(trx, params.id)).filter(
        (one) => one.supplier === invited.id && one.revoked === null && one.expires > created,
      );
      if (working.length > 0 && !body.replace)
        throw new HttpProblem(409, 'already-invited', { where: 'supplier', values: { name: invited.name } });
      for (const { id: old } of working) await endLink(trx, actor, old, created);
      const expires = new Date(created.getTime() + body.days * DAY);
      const id = randomUUID();
      await insertInvitation(trx, {
        id,
        purchase: params.id,
        supplier: invited.id,
        tokenHash: tokenHash(token),
        created,
        expires,
      });
      const link = `${deps.baseUrl}/offer#${token}`;
      await inviteLetter(trx, deps, documentOf(row), { supplier: invited, buyer: await buyerOf(trx), link, expires });
      await appendLog(trx, {
        actor: logActor(actor),
        action: 'invitation.made',
        subject: { type: 'invitation', id },
        content: { purchase: params.id, supplier: invited.id, expires: expires.toISOString() },
      });
      reply.code(201);
      return {
        id,
        supplier: invited.id,
        name: invited.name,
        created: created.toISOString(),
        expires: expires.toISOString(),
        revoked: null,
        lastUsed: null,
        link,
      };
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/t/:tenant/purchases/:id/invitations/:invitation',
    access: { action: 'invitation.manage' },
    summary: 'Ends a link. What was handed in by it stays',
    params: one.extend({ invitation: uuid }),
    handle: async ({ trx, deps, params, actor }) => {
      const known = (await listInvitations(trx, params.id)).some(({ id }) => id === params.invitation);
      if (!known) throw new HttpProblem(404, 'not-found');
      await endLink(trx, actor, params.invitation, deps.now());
    },
  }),
];

async function endLink(trx: TenantScope, actor: Actor, id: string, at: Date): Promise<void> {
  await revokeInvitation(trx, id, at);
  await appendLog(trx, { actor: logActor(actor), action: 'invitation.revoked', subject: { type: 'invitation', id } });
}

function shown(row: Awaited<ReturnType<typeof listInvitations>>[number]): z.infer<typeof invitation> {
  const { id, supplier: whose, supplierName, created, expires, revoked, lastUsed } = row;
  return {
    id,
    supplier: whose,
    name: supplierName,
    created: created.toISOString(),
    expires: expires.toISOString(),
    revoked: revoked?.toISOString() ?? null,
    lastUsed: lastUsed?.toISOString() ?? null,
  };
}
