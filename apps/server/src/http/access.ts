import { createHash } from 'node:crypto';
import { ACTIONS, type Action, may, ROLES } from '@proviso/procurement';
import {
  findApiKey,
  findInvitation,
  getInvitation,
  getPurchase,
  membershipsOf,
  type TenantScope,
  useApiKey,
  withTenant,
} from '@proviso/store';
import type { FastifyRequest } from 'fastify';
import type { AppConfig } from '../config.ts';
import type { Deps } from './deps.ts';
import { languageOf } from './language.ts';
import { HttpProblem } from './problem.ts';
import type { Access, Actor, LinkActor } from './route.ts';

/** Who was let in, and whose rows they see. */
export interface Admitted {
  actor: Actor | LinkActor | null;
  account: string | null;
  tenant: string | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Another system works with the rights of an owner and a buyer, as far as its key's scopes go. It cannot score, open or approve. */
export const KEY_ROLES: readonly string[] = ['owner', 'buyer'];
/** Only people let people in, or make keys: else a key could make itself more. */
const NEVER: readonly string[] = ['people.manage', 'keys.manage', 'backup.run'];
/** What a key may be used for: the actions of an owner and a buyer that are no person's own. */
export const KEY_SCOPES = ACTIONS.filter((action) => may(KEY_ROLES, action) && !NEVER.includes(action)) as [
  Action,
  ...Action[],
];

/** The hash under which a secret is kept: secrets are random, so that one round does. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/**
 * Lets a request in, or says why not: 401 who has not said who they are, 403 who may not, 404 who has nothing to look for there, 410 for a
 * link that has ended. Asked before anything that was sent is read.
 */
export async function admit(access: Access, request: FastifyRequest, deps: Deps, config: AppConfig): Promise<Admitted> {
  if ('open' in access) return { actor: null, account: null, tenant: null };
  if ('link' in access) {
    const actor = await linkActor(request, deps);
    return { actor, account: null, tenant: actor.tenant };
  }
  const key = /^Bearer (pvo_[\w-]{20,200})$/.exec(request.headers.authorization ?? '')?.[1];
  if (key !== undefined) return await byKey(key, access, request, deps);
  const account = await config.signIn.accountOf(request);
  if (!account) throw new HttpProblem(401, 'sign-in');
  if ('signedIn' in access) return { actor: null, account: account.id, tenant: null };
  const tenant = tenantOf(request);
  const member = (await membershipsOf(deps.store.db, account.id)).find((one) => one.tenant === tenant);
  if (!member) throw new HttpProblem(404, 'not-found');
  const { person: id, roles } = member;
  checkAction(access, roles, null);
  return {
    actor: { tenant, id, roles, scopes: null, language: languageOf(request.headers['accept-language']) },
    account: account.id,
    tenant,
  };
}

/** The tenant in the address. @throws HttpProblem 404 where none can be meant. */
function tenantOf(request: FastifyRequest): string {
  const { tenant } = request.params as { tenant?: string };
  if (tenant === undefined || !UUID.test(tenant)) throw new HttpProblem(404, 'not-found');
  return tenant;
}

function checkAction(access: Access, roles: readonly string[], scopes: readonly string[] | null): void {
  if (!('action' in access)) return;
  if (!may(roles, access.action) || (scopes !== null && !scopes.includes(access.action)))
    throw new HttpProblem(403, 'not-permitted', { values: { action: access.action } });
}

async function byKey(key: string, access: Access, request: FastifyRequest, deps: Deps): Promise<Admitted> {
  const { db } = deps.store;
  const found = await findApiKey(db, tokenHash(key));
  const row = found && (await withTenant(db, found.tenant, (trx) => useApiKey(trx, found.id)));
  if (!row || row.revoked !== null || (row.expires !== null && row.expires <= deps.now()))
    throw new HttpProblem(401, 'bad-key');
  // What is a person's own is not a key's.
  if (!('action' in access)) throw new HttpProblem(403, 'not-for-keys');
  if (tenantOf(request) !== row.tenant) throw new HttpProblem(404, 'not-found');
  checkAction(access, KEY_ROLES, row.scopes);
  const language = languageOf(request.headers['accept-language']);
  return {
    actor: { tenant: row.tenant, id: row.id, roles: KEY_ROLES, scopes: row.scopes, language },
    account: null,
    tenant: row.tenant,
  };
}

async function linkActor(request: FastifyRequest, { store: { db }, now }: Deps): Promise<LinkActor> {
  const token = request.headers['x-proviso-link'];
  if (typeof token !== 'string' || token.length > 500) throw new HttpProblem(401, 'link-missing');
  const found = await findInvitation(db, tokenHash(token));
  if (!found) throw new HttpProblem(404, 'link-unknown');
  return await withTenant(db, found.tenant, async (trx) => {
    const row = await getInvitation(trx, found.id);
    if (!row) throw new HttpProblem(404, 'link-unknown');
    if (row.revoked !== null || row.expires <= now()) throw new HttpProblem(410, 'link-ended');
    await noteUse(trx, row.id, row.lastUsed, now());
    const purchase = await getPurchase(trx, row.purchase);
    if (purchase === undefined || OVER.includes(purchase.state)) throw new HttpProblem(410, 'link-ended');
    return { tenant: found.tenant, invitation: row.id, purchase: row.purchase, supplier: row.supplier };
  });
}

/** Nothing is asked of suppliers any more. */
const OVER: readonly string[] = ['stopped', 'ended'];
const MINUTE = 60_000;

/** Once a minute is enough to know that a link is used. */
async function noteUse(trx: TenantScope, id: string, last: Date | null, at: Date): Promise<void> {
  if (last !== null && at.getTime() - last.getTime() < MINUTE) return;
  await trx.updateTable('invitation').set({ lastUsed: at }).where('id', '=', id).execute();
}

/** Roles a person can be given: not the supplier's, not the clock's. */
export const PEOPLE_ROLES: readonly string[] = ROLES.filter((role) => role !== 'supplier' && role !== 'system');
