import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Me, Role } from 'proviso-server/contract';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type Api, api, apiAt } from './client.ts';
import { keys } from './keys.ts';

/** The organisation that the page is about, and who the reader is in it. */
export interface Tenant {
  id: string;
  name: string;
  /** The reader's id in this organisation. */
  person: string;
  roles: readonly Role[];
  /** Everything below `/api/t/{id}`. */
  api: Api;
  me: Me;
}

const TenantContext = createContext<Tenant | null>(null);

export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: ({ signal }) => api.get<Me>('/me', { signal }),
  retry: false,
});

export function useMe(enabled = true) {
  return useQuery({ ...meQuery, enabled });
}

export function TenantProvider({ me, id, children }: { me: Me; id: string; children: ReactNode }): ReactNode {
  const tenant = useMemo<Tenant | null>(() => {
    const membership = me.memberships.find((one) => one.tenant === id);
    if (!membership) return null;
    const { name, person, roles } = membership;
    return { id, name, person, roles, api: apiAt(`/api/t/${id}`), me };
  }, [me, id]);
  return <TenantContext value={tenant}>{children}</TenantContext>;
}

/** @throws Error outside of an organisation's pages. */
export function useTenant(): Tenant {
  const tenant = useContext(TenantContext);
  if (!tenant) throw new Error('This part of the page belongs below an organisation.');
  return tenant;
}
