import { expect, it } from 'vitest';
import { countryOfZone } from './places.ts';

it.each([
  ['Europe/Brussels', 'BE'],
  ['Europe/Amsterdam', 'NL'],
  ['Europe/Dublin', 'IE'],
  // Nobody's in particular.
  ['UTC', null],
])('clocks that go by %s are of %s', (zone, country) => {
  expect(countryOfZone(zone)).toBe(country);
});
