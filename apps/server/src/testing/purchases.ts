import { fileURLToPath } from 'node:url';
import { readContent } from '@proviso/content';
import { createOpenerIdentity, createPurchaseKeys, type OpenerIdentity } from '@proviso/sealing';
import type { PurchaseView } from '../contract/purchasing.ts';
import { closeDue } from '../purchases/closing.ts';
import type { TestServer } from './server.ts';

const CONTEXT = fileURLToPath(new URL('../../../../examples/contexts/municipal-portal.yaml', import.meta.url));

/** The context of a citizens' portal, fresh each time. */
export const portalContext = (): Record<string, unknown> =>
  structuredClone(readContent(CONTEXT)) as Record<string, unknown>;

export const PLAN = {
  criteria: [
    { id: 'security', kind: 'requirements', weight: 60 },
    { id: 'price', kind: 'price', weight: 40, formula: { kind: 'lowest-ratio' } },
  ],
  tieBreak: ['security', 'draw'],
  notApplicable: [],
  priceApart: true,
} as const;

/** Closes on 16 February 2026 at noon in Brussels, when `tryServer`'s clock began on 5 January. */
export const TIMES = { closing: '2026-02-16T12:00', questionsUntil: '2026-02-02T12:00', opening: '2026-02-16T14:00' };

/** A purchase in a test, with its present version. */
export interface Life {
  id: string;
  view: PurchaseView;
  /** Gives a command; throws where it is refused. */
  gives(who: string, type: string, input?: unknown): Promise<PurchaseView>;
}

const PLACE = { country: 'BE', zone: 'Europe/Brussels' };

/** A new purchase of the buyer's; `about` is what else its description says. */
export async function drafted(server: TestServer, title = 'Citizens’ portal', about: object = {}): Promise<Life> {
  const made = await server.ask('buyer', 'POST', server.at('/purchases'), { title, ...PLACE, ...about });
  if (made.statusCode !== 201) throw new Error(made.body);
  return lifeOf(server, made.json());
}

/** A purchase that is there already, of an earlier server on the same database. */
export async function knownLife(server: TestServer, id: string): Promise<Life> {
  return lifeOf(server, (await server.ask('owner', 'GET', server.at(`/purchases/${id}`))).json());
}

function lifeOf(server: TestServer, view: PurchaseView): Life {
  const life: Life = {
    id: view.purchase.id,
    view,
    async gives(who, type, input = {}) {
      const url = server.at(`/purchases/${life.id}/commands/${type}`);
      const answer = await server.ask(who, 'POST', url, { version: life.view.version, input });
      if (answer.statusCode !== 200) throw new Error(`${type}: ${answer.body}`);
      life.view = answer.json();
      return life.view;
    },
  };
  return life;
}

/** Keeps a demand for it, by the buyer. */
export async function demanded(server: TestServer, life: Life, context = portalContext()): Promise<void> {
  const answer = await server.ask('buyer', 'PUT', server.at(`/purchases/${life.id}/demand`), {
    version: life.view.version,
    context,
  });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  life.view = answer.json();
}

/** A purchase with demand, plan, two openers and two evaluators, approved. */
export async function specified(server: TestServer, title?: string, about?: object): Promise<Life> {
  const life = await drafted(server, title, about);
  const { evaluator, evaluator2, opener, opener2 } = server.people;
  await demanded(server, life);
  await life.gives('buyer', 'plan.set', PLAN);
  await life.gives('buyer', 'openers.name', { openers: [opener, opener2], recovery: null });
  const evaluators = [evaluator, evaluator2].map((person) => ({ person, lots: null }));
  await life.gives('buyer', 'evaluators.name', { evaluators });
  await life.gives('buyer', 'purchase.specify');
  const nod = { verdict: 'approved', demand: life.view.purchase.demand?.hash, reason: '' };
  await life.gives('legal', 'demand.approve', { ...nod, as: 'legal' });
  await life.gives('security', 'demand.approve', { ...nod, as: 'security' });
  return life;
}

/** Openers' own keys: making one takes about a second, so all tests of a process have the same. */
let identities: Promise<OpenerIdentity[]> | undefined;

async function keysFor(server: TestServer, purchase: string) {
  identities ??= Promise.all(['opener', 'opener2'].map((who) => createOpenerIdentity(`passphrase of ${who}`)));
  const own = await identities;
  const openers = ['opener', 'opener2'].map((who, i) => ({
    who,
    id: server.people[who] ?? '',
    key: own[i] as OpenerIdentity,
  }));
  for (const { who, key } of openers) await server.ask(who, 'PUT', server.at('/opener-key'), key);
  return await createPurchaseKeys({
    purchase,
    openers: openers.map(({ id, key }) => ({ id, recipient: key.recipient })),
    recovery: null,
    parts: ['quality', 'price'],
  });
}

/** Makes keys for the next publication or round and hands them to the server, as the buyer's page does; gives what the command names. */
export async function keysMade(server: TestServer, life: Life): Promise<{ part: string; fingerprint: string }[]> {
  const { keys, shares } = await keysFor(server, life.id);
  const sent = shares.map(({ part, holder, recipient, encrypted }) => ({ part, holder, recipient, encrypted }));
  const kept = await server.ask('buyer', 'PUT', server.at(`/purchases/${life.id}/keys`), { keys, shares: sent });
  if (kept.statusCode >= 300) throw new Error(kept.body);
  return keys.parts.map(({ part, fingerprint }) => ({ part, fingerprint }));
}

/** The same, published with keys of two openers: see `TIMES`. */
export async function published(server: TestServer, title?: string, times = TIMES, about: object = {}): Promise<Life> {
  const life = await specified(server, title, about);
  const keys = await keysMade(server, life);
  await life.gives('buyer', 'purchase.publish', { ...times, validityDays: 90, keys });
  return life;
}

/** Its offers ended, and the openers free to begin: what the server does on its own when `TIMES` have come. */
export async function closed(server: TestServer, life: Life): Promise<void> {
  server.setClock('2026-02-16T13:00:00Z');
  await closeDue(server.deps);
  life.view = (await server.ask('owner', 'GET', server.at(`/purchases/${life.id}`))).json();
}
