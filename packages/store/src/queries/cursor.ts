/** Where a page ended: a moment with microseconds, as PostgreSQL writes it, and an id. */
export interface Place {
  at: string;
  id: string;
}

/** A page and the cursor of the next; null at the end. */
export interface Page<Row> {
  rows: Row[];
  next: string | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MOMENT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/;

/** A place as a short text for a URL. */
export function cursorOf({ at, id }: Place): string {
  return Buffer.from(`${at} ${id}`).toString('base64url');
}

/** The place a cursor names; null for one that this program did not write. */
export function placeOf(cursor: string): Place | null {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const gap = text.lastIndexOf(' ');
  const place = { at: text.slice(0, gap), id: text.slice(gap + 1) };
  // The month 13 looks like a moment, too.
  const real = MOMENT.test(place.at) && !Number.isNaN(Date.parse(place.at.replace(' ', 'T').replace('+00', 'Z')));
  return UUID.test(place.id) && real ? place : null;
}

/** Makes a page of rows that were asked for with one more than `limit`. */
export function pageOf<Row extends { id: string; place: string }>(
  rows: Row[],
  limit: number,
): Page<Omit<Row, 'place'>> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(({ place: _, ...row }) => row),
    next: rows.length > limit && last !== undefined ? cursorOf({ at: last.place, id: last.id }) : null,
  };
}
