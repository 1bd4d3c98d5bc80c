/** What holds on a day. Pure functions over records and dates (ISO 8601, may be cut: `2013`, `2013-10`). */
import { STALE } from './stale.ts';
import type { Standard, Status } from './types.ts';

/** First and last day a cut date may mean. */
export const startOf = (date: string) => date + '-01-01'.slice(date.length < 7 ? 0 : 3).slice(0, 10 - date.length);
export const endOf = (date: string) => date + '-12-31'.slice(date.length < 7 ? 0 : 3).slice(0, 10 - date.length);

type Lookup = (id: string) => Standard | undefined;

/** Day on which the first replacement of `record` came out; undefined where no replacement has a date. */
function replacedOn(record: Standard, get: Lookup): string | undefined {
  return record.replacedBy
    .map((id) => get(id)?.date)
    .filter((date) => date !== undefined)
    .sort()[0];
}

/**
 * Status of `record` on `date`. Doubt is settled in the document's favour: a date that is cut counts as its last day for what is out already and as
 * its first day for what has ended. Before publication, and where the source is silent about when a status began, the answer is
 * `unknown`; `knownSince` is the day of the data, from which on today's status is known to hold.
 */
export function statusOn(record: Standard, date: string, get: Lookup, knownSince: string): Status {
  const [first, last] = [startOf(date), endOf(date)];
  if (record.date !== undefined && last < startOf(record.date)) return 'unknown';
  const { status } = record;
  // Low confidence recognises a name and judges nothing: here, once, for all that ask.
  if (record.confidence === 'low' && STALE.has(status)) return 'unknown';
  if (!STALE.has(status)) return status;
  const since = record.statusSince;
  if (since !== undefined && first >= startOf(since)) return status;
  const replaced = replacedOn(record, get);
  const isSuccession = status === 'superseded' || status === 'obsolete';
  const overtaken: Status = record.id.startsWith('RFC ') ? 'obsolete' : 'superseded';
  if (since !== undefined) {
    // Before its end it may have been replaced already (FIPS 140-2 by 140-3, seven years before it became historical).
    return !isSuccession && replaced !== undefined && first >= startOf(replaced) ? overtaken : 'current';
  }
  if (replaced !== undefined) {
    if (first < startOf(replaced)) return 'current';
    return isSuccession || first >= startOf(knownSince) ? status : overtaken;
  }
  return first >= startOf(knownSince) ? status : 'unknown';
}
