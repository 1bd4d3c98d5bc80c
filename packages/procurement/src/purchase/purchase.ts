import { z } from 'zod';
import { amount, day, id, instant, line, note, reason, requirementId, sha256, short, words } from '../fields.ts';
import { PROCEDURES, SIGNIFICANCE } from '../procedures.ts';
import { deadline } from '../time/deadline.ts';
import { award, contract, dropped, obligation } from './contract.ts';
import { demand } from './demand.ts';
import { evaluation, plan } from './evaluation.ts';
import { declaration, deviation, offer, opening, question, request } from './offers.ts';

export const STATES = [
  'drafted',
  'specified',
  'published',
  'closed',
  'opened',
  'evaluated',
  'awarded',
  'contracted',
  'ended',
  'stopped',
] as const;
export type State = (typeof STATES)[number];

const LANGUAGES = ['en', 'fr', 'nl', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

const made = { by: id, at: instant };

export const lot = z.strictObject({
  id,
  title: line,
  /** Null: the whole demand. */
  requirements: z.array(requirementId).min(1).nullable(),
  /** More than one only where a framework has several parties. */
  winners: z.int().min(1).max(50),
});

export const description = z.strictObject({
  title: line,
  reference: line.nullable(),
  language: z.enum(LANGUAGES),
  country: z.string().regex(/^[A-Z]{2}$/, 'a country as NL'),
  region: short(0, 10).nullable(),
  zone: short(0, 64),
  procedure: z.enum(PROCEDURES),
  /** Are offers handed in electronically? */
  electronic: z.boolean(),
  /** Why the periods are shortened; null where they are not. */
  urgency: reason.nullable(),
  /** Day on which a prior information notice was sent; null for none. */
  priorInformation: day.nullable(),
  contractMonths: z.int().min(1).max(600),
  /** Why a framework runs longer than four years; null where it does not. */
  longTerm: reason.nullable(),
  /** Most that may be called off under a framework, in cents; null for no framework. */
  ceiling: amount.nullable(),
});

export const notice = z.strictObject({
  sent: instant,
  stage: z.enum(['selection', 'tender']),
  /** Where this stage's period runs from: the notice, or the invitation. */
  from: instant,
  questionsUntil: deadline,
  closing: deadline,
  opening: deadline,
  /** Days after the closing during which offers bind. */
  validityDays: z.int().min(1).max(730),
  /** Fingerprints of the keys that offers are sealed to. */
  keys: z.array(z.strictObject({ part: z.enum(['quality', 'price']), fingerprint: short(1, 200) })).max(2),
});
export type Notice = z.infer<typeof notice>;

/** One procurement, from its context to the end of its contract. People and suppliers are ids only. */
export const purchase = z.strictObject({
  schema: z.literal('proviso.purchase/1'),
  id,
  version: z.int().min(1),
  created: instant,
  createdBy: id,
  updated: instant,
  state: z.enum(STATES),
  /** Negotiated: which round of offers this is. */
  round: z.int().min(1),
  description,
  framework: z.strictObject({ purchase: id, parties: z.array(id).min(1) }).nullable(),
  lots: z.array(lot).min(1).max(100),
  cancelled: z.array(z.strictObject({ lot: id, reason, ...made })),
  demand: demand.nullable(),
  /** What was asked in each lot, from publication on and after each corrigendum that changed it: offers to an earlier demand count too. */
  demands: z.array(
    z.strictObject({
      version: z.int().min(1),
      hash: sha256,
      at: instant,
      lots: z.array(z.strictObject({ id, requirements: z.array(requirementId) })),
    }),
  ),
  plan: plan.nullable(),
  openers: z.array(id).max(20),
  /** Holder of the recovery share; helps one opener where the others cannot. */
  recovery: id.nullable(),
  evaluators: z.array(z.strictObject({ person: id, lots: z.array(id).nullable() })).max(50),
  consultations: z.array(
    z.strictObject({
      id,
      until: deadline,
      demand: sha256.nullable(),
      answers: z.array(z.strictObject({ id, supplier: id, hash: sha256, at: instant })),
      outcome: z.strictObject({ summary: words, changed: z.array(requirementId), ...made }).nullable(),
      ...made,
    }),
  ),
  /** When it was last declared ready; approvals given before do not count. */
  specified: z.strictObject({ /** How often it was by then. */ count: z.int().min(1), ...made }).nullable(),
  reopened: z.array(z.strictObject({ reason, ...made })),
  approvals: z.array(
    z.strictObject({
      as: z.enum(['legal', 'security']),
      verdict: z.enum(['approved', 'objected']),
      demand: sha256,
      reason: note,
      /** `specified.count` when it was given. */
      specified: z.int().min(1),
      ...made,
    }),
  ),
  notice: notice.nullable(),
  corrigenda: z.array(
    z.strictObject({
      id,
      significance: z.enum(SIGNIFICANCE),
      reason,
      changed: z.array(
        z.strictObject({ what: z.string().max(80), from: z.string().max(20_000), to: z.string().max(20_000) }),
      ),
      /** Requirements that the demand no longer holds. */
      removed: z.array(requirementId),
      closing: z.strictObject({ from: deadline, to: deadline }).nullable(),
      ...made,
    }),
  ),
  questions: z.array(question),
  requests: z.array(request),
  /** Suppliers that may hand in an offer; null for everybody. */
  invited: z.array(id).nullable(),
  offers: z.array(offer),
  declarations: z.array(declaration),
  openings: z.array(opening),
  deviations: z.array(deviation),
  evaluation,
  /** What was found in earlier rounds of a negotiation. */
  earlier: z.array(z.strictObject({ round: z.int().min(1), notice, evaluation, reason, ...made })),
  awards: z.array(award),
  contracts: z.array(contract),
  obligations: z.array(obligation),
  dropped: z.array(dropped),
  callOffs: z.array(z.strictObject({ purchase: id, lot: id, value: amount, ...made })),
  stopped: z.strictObject({ reason, from: z.enum(STATES), ...made }).nullable(),
  ended: z.strictObject({ reason, ...made }).nullable(),
});
export type Purchase = z.infer<typeof purchase>;
