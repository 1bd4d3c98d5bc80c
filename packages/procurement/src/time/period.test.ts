import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deadlineAt, endOfDay, isLate, isZone, shiftDays } from './deadline.ts';
import { holidaysOf } from './holidays.ts';
import { endOfPeriod, type Length, leavesPeriod } from './period.ts';

const ZONE = 'Europe/Brussels';
const belgian = holidaysOf('BE');
const none = (): boolean => false;

describe('a time on the wall clock', () => {
  const cases: [string, string, string, string][] = [
    ['2026-01-31T12:00', ZONE, '2026-01-31T11:00:00Z', 'plain'],
    ['2026-07-31T12:00', ZONE, '2026-07-31T10:00:00Z', 'plain'],
    // Clocks go from 02:00 to 03:00 on 29 March 2026: half past two is read as half past three.
    ['2026-03-29T02:30', ZONE, '2026-03-29T01:30:00Z', 'gap'],
    // From 03:00 back to 02:00 on 25 October 2026: the second half past two.
    ['2026-10-25T02:30', ZONE, '2026-10-25T01:30:00Z', 'overlap'],
    ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00Z', 'gap'],
    ['2026-01-31T12:00', 'Asia/Kathmandu', '2026-01-31T06:15:00Z', 'plain'],
  ];
  test.each(cases)('%s in %s', (local, zone, instant, clock) => {
    expect(deadlineAt(local, zone)).toMatchObject({ local, zone, instant, clock });
  });

  test.each(['2026-02-30T12:00', '2026-13-01T12:00', '2026-01-01T25:00'])('%s does not exist', (local) => {
    expect(() => deadlineAt(local, ZONE)).toThrow(RangeError);
  });

  test.each([
    ['Europe/Paris', true],
    ['UTC', true],
    ['Mars/Base', false],
    ['', false],
    ['+02:00', false],
  ])('%s is a zone: %s', (zone, known) => {
    expect(isZone(zone)).toBe(known);
  });

  test('at the moment itself is in time, a millisecond later is late', () => {
    const closing = deadlineAt('2026-02-10T12:00', ZONE);
    expect(isLate('2026-02-10T11:00:00Z', closing)).toBe(false);
    expect(isLate('2026-02-10T11:00:00.001Z', closing)).toBe(true);
  });

  test('days are moved on the wall clock, across summer time', () => {
    expect(shiftDays(deadlineAt('2026-03-31T12:00', ZONE), -6).local).toBe('2026-03-25T12:00:00');
  });

  test('a day ends with its last millisecond, on days of 23 hours too', () => {
    expect(endOfDay('2026-03-29', ZONE).instant).toBe('2026-03-29T21:59:59.999Z');
  });
});

describe('Regulation 1182/71, Article 3', () => {
  const cases: [string, string, Length, string, string | null][] = [
    ['the day of the event is not counted', '2026-03-02T08:00:00Z', { days: 10 }, '2026-03-12', null],
    ['a Saturday moves to Monday', '2026-03-04T08:00:00Z', { days: 10 }, '2026-03-16', 'non-working-end'],
    ['Easter Monday moves to Tuesday', '2026-03-27T08:00:00Z', { days: 10 }, '2026-04-07', 'non-working-end'],
    ['the event falls on the local day', '2026-03-01T23:30:00Z', { days: 10 }, '2026-03-12', null],
    ['two days hold two working days', '2026-03-06T08:00:00Z', { days: 2 }, '2026-03-10', 'two-working-days'],
    ['one day may hold one', '2026-03-06T08:00:00Z', { days: 1 }, '2026-03-09', 'non-working-end'],
    ['working days skip holidays', '2026-12-23T08:00:00Z', { workingDays: 3 }, '2026-12-29', null],
    ['a week', '2026-03-02T08:00:00Z', { weeks: 1 }, '2026-03-09', null],
    [
      'a month without that date ends on its last day',
      '2026-01-31T08:00:00Z',
      { months: 1 },
      '2026-03-02',
      'non-working-end',
    ],
    ['a year', '2026-03-02T08:00:00Z', { years: 1 }, '2027-03-02', null],
  ];
  test.each(cases)('%s', (_, from, length, day, moved) => {
    const end = endOfPeriod(from, length, ZONE, belgian);
    expect([end.end.local, end.moved]).toEqual([`${day}T23:59:59.999`, moved]);
  });

  test.each([
    ['2026-03-07T09:20:00Z', '2026-03-08T10:00:00Z'],
    ['2026-03-07T09:00:00Z', '2026-03-08T10:00:00Z'],
  ])('24 hours from %s: the hour of the event is not counted', (from, end) => {
    expect(endOfPeriod(from, { hours: 24 }, ZONE, belgian).end.instant).toBe(end);
  });

  test('a closing at 23:59 leaves the day, at 23:58 it does not', () => {
    const { end } = endOfPeriod('2026-03-02T08:00:00Z', { days: 10 }, ZONE, none);
    expect(leavesPeriod(deadlineAt('2026-03-12T23:59', ZONE), end)).toBe(true);
    expect(leavesPeriod(deadlineAt('2026-03-12T23:58', ZONE), end)).toBe(false);
  });

  test('any period ends on a working day, is no shorter than asked and holds two working days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 60 }), (shift, days) => {
        const from = new Date(Date.UTC(2024, 0, 1) + shift * 86_400_000 + 43_200_000);
        const { end } = endOfPeriod(from.toISOString(), { days }, ZONE, belgian);
        const last = new Date(`${end.local.slice(0, 10)}T12:00:00Z`);
        expect((last.getTime() - from.getTime()) / 86_400_000).toBeGreaterThanOrEqual(days);
        const working = (at: Date): boolean => at.getUTCDay() % 6 !== 0 && !belgian(at.toISOString().slice(0, 10));
        expect(working(last)).toBe(true);
        let count = 0;
        for (let at = from.getTime() + 86_400_000; at <= last.getTime(); at += 86_400_000)
          if (working(new Date(at))) count++;
        if (days >= 2) expect(count).toBeGreaterThanOrEqual(2);
      }),
    );
  });
});

describe('legal holidays', () => {
  test.each([
    ['BE', null, '2026-07-21', true],
    ['NL', null, '2026-04-27', true],
    // Good Friday is none in the Netherlands, and one in Germany.
    ['NL', null, '2026-04-03', false],
    ['DE', null, '2026-04-03', true],
    ['DE', null, '2026-01-06', false],
    ['DE', 'BY', '2026-01-06', true],
    ['FR', null, '2026-07-14', true],
  ])('%s %s %s', (country, region, day, is) => {
    expect(holidaysOf(country, region)(day)).toBe(is);
  });

  test.each([
    ['XX', null],
    ['constructor', null],
    ['DE', 'ZZ'],
  ])('%s %s is refused', (country, region) => {
    expect(() => holidaysOf(country, region)).toThrow(RangeError);
  });
});
