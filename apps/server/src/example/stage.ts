import { randomUUID } from 'node:crypto';
import { createPurchase, type Happened, isRefusal, type Purchase } from '@proviso/procurement';
import { createLinkSecret, createPurchaseKeys, fingerprintOf } from '@proviso/sealing';
import { currentTenant, getPurchase, insertPurchase, putOpenerKey, type TenantScope, withTenant } from '@proviso/store';
import type { Deps } from '../http/deps.ts';
import { refused } from '../http/problem.ts';
import type { Actor } from '../http/route.ts';
import { putPurchaseKeys } from '../opening/keys.ts';
import { deciderOf, type Giver } from '../purchases/actors.ts';
import { carryOut, log } from '../purchases/commands.ts';
import { columnsOf, documentOf } from '../purchases/rows.ts';
import { type ExampleLanguage, tell } from './words.ts';

export const PARTS = ['buyer', 'security', 'legal', 'evaluator', 'evaluator2', 'opener', 'opener2'] as const;
export type Part = (typeof PARTS)[number];
/** Who may be played by members of the organisation; openers need keys that only the example has. */
export type Cast = Partial<Record<Exclude<Part, 'opener' | 'opener2'>, string>>;

const DAY = 86_400_000;
/** In place of a protected secret key: nobody signs in as an opener of the example, and protecting one would hold the server up for a second. */
const NO_PASSPHRASE_OPENS_IT = 'example';

/** Where the worked example is played: its people, its clock, and ways to act as one of them. */
export interface Stage {
  deps: Deps;
  tenant: string;
  language: ExampleLanguage;
  people: Record<Part, string>;
  /** Secret keys of the two openers. */
  identities: Record<'opener' | 'opener2', { identity: string; recipient: string }>;
  /** Days from now, negative before: the clock of all that is done from then on. */
  goTo(days: number): void;
  /** Wall time so many days from now, in the example's zone. */
  local(days: number, hour: number): string;
  actor(part: Part): Actor;
  within<R>(work: (trx: TenantScope) => Promise<R>): Promise<R>;
  give(
    as: Part | Giver,
    purchase: string,
    type: string,
    input?: unknown,
  ): Promise<{ purchase: Purchase; events: Happened[] }>;
  read(purchase: string): Promise<{ purchase: Purchase; version: number }>;
}

/**
 * Sets the stage: people of the example where the caller names nobody, keys for its two openers. Letters and jobs of what is played go nowhere: none
 * of it happens now.
 */
export async function stageOf(real: Deps, tenant: string, language: ExampleLanguage, cast: Cast): Promise<Stage> {
  const given: Partial<Record<Part, string>> = cast;
  const today = real.now();
  let clock = today;
  const deps: Deps = { ...real, now: () => clock, jobs: { ...real.jobs, send: async () => true } };
  const within: Stage['within'] = (work) => withTenant(real.store.db, tenant, work);
  const people = Object.fromEntries(PARTS.map((part) => [part, given[part] ?? randomUUID()])) as Record<Part, string>;
  const roleOf = (part: Part): string => part.replace(/2$/, '');
  const identities = { opener: await createLinkSecret(), opener2: await createLinkSecret() };
  await within(async (trx) => {
    for (const part of PARTS) {
      if (given[part] !== undefined) continue;
      const id = people[part];
      // Without an address or a sign-in: nobody can be them, and no letter goes to them.
      const name = tell(`person.${part}`, language);
      await trx.insertInto('person').values({ tenant: currentTenant, id, name }).execute();
      await trx
        .insertInto('membership')
        .values({ tenant: currentTenant, person: id, roles: [roleOf(part)] })
        .execute();
    }
    for (const part of ['opener', 'opener2'] as const) {
      const { recipient } = identities[part];
      const key = { recipient, fingerprint: fingerprintOf(recipient), protectedIdentity: NO_PASSPHRASE_OPENS_IT };
      if (given[part] === undefined) await putOpenerKey(trx, people[part], key);
    }
  });
  const actor = (part: Part): Actor => ({ tenant, id: people[part], roles: [roleOf(part)], scopes: null, language });
  return {
    deps,
    tenant,
    language,
    people,
    identities,
    goTo: (days) => {
      clock = new Date(today.getTime() + days * DAY);
    },
    local: (days, hour) =>
      `${new Date(today.getTime() + days * DAY).toISOString().slice(0, 10)}T${String(hour).padStart(2, '0')}:00`,
    actor,
    within,
    give: async (as, purchase, type, input = {}) => {
      const giver = typeof as === 'string' && as !== 'system' ? actor(as) : as;
      return await within((trx) => carryOut(trx, deps, giver, purchase, null, { type, input }));
    },
    read: (id) =>
      within(async (trx) => {
        const row = await getPurchase(trx, id);
        if (!row) throw new Error('The purchase of the example is gone.');
        return { purchase: documentOf(row), version: row.version };
      }),
  };
}

/** A new purchase of the example, by its buyer; gives its id. */
export async function draft(stage: Stage, title: string, reference: string): Promise<string> {
  const { language, deps } = stage;
  const made = createPurchase(
    {
      id: randomUUID(),
      description: {
        title,
        reference,
        language,
        country: language === 'fr' ? 'FR' : 'NL',
        region: null,
        zone: language === 'fr' ? 'Europe/Paris' : 'Europe/Amsterdam',
        procedure: 'open',
        electronic: true,
        urgency: null,
        priorInformation: null,
        contractMonths: 48,
        longTerm: null,
        ceiling: null,
      },
      lots: null,
    },
    { by: deciderOf(stage.actor('buyer')), at: deps.now().toISOString() },
  );
  if (isRefusal(made)) throw refused(made);
  await stage.within(async (trx) => {
    await insertPurchase(trx, { id: made.purchase.id, ...columnsOf(made.purchase), reference });
    await log(trx, stage.actor('buyer'), made.events);
  });
  return made.purchase.id;
}

/** Keys for the example's openers, as the buyer's browser makes them; gives what the notice names. */
export async function makeKeys(stage: Stage, purchase: string): Promise<{ part: string; fingerprint: string }[]> {
  const openers = (['opener', 'opener2'] as const).map((part) => ({
    id: stage.people[part],
    recipient: stage.identities[part].recipient,
  }));
  const { keys, shares } = await createPurchaseKeys({ purchase, openers, recovery: null, parts: ['quality', 'price'] });
  const body = {
    keys,
    shares: shares.map(({ part, holder, recipient, encrypted }) => ({ part, holder, recipient, encrypted })),
  };
  await stage.within((trx) => putPurchaseKeys(trx, stage.actor('buyer'), purchase, body));
  return keys.parts.map(({ part, fingerprint }) => ({ part, fingerprint }));
}
