import { z } from 'zod';
import { command } from '../command.ts';
import { day, id, sha256 } from '../fields.ts';
import { mayProbe, PROBE_EVERY } from '../probing.ts';
import type { State } from '../purchase/purchase.ts';
import { refuse } from '../refusal.ts';
import { dayIn } from '../time/deadline.ts';

/** From publication on, also while the contract runs. */
const PUBLISHED: readonly State[] = ['published', 'closed', 'opened', 'evaluated', 'awarded', 'contracted'];
const OPENED: readonly State[] = ['opened', 'evaluated', 'awarded', 'contracted'];
/** A failing check is accepted for a year at most: then somebody looks again. */
const LONGEST_DAYS = 366;
const DAY = 86_400_000;

/**
 * What is looked at from outside at a supplier's service. Names, texts and results are rows beside the purchase; here stands who may do what and
 * when, and what the log keeps of it.
 */
export const probingCommands = {
  /** `hash` is of all that was agreed to, `text` of the words that were signed. */
  'probe.consent': command({
    input: z.strictObject({ consent: id, hash: sha256, text: sha256 }),
    states: PUBLISHED,
    action: 'probe.consent',
    rowsOnly: true,
    decide(purchase, { consent, hash, text }, { by }) {
      if (!by.supplier) return refuse('not-permitted');
      if (purchase.invited && !purchase.invited.includes(by.supplier)) return refuse('not-invited');
      return { events: [{ type: 'probe.consented', ids: { consent, supplier: by.supplier }, hashes: [hash, text] }] };
    },
  }),
  'probe.withdraw': command({
    input: z.strictObject({ consent: id }),
    states: PUBLISHED,
    action: 'probe.consent',
    rowsOnly: true,
    decide(_, { consent }, { by }) {
      if (!by.supplier) return refuse('not-permitted');
      return { events: [{ type: 'probe.withdrawn', ids: { consent, supplier: by.supplier } }] };
    },
  }),
  /** By what and how often is probed; null: as the organisation has it. */
  'probe.plan': command({
    input: z.strictObject({
      profile: z
        .string()
        .regex(/^[a-z0-9.-]{1,60}$/)
        .nullable(),
      every: z.enum(PROBE_EVERY).nullable(),
    }),
    states: ['drafted', 'specified', ...PUBLISHED],
    action: 'probe.plan',
    rowsOnly: true,
    decide: (_, { profile, every }) => ({
      events: [{ type: 'probe.planned', ids: { profile: profile ?? '', every: every ?? '' } }],
    }),
  }),
  'probe.start': command({
    input: z.strictObject({ supplier: id, consent: id, round: id }),
    states: OPENED,
    action: 'probe.run',
    rowsOnly: true,
    decide(purchase, input, { by }) {
      const refused = mayProbe(purchase, by, input.supplier);
      return refused ?? { events: [{ type: 'probe.started', ids: input }] };
    },
  }),
  /** What was seen of one name is kept: `bundle` is of its proof. */
  'probe.keep': command({
    input: z.strictObject({ supplier: id, consent: id, run: id, bundle: sha256 }),
    states: OPENED,
    action: 'probe.run',
    rowsOnly: true,
    decide(purchase, { bundle, ...ids }, { by }) {
      if (!by.roles.includes('system')) return refuse('not-permitted', { action: 'probe.run' });
      return mayProbe(purchase, by, ids.supplier) ?? { events: [{ type: 'probe.kept', ids, hashes: [bundle] }] };
    },
  }),
  /** A failing check of a name is accepted to the end of a day; `hash` is of the reason. */
  'probe.waive': command({
    input: z.strictObject({ supplier: id, waiver: id, until: day, hash: sha256 }),
    states: OPENED,
    action: 'probe.waive',
    rowsOnly: true,
    decide(purchase, { hash, ...input }, { by, at }) {
      const refused = mayProbe(purchase, by, input.supplier);
      if (refused) return refused;
      const today = dayIn(at, purchase.description.zone);
      const latest = new Date(Date.parse(today) + LONGEST_DAYS * DAY).toISOString().slice(0, 10);
      if (input.until < today || input.until > latest) return refuse('waiver-day', { today, latest }, 'until');
      return { events: [{ type: 'probe.waived', ids: input, hashes: [hash] }] };
    },
  }),
  'probe.unwaive': command({
    input: z.strictObject({ supplier: id, waiver: id }),
    states: OPENED,
    action: 'probe.waive',
    rowsOnly: true,
    decide(purchase, ids, { by }) {
      return mayProbe(purchase, by, ids.supplier) ?? { events: [{ type: 'probe.unwaived', ids }] };
    },
  }),
};
