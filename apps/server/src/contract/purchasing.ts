import type { Demand, DemandFile, OfferForm } from '@proviso/catalogue';
import type { Purchase, Upcoming } from '@proviso/procurement';
import { z } from 'zod';
import { instant, language, uuid } from './wire.ts';

/** GET /api/t/{tenant}/purchases?state=…&q=…&after=… → page of lines, the last changed first. */
export const purchaseLine = z.object({
  id: uuid,
  reference: z.string(),
  title: z.string(),
  state: z.string(),
  procedure: z.string(),
  language: language,
  closing: instant.nullable(),
  version: z.int(),
  updated: instant,
});
export type PurchaseLine = z.infer<typeof purchaseLine>;

/** POST /api/t/{tenant}/purchases → 201 PurchaseView. What is not given is taken from the organisation's settings. */
export const newPurchase = z.object({
  title: z.string().min(1).max(300),
  reference: z.string().min(1).max(100),
  language: language,
  country: z.string().regex(/^[A-Z]{2}$/),
  zone: z.string().max(64),
  procedure: z.enum(['open', 'restricted', 'negotiated', 'framework']),
  contractMonths: z.int().min(1).max(600),
  /** Most that may be called off under a framework, in cents. */
  ceiling: z.int().min(0).nullable().optional(),
});
export type NewPurchase = z.infer<typeof newPurchase>;

/** GET /api/t/{tenant}/purchases/{id} — the purchase as this person may see it. */
export interface PurchaseView {
  purchase: Purchase;
  /** The row's; goes with every command. */
  version: number;
  /** Commands that this person may give in this state, by the table of procurement. Others are shown disabled or not at all. */
  commands: string[];
  /** Actions of the permission table that this person has here. */
  actions: string[];
  upcoming: Upcoming[];
  /** Names of the people and suppliers that the document speaks of by id. */
  names: Record<string, string>;
}

/**
 * POST /api/t/{tenant}/purchases/{id}/commands/{type} {version, input} → PurchaseView with `events`. The inputs are those of
 * `COMMANDS` of procurement; GET /openapi.json has them all. 403 not permitted, 409 version-conflict, 422 a refusal of the decision.
 * `demand.set`, `offers.open` and `price.open` are not given so: the server makes them (see below and `offering`).
 */
export const commandBody = z.object({ version: z.int(), input: z.unknown() });

/** POST /api/t/{tenant}/derive {context, language} — pure preview for the wizard; nothing is kept. 422 with the fields that are wrong. */
export interface Derived {
  demand: Demand;
  /** Titles, sentences and reasons in the language asked for, by requirement and risk id. */
  words: DemandWords;
}
export interface DemandWords {
  requirements: Record<
    string,
    {
      title: string;
      sentence: string;
      why: string;
      question: string;
      check: string | null;
      clause: string;
      reasons: string[];
    }
  >;
  risks: Record<string, { title: string; threat: string }>;
  laws: Record<string, string>;
}

/** PUT /api/t/{tenant}/purchases/{id}/demand {version, context} — derives, keeps the demand file as its next version, gives `demand.set`. */
export const demandBody = z.object({ version: z.int(), context: z.unknown() });

/** GET …/demand?language=…&n=… */
export interface DemandView {
  n: number;
  /** The newest version that is kept: after publication one may be prepared, and stand only with a corrigendum. */
  last: number;
  file: DemandFile;
  form: OfferForm;
  words: DemandWords;
  created: string;
  by: string;
  /** What the newest catalogue, or a change of the organisation's own requirements, would change; null where nothing would. */
  newer: {
    edition: string;
    hash: string;
    added: string[];
    removed: string[];
    changed: string[];
    titles: Record<string, string>;
  } | null;
}

/** GET …/demand/files → what can be downloaded; GET …/demand/files/{name}?language= → the bytes. */
export const demandFiles = z.array(z.object({ name: z.string(), title: z.string(), media: z.string() }));

/** GET …/thread/{requirement}?language= — one requirement's whole life. */
export interface Thread {
  requirement: string;
  title: string;
  steps: {
    kind:
      | 'risk'
      | 'law'
      | 'own'
      | 'requirement'
      | 'question'
      | 'answer'
      | 'proof'
      | 'score'
      | 'clause'
      | 'obligation'
      | 'finding';
    title: string;
    text: string;
    /** Of the offer it is about. */
    offer: string | null;
    at: string | null;
    missing: boolean;
  }[];
}

/** GET, POST {subject, text}, PATCH {resolved} …/comments */
export const comment = z.object({
  id: uuid,
  subject: z.string(),
  author: uuid,
  text: z.string(),
  at: instant,
  resolved: instant.nullable(),
});
export type Comment = z.infer<typeof comment>;

/** GET /api/t/{tenant}/home — what waits for me. */
export const home = z.object({
  /** `count`: how many of the same there are in the purchase by the same moment. */
  waiting: z.array(
    z.object({ purchase: uuid, title: z.string(), what: z.string(), due: instant.nullable(), count: z.int() }),
  ),
  deadlines: z.array(z.object({ purchase: uuid, title: z.string(), kind: z.string(), at: instant, count: z.int() })),
  states: z.record(z.string(), z.int()),
  /** Address of the calendar feed of this person. */
  calendar: z.string(),
});
export type Home = z.infer<typeof home>;

/** GET …/events — server-sent: `changed` {version, by} when somebody has changed the purchase, `job` {id, done} for long work. */
