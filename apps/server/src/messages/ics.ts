/** A moment of a calendar. */
export interface CalendarEvent {
  /** Stays the same while the event moves, so that calendars move it too. */
  uid: string;
  /** UTC, as `2026-01-31T11:00:00Z`. */
  at: string;
  /** When it was last changed, UTC. */
  changed: string;
  summary: string;
  description: string;
  url: string;
}

/**
 * An iCalendar file (RFC 5545). Times are UTC (section 3.3.5, form 2), so that no VTIMEZONE is needed; an event has a moment and no length.
 */
export function calendarFile(name: string, events: readonly CalendarEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Proviso//Deadlines//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${textValue(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    ...events.flatMap((event) => [
      'BEGIN:VEVENT',
      `UID:${textValue(event.uid)}`,
      `DTSTAMP:${utc(event.changed)}`,
      `DTSTART:${utc(event.at)}`,
      `SUMMARY:${textValue(event.summary)}`,
      `DESCRIPTION:${textValue(event.description)}`,
      // A URI value is not escaped; ours has no line ends.
      `URL:${event.url}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** Section 3.3.11: backslash, semicolon, comma and line ends are escaped; other control characters are not allowed. */
function textValue(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\\;,]/g, (mark) => `\\${mark}`)
    .replace(/\r\n|\r|\n|\u2028|\u2029/g, '\\n')
    .replace(/\p{Cc}/gu, '');
}

function utc(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** Section 3.1: no line is longer than 75 octets; what goes on begins with a blank. A character is never cut in two. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}
