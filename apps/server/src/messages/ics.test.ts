import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CalendarEvent, calendarFile } from './ics.ts';

const event: CalendarEvent = {
  uid: 'p1-closing@proviso',
  at: '2026-01-31T11:00:00.500Z',
  changed: '2026-01-01T00:00:00Z',
  summary: 'Closing',
  description: 'd',
  url: 'https://proviso.example/purchases/p1',
};

/** What a calendar reads: unfolded, then unescaped. */
function readBack(file: string, name: string): string {
  const line = file
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .find((one) => one.startsWith(`${name}:`));
  return (line ?? '').slice(name.length + 1).replace(/\\([\\;,n])/g, (_, mark: string) => (mark === 'n' ? '\n' : mark));
}

test('times are UTC to the second', () => {
  const file = calendarFile('x', [event]);
  expect(readBack(file, 'DTSTART')).toBe('20260131T110000Z');
  expect(file.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true);
  expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
});

test('any title comes back as it was, in lines of 75 octets, and makes no event of its own', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (title) => {
      const file = calendarFile('x', [{ ...event, summary: title }]);
      for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      const kept = title.replace(/\r\n|\r|\n|\u2028|\u2029/g, '\n').replace(/(?!\n)\p{Cc}/gu, '');
      expect(readBack(file, 'SUMMARY')).toBe(kept);
    }),
  );
  const hostile = calendarFile('x', [{ ...event, summary: 'a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:b' }]);
  expect(hostile.match(/^BEGIN:VEVENT\r$/gm)).toHaveLength(1);
});
