import type { Actor as Decider } from '@proviso/procurement';
import type { Actor, LinkActor } from '../http/route.ts';

/** Who gives a command: a person or key, a supplier by its link, or the server's clock. */
export type Giver = Actor | LinkActor | 'system';

/** As `decide` and the guards of procurement take them. */
export function deciderOf(giver: Giver): Decider {
  if (giver === 'system') return { id: 'system', roles: ['system'] };
  if ('invitation' in giver) return { id: giver.invitation, roles: ['supplier'], supplier: giver.supplier };
  return { id: giver.id, roles: giver.roles };
}

/** As the log names them. */
export function logActor(giver: Giver): string {
  if (giver === 'system') return 'system';
  if ('invitation' in giver) return `invitation:${giver.invitation}`;
  return `${giver.scopes === null ? 'person' : 'key'}:${giver.id}`;
}

/** What a key may be used for; null for everybody else. */
export const scopesOf = (giver: Giver): readonly string[] | null =>
  giver === 'system' || 'invitation' in giver ? null : giver.scopes;
