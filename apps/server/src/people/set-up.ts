import { randomUUID } from 'node:crypto';
import {
  accountByEmail,
  appendLog,
  findJoinLink,
  insertAccount,
  insertMember,
  insertTenant,
  isSetUp,
  keepSetUpToken,
  lockJoinLink,
  type TenantScope,
  takeSetUpToken,
  takeUpMembership,
  withTenant,
} from '@proviso/store';
import { z } from 'zod';
import type { SignIn } from '../config.ts';
import { setUp } from '../contract/people.ts';
import { uuid } from '../contract/wire.ts';
import { tokenHash } from '../http/access.ts';
import type { Deps } from '../http/deps.ts';
import { languageOf } from '../http/language.ts';
import { HttpProblem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { keepFirstDefaults } from '../purchases/settings.ts';
import { inDays, LINK_DAYS, newToken } from './tokens.ts';

/** A link with which the workbench can be set up once; null where it is. A link made before ends. */
export async function setUpLink({
  store,
  baseUrl,
  now,
}: Pick<Deps, 'store' | 'baseUrl' | 'now'>): Promise<string | null> {
  if (await isSetUp(store.db)) return null;
  const token = newToken();
  await keepSetUpToken(store.db, tokenHash(token).toString('hex'), inDays(now(), LINK_DAYS));
  return `${baseUrl}/set-up#${token}`;
}

const joined = z.object({ tenant: uuid });
const TOKEN = z.string().min(1).max(200);
const joinBody = z.object({
  token: TOKEN,
  name: z.string().trim().min(1).max(200),
  /** Of the account that is made; or of the one that this address has, which so shows that it is theirs. */
  password: z.string().min(12).max(200),
});

export const setUpRoutes: readonly Route[] = [
  route({
    method: 'POST',
    url: '/api/set-up',
    access: { open: 'Takes the token that the first start prints, once.' },
    summary: 'Founds the organisation with its first owner',
    body: setUp,
    example: {
      token: '…',
      organisation: 'Town of Aarlen',
      name: 'Olga Owner',
      email: 'olga@example.org',
      password: 'a long sentence',
    },
    response: joined,
    handle: async ({ deps, body, request, reply }) => {
      const { signIn } = request.server.proviso;
      const tenant = randomUUID();
      await withTenant(deps.store.db, tenant, async (trx) => {
        const taken = await takeSetUpToken(trx, tokenHash(body.token).toString('hex'), deps.now());
        if (taken !== 'taken') throw new HttpProblem(taken === 'unknown' ? 404 : 410, `set-up-${taken}`);
        const account = await accountFor(trx, signIn, body);
        const person = randomUUID();
        await insertTenant(trx, body.organisation);
        await keepFirstDefaults(trx, languageOf(request.headers['accept-language']));
        await insertMember(trx, { id: person, account, email: body.email, name: body.name, roles: ['owner', 'buyer'] });
        await appendLog(trx, {
          actor: `person:${person}`,
          action: 'tenant.founded',
          subject: { type: 'tenant', id: tenant },
          content: { organisation: body.organisation },
        });
      });
      reply.code(201);
      return { tenant };
    },
  }),
  route({
    method: 'GET',
    url: '/api/join',
    access: { open: 'Says to whom a link belongs; who has it was sent it.' },
    summary: 'Whom an invitation is for; its token is in the header x-proviso-join',
    response: z.object({ email: z.string(), name: z.string(), organisation: z.string(), account: z.boolean() }),
    handle: async ({ deps, request }) => {
      const token = request.headers['x-proviso-join'];
      return await withLink(deps, typeof token === 'string' ? token : '', async (trx, _, link) => {
        const { name } = await trx.selectFrom('tenant').select('name').executeTakeFirstOrThrow();
        const known = await accountByEmail(trx, link.email);
        return { email: link.email, name: link.name, organisation: name, account: known !== undefined };
      });
    },
  }),
  route({
    method: 'POST',
    url: '/api/join',
    access: { open: 'Takes the token of an invitation, once.' },
    summary: 'Takes an invitation up, with a new account or the one that its address has',
    body: joinBody,
    example: { token: '…', name: 'Bram Buyer', password: 'a long sentence' },
    response: joined,
    handle: async ({ deps, body, request }) => {
      const { signIn } = request.server.proviso;
      return await withLink(deps, body.token, async (trx, { tenant, person }, { email }) => {
        const account = await accountFor(trx, signIn, { ...body, email });
        await takeUpMembership(trx, person, account, deps.now());
        await trx.updateTable('person').set({ name: body.name }).where('id', '=', person).execute();
        await appendLog(trx, {
          actor: `person:${person}`,
          action: 'person.joined',
          subject: { type: 'person', id: person },
        });
        return { tenant };
      });
    },
  }),
];

/** @throws HttpProblem 404 for an unknown link, 410 for one that was used or is too old */
async function withLink<Result>(
  { store, now }: Deps,
  token: string,
  work: (
    trx: TenantScope,
    at: { tenant: string; person: string },
    link: { email: string; name: string },
  ) => Promise<Result>,
): Promise<Result> {
  const found = token.length > 200 ? null : await findJoinLink(store.db, tokenHash(token));
  if (!found) throw new HttpProblem(404, 'link-unknown');
  return await withTenant(store.db, found.tenant, async (trx) => {
    const link = await lockJoinLink(trx, found.person);
    if (!link || link.used !== null || link.expires <= now() || link.email === null)
      throw new HttpProblem(410, 'invitation-ended');
    return await work(trx, found, { email: link.email, name: link.name ?? '' });
  });
}

/** The account of an address, made where there is none. @throws HttpProblem 403 where its password is another */
async function accountFor(
  trx: TenantScope,
  signIn: SignIn,
  { email, name, password }: { email: string; name: string; password: string },
): Promise<string> {
  const known = await accountByEmail(trx, email);
  if (!known) return await insertAccount(trx, { email, name, password: await signIn.hash(password) });
  if (known.password === null || !(await signIn.verify(password, known.password)))
    throw new HttpProblem(403, 'account-password', { where: 'body.password' });
  return known.id;
}
