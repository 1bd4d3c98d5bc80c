import type { WorkerOptions } from '@proviso/store';
import { sweepWorker } from '../admin/sweep-job.ts';
import type { Deps } from '../http/deps.ts';
import { readingWorker } from '../library/read-job.ts';
import { type ProbeSettings, probeWorker } from '../probing/probe-job.ts';
import { dueWorker } from '../probing/rounds.ts';
import { proofWorker } from '../requests/proof-job.ts';
import { type MailOptions, mailWorker, senderOf } from './mail.ts';
import { reminderWorker } from './reminders.ts';
import { webhookWorker } from './webhooks.ts';

export interface WorkerSettings {
  mail: MailOptions;
  /** May webhooks lead to private addresses and plain http? Only where the operator says so: `PROVISO_WEBHOOKS_ANYWHERE=yes`. */
  webhooksAnywhere: boolean;
  /** Whether and from where suppliers' services are looked at. */
  probes: ProbeSettings;
}

/** What a server's process does of the work that waits in queues: `jobs.startWorkers(workersOf(deps, settings))`. */
export function workersOf(deps: Deps, { mail, webhooksAnywhere, probes }: WorkerSettings): WorkerOptions {
  return {
    handlers: {
      reading: readingWorker(deps),
      mail: mailWorker(deps, senderOf(mail)),
      reminder: reminderWorker(deps),
      proof: proofWorker(deps),
      webhook: webhookWorker(deps, webhooksAnywhere),
      probe: probeWorker(deps, probes),
      'probes-due': dueWorker(deps, probes.looks),
      sweep: sweepWorker(deps),
    },
    concurrency: { reading: 2, webhook: 4, probe: 2 },
  };
}
