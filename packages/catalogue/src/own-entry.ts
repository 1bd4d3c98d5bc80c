import { z } from 'zod';
import { EVIDENCE_TYPES, LANGUAGES, LEVELS } from './scales.ts';
import { choice, id, parameter } from './schema.ts';

/** Characters that a text may have, by what it is for: what stands in a table is short, a clause is not. */
export const LONGEST = { title: 150, short: 300, sentence: 800, clause: 4000 } as const;
/** Ids end in two digits. */
export const MOST_OWN = 99;
const MOST_PARTS = 8;

/** What is wrong with a text or a part of an own requirement; pages say it in the reader's language. */
export type OwnFaultCode =
  | 'missing'
  | 'too-long'
  | 'markup'
  | 'characters'
  | 'count'
  | 'no-such-risk'
  | 'no-such-type'
  | 'wrong';

const says = (code: OwnFaultCode) => ({ params: { code }, error: code });

/** One line of plain words. What looks like markup is refused and not stripped: who wrote it would miss it in the contract. */
const words = (most: number) =>
  z
    .string()
    .trim()
    .min(1, says('missing'))
    .max(most, says('too-long'))
    .refine((text) => !/<[a-z!/?]/i.test(text), says('markup'))
    .refine((text) => !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(text) && text.isWellFormed(), says('characters'));

/** As phrases of the catalogue: a few parts, each of them a word to look for and not a sign that stands in every clause. */
const phrase = words(LONGEST.short).refine((text) => {
  const parts = text.split('&').map((part) => part.split('|'));
  return parts.length <= MOST_PARTS && parts.flat().every((one) => /[\p{L}\p{N}]{2}/u.test(one));
}, says('wrong'));

/** All that is said in one language. Lists stand in the order of `question.choices` and `evidence`. */
const spoken = z.strictObject({
  title: words(LONGEST.title).refine((text) => /[\p{L}\p{N}]{2}/u.test(text), says('missing')),
  sentences: z.array(words(LONGEST.sentence)).min(1).max(3).describe('What is demanded: one, or one for each level'),
  why: words(LONGEST.sentence),
  question: words(LONGEST.sentence),
  choices: z.array(words(LONGEST.short)).max(10),
  measure: words(LONGEST.short).nullable().describe('What the number is called, where a number is asked for'),
  evidence: z.array(words(LONGEST.short)).min(1).max(5),
  clause: words(LONGEST.clause),
  remedy: words(LONGEST.clause).nullable(),
  acceptance: words(LONGEST.clause).nullable(),
  exit: words(LONGEST.clause).nullable(),
  phrases: z.array(phrase).max(10).describe('Words by which a clause of a draft shows that it asks for this'),
});
export type Spoken = z.infer<typeof spoken>;

const shape = parameter.shape;

/** A requirement as people of an organisation write it. */
export const ownEntry = z
  .strictObject({
    language: z.enum(LANGUAGES).describe('It is written in this one; its words stand in where others are missing'),
    asked: z
      .union([z.enum(['always', 'by-hand']), z.array(id).min(1).max(100)])
      .describe('In every purchase, only where somebody adds it, or in purchases of these types'),
    applies: z
      .array(z.enum(['product', 'service']))
      .min(1)
      .max(2),
    risks: z
      .array(z.string().max(20))
      .min(1, says('missing'))
      .max(100)
      .describe('Risks of the catalogue that it answers'),
    graded: z.boolean().describe('A sentence for each level, and not one for all'),
    knockout: z.boolean(),
    burden: z.number().int().min(1).max(3),
    question: z.discriminatedUnion('answer', [
      z.strictObject({ answer: z.literal('choice'), choices: z.array(choice.shape.meets).min(2).max(10) }),
      z.strictObject({
        answer: z.literal('number'),
        unit: shape.unit,
        better: z.enum(['higher', 'lower']),
        range: shape.range,
        values: shape.values,
      }),
      ...(['yes-no', 'date', 'text'] as const).map((answer) => z.strictObject({ answer: z.literal(answer) })),
    ]),
    evidence: z.array(z.enum(EVIDENCE_TYPES)).min(1).max(5),
    words: z.strictObject({
      en: spoken.optional(),
      fr: spoken.optional(),
      nl: spoken.optional(),
      de: spoken.optional(),
    }),
  })
  .superRefine((entry, context) => {
    const refuse = (path: (string | number)[], code: OwnFaultCode): void =>
      context.addIssue({ code: 'custom', path, message: code, params: { code } });
    const { language, graded, question, evidence } = entry;
    if (!entry.words[language]) refuse(['words', language], 'missing');
    for (const one of LANGUAGES) {
      const said = entry.words[one];
      if (!said) continue;
      const counts: [keyof Spoken, number][] = [
        ['sentences', graded ? LEVELS.length : 1],
        ['choices', question.answer === 'choice' ? question.choices.length : 0],
        ['evidence', evidence.length],
      ];
      for (const [part, count] of counts) if (said[part]?.length !== count) refuse(['words', one, part], 'count');
      // A clause that has a remedy in one language has it in all.
      for (const part of ['remedy', 'acceptance', 'exit'] as const)
        if ((said[part] === null) !== (entry.words[language]?.[part] === null))
          refuse(['words', said[part] === null ? one : language, part], 'missing');
      if ((said.measure === null) === (question.answer === 'number'))
        refuse(['words', one, 'measure'], said.measure === null ? 'missing' : 'wrong');
    }
  });
export type OwnEntry = z.infer<typeof ownEntry>;
