import type { Status } from './types.ts';

/** These say that a document which names the edition is behind the times. An obsolete RFC is replaced, and still not forbidden. */
export const STALE: ReadonlySet<Status> = new Set(['superseded', 'obsolete', 'withdrawn', 'historic', 'deprecated']);
