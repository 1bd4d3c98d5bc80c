import { type Anchor, type ChainEntry, type ChainVerdict, verifyChain } from '@proviso/store';

/** What cannot be checked, and why: said to a person. */
export class DossierError extends Error {
  override readonly name = 'DossierError';
}

/** What checking a dossier's log has found. */
export interface DossierLog {
  /** The organisation whose log it is. */
  tenant: string;
  name: string;
  verdict: ChainVerdict;
}

/**
 * Checks the log in a dossier without a database: the whole chain up to the head that was written down, and the words of the entries on its
 * purchase, each against what was chained. `heads` are those kept elsewhere, by organisation. `read` gives a file of the dossier, or null.
 * @throws DossierError where it holds no log, or one that nobody can read
 */
export async function verifyDossier(
  read: (name: string) => Promise<Uint8Array | null>,
  heads: Readonly<Record<string, Anchor>> = {},
): Promise<DossierLog> {
  const told = async (name: string): Promise<string> => {
    const bytes = await read(name);
    if (bytes !== null) return new TextDecoder().decode(bytes);
    throw new DossierError(
      `There is no ${name} in it. A dossier holds a log when whoever made it may read the log; "proviso export" makes one that does.`,
    );
  };
  const [chain, own, head] = [
    (await told('log/chain.ndjson')).split('\n').flatMap((line) => (line === '' ? [] : [parsed(line, entryOf)])),
    parsed(await told('log/purchase.json'), listOfEntries),
    parsed(await told('log/head.json'), anchorOf),
  ];
  const tenant = chain[0]?.tenant ?? '';
  const kept = heads[tenant];
  const verdict = await verifyChain(withWords(chain, own), kept === undefined ? [head] : [head, kept]);
  const { buyer } = parsed(await told('purchase.json'), (value) => value as { buyer?: unknown });
  return { tenant, name: typeof buyer === 'string' ? buyer : '', verdict };
}

/** The chain with the purchase's own entries in their places. One that has no place there comes last, where it breaks the order. */
function withWords(chain: readonly ChainEntry[], own: readonly ChainEntry[]): ChainEntry[] {
  const bySeq = new Map(own.map((entry) => [entry.seq, entry]));
  const whole = chain.map((entry) => {
    const words = bySeq.get(entry.seq);
    bySeq.delete(entry.seq);
    return words ?? entry;
  });
  return [...whole, ...bySeq.values()];
}

function parsed<T>(text: string, as: (value: unknown) => T): T {
  try {
    return as(JSON.parse(text));
  } catch (error) {
    throw error instanceof DossierError
      ? error
      : new DossierError('Its log is no JSON: somebody has edited or cut it.');
  }
}

const HASH = /^[0-9a-f]{64}$/;

function entryOf(value: unknown): ChainEntry {
  const { tenant, seq, at, actor, action, subjectType, subjectId, contentHash, previous, hash, content } = (value ??
    {}) as Record<string, unknown>;
  const texts = [tenant, at, actor, action, subjectType, subjectId].every((one) => typeof one === 'string');
  const hashes = [contentHash, previous, hash].every((one) => typeof one === 'string' && HASH.test(one));
  const { salt, text } = (content ?? {}) as Record<string, unknown>;
  const words = content === null || (typeof salt === 'string' && typeof text === 'string');
  if (texts && hashes && words && Number.isSafeInteger(seq)) return value as ChainEntry;
  throw new DossierError('Its log holds what is no entry of a log: somebody has edited it.');
}

function listOfEntries(value: unknown): ChainEntry[] {
  if (Array.isArray(value)) return value.map(entryOf);
  throw new DossierError('log/purchase.json is no list of entries: somebody has edited it.');
}

function anchorOf(value: unknown): Anchor {
  const { seq, hash } = (value ?? {}) as Record<string, unknown>;
  if (Number.isSafeInteger(seq) && typeof hash === 'string' && HASH.test(hash)) return { seq: Number(seq), hash };
  throw new DossierError('log/head.json holds no head of a log: somebody has edited it.');
}
