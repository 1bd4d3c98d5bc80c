import table from '../data/permissions.json' with { type: 'json' };

export type Action = keyof typeof table.actions;
export const ACTIONS = Object.keys(table.actions) as Action[];
/** `system` is the server's own clock and jobs; no person has it. */
export const ROLES = [
  'owner',
  'buyer',
  'security',
  'legal',
  'evaluator',
  'opener',
  'auditor',
  'supplier',
  'system',
] as const;
export type Role = (typeof ROLES)[number];

/**
 * May somebody with these roles do this at all? What a purchase adds to it (its state, who was named, a declared conflict, a supplier's own
 * things only) is asked by `decide` and by the guards. Total: an unknown role gives nothing.
 */
export function may(roles: readonly string[], action: Action): boolean {
  const allowed: readonly string[] = Object.hasOwn(table.actions, action) ? table.actions[action] : [];
  return roles.some((role) => allowed.includes(role));
}

/** The roles that an action asks for, of which one is enough. */
export function rolesFor(action: Action): Role[] {
  return ROLES.filter((role) => may([role], action));
}
