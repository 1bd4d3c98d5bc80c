import type { Me } from 'proviso-server/contract';

const KEPT = 'proviso.tenant';

/** The organisation that was looked at last, so that short addresses lead there. */
export function keepTenant(id: string): void {
  try {
    localStorage.setItem(KEPT, id);
  } catch {
    // The first organisation is then the one.
  }
}

/** The organisation to begin with; null for somebody who belongs to none. */
export function firstTenant(me: Me): string | null {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEPT);
  } catch {
    // As if none were kept.
  }
  const ids = me.memberships.map(({ tenant }) => tenant);
  return ids.find((one) => one === kept) ?? ids[0] ?? null;
}
