import { z } from 'zod';
import { amount, id, instant, note, reason, requirementId, sha256, short, words } from '../fields.ts';
import { deadline } from '../time/deadline.ts';

const made = { by: id, at: instant };

/** Both parts with the most files that a part is sealed with (500 each), and room to spare. */
export const hashes = z.array(sha256).min(1).max(1100);

/** What an opened offer holds, as far as decisions need it; the answers themselves are kept beside the purchase. */
export const contents = z.strictObject({
  /** SHA-256 of the opened answers. */
  hash: sha256,
  unanswered: z.array(requirementId).max(1000),
  /** Requirements that the supplier says do not apply. */
  notApplicable: z.array(requirementId).max(1000),
  /** Requirements for which it offers something else than is asked, with what. */
  deviations: z.array(z.strictObject({ requirement: requirementId, text: words })).max(1000),
  /** Answers in numbers: what binds where it is better than what is asked. */
  offered: z.array(z.strictObject({ requirement: requirementId, value: z.number() })).max(1000),
});
export type Contents = z.infer<typeof contents>;

export const offer = z.strictObject({
  id,
  lot: id,
  supplier: id,
  invitation: id.nullable(),
  round: z.int().min(1),
  /** Of the sealed bytes, in the order of the parts. */
  hashes,
  bytes: z.int().min(0),
  /** The demand it answers; not the purchase's after a corrigendum that changed it. */
  demand: sha256,
  /** By the server's clock as it stood: what `late` was told by. */
  at: instant,
  /** The purchase's own time, which never runs backwards; another than `at` only where the clock did. */
  recorded: instant,
  late: z.boolean(),
  /** The offer that took its place, or null. */
  replacedBy: id.nullable(),
  withdrawn: instant.nullable(),
  opened: z.strictObject({ at: instant, contents: contents.nullable(), problem: short(0, 60).nullable() }).nullable(),
  price: amount.nullable(),
  /** The supplier agreed in writing to be bound for longer; the last counts. */
  extended: z.array(z.strictObject({ until: deadline, evidence: sha256, ...made })),
});
export type Offer = z.infer<typeof offer>;

export const request = z.strictObject({
  id,
  supplier: id,
  hashes,
  at: instant,
  recorded: instant,
  late: z.boolean(),
  /** `not-selected`: suitable, and not among the best of more than enough. */
  decision: z.strictObject({ verdict: z.enum(['invited', 'unsuitable', 'not-selected']), reason, ...made }).nullable(),
});
export type Request = z.infer<typeof request>;

export const deviation = z.strictObject({
  offer: id,
  requirement: requirementId,
  /** What the supplier offers instead. */
  proposal: words,
  status: z.enum(['proposed', 'accepted', 'countered', 'agreed', 'refused']),
  /** What the buyer would accept instead, once countered. */
  counter: words.nullable(),
  /** Every step: nothing is overwritten. */
  steps: z.array(z.strictObject({ status: z.string().max(20), reason: z.string().max(10_000), ...made })),
});
export type Deviation = z.infer<typeof deviation>;

export const question = z.strictObject({
  id,
  supplier: id,
  text: words,
  at: instant,
  /** Asked after the last day for questions: no longer "in good time". */
  late: z.boolean(),
  answer: z
    .strictObject({
      text: words,
      /** The question as shown to all, where its own words would tell who asked. */
      wording: words.nullable(),
      /** Why a late answer called for no later closing. */
      insignificant: reason.nullable(),
      /** The closing it moved. */
      extended: z.strictObject({ from: deadline, to: deadline }).nullable(),
      ...made,
    })
    .nullable(),
});

export const declaration = z.strictObject({
  person: id,
  /** Null: for all lots. */
  lots: z.array(id).max(100).nullable(),
  conflict: z.boolean(),
  note,
  at: instant,
});

export const opening = z.strictObject({
  part: z.enum(['quality', 'price']),
  round: z.int().min(1),
  /** Once more for who comes back after a day. */
  present: z.array(z.strictObject({ person: id, at: instant })),
  done: z
    .strictObject({
      ...made,
      /** `openingHash`: of all that this opener says was found. */
      hash: sha256,
      offers: z.array(z.strictObject({ id, hashes: z.array(sha256) })),
    })
    .nullable(),
  /** Another opener who was there found the same. */
  confirmed: z.strictObject({ hash: sha256, ...made }).nullable(),
  /** What was said before, and corrected since nobody had confirmed it. */
  replaced: z.array(
    z.strictObject({
      ...made,
      hash: sha256,
      offers: z.array(
        z.strictObject({
          id,
          contents: contents.nullable(),
          problem: short(0, 60).nullable(),
          price: amount.nullable(),
        }),
      ),
    }),
  ),
});
export type Opening = z.infer<typeof opening>;
