import { createHash } from 'node:crypto';

/** One entry as it is read, exported and checked. Hashes are hexadecimal, 64 characters. */
export interface ChainEntry {
  tenant: string;
  seq: number;
  /** UTC with microseconds: `2026-11-26T10:00:00.000001Z`. */
  at: string;
  actor: string;
  action: string;
  subjectType: string;
  subjectId: string;
  contentHash: string;
  previous: string;
  hash: string;
  /** Null once it was erased. */
  content: { salt: string; text: string } | null;
}

/** A head that was kept elsewhere: printed, mailed, in a backup. It shows that the end was cut off or written anew. */
export interface Anchor {
  seq: number;
  hash: string;
}

export type ChainFault =
  | 'edited' // the entry does not have its hash
  | 'content' // the content is not what was hashed
  | 'gap' // entries before this one are gone
  | 'order' // this one comes twice or too late
  | 'chain' // it follows another entry than the one before it
  | 'tenant' // it belongs to another log
  | 'truncated' // the log ends before the anchor
  | 'anchor'; // the entry of the anchor has another hash

export type ChainVerdict =
  | { intact: true; entries: number; erased: number; head: Anchor }
  | { intact: false; seq: number; fault: ChainFault; entries: number };

/** What the first entry has as its previous hash. */
export const GENESIS = '0'.repeat(64);

/**
 * The hash of an entry: sha256 of these ten lines in UTF-8, joined by a line feed. No field can hold a line feed, so two entries
 * never have the same lines. The database computes the same in `proviso.log_hash`.
 */
export function entryHash(entry: Omit<ChainEntry, 'hash' | 'content'>): string {
  const { tenant, seq, at, actor, action, subjectType, subjectId, contentHash, previous } = entry;
  const lines = [
    'proviso.log/1',
    tenant,
    String(seq),
    at,
    actor,
    action,
    subjectType,
    subjectId,
    contentHash,
    previous,
  ];
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

/** sha256 of salt and text. */
export function contentHash({ salt, text }: { salt: string; text: string }): string {
  return createHash('sha256').update(Buffer.from(salt, 'hex')).update(text).digest('hex');
}

/**
 * Checks the log of one tenant, entry by entry in the order given, and says the first that is wrong. Without anchors a cut-off
 * end, or a log that was written anew as a whole, cannot be told from an honest one.
 */
export async function verifyChain(
  entries: AsyncIterable<ChainEntry> | Iterable<ChainEntry>,
  anchors: readonly Anchor[] = [],
): Promise<ChainVerdict> {
  let head: Anchor = { seq: 0, hash: GENESIS };
  let tenant: string | null = null;
  let erased = 0;
  for await (const entry of entries) {
    tenant ??= entry.tenant;
    const fault = faultOf(entry, head, tenant, anchors);
    if (fault !== null) return { intact: false, seq: entry.seq, fault, entries: head.seq };
    if (entry.content === null) erased++;
    head = { seq: entry.seq, hash: entry.hash };
  }
  if (anchors.some(({ seq }) => seq > head.seq)) {
    return { intact: false, seq: head.seq + 1, fault: 'truncated', entries: head.seq };
  }
  return { intact: true, entries: head.seq, erased, head };
}

function faultOf(entry: ChainEntry, head: Anchor, tenant: string, anchors: readonly Anchor[]): ChainFault | null {
  if (entry.seq > head.seq + 1) return 'gap';
  if (entry.seq <= head.seq) return 'order';
  if (entry.tenant !== tenant) return 'tenant';
  if (entryHash(entry) !== entry.hash) return 'edited';
  if (entry.previous !== head.hash) return 'chain';
  if (entry.content !== null && contentHash(entry.content) !== entry.contentHash) return 'content';
  if (anchors.some(({ seq, hash }) => seq === entry.seq && hash !== entry.hash)) return 'anchor';
  return null;
}
