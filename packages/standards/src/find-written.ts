/** The record a person means by what they typed. */
import { thirdGenerationId } from './editions.ts';
import type { RecordStore, StoredRecord } from './record-store.ts';
import type { Standard } from './types.ts';

type Get = (id: string) => StoredRecord | undefined;
type EditionIn = (document: StoredRecord, version: string) => StoredRecord | undefined;

/** A version at the end: `EN 303645 v2.1.1`, `X.509 (10/2012)`. */
const VERSION_AT_END = /^(.+?)[\s:]*(?:[vV]\s*)?(\d+\.\d+\.\d+|\((\d{2})\/(\d{4})\))$/;

/** By exact id, then by the id or a name written in another way, then with a version at the end; undefined for none of these. */
export function findWritten(written: string, store: RecordStore, get: Get, editionIn: EditionIn): Standard | undefined {
  const asked = written.trim();
  const direct = get(asked);
  if (direct !== undefined) return inForce(direct, store, get);
  const index = store.looseIndexOf(written);
  if (index >= 0) return inForce(store.at(index), store, get);
  const twin = thirdGenerationId(`ETSI ${asked.toUpperCase().replace(/^ETSI\s+/, '')}`);
  return twin === undefined ? editionWritten(asked, store, get, editionIn) : get(twin);
}

/** Asked for without an edition (`FIPS 140`, `SP 800-53`), a family is meant, though its first edition bore that very id. */
function inForce(record: StoredRecord, store: RecordStore, get: Get): StoredRecord {
  if (record.family !== record.id || record.members !== undefined || record.status === 'current') return record;
  const current = store.family(record.id)?.current.at(-1);
  return (current === undefined ? undefined : get(current)) ?? record;
}

function editionWritten(asked: string, store: RecordStore, get: Get, editionIn: EditionIn): Standard | undefined {
  const [, name, plain, month, year] = VERSION_AT_END.exec(asked) ?? [];
  if (name === undefined || plain === undefined) return undefined;
  const index = store.looseIndexOf(name);
  if (index < 0) return undefined;
  const version = month === undefined ? plain : `${year}-${month}`;
  const named = store.at(index);
  // A concept such as X.509 has its versions in the document that defines it.
  const documents = [named, ...(named.members ?? []).map(get).filter((record) => record !== undefined)];
  return documents.map((document) => editionIn(document, version)).find((edition) => edition !== undefined);
}
