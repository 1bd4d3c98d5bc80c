import { expect, test } from 'vitest';
import { duration, statusLine } from './progress.ts';

test.each([
  [0, '0 s'],
  [89, '89 s'],
  [90, '2 min'],
  [3600, '60 min'],
  [7500, '2 h 5 min'],
])('%d seconds are %s', (seconds, words) => expect(duration(seconds)).toBe(words));

test('time left is told from bytes, not from documents', () => {
  const state = { done: 1, total: 10, doneBytes: 900, totalBytes: 1000, seconds: 9 };
  expect(statusLine(state, 'x.pdf', 80)).toBe('1/10 documents · 0.1/s · 1 s left · x.pdf');
});

test('nothing is promised before anything is done, and the line fits the terminal', () => {
  const state = { done: 0, total: 5, doneBytes: 0, totalBytes: 10, seconds: 0 };
  expect(statusLine(state, 'a'.repeat(200), 40)).toHaveLength(39);
  expect(statusLine(state, 'a', 80)).not.toContain('left');
});
