export { type BackupResult, backup } from './backup/backup.ts';
export type { BackupSummary } from './backup/read.ts';
export { restore, verifyBackup } from './backup/restore.ts';
export { type Cluster, type ClusterOptions, startCluster } from './cluster/cluster.ts';
export { type ConnectOptions, connect, type Store } from './connect/connect.ts';
export { guarded } from './connect/pool.ts';
export type { Tables } from './connect/tables.ts';
export { currentTenant, type Database, listTenants, type TenantScope, withTenant } from './connect/tenant.ts';
export { StoreError, type StoreErrorCode } from './errors.ts';
export { diskFiles } from './files/disk.ts';
export { type FileStore, type StoredFile, streamOf } from './files/file-store.ts';
export { type S3Options, s3Files } from './files/s3.ts';
export { type Swept, sweepFiles } from './files/sweep.ts';
export { type JobHandler, type Jobs, openJobs, type WorkerOptions } from './jobs/jobs.ts';
export { type JobData, QUEUE_NAMES, type QueueName } from './jobs/queues.ts';
export { type Anchor, type ChainEntry, type ChainFault, type ChainVerdict, verifyChain } from './log/chain.ts';
export {
  appendLog,
  erasePerson,
  expireContent,
  type LogFilter,
  type LogRecord,
  logHead,
  logPage,
  readLog,
  verifyLog,
} from './log/log.ts';
export { isStarted, type Place, placeFrom } from './place.ts';
export * from './queries/accounts.ts';
export * from './queries/comments.ts';
export type { Page } from './queries/cursor.ts';
export * from './queries/decided.ts';
export * from './queries/documents.ts';
export * from './queries/files.ts';
export * from './queries/invitations.ts';
export * from './queries/library.ts';
export * from './queries/members.ts';
export * from './queries/obligations.ts';
export * from './queries/offers.ts';
export * from './queries/offline-forms.ts';
export * from './queries/openings.ts';
export * from './queries/outbox.ts';
export * from './queries/own-requirements.ts';
export * from './queries/people.ts';
export * from './queries/probes.ts';
export * from './queries/purchases.ts';
export * from './queries/readings.ts';
export * from './queries/requests.ts';
export * from './queries/scores.ts';
export * from './queries/settings.ts';
export * from './queries/suppliers.ts';
export { VersionConflict, versionAfter } from './queries/version.ts';
export * from './queries/webhooks.ts';
