import { describe, expect, test } from 'vitest';
import table from '../data/permissions.json' with { type: 'json' };
import { COMMANDS } from './decide.ts';
import { ACTIONS, type Action, may, ROLES, rolesFor } from './permissions.ts';

const READING = ['.read', '.list'];
const reads = (action: string): boolean => READING.some((one) => action.endsWith(one)) || action === 'export';

describe('the table of permissions', () => {
  test('names the roles of the code, and only those', () => {
    expect(table.roles).toEqual([...ROLES]);
    for (const action of ACTIONS) for (const role of table.actions[action]) expect(ROLES).toContain(role);
  });

  test('every action has a role, and every role has an action', () => {
    for (const action of ACTIONS) expect(rolesFor(action).length).toBeGreaterThan(0);
    for (const role of ROLES) expect(ACTIONS.some((action) => may([role], action))).toBe(true);
  });

  test('every command names an action of the table', () => {
    for (const { action } of Object.values(COMMANDS)) expect(ACTIONS).toContain(action);
  });

  test('auditors read everything of the buyer and change nothing', () => {
    for (const action of ACTIONS) if (may(['auditor'], action)) expect(reads(action)).toBe(true);
    for (const action of ACTIONS) if (reads(action)) expect([action, may(['auditor'], action)]).toEqual([action, true]);
    for (const [type, { action }] of Object.entries(COMMANDS))
      expect([type, may(['auditor'], action)]).toEqual([type, false]);
  });

  test('an owner may do all that a buyer may', () => {
    for (const action of ACTIONS)
      if (may(['buyer'], action)) expect([action, may(['owner'], action)]).toEqual([action, true]);
  });

  test('suppliers share no action with the people who decide, but reading what was published', () => {
    for (const action of ACTIONS)
      if (may(['supplier'], action) && action !== 'published.read') expect(rolesFor(action)).toEqual(['supplier']);
  });

  test('only openers open', () => {
    for (const action of ['offer.open', 'price.open'] as const) expect(rolesFor(action)).toEqual(['opener']);
    expect(may(['opener'], 'score.write')).toBe(false);
    expect(may(['evaluator'], 'offer.open')).toBe(false);
  });

  test.each([[[]], [['']], [['root']], [['__proto__']], [['Owner']]])('%j may nothing', (roles) => {
    for (const action of ACTIONS) expect(may(roles, action)).toBe(false);
  });

  test('an action that is not there is nobody’s', () => {
    expect(may(ROLES, 'no.such' as Action)).toBe(false);
    expect(may(ROLES, 'constructor' as Action)).toBe(false);
  });
});
