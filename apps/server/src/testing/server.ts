import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalogue } from '@proviso/catalogue';
import { createReceiptKey } from '@proviso/sealing';
import {
  diskFiles,
  type FileStore,
  insertMember,
  insertTenant,
  type Jobs,
  type QueueName,
  withTenant,
} from '@proviso/store';
import { type TestDatabase, tryDatabase } from '@proviso/store/testing/database';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { createApp } from '../app.ts';
import { type AppConfig, LIMITS } from '../config.ts';
import { PEOPLE_ROLES } from '../http/access.ts';
import type { Deps } from '../http/deps.ts';
import type { Actor, Route } from '../http/route.ts';

/** Who signs a request: a person by name, or their account's id; null: nobody. */
export type Who = string | null;

export interface TestServer {
  app: FastifyInstance;
  base: TestDatabase;
  deps: Deps;
  /** The tenant of `people`; `other` is another, with an owner called `other`. */
  tenant: string;
  other: string;
  /** Ids of people: `owner`, `buyer`, `security`, `legal`, `evaluator`, `evaluator2`, `opener`, `opener2`, `auditor`, and `other`. */
  people: Record<string, string>;
  /** For another server on the same database. */
  planted: Planted;
  /** What was left to workers, in order; none runs. */
  sent: { queue: QueueName; data: unknown; at: Date | null }[];
  /** What the server wrote down. */
  lines: string[];
  /** Moves the clock. */
  setClock(at: string): void;
  /** An address in the tenant: `at('/purchases')`. */
  at(path: string): string;
  /** A request by one of `people`; `payload` is JSON. */
  ask(
    who: Who,
    method: InjectOptions['method'] & string,
    url: string,
    payload?: unknown,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
  /** One of `people` as routes see them. */
  actor(who: string): Actor;
  close(): Promise<void>;
}

/** Names the person who asks; only this server knows it. */
const WHO = 'x-test-account';

/** Where a test's server stands, when not on an empty database of its own. */
export interface Ground {
  base: TestDatabase;
  files: FileStore;
  receiptKey: Deps['receiptKey'];
  clock: Date;
  /** Tenants and people that are there already, of an earlier server. */
  planted?: Planted;
}

/** A server with two tenants and people of every role, its clock at 5 January 2026, 09:00 UTC, a Monday. */
export async function tryServer(
  change: Partial<AppConfig> = {},
  more: readonly Route[] = [],
  ground?: Ground,
): Promise<TestServer> {
  const base = ground?.base ?? (await tryDatabase());
  const folder = await mkdtemp(join(tmpdir(), 'proviso-server-'));
  const sent: TestServer['sent'] = [];
  const lines: string[] = [];
  let clock = ground?.clock ?? new Date('2026-01-05T09:00:00Z');
  const deps: Deps = {
    store: base.store,
    files: ground?.files ?? diskFiles(folder),
    jobs: noJobs(sent),
    catalogue: loadCatalogue(),
    now: () => clock,
    baseUrl: 'http://proviso.test',
    receiptKey: ground?.receiptKey ?? (await createReceiptKey()),
    log: (line) => lines.push(line),
    pages: change.pages ?? null,
  };
  const planted = ground?.planted ?? (await plant(base));
  const { tenant, other, people, roles } = planted;
  const config: AppConfig = {
    version: '0.0.0',
    example: false,
    probes: true,
    pages: null,
    limits: { ...LIMITS, signIn: 100_000, link: 100_000 },
    trustProxy: false,
    signIn: {
      accountOf: async ({ headers: { [WHO]: account } }) =>
        typeof account === 'string' && account !== ''
          ? { id: account, email: `${account}@example.org`, name: account, twoFactor: false }
          : null,
      signOn: false,
      handler: null,
      hash: async (password) => `hash of ${password}`,
      verify: async (password, hash) => hash === `hash of ${password}`,
    },
    ...change,
  };
  const app = await createApp(deps, config, more);
  return {
    app,
    base,
    deps,
    tenant,
    other,
    people,
    planted,
    sent,
    lines,
    setClock: (at) => {
      clock = new Date(at);
    },
    at: (path) => `/api/t/${tenant}${path}`,
    ask: (who, method, url, payload, headers = {}) =>
      app.inject({
        method: method as 'GET',
        url,
        headers: { ...(who === null ? {} : { [WHO]: `account-${who}` }), ...headers },
        ...(payload === undefined ? {} : { payload: payload as object }),
      }),
    actor: (who) => ({ tenant, id: people[who] ?? '', roles: roles[who] ?? [], scopes: null, language: 'en' }),
    close: async () => {
      await app.close();
      await base.drop();
      await rm(folder, { recursive: true });
    },
  };
}

export interface Planted {
  tenant: string;
  other: string;
  people: Record<string, string>;
  roles: Record<string, string[]>;
}

async function plant({ store: { db } }: TestDatabase): Promise<Planted> {
  const [tenant, other] = [randomUUID(), randomUUID()];
  const roles: Record<string, string[]> = Object.fromEntries(PEOPLE_ROLES.map((role) => [role, [role]]));
  Object.assign(roles, { evaluator2: ['evaluator'], opener2: ['opener'] });
  const people: Record<string, string> = {};
  const add = async (where: string, list: [string, string[]][]): Promise<void> =>
    await withTenant(db, where, async (trx) => {
      await insertTenant(trx, where === tenant ? 'Town of Aarlen' : 'Elsewhere');
      for (const [name, own] of list) {
        const id = randomUUID();
        people[name] = id;
        const account = `account-${name}`;
        await insertMember(trx, { id, account, email: `${name}@example.org`, name: `Person ${name}`, roles: own });
      }
    });
  await add(tenant, Object.entries(roles));
  await add(other, [['other', [...PEOPLE_ROLES]]]);
  return { tenant, other, people, roles };
}

function noJobs(sent: TestServer['sent']): Jobs {
  return {
    send: async (queue, data, { at } = {}) => {
      sent.push({ queue, data, at: at ?? null });
      return true;
    },
    startWorkers: async () => {},
    redrive: async () => 0,
    count: async () => ({ waiting: 0, active: 0, dead: 0 }),
    close: async () => {},
  };
}
