import { z } from 'zod';

/** What each kind of question is answered with. A character of a TXT string stands for one byte (latin1), since they need not be text. */
export interface RecordOf {
  A: string;
  AAAA: string;
  PTR: string;
  MX: { preference: number; exchange: string };
  /** The character strings of one record, in order; a reader joins them without a space (RFC 7208 section 3.3). */
  TXT: string[];
  /** Type 99, no longer used (RFC 7208 section 3.1). */
  SPF: string[];
}
export type LookupType = keyof RecordOf;

export interface Question {
  name: string;
  type: LookupType;
}

export interface Answer<T extends LookupType = LookupType> {
  /** `error` is a time-out, SERVFAIL, a bogus answer or a limit: nothing is known. */
  status: 'found' | 'no-data' | 'no-name' | 'error';
  records: RecordOf[T][];
  /** The name at the end of a CNAME chain, where there was one. */
  alias?: string;
  /** Whether the answer was validated by DNSSEC; absent where nobody looked. */
  secure?: boolean;
  /** Why there is an error. */
  reason?: string;
}

/** A question with what the world said: the evidence of every check that rests on the DNS alone. */
export type Lookup = Question & Answer;

/** Who answers questions; the DNS client, a recording or a test. Never rejects: what goes wrong is an `error` answer. */
export interface Resolver {
  lookup(question: Question, signal?: AbortSignal): Promise<Answer>;
}

/**
 * A procedure that asks the DNS, as a generator: it yields questions and is handed answers. So the same code runs live and, over
 * recorded answers, without the network.
 */
export type Dialogue<Result> = Generator<Question, Result, Answer>;

const record = { name: z.string().max(1100), status: z.enum(['found', 'no-data', 'no-name', 'error']) };
const more = { alias: z.string().optional(), secure: z.boolean().optional(), reason: z.string().optional() };
/** A recorded lookup as it stands in a bundle. */
export const lookupSchema: z.ZodType<Lookup> = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['A', 'AAAA', 'PTR']), ...record, records: z.array(z.string()), ...more }),
  z.object({ type: z.enum(['TXT', 'SPF']), ...record, records: z.array(z.array(z.string())), ...more }),
  z.object({
    type: z.literal('MX'),
    ...record,
    records: z.array(z.object({ preference: z.int().min(0).max(65535), exchange: z.string() })),
    ...more,
  }),
  // Zod cannot tie the records to the type one by one, nor leave `undefined` out of what is optional.
]) as unknown as z.ZodType<Lookup>;

/** Asks one question inside a dialogue. The name goes out in lower case and without its last dot. */
export function* ask<T extends LookupType>(name: string, type: T): Dialogue<Answer<T>> {
  return (yield { name: canonical(name), type }) as Answer<T>;
}

/** A name as it is compared: lower case, no dot at its end. The root stays a dot. */
export function canonical(name: string): string {
  return name.length > 1 && name.endsWith('.') ? name.slice(0, -1).toLowerCase() : name.toLowerCase();
}

/** Whether a query can be made of this name (RFC 1035 section 2.3.4): labels of 1 to 63 bytes, 253 in all. The root is none. */
export function isQueryable(name: string): boolean {
  const bare = canonical(name);
  return bare !== '.' && bare.length <= 253 && bare.split('.').every((label) => label.length > 0 && label.length <= 63);
}

export interface DriveOptions {
  /** Questions that may go out; each further one is answered with the error `limit`. */
  maxQuestions?: number;
  signal?: AbortSignal;
}

/**
 * Runs a dialogue against a resolver.
 * @returns its result, and every question with its answer in the order asked; a question asked twice goes out once
 */
export async function drive<Result>(
  dialogue: Dialogue<Result>,
  resolver: Resolver,
  { maxQuestions = 300, signal }: DriveOptions = {},
): Promise<{ result: Result; lookups: Lookup[] }> {
  const seen = new Map<string, Lookup>();
  let step = dialogue.next();
  while (!step.done) {
    const question = step.value;
    const key = keyOf(question);
    let lookup = seen.get(key);
    if (lookup === undefined) {
      lookup = { ...question, ...(await answerOf(question, resolver, seen.size < maxQuestions, signal)) };
      seen.set(key, lookup);
    }
    step = dialogue.next(lookup);
  }
  return { result: step.value, lookups: [...seen.values()] };
}

async function answerOf(
  question: Question,
  resolver: Resolver,
  allowed: boolean,
  signal?: AbortSignal,
): Promise<Answer> {
  if (!allowed) return failed('limit');
  if (signal?.aborted) return failed('cancelled');
  try {
    return await resolver.lookup(question, signal);
  } catch (error) {
    return failed(error instanceof Error ? error.message.slice(0, 200) : 'resolver');
  }
}

/** Runs a dialogue over recorded answers; a question that was not asked then is answered with the error `not-recorded`. Pure. */
export function replay<Result>(dialogue: Dialogue<Result>, lookups: readonly Lookup[]): Result {
  const recorded = new Map(lookups.map((lookup) => [keyOf(lookup), lookup]));
  let step = dialogue.next();
  while (!step.done) step = dialogue.next(recorded.get(keyOf(step.value)) ?? failed('not-recorded'));
  return step.value;
}

function failed(reason: string): Answer {
  return { status: 'error', records: [], reason };
}

function keyOf({ name, type }: Question): string {
  return `${type} ${name}`;
}

/** The TXT records of an answer, each with its strings joined; empty where there was none. */
export function texts(answer: Answer<'TXT' | 'SPF'>): string[] {
  return answer.records.map((strings) => strings.join(''));
}
