import { randomUUID } from 'node:crypto';
import {
  appendLog,
  deleteAccount,
  dropKeysOf,
  erasePerson,
  insertMember,
  listOpenerKeys,
  listPeople,
  lockOwners,
  membershipsOf,
  putJoinLink,
  setRoles,
  type TenantScope,
} from '@proviso/store';
import { z } from 'zod';
import { invited, me, newPerson, person, role } from '../contract/people.ts';
import { uuid } from '../contract/wire.ts';
import { tokenHash } from '../http/access.ts';
import { HttpProblem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { purchasesOpenedBy } from '../opening/able.ts';
import { inTenant } from '../purchases/address.ts';
import { inDays, LINK_DAYS, newToken, notForKeys } from './tokens.ts';

const ofPerson = z.object({ tenant: uuid, id: uuid });
const roles = z.array(role).min(1).max(7);

export const peopleRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/me',
    access: { signedIn: true },
    summary: 'Who is signed in, and where they may work',
    response: me,
    handle: async ({ deps, request }) => {
      const account = await request.server.proviso.signIn.accountOf(request);
      if (!account) throw new HttpProblem(401, 'sign-in');
      const memberships = await membershipsOf(deps.store.db, account.id);
      return {
        account,
        memberships: memberships.map(({ tenantName: name, ...one }) => ({ ...one, name })),
        language: null,
      };
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/people',
    access: { action: 'people.read' },
    summary: 'People of the organisation',
    params: inTenant,
    response: z.array(person),
    handle: async ({ trx }) => {
      const openers = new Set((await listOpenerKeys(trx)).map((one) => one.person));
      return (await listPeople(trx)).map(({ id, name, email, roles: own, erasedAt }) => ({
        id,
        name,
        email,
        roles: own ?? [],
        opener: openers.has(id),
        erased: erasedAt !== null,
      }));
    },
  }),
  route({
    method: 'POST',
    url: '/api/t/:tenant/people',
    access: { action: 'people.manage' },
    summary: 'Invites a person; the link is in this answer, once',
    params: inTenant,
    body: newPerson,
    example: { email: 'bram@example.org', name: 'Bram Buyer', roles: ['buyer'] },
    response: invited,
    handle: async ({ trx, deps, actor, body, reply }) => {
      notForKeys(actor.scopes);
      const id = randomUUID();
      await insertMember(trx, { ...body, id, roles: unique(body.roles) });
      const link = await invite(trx, id, deps);
      await appendLog(trx, {
        actor: `person:${actor.id}`,
        action: 'person.invited',
        subject: { type: 'person', id },
        content: { roles: unique(body.roles) },
      });
      reply.code(201);
      return { id, ...link };
    },
  }),
  route({
    method: 'POST',
    url: '/api/t/:tenant/people/:id/link',
    access: { action: 'people.manage' },
    summary: 'A new link for who has not joined yet, or has lost their account; the old one ends',
    params: ofPerson,
    response: invited,
    handle: async ({ trx, deps, actor, params: { id } }) => {
      notForKeys(actor.scopes);
      const found = (await listPeople(trx)).find((one) => one.id === id && one.erasedAt === null && one.roles !== null);
      if (!found) throw new HttpProblem(404, 'not-found');
      // One joins by the address; a made-up person of the worked example has none.
      if (found.email === null) throw new HttpProblem(422, 'no-address');
      const link = await invite(trx, id, deps);
      await appendLog(trx, { actor: `person:${actor.id}`, action: 'person.invited', subject: { type: 'person', id } });
      return { id, ...link };
    },
  }),
  route({
    method: 'PATCH',
    url: '/api/t/:tenant/people/:id',
    access: { action: 'people.manage' },
    summary: 'Gives a person other roles',
    params: ofPerson,
    body: z.object({ roles }),
    handle: async ({ trx, actor, params: { id }, body }) => {
      notForKeys(actor.scopes);
      const owners = await lockOwners(trx);
      if (!body.roles.includes('owner')) keepOneOwner(owners, id);
      if (!(await setRoles(trx, id, unique(body.roles)))) throw new HttpProblem(404, 'not-found');
      await appendLog(trx, {
        actor: `person:${actor.id}`,
        action: 'person.roles',
        subject: { type: 'person', id },
        content: { roles: unique(body.roles) },
      });
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/t/:tenant/people/:id',
    access: { action: 'people.manage' },
    summary: 'Erases a person: name, address and sign-in; what they did stays, under an id that leads to nobody',
    params: ofPerson,
    query: z.object({
      /** Ids, by commas, of the purchases that nobody can open then: who erases says that they are given up. */
      giveUp: z.string().max(20_000).optional(),
    }),
    handle: async ({ trx, actor, params: { id }, query }) => {
      notForKeys(actor.scopes);
      // Locks as well: of two openers who are erased at once, the second is one too many.
      keepOneOwner(await lockOwners(trx), id);
      const held = await keepOpenable(trx, id, query.giveUp?.split(',') ?? []);
      const account = (await listPeople(trx)).find((one) => one.id === id)?.account ?? null;
      await dropKeysOf(trx, id);
      if (!(await erasePerson(trx, id, `person:${actor.id}`))) throw new HttpProblem(404, 'not-found');
      // Where it leads nowhere else, the account is only a name and an address that somebody keeps.
      if (account !== null && (await membershipsOf(trx, account)).length === 0) await deleteAccount(trx, account);
      for (const { id: purchase, left } of held)
        await appendLog(trx, {
          actor: `person:${actor.id}`,
          action: 'opener.erased',
          subject: { type: 'purchase', id: purchase },
          content: { left },
        });
    },
  }),
];

const unique = (list: readonly string[]): string[] => [...new Set(list)];

/** Without an owner nobody could let anybody in. @throws HttpProblem 422 */
function keepOneOwner(owners: readonly string[], leaving: string): void {
  if (owners.length === 1 && owners[0] === leaving) throw new HttpProblem(422, 'last-owner');
}

/**
 * With a person goes their key. What fewer than two could open then stays sealed for good, so that is not done unasked. Gives what they could
 * help to open, to be logged at the end: whoever appends holds up all others that do.
 * @throws HttpProblem 409 `opening-lost` with the purchases that were not given up by name
 */
async function keepOpenable(
  trx: TenantScope,
  leaving: string,
  givenUp: readonly string[],
): Promise<{ id: string; left: number }[]> {
  const held = (await purchasesOpenedBy(trx, leaving, true)).filter(({ published }) => published);
  const lost = held.filter((one) => one.lost && !givenUp.includes(one.id));
  if (lost.length > 0)
    throw new HttpProblem(409, 'opening-lost', {
      values: { titles: lost.map(({ title }) => title).join('; ') },
      purchases: lost,
    });
  return held;
}

async function invite(
  trx: TenantScope,
  personId: string,
  { now, baseUrl }: { now(): Date; baseUrl: string },
): Promise<{ link: string; expires: string }> {
  const token = newToken();
  const expires = inDays(now(), LINK_DAYS);
  await putJoinLink(trx, { person: personId, tokenHash: tokenHash(token), expires });
  return { link: `${baseUrl}/join#${token}`, expires: expires.toISOString() };
}
