import { canonicalJson } from '@proviso/sealing/canonical';
import { sql } from 'kysely';
import type { TenantScope } from '../connect/tenant.ts';
import { type Anchor, type ChainEntry, type ChainVerdict, verifyChain } from './chain.ts';

/** What is written into the log. Only `content` may hold what people wrote or who they are. */
export interface LogRecord {
  /** `system`, or a kind with an id: `person:…`, `invitation:…`, `key:…`. */
  actor: string;
  /** `offer.received`. */
  action: string;
  subject: { type: string; id: string };
  /** A JSON object; it can be erased later, the entry stays. */
  content?: Record<string, unknown>;
  /** Ids of the persons that `content` says something about. */
  persons?: readonly string[];
}

/**
 * Appends an entry in the transaction of what happened, so that both are there or neither. Other transactions of the tenant that
 * append wait until this one ends: append last. Gives the new head. PostgreSQL refuses what is not an id or a word.
 */
export async function appendLog(trx: TenantScope, record: LogRecord): Promise<Anchor> {
  const { actor, action, subject, content = {}, persons = [] } = record;
  const { rows } = await sql<{ seq: number; hash: string }>`
    SELECT seq, encode(hash, 'hex') AS hash FROM proviso.append_log(${actor}, ${action}, ${subject.type}, ${subject.id},
      ${canonicalJson(content)}, ${persons}::uuid[])`.execute(trx);
  return rows[0] as Anchor;
}

/** The head of the log, to be kept elsewhere; `{ seq: 0 }` with the hash of nothing for an empty log. */
export async function logHead(trx: TenantScope): Promise<Anchor> {
  return await trx
    .selectFrom('logHead')
    .select(['seq', sql<string>`encode(hash, 'hex')`.as('hash')])
    .executeTakeFirstOrThrow();
}

export interface LogFilter {
  subject?: { type: string; id: string };
  /** Only entries before this number: the last of the page shown. */
  before?: number;
  limit: number;
}

/** A page of the log, newest first. */
export async function logPage(trx: TenantScope, { subject, before, limit }: LogFilter): Promise<ChainEntry[]> {
  let query = entriesOf(trx).orderBy('e.seq', 'desc').limit(limit);
  if (subject !== undefined)
    query = query.where('e.subjectType', '=', subject.type).where('e.subjectId', '=', subject.id);
  if (before !== undefined) query = query.where('e.seq', '<', before);
  return (await query.execute()).map(entryOf);
}

/** The whole log of the tenant, in order, a thousand entries at a time. */
export async function* readLog(trx: TenantScope): AsyncGenerator<ChainEntry> {
  for (let after = 0; ; ) {
    const rows = await entriesOf(trx).where('e.seq', '>', after).orderBy('e.seq').limit(1_000).execute();
    for (const row of rows) yield entryOf(row);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

/**
 * Checks the log of the tenant from the first entry to the head that the database keeps, and against an anchor kept elsewhere.
 */
export async function verifyLog(trx: TenantScope, anchor?: Anchor): Promise<ChainVerdict> {
  // The head first: entries that are appended meanwhile come after it.
  const head = await logHead(trx);
  return await verifyChain(readLog(trx), anchor === undefined ? [head] : [head, anchor]);
}

/** Erases the contents that were logged before a moment. Entries and their chain stay. Gives how many. */
export async function expireContent(trx: TenantScope, before: Date): Promise<number> {
  const { rows } = await sql<{ erased: number }>`SELECT proviso.expire_log_content(${before}) AS erased`.execute(trx);
  const erased = rows[0]?.erased ?? 0;
  if (erased === 0) return 0;
  await appendLog(trx, {
    actor: 'system',
    action: 'log.expired',
    subject: { type: 'log', id: 'content' },
    content: { before: before.toISOString(), erased },
  });
  return erased;
}

/**
 * Erases a person: name, address, sign-in, membership, letters, and what the log says of them. Their id stays where they
 * acted, and leads to nobody. False when there is no such person. `by` is the actor.
 */
export async function erasePerson(trx: TenantScope, id: string, by: string): Promise<boolean> {
  const person = await trx.selectFrom('person').select('email').where('id', '=', id).forUpdate().executeTakeFirst();
  if (person === undefined) return false;
  // Letters may name an address instead of a person.
  const { email } = person;
  if (email !== null) await trx.deleteFrom('outbox').where(sql<boolean>`lower(to_address) = lower(${email})`).execute();
  await trx
    .updateTable('person')
    .set({ account: null, email: null, name: null, erasedAt: sql`coalesce(erased_at, now())` })
    .where('id', '=', id)
    .execute();
  await trx.deleteFrom('membership').where('person', '=', id).execute();
  await trx.deleteFrom('outbox').where('toPerson', '=', id).execute();
  await sql`SELECT proviso.erase_log_content_of(${id})`.execute(trx);
  await appendLog(trx, { actor: by, action: 'person.erased', subject: { type: 'person', id } });
  return true;
}

type Row = ReturnType<typeof entriesOf> extends { execute(): Promise<(infer R)[]> } ? R : never;

function entriesOf(trx: TenantScope) {
  return trx
    .selectFrom('logEntry as e')
    .leftJoin('logContent as c', (join) => join.onRef('c.tenant', '=', 'e.tenant').onRef('c.seq', '=', 'e.seq'))
    .select([
      'e.tenant',
      'e.seq',
      // A Date would lose the microseconds that were hashed.
      sql<string>`to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('at'),
      'e.actor',
      'e.action',
      'e.subjectType',
      'e.subjectId',
      'e.contentHash',
      'e.previous',
      'e.hash',
      'c.salt',
      'c.content',
    ]);
}

function entryOf({ salt, content, contentHash, previous, hash, ...row }: Row): ChainEntry {
  return {
    ...row,
    contentHash: contentHash.toString('hex'),
    previous: previous.toString('hex'),
    hash: hash.toString('hex'),
    content: salt === null || content === null ? null : { salt: salt.toString('hex'), text: content },
  };
}
