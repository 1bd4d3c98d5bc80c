/** What the importers have in common: a feed is fetched in parts, and read by a pure function into record lines. */
import type { RecordLine } from '../records.ts';
import type { Selection, StatusWords } from '../selection.ts';

/** Gets one address whole. Throws on any answer but success, and on more bytes than anyone should send. */
export type Get = (address: string) => Promise<Uint8Array>;

export interface ReadContext {
  selection: Selection;
  status: StatusWords;
  /** Lines held now, for what the feed does not say. */
  held: ReadonlyMap<string, RecordLine>;
}

export interface Feed {
  /** Name of the data file, and what `--only` asks for: `rfc`, `iso`. */
  name: string;
  /** Where a person can see it. */
  address: string;
  /** Ids this feed answers for; an id within it that the feed lacks is gone. */
  covers(id: string): boolean;
  /** An id it covers and lacks stays all the same: the list is for finding what is new, not what is gone. */
  keeps?: true;
  /** All its parts, in order. */
  fetchParts(get: Get): Promise<Uint8Array[]>;
  /** Throws FeedError when the parts are not what this feed sends. */
  read(parts: readonly Uint8Array[], context: ReadContext): RecordLine[];
}

/** The feed is not in its format; nothing of it is to be used. */
export class FeedError extends Error {}

export const decodeText = (bytes: Uint8Array): string => new TextDecoder('utf-8').decode(bytes);

const MONTHS = 'january february march april may june july august september october november december'.split(' ');

/** `September 23, 2020`, `September 2020`, `Sep 23 2020 12:00AM`, `9/23/2020`, `2020-09-23` → ISO 8601, cut where the source is; else undefined. */
export function readDate(text: string | null | undefined): string | undefined {
  const s = (text ?? '').trim();
  const iso = /^(\d{4}-\d\d(?:-\d\d)?)(?:$|T)/.exec(s);
  if (iso) return iso[1];
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(s);
  if (american) return `${american[3]}-${american[1]?.padStart(2, '0')}-${american[2]?.padStart(2, '0')}`;
  const words = /^([A-Za-z]{3,9})\.? +(?:(\d{1,2}),? +)?(\d{4})(?: +\d{1,2}:\d{2} ?[AP]M)?$/.exec(s);
  const month = words === null ? -1 : MONTHS.findIndex((name) => name.startsWith((words[1] ?? '').toLowerCase()));
  if (words === null || month < 0) return /^\d{4}$/.test(s) ? s : undefined;
  const day = words[2] === undefined ? '' : `-${words[2].padStart(2, '0')}`;
  return `${words[3]}-${String(month + 1).padStart(2, '0')}${day}`;
}

/** Leaves out what is undefined or an empty list, so that a line says only what it knows. */
export function compact(line: { [K in keyof RecordLine]: RecordLine[K] | undefined }): RecordLine {
  return Object.fromEntries(
    Object.entries(line).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  ) as unknown as RecordLine;
}
