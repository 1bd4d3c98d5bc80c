/**
 * Keys of what is fetched, so that a change can say what it makes stale. All of an organisation's begin with its id, all of a purchase's
 * with the organisation's and its own: `invalidate(keys.purchase(tenant, id))` covers its demand, comments and the rest.
 */
export const keys = {
  me: ['me'] as const,
  status: ['status'] as const,
  tenant: (tenant: string) => ['t', tenant] as const,
  home: (tenant: string) => ['t', tenant, 'home'] as const,
  purchases: (tenant: string, ...filters: unknown[]) => ['t', tenant, 'purchases', ...filters] as const,
  purchase: (tenant: string, id: string) => ['t', tenant, 'purchase', id] as const,
  /** A part of a purchase: `view`, `demand`, `comments`, `opening`, `evaluation` … with what else it depends on. */
  part: (tenant: string, id: string, part: string, ...more: unknown[]) =>
    ['t', tenant, 'purchase', id, part, ...more] as const,
  /** Anything else of an organisation: `people`, `suppliers`, `documents`, `log` … */
  list: (tenant: string, what: string, ...more: unknown[]) => ['t', tenant, what, ...more] as const,
};
