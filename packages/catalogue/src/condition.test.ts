import { describe, expect, it } from 'vitest';
import { factsOf, holds } from './condition.ts';

const facts = { types: ['dns-service', 'email-service'], criticality: 'high', ai: false, months: 48 };
const orders = { criticality: ['low', 'moderate', 'high', 'vital'] };

describe('holds', () => {
  it.each([
    ['nothing asked', undefined, true],
    ['a member of a list', { types: 'dns-service' }, true],
    ['one of several', { types: ['web', 'email-service'] }, true],
    ['none of them', { types: ['web'] }, false],
    ['every fact of a record', { types: 'dns-service', ai: false }, true],
    ['one fact that fails', { types: 'dns-service', ai: true }, false],
    ['order, at least', { criticality: { atLeast: 'moderate' } }, true],
    ['order, too low', { criticality: { atLeast: 'vital' } }, false],
    ['order, at most', { criticality: { atMost: 'high' } }, true],
    ['a number', { months: { atLeast: 36 } }, true],
    ['a number, too high', { months: { atMost: 36 } }, false],
    ['an unknown value of an order', { criticality: { atLeast: 'extreme' } }, false],
    ['an unknown fact', { colour: 'red' }, false],
    ['all', { all: [{ ai: false }, { types: 'dns-service' }] }, true],
    ['any', { any: [{ ai: true }, { types: 'dns-service' }] }, true],
    ['any, none', { any: [{ ai: true }] }, false],
    ['not', { not: { ai: true } }, true],
    ['not of an unknown fact', { not: { colour: 'red' } }, true],
    ['nesting', { not: { any: [{ ai: true }, { all: [{ types: 'dns-service' }, { criticality: 'low' }] }] } }, true],
  ])('%s', (_, condition, expected) => {
    expect(holds(condition, facts, orders)).toBe(expected);
  });
});

describe('factsOf', () => {
  it('lists every fact with the values it is compared with', () => {
    expect(factsOf({ any: [{ not: { ai: true } }, { criticality: { atLeast: 'high' }, types: ['a', 'b'] }] })).toEqual([
      ['ai', true],
      ['criticality', 'high'],
      ['types', 'a'],
      ['types', 'b'],
    ]);
  });
});
