import { type Enquiry, type Question, questionKey, type Reply } from './ask.ts';
import { Recording } from './recording.ts';

/** Gets answers; never throws for what a network or server does. */
export type Source = (question: Question, signal: AbortSignal) => Promise<Reply>;

export interface DriveOptions {
  source: Source;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Stops the enquiry: questions still open come back as `cancelled`. */
  signal?: AbortSignal;
  /** Most questions put to the source; later ones come back as `limit`. */
  questions?: number;
  /** Questions at the same time. */
  parallel?: number;
}

/**
 * Follows an enquiry against the world. Out: where it came to, and the recording that `replay` comes to the same with.
 * A question that was asked before is answered from the recording.
 */
export async function drive<T>(
  enquiry: Enquiry<T>,
  options: DriveOptions,
  recording: Recording = new Recording(),
): Promise<{ result: T; recording: Recording }> {
  const signal = options.signal ?? new AbortController().signal;
  const most = options.questions ?? 500;
  let asked = 0;
  const answer = async (question: Question): Promise<Reply> => {
    const known = recording.find(question);
    if (known) return known;
    if (signal.aborted) return recording.add(question, { failure: 'cancelled', time: options.now() });
    if (asked >= most) return recording.add(question, { failure: 'limit', time: options.now() });
    asked += 1;
    return recording.add(question, await options.source(question, signal));
  };
  let step = enquiry.next([]);
  while (!step.done) step = enquiry.next(await inBatches(step.value, options.parallel ?? 8, answer));
  return { result: step.value, recording };
}

async function inBatches(
  questions: readonly Question[],
  size: number,
  answer: (question: Question) => Promise<Reply>,
): Promise<Reply[]> {
  const distinct = new Map(questions.map((one) => [questionKey(one), one]));
  const replies = new Map<string, Reply>();
  const open = [...distinct];
  const work = async (): Promise<void> => {
    for (let next = open.shift(); next; next = open.shift()) replies.set(next[0], await answer(next[1]));
  };
  await Promise.all(Array.from({ length: Math.min(size, open.length) }, work));
  return questions.map((one) => replies.get(questionKey(one)) as Reply);
}

/** Follows an enquiry from a recording alone. What it does not hold is answered `not-recorded`. */
export function replay<T>(enquiry: Enquiry<T>, recording: Recording): T {
  let step = enquiry.next([]);
  while (!step.done)
    step = enquiry.next(step.value.map((one) => recording.find(one) ?? { failure: 'not-recorded', time: 0 }));
  return step.value;
}
