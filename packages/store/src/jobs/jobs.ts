import type { Job, PgBoss } from 'pg-boss';
import type { Store } from '../connect/connect.ts';
import type { TenantScope } from '../connect/tenant.ts';
import { deadOf, type JobData, QUEUE_NAMES, QUEUES, type QueueName } from './queues.ts';

/** Does one job. When it throws, the job is tried again later; `signal` ends when the time is up or the worker stops. */
export type JobHandler<Name extends QueueName> = (
  data: JobData[Name],
  context: { id: string; signal: AbortSignal },
) => Promise<void>;

export interface WorkerOptions {
  /** A handler for each queue that this process works on. */
  handlers: { readonly [Name in QueueName]?: JobHandler<Name> };
  /** Jobs of one queue at once; 1 where nothing is said. */
  concurrency?: { readonly [Name in QueueName]?: number };
}

export interface Jobs {
  /**
   * Leaves a job to a worker, at once or at a moment. With `trx` it is there only if the transaction is. False when one of the same key
   * waits already, for the same moment. A moment that is moved leaves the earlier job where it is: the worker looks whether it is still time.
   */
  send<Name extends QueueName>(
    queue: Name,
    data: JobData[Name],
    when?: { at?: Date; trx?: TenantScope },
  ): Promise<boolean>;
  /** Begins to work. Workers of other processes and hosts share the queues. */
  startWorkers(options: WorkerOptions): Promise<void>;
  /** Puts the jobs that failed for good back to wait; gives how many. */
  redrive(queue: QueueName): Promise<number>;
  /** How many wait, are at work and have failed for good. */
  count(queue: QueueName): Promise<{ waiting: number; active: number; dead: number }>;
  /** Takes no more jobs, waits for those at work, and closes the connections. */
  close(): Promise<void>;
}

/** Of the dead one looks for a month, of those done for a day. */
const KEEP_SECONDS = { dead: 30 * 86_400, done: 86_400 };
/** A worker that is killed says nothing for so long; then its job is another's. */
const HEARTBEAT_SECONDS = 30;
const POLL_SECONDS = 5;
const CLOSE_MS = 30_000;

/** Opens the queues, which live in the schema `jobs` of the same database. `log` gets what goes wrong with the connection. */
export async function openJobs(store: Pick<Store, 'appUrl'>, log: (line: string) => void = () => {}): Promise<Jobs> {
  // Much code, which what only reads and writes rows does without.
  const { fromKysely, PgBoss } = await import('pg-boss');
  const boss = new PgBoss({
    connectionString: store.appUrl,
    schema: 'jobs',
    createSchema: false,
    application_name: 'proviso-jobs',
    max: 6,
    useListenNotify: true,
    superviseIntervalSeconds: 15,
  });
  boss.on('error', (error) => log(`Jobs: ${error.message}`));
  await boss.start();
  for (const queue of QUEUE_NAMES) {
    const { retries, delay, longest, every } = QUEUES[queue];
    await boss.createQueue(deadOf(queue), {
      deleteAfterSeconds: KEEP_SECONDS.dead,
      retentionSeconds: KEEP_SECONDS.dead,
    });
    const rules = {
      retryLimit: retries,
      retryDelay: delay,
      retryBackoff: true,
      expireInSeconds: longest,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      deadLetter: deadOf(queue),
      deleteAfterSeconds: KEEP_SECONDS.done,
      notify: true,
    };
    await boss.createQueue(queue, { ...rules, policy: 'short' });
    // A queue made by an earlier version gets the rules of this one.
    await boss.updateQueue(queue, rules);
    if (every !== undefined) await boss.schedule(queue, every, {}, { tz: 'UTC', missed: 'once' });
  }
  return {
    async send(queue, data, { at, trx } = {}) {
      const id = await boss.send(queue, data, {
        // One that waits for its day does not stand for one that is wanted now.
        singletonKey: at ? `${QUEUES[queue].key(data)} ${at.toISOString()}` : QUEUES[queue].key(data),
        ...(at && { startAfter: at }),
        // Without our plugins, since pg-boss names its columns itself.
        ...(trx && { db: fromKysely(trx.withoutPlugins()) }),
      });
      return id !== null;
    },
    async startWorkers({ handlers, concurrency = {} }) {
      for (const queue of QUEUE_NAMES) {
        const handler = handlers[queue] as JobHandler<QueueName> | undefined;
        if (handler === undefined) continue;
        for (let n = 0; n < (concurrency[queue] ?? 1); n++) await startWorker(boss, queue, handler);
      }
    },
    redrive: (queue) => boss.redrive(deadOf(queue)),
    async count(queue) {
      const [found] = await boss.getQueueStats(queue, { force: true });
      const [dead] = await boss.getQueueStats(deadOf(queue), { force: true });
      return { waiting: found?.queuedCount ?? 0, active: found?.activeCount ?? 0, dead: dead?.queuedCount ?? 0 };
    },
    close: () => boss.stop({ graceful: true, timeout: CLOSE_MS, close: true }),
  };
}

async function startWorker(boss: PgBoss, queue: QueueName, handler: JobHandler<QueueName>): Promise<void> {
  const worker = boss.work(
    queue,
    { pollingIntervalSeconds: POLL_SECONDS },
    async ([job]: Job<JobData[QueueName]>[]) => {
      // Else it would rest until its next poll after each job, though others wait.
      boss.notifyWorker(await worker);
      if (job !== undefined) await handler(job.data, { id: job.id, signal: job.signal });
    },
  );
  await worker;
}
