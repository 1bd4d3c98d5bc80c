import { expect, it } from 'vitest';
import { isPublicName } from './public-name.ts';

it.each(['example.org', 'localhost.org', 'be', '9.9.9.9', '2620:fe::fe', 'xn--bcher-kva.example'])(
  '%s may be public',
  (name) => {
    expect(isPublicName(name)).toBe(true);
  },
);

it.each([
  'localhost',
  'LOCALHOST.',
  'a.localhost',
  'printer.local',
  'db.internal',
  'nas.home.arpa',
  '127.0.0.1',
  '10.0.0.1',
  '::1',
])('%s is not', (name) => {
  expect(isPublicName(name)).toBe(false);
});
