/**
 * The one definition of every catalogue file: `z.infer` gives the types, `npm run schemas` writes the JSON Schemas in `schema/`
 * that editors complete and check with. Texts may hold `{parameter-id}` and `{std:REGISTRY ID}`; the latter prints the standard's
 * name and, where the buyer's law asks it, "or equivalent".
 */
import { z } from 'zod';
import {
  ANSWERS,
  CONFIDENCE,
  EVIDENCE_TYPES,
  LANGUAGES,
  LEVELS,
  ORIGINS,
  PHASES,
  RATINGS,
  RELATIONS,
} from './scales.ts';

const line = z.string().trim().min(1);

/** The same words in every language; a missing one refuses the catalogue. */
export const text = z.strictObject({ en: line, fr: line, nl: line, de: line });
export type Text = z.infer<typeof text>;

export const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');

/** Conditions are data. `all` and `any` join, `not` turns round, and any other key compares one fact. */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { [fact: string]: Match | Condition | Condition[] };
export type Match =
  | string
  | number
  | boolean
  | (string | number | boolean)[]
  | { atLeast: string | number }
  | { atMost: string | number };

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const match = z.union([
  scalar,
  z.array(scalar).min(1),
  z.strictObject({ atLeast: z.union([z.string(), z.number()]) }),
  z.strictObject({ atMost: z.union([z.string(), z.number()]) }),
]);
/** A record of facts that must all hold; `all`, `any`, `not` nest. */
export const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(condition).min(1) }),
    z.strictObject({ any: z.array(condition).min(1) }),
    z.strictObject({ not: condition }),
    z.record(z.string().regex(/^(?!(?:all|any|not)$)/), match),
  ]),
) as z.ZodType<Condition>;

const origin = z
  .strictObject({
    kind: z.enum(ORIGINS),
    source: line.describe('What can be opened: a law and article, a guideline and section, a control set and number'),
    confidence: z.enum(CONFIDENCE),
  })
  .describe('Where the entry comes from, and how sure that is');

/** Who has signed a language's text; null means: draft translation. */
const reviewed = z.strictObject({
  en: line.nullable(),
  fr: line.nullable(),
  nl: line.nullable(),
  de: line.nullable(),
});

export const parameter = z.strictObject({
  id,
  label: text,
  unit: z.enum(['hours', 'days', 'weeks', 'months', 'years', 'bits', 'percent', 'minutes', 'count']),
  range: z.tuple([z.number(), z.number()]).describe('Least and greatest value a buyer may set'),
  values: z.strictObject({ basic: z.number(), standard: z.number(), advanced: z.number() }),
});

export const choice = z.strictObject({
  id,
  text,
  meets: z.enum([...LEVELS, 'none', 'not-applicable']).describe('The highest level this answer meets'),
});

const question = z.strictObject({
  text,
  answer: z.enum(ANSWERS),
  choices: z.array(choice).min(2).optional().describe('For answer: choice'),
  unit: line.optional().describe('For answer: number; the id of a parameter whose value is the measure'),
  better: z.enum(['higher', 'lower']).optional().describe('For answer: number'),
});

const crosswalk = z.strictObject({
  source: id.describe('An id of sources.yaml'),
  ref: line.describe('Article, control or section number as printed'),
  relation: z.enum(RELATIONS),
  confidence: z.enum(CONFIDENCE),
});

const phrases = z
  .strictObject({
    en: z.array(line).min(1),
    fr: z.array(line).min(1),
    nl: z.array(line).min(1),
    de: z.array(line).min(1),
  })
  .describe(
    'How a clause of a document shows that it asks for this. `&` joins parts that must all stand in the clause, `|` gives alternatives of a part, a final `*` ends a stem: "encrypt* & transit | traffic".',
  );

/** When an organisation asks for a requirement of its own: in every purchase, in purchases of some types, or where somebody adds it. */
const asked = z.union([z.enum(['always', 'by-hand']), z.array(id).min(1)]);
export type Asked = z.infer<typeof asked>;
const own = z
  .strictObject({
    asked,
    languages: z
      .array(z.enum(LANGUAGES))
      .min(1)
      .describe('Those it was written in; the first stands in for the others'),
    version: z.number().int().min(1),
  })
  .describe('Of an organisation’s own requirement, never of one of the catalogue: its levels are whole sentences');

export const requirement = z.strictObject({
  id: z.string().regex(/^[A-Z]{2,4}-\d{2}$/, 'a domain and two digits, as WEB-01'),
  since: line.describe('Edition of the catalogue in which it first stood'),
  retired: line.optional().describe('Edition in which it was retired; ids are never used again'),
  title: text,
  who: z.enum(['supplier', 'product', 'service']),
  modal: z.enum(['must', 'should']),
  applies: z.array(z.enum(['product', 'service'])).min(1),
  when: condition.optional().describe('Purchases it can apply to; every purchase when absent'),
  phases: z.array(z.enum(PHASES)).min(1),
  burden: z.number().int().min(1).max(3).describe('What it costs to meet and to show: 1 little, 3 much'),
  knockout: z.boolean().describe('May an offer be refused for not meeting it?'),
  origin,
  anchors: z.array(line).describe('Ids of the reference it stands on, as XQ-3.7'),
  standards: z.array(id).describe('Entries of the standards list it asks for'),
  action: text.describe('The verb: encrypt / chiffrer / versleutelen / verschlüsseln'),
  result: text.describe('What the verb acts on'),
  levels: z
    .strictObject({ basic: text, standard: text, advanced: text })
    .describe('The measure: what can be checked, at each level'),
  parameters: z.array(parameter),
  why: text.describe('For an officer: one or two short sentences'),
  question,
  evidence: z.array(z.strictObject({ type: z.enum(EVIDENCE_TYPES), text })).min(1),
  checks: z.array(z.string()).describe('Ids of checks.yaml that can prove it without asking'),
  clause: z.strictObject({ text, remedy: text }),
  acceptance: text.describe('The test before the delivery is accepted'),
  exit: text.nullable().describe('The duty at the end of the contract'),
  crosswalk: z.array(crosswalk),
  phrases,
  reviewed,
  own: own.optional(),
});
export type Requirement = z.infer<typeof requirement>;

export const risk = z.strictObject({
  id: z.string().regex(/^RSK-\d{2}$/),
  since: line,
  retired: line.optional(),
  title: text,
  threat: text.describe('What can happen, to whom, and how; two or three short sentences'),
  origin,
  anchors: z.array(line),
  rootCauses: z
    .array(z.enum(['system-failure', 'human-error', 'malicious-action', 'natural-phenomenon']))
    .min(1)
    .describe('Incident root causes of EU telecom reporting'),
  causes: z.array(id).min(1).describe('Detailed causes: ids of vocabulary.yaml'),
  services: z.array(id).min(1).describe('Core services it touches; ids of vocabulary.yaml'),
  assets: z.array(id).min(1).describe('Asset types it touches; ids of vocabulary.yaml'),
  when: condition.optional(),
  likelihood: z.strictObject({
    prior: z.number().int().min(1).max(5),
    basis: line.describe('The published figure or reasoning behind the prior, with its source'),
    confidence: z.enum(CONFIDENCE),
    factors: z.array(z.strictObject({ when: condition, by: z.number().int().min(-2).max(2), because: text })),
  }),
  impact: z.strictObject({
    base: z.number().int().min(1).max(5),
    factors: z.array(z.strictObject({ when: condition, by: z.number().int().min(-2).max(2), because: text })),
  }),
  needs: z
    .array(
      z.strictObject({
        id,
        text: text.describe('What must be so for the risk to be answered: a short statement'),
        from: z.enum(RATINGS).describe('Lowest rating of the risk from which this is needed'),
        when: condition.optional(),
        answers: z.array(z.string()).min(1).describe('Requirements of which any one answers it'),
      }),
    )
    .min(1),
  reviewed,
});
export type Risk = z.infer<typeof risk>;

export const standardEntry = z.strictObject({
  id,
  since: line,
  title: text,
  group: z.enum(['data-protection', 'network', 'web', 'communication', 'identity', 'product']),
  status: z.enum(['required-by-law', 'listed-by-governments', 'widely-deployed', 'emerging']),
  statusSource: line.describe('Who lists or requires it, as far as it can be opened'),
  confidence: z.enum(CONFIDENCE),
  specifications: z.array(line).min(1).describe('Ids of the registry of standards'),
  scope: text.describe('Functional scope: when must a purchase ask for it?'),
  when: condition.describe('The same scope as data'),
  requirement: z.string().describe('The requirement that asks for it'),
  what: text.describe('For officers: what it is'),
  why: text.describe('For officers: what goes wrong without it'),
  ask: text.describe('For suppliers: what is expected'),
  howToCheck: text.describe('For officers: how to see that it is there'),
  checks: z.array(z.string()),
  adoption: line.describe('Evidence of adoption with its source; "not found" where none could be opened'),
  reviewed,
});
export type StandardEntry = z.infer<typeof standardEntry>;

export const law = z.strictObject({
  id,
  title: text,
  citation: line.describe('Id of the registry of standards, as Directive (EU) 2022/2555'),
  when: condition.describe('Purchases it is presumed to apply to; a buyer can add or remove it'),
  note: text.describe('Who it binds, and since when; not advice'),
  confidence: z.enum(CONFIDENCE),
  requires: z.array(
    z.strictObject({
      requirement: z.string(),
      ref: line,
      level: z.enum(LEVELS),
      parameters: z.record(id, z.number()).optional().describe('Values the law fixes'),
      when: condition.optional(),
    }),
  ),
});
export type Law = z.infer<typeof law>;
export const laws = z.array(law);

const term = z.strictObject({ id, text, hint: text.optional() });
const domain = z.strictObject({ id: z.string().regex(/^[A-Z]{2,4}$/, 'two to four capitals'), text });
export const vocabulary = z.strictObject({
  kinds: z.array(term),
  types: z.array(term),
  services: z.array(term),
  assets: z.array(term),
  causes: z.array(term),
  criticality: z.array(term).describe('Ordered, lowest first'),
  exposure: z.array(term).describe('Ordered, lowest first'),
  personalData: z.array(term).describe('Ordered, lowest first'),
  remoteAccess: z.array(term).describe('Ordered, lowest first'),
  hosting: z.array(term),
  development: z.array(term).describe('Ordered, lowest first'),
  alternatives: z.array(term).describe('Ordered: how easily another supplier could take over'),
  valueBand: z.array(term).describe('Ordered, lowest first'),
  sectors: z.array(term),
  domains: z.array(domain).describe('Groups of requirements, by the letters of their ids'),
});
export type Vocabulary = z.infer<typeof vocabulary>;

export const sources = z.array(
  z.strictObject({
    id,
    title: line,
    url: line,
    licence: line.describe('What may be done with its text'),
    note: line.optional(),
  }),
);
export const checks = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z]+(\.[a-z0-9-]+)+$/),
    title: text,
    shows: text.describe('What a passed check proves, and what it does not'),
    kind: z.enum(['live', 'evidence']),
  }),
);
export const explainReasons = z.array(
  z.strictObject({
    id,
    title: text,
    paragraph: text.describe('For the annual report. May hold {requirement}, {text}, {owner}, {review}, {level}'),
    accepted: z.boolean().describe('Is it a reason that comply-or-explain policies accept?'),
  }),
);
/** Words around what organisations write themselves (`own.ts`). */
export const ownWords = z.strictObject({
  writtenIn: z
    .strictObject({ en: text, fr: text, nl: text, de: text })
    .describe('Said beside the title where the words are those of another language'),
  remedy: text.describe('Where the organisation wrote none'),
  acceptance: text.describe('Where the organisation wrote none'),
});
export const edition = z.strictObject({
  edition: line,
  date: line,
  licence: line,
  note: text,
});

export interface Catalogue {
  edition: z.infer<typeof edition>;
  /** SHA-256 of the content, so that a decision can say exactly what it was made from. */
  hash: string;
  vocabulary: Vocabulary;
  sources: z.infer<typeof sources>;
  checks: z.infer<typeof checks>;
  explainReasons: z.infer<typeof explainReasons>;
  own: z.infer<typeof ownWords>;
  risks: Risk[];
  requirements: Requirement[];
  standards: StandardEntry[];
  laws: Law[];
}
