/**
 * What can be left to a worker. A job holds ids only: the worker reads what they stand for in the scope of the tenant, as it is by then.
 */
export interface JobData {
  /** Read a document that was uploaded. */
  reading: { tenant: string; document: string };
  /** Tell people of a date of a purchase. `what` names it: `closing`, `standstill`. */
  reminder: { tenant: string; purchase: string; what: string };
  /** Send the letters of a tenant's outbox. */
  mail: { tenant: string };
  /** Look at the files of a request to take part. */
  proof: { tenant: string; request: string };
  /** Call another system. */
  webhook: { tenant: string; delivery: string };
  /** Look from outside at the names of a supplier that consented: at the next of a round, until none is left. */
  probe: { tenant: string; round: string };
  /** Begin the rounds of probes that are due, of all tenants. */
  'probes-due': Record<string, never>;
  /** Remove files that nothing names: of all tenants, since they share the bytes. */
  sweep: Record<string, never>;
}

export type QueueName = keyof JobData;

export interface QueueRules<Data> {
  /** Two jobs of the same key do not wait at once: the second is dropped, since the first will see the same rows. */
  key(data: Data): string;
  /** Attempts after the first. */
  retries: number;
  /** Seconds before the second attempt; doubled for each after it, with some chance. */
  delay: number;
  /** Seconds one attempt may take. */
  longest: number;
  /** When such a job comes by itself, once for all hosts, as cron in UTC; one that was missed is made up for. */
  every?: string;
}

/** The queues and how each behaves when a job fails. After the last attempt a job goes to the queue of its dead (`mail-dead`). */
export const QUEUES: { readonly [Name in QueueName]: QueueRules<JobData[Name]> } = {
  reading: { key: ({ document }) => document, retries: 3, delay: 10, longest: 600 },
  reminder: { key: ({ purchase, what }) => `${purchase} ${what}`, retries: 5, delay: 60, longest: 60 },
  mail: { key: ({ tenant }) => tenant, retries: 8, delay: 60, longest: 300 },
  proof: { key: ({ request }) => request, retries: 3, delay: 60, longest: 1_200 },
  webhook: { key: ({ delivery }) => delivery, retries: 10, delay: 30, longest: 60 },
  probe: { key: ({ round }) => round, retries: 2, delay: 300, longest: 3_600 },
  'probes-due': { key: () => 'all', retries: 2, delay: 600, longest: 600, every: '20 3 * * *' },
  sweep: { key: () => 'all', retries: 2, delay: 600, longest: 3_600, every: '40 2 * * *' },
};

export const QUEUE_NAMES = Object.keys(QUEUES) as QueueName[];

/** Where the jobs of a queue go that failed for good. */
export function deadOf(queue: QueueName): string {
  return `${queue}-dead`;
}
