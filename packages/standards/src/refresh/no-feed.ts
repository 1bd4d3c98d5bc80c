/** The bodies that publish no list a program may fetch, as data/no-feed.yaml has them. */
import { parse } from 'yaml';

export interface Unfed {
  /** Name of the data file: `iec`. */
  name: string;
  /** Completes "there is no open feed: …". */
  why: string;
  /** Where a person can look. */
  see: string;
}

/** Reads data/no-feed.yaml. Throws where an entry says not why, or not where to look or read it. */
export function readUnfed(yaml: string): Unfed[] {
  return Object.entries((parse(yaml) ?? {}) as Record<string, Record<string, unknown> | null>).map(([name, entry]) => {
    const [why, see, source] = [entry?.why, entry?.see, entry?.source];
    if (typeof why !== 'string' || typeof see !== 'string' || typeof source !== 'string')
      throw new Error(`no-feed.yaml: ${name} needs why, see and source`);
    return { name, why, see };
  });
}
