import { sql } from 'kysely';
import { StoreError } from '../errors.ts';

/** Somebody else changed the row since it was read. What they wrote is kept; nothing of ours was written. */
export class VersionConflict extends StoreError {
  /** The version that is there now. */
  readonly current: number;

  constructor(what: string, read: number, current: number) {
    super(
      'conflict',
      `${what} was changed by somebody else: version ${current} is there, version ${read} was read. Look at what changed, and save again.`,
    );
    this.current = current;
  }
}

/** For `set` of a table with a version. */
export const nextVersion = sql<number>`version + 1`;

/**
 * The new version after an update that asked for the version read. When no row was updated, tells why: throws a
 * `VersionConflict` when the row is there (`now` reads it again), else `missing`.
 */
export async function versionAfter(
  updated: { version: number } | undefined,
  read: number,
  what: string,
  now: () => Promise<{ version: number } | undefined>,
): Promise<number> {
  if (updated !== undefined) return updated.version;
  const current = await now();
  if (current !== undefined) throw new VersionConflict(what, read, current.version);
  throw new StoreError('missing', `${what} does not exist, or no longer.`);
}
