import { queryOptions, useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import type { DemandView, PurchaseView } from 'proviso-server/contract';
import { useCallback, useRef, useState } from 'react';
import { useLanguage } from '../i18n/provider.tsx';
import { keys } from './keys.ts';
import { isProblem, ProblemError } from './problem.ts';
import { type Tenant, useTenant } from './tenant.tsx';

export const purchaseQuery = (tenant: Pick<Tenant, 'id' | 'api'>, id: string) =>
  queryOptions({
    queryKey: keys.part(tenant.id, id, 'view'),
    queryFn: ({ signal }) => tenant.api.get<PurchaseView>(`/purchases/${id}`, { signal }),
  });

/** The purchase as the reader may see it; waits (by Suspense) and throws to the nearest boundary. */
export function usePurchase(id: string): PurchaseView {
  return useSuspenseQuery(purchaseQuery(useTenant(), id)).data;
}

/** The demand in the reader's language; null where none was derived yet. */
export function useDemand(id: string, n?: number): DemandView | null {
  const tenant = useTenant();
  const { language } = useLanguage();
  return useSuspenseQuery({
    queryKey: keys.part(tenant.id, id, 'demand', language, n ?? null),
    async queryFn({ signal }) {
      const which = n === undefined ? '' : `&n=${n}`;
      try {
        return await tenant.api.get<DemandView>(`/purchases/${id}/demand?language=${language}${which}`, { signal });
      } catch (error) {
        if (error instanceof ProblemError && error.status === 404) return null;
        throw error;
      }
    },
  }).data;
}

/** Any other part of a purchase, by its address below `/purchases/{id}`. */
export function usePart<T>(id: string, part: string, path: string): T;
/** As above; undefined, and not asked for, where the reader may not have it. */
export function usePart<T>(id: string, part: string, path: string, may: boolean): T | undefined;
export function usePart<T>(id: string, part: string, path: string, may = true): T | undefined {
  const tenant = useTenant();
  return (
    useSuspenseQuery({
      queryKey: keys.part(tenant.id, id, part, path, may),
      queryFn: async ({ signal }) => (may ? tenant.api.get<T>(`/purchases/${id}${path}`, { signal }) : null),
    }).data ?? undefined
  );
}

/** Any list or thing of the organisation, by its address. */
export function useList<T>(what: string, path: string): T {
  const tenant = useTenant();
  return useSuspenseQuery({
    queryKey: keys.list(tenant.id, what, path),
    queryFn: ({ signal }) => tenant.api.get<T>(path, { signal }),
  }).data;
}

/** As `useList`, for what the page shows without waiting: undefined until it is there. */
export function useOptionalList<T>(what: string, path: string, enabled = true): T | undefined {
  const tenant = useTenant();
  return useQuery({
    queryKey: keys.list(tenant.id, what, path),
    queryFn: ({ signal }) => tenant.api.get<T>(path, { signal }),
    enabled,
  }).data;
}

/** Somebody changed the purchase first: what it was when the reader began, and what it is now. */
export interface Conflict {
  before: PurchaseView;
  now: PurchaseView;
}

export interface Giving {
  pending: boolean;
  /** Why the last one was refused. */
  error: Error | null;
  conflict: Conflict | null;
  /**
   * Gives a command; true when it was carried out. What was typed stays with the page in either case. `base` is what the reader saw when the
   * editing began: without it a form that replaces a whole list would write over what came in meanwhile.
   */
  give(type: string, input: unknown, base?: PurchaseView): Promise<boolean>;
  /** Any other change that carries the purchase's version: `change((version) => api.put(…, { version, … }))`. */
  change(send: (version: number) => Promise<unknown>, base?: PurchaseView): Promise<boolean>;
  /** After a conflict: the same once more, on what stands now. */
  again(): Promise<boolean>;
  dismiss(): void;
}

/**
 * Gives commands to a purchase with the version that the page shows. On `409 version-conflict` the present state is fetched and handed out
 * beside the old one; nothing is sent again before the reader says so.
 */
export function useGive(id: string): Giving {
  const tenant = useTenant();
  const client = useQueryClient();
  const options = purchaseQuery(tenant, id);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const last = useRef<((version: number) => Promise<unknown>) | null>(null);
  const { mutateAsync, isPending, error, reset } = useMutation({
    mutationFn: async ({ send, base }: { send: (version: number) => Promise<unknown>; base?: PurchaseView }) => {
      const before = base ?? client.getQueryData(options.queryKey) ?? (await client.fetchQuery(options));
      try {
        const after = await send(before.version);
        if (isView(after)) client.setQueryData(options.queryKey, after);
      } catch (problem) {
        if (isProblem(problem, 'version-conflict')) {
          const now = await client.fetchQuery({ ...options, staleTime: 0 });
          setConflict({ before, now });
        }
        throw problem;
      }
    },
  });
  const change = useCallback(
    async (send: (version: number) => Promise<unknown>, base?: PurchaseView): Promise<boolean> => {
      last.current = send;
      setConflict(null);
      try {
        await mutateAsync({ send, base });
      } catch {
        return false;
      }
      await client.invalidateQueries({ queryKey: keys.purchase(tenant.id, id) });
      void client.invalidateQueries({ queryKey: keys.home(tenant.id) });
      void client.invalidateQueries({ queryKey: keys.purchases(tenant.id) });
      return true;
    },
    [mutateAsync, client, tenant.id, id],
  );
  const give = useCallback(
    (type: string, input: unknown, base?: PurchaseView) =>
      change((version) => tenant.api.post<PurchaseView>(`/purchases/${id}/commands/${type}`, { version, input }), base),
    [change, tenant.api, id],
  );
  return {
    pending: isPending,
    error: conflict ? null : error,
    conflict,
    give,
    change,
    again: async () => (last.current ? change(last.current) : false),
    dismiss() {
      setConflict(null);
      reset();
    },
  };
}

function isView(value: unknown): value is PurchaseView {
  return typeof value === 'object' && value !== null && 'purchase' in value && 'version' in value;
}

/**
 * What a form that stays open was begun on. It follows the purchase as long as others leave its own part alone; `adopt` takes the present one
 * after a save. Handed to `give`, it makes a save on top of another's change a conflict and not a loss.
 */
export function useBase(
  view: PurchaseView,
  part: (purchase: PurchaseView['purchase']) => unknown,
): { base: PurchaseView; adopt(): void } {
  const [base, setBase] = useState(view);
  const [adopting, setAdopting] = useState(false);
  if (base !== view && (adopting || JSON.stringify(part(base.purchase)) === JSON.stringify(part(view.purchase)))) {
    setBase(view);
    setAdopting(false);
  } else if (adopting && base === view) setAdopting(false);
  return { base, adopt: () => setAdopting(true) };
}
