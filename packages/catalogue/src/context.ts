import { z } from 'zod';
import { FACT_LISTS } from './facts.ts';
import { LANGUAGES, LEVELS } from './scales.ts';
import type { Catalogue, Vocabulary } from './schema.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day as 2026-01-31');
const line = z
  .string()
  .trim()
  .min(1)
  .regex(/^[^\r\n]*$/, 'one line of text is expected, without line breaks');

/** A deliberate departure from what was derived: comply or explain. */
export const departure = z.strictObject({
  requirement: line.describe('Id of the catalogue, as WEB-01'),
  kind: z.enum(['leave-out', 'set-level', 'set-parameter', 'add']),
  level: z.enum(LEVELS).optional().describe('For set-level and add'),
  parameter: line.optional().describe('For set-parameter'),
  value: z.number().optional().describe('For set-parameter'),
  reason: line.describe('A reason of explain.yaml'),
  text: line.describe('Why, in your own words'),
  owner: line.describe('Who answers for it'),
  review: day.describe('When it is looked at again'),
});
export type Departure = z.infer<typeof departure>;

/** What a purchase is, in the words of `vocabulary.yaml`. */
export const context = z.strictObject({
  schema: z.literal('proviso.context/1'),
  title: line.describe('What the purchase is called'),
  reference: line.optional().describe("The buyer's own number"),
  buyer: line.optional(),
  language: z.enum(LANGUAGES).describe('Of everything that is written'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'two capital letters, as NL')
    .describe('Whose law applies'),
  sector: line,
  kinds: z.array(z.enum(['product', 'service'])).min(1),
  types: z.array(line).min(1).describe('What is bought'),
  services: z.array(line).min(1).describe('Core services it touches'),
  assets: z.array(line).min(1).describe('Asset types it touches'),
  criticality: line,
  exposure: line,
  personalData: line,
  remoteAccess: line,
  hosting: line,
  development: line,
  alternatives: line.default('few'),
  ai: z.boolean().default(false),
  contractMonths: z.number().int().min(1).max(600),
  valueBand: line,
  laws: z
    .strictObject({ add: z.array(line).default([]), remove: z.array(line).default([]) })
    .prefault({})
    .describe('Laws the buyer knows to apply, or not to apply, against what is presumed'),
  departures: z.array(departure).default([]),
});
export type Context = z.infer<typeof context>;

/** A context that is not of this catalogue, said for a person: which field, what is there, what may be. */
export class ContextError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

/**
 * A context from what a file or a form holds.
 * @throws ContextError with one line for each field that is missing, unknown or not in the vocabulary.
 */
export function contextOf(value: unknown, catalogue: Catalogue): Context {
  const parsed = context.safeParse(value, { reportInput: true });
  if (!parsed.success) {
    throw new ContextError(
      parsed.error.issues.map((issue) => `${issue.path.map(String).join('.') || 'the context'}: ${faultOf(issue)}`),
    );
  }
  const faults: string[] = [];
  for (const [fact, list] of Object.entries(FACT_LISTS)) {
    const value = parsed.data[fact as keyof Context];
    const known = (catalogue.vocabulary[list as keyof Vocabulary] as { id: string }[]).map(({ id }) => id);
    for (const one of [value].flat())
      if (!known.includes(String(one)))
        faults.push(`${fact}: "${String(one)}" is not known; one of ${known.join(', ')}`);
  }
  for (const id of [...parsed.data.laws.add, ...parsed.data.laws.remove])
    if (!catalogue.laws.some((law) => law.id === id))
      faults.push(`laws: "${id}" is not known; one of ${catalogue.laws.map((law) => law.id).join(', ')}`);
  parsed.data.departures.forEach((one, i) => {
    for (const fault of departureFaults(one, catalogue)) faults.push(`departures.${i}: ${fault}`);
  });
  if (faults.length > 0) throw new ContextError(faults);
  return parsed.data;
}

/** What is wrong with a field, without the words of who wrote the program. */
const faultOf = ({ message, input }: z.core.$ZodIssue): string =>
  message
    .replace(/^Invalid (?:input|option): expected/, input === undefined ? 'missing; expected' : 'expected')
    .replace(/, received undefined$/, '');

function departureFaults(one: Departure, catalogue: Catalogue): string[] {
  const requirement = catalogue.requirements.find(({ id }) => id === one.requirement);
  if (!requirement) return [`there is no requirement "${one.requirement}"`];
  const faults: string[] = [];
  if (!catalogue.explainReasons.some(({ id }) => id === one.reason))
    faults.push(
      `the reason "${one.reason}" is not known; one of ${catalogue.explainReasons.map(({ id }) => id).join(', ')}`,
    );
  if (one.kind === 'set-level' && one.level === undefined) faults.push('set-level needs a level');
  if (one.kind === 'set-parameter') {
    const parameter = requirement.parameters.find(({ id }) => id === one.parameter);
    if (!parameter)
      faults.push(
        `${one.requirement} has no parameter "${one.parameter ?? ''}"; it has ${requirement.parameters.map(({ id }) => id).join(', ') || 'none'}`,
      );
    else if (one.value === undefined) faults.push('set-parameter needs a value');
    else if (one.value < parameter.range[0] || one.value > parameter.range[1])
      faults.push(
        `${one.value} is outside the range of ${parameter.id}: ${parameter.range[0]} to ${parameter.range[1]}`,
      );
  }
  return faults;
}
