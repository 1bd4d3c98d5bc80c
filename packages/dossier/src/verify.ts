import { createHash } from 'node:crypto';
import { type Anchor, type ChainEntry, type ChainVerdict, verifyChain } from '@proviso/store';

import { type ConsentLine, consentIsWhole, type RunLine } from './live-checks.ts';

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
  /** What the log says of the live checks in it; null where it holds none. */
  proof: DossierProof | null;
}

/** Bundles and consents of live checks, each against its hash and the log that names it. */
export interface DossierProof {
  bundles: number;
  consents: number;
  /** How many of both could not be held against all that names them, since words are erased that were part of it. */
  unchecked: number;
  /** By file, or by the consent's id. `unlogged`: no entry of the log names it; one whose words were erased might have. */
  faults: { name: string; fault: 'missing' | 'changed' | 'unlogged' }[];
}

/**
 * Checks the log in a dossier without a database: the whole chain up to the head that was written down, and the words of the entries on its
 * purchase, each against what was chained; the consents and bundles of live checks against what those entries name. `heads` are those kept elsewhere, by organisation. `read` gives a file of the dossier, or null.
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
  const proof = await verifyProof(read, own);
  const { buyer } = parsed(await told('purchase.json'), (value) => value as { buyer?: unknown });
  return { tenant, name: typeof buyer === 'string' ? buyer : '', verdict, proof };
}

async function verifyProof(
  read: (name: string) => Promise<Uint8Array | null>,
  own: readonly ChainEntry[],
): Promise<DossierProof | null> {
  const [listed, agreed] = [await read('probes/runs.json'), await read('probes/consents.json')];
  if (listed === null && agreed === null) return null;
  const runs = parsed(textOf(listed), listOf<RunLine>('file', 'bundle'));
  const consents = parsed(textOf(agreed), listOf<ConsentLine>('id', 'sha256'));
  const faults: DossierProof['faults'] = [];
  // One is never written without the other.
  if (listed === null) faults.push({ name: 'probes/runs.json', fault: 'missing' });
  if (agreed === null) faults.push({ name: 'probes/consents.json', fault: 'missing' });
  let unchecked = 0;
  const [kept, consented] = [namedBy(own, 'probe.kept'), namedBy(own, 'probe.consented')];
  for (const { file, bundle } of runs) {
    const bytes = await read(file);
    if (bytes === null) faults.push({ name: file, fault: 'missing' });
    else if (createHash('sha256').update(bytes).digest('hex') !== bundle) faults.push({ name: file, fault: 'changed' });
    else if (kept === null) unchecked += 1;
    else if (!kept.has(bundle)) faults.push({ name: file, fault: 'unlogged' });
  }
  for (const one of consents) {
    const whole = consentIsWhole(one);
    if (whole === false) faults.push({ name: one.id, fault: 'changed' });
    else if (consented !== null && !consented.has(one.sha256)) faults.push({ name: one.id, fault: 'unlogged' });
    else if (whole === null || consented === null) unchecked += 1;
  }
  return { bundles: runs.length, consents: consents.length, unchecked, faults };
}

/** A list that is not there is an empty one. */
const textOf = (bytes: Uint8Array | null): string => (bytes === null ? '[]' : new TextDecoder().decode(bytes));

/** Hashes that entries of a kind name; null where the words of one are erased, so that nothing can be said of what is not among them. */
function namedBy(entries: readonly ChainEntry[], action: string): Set<string> | null {
  const hashes = new Set<string>();
  for (const entry of entries.filter((one) => one.action === action)) {
    if (entry.content === null) return null;
    const { hashes: named } = parsed(entry.content.text, (value) => (value ?? {}) as { hashes?: unknown });
    if (Array.isArray(named)) for (const hash of named) hashes.add(String(hash));
  }
  return hashes;
}

/** A list of objects that have these texts, at least. */
const listOf =
  <One>(...texts: readonly string[]) =>
  (value: unknown): One[] => {
    const isOne = (one: unknown): boolean =>
      typeof one === 'object' &&
      one !== null &&
      texts.every((key) => typeof (one as Record<string, unknown>)[key] === 'string');
    if (Array.isArray(value) && value.every(isOne)) return value as One[];
    throw new DossierError('probes/ holds no list of what was looked at: somebody has edited it.');
  };

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
