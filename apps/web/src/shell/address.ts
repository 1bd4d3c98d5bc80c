import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/**
 * One value in the address's query, so that a link shows what the reader sees: `const [lot, setLot] = useAddress('lot', 'all')`. Setting it
 * replaces the entry in the history; the empty string and the fallback leave it out.
 */
export function useAddress(name: string, fallback = ''): [string, (value: string) => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const value = search[name];
  const set = useCallback(
    (next: string) => {
      void navigate({
        to: '.',
        search: ((all: Record<string, unknown>) => ({
          ...all,
          [name]: next === '' || next === fallback ? undefined : next,
        })) as never,
        replace: true,
        resetScroll: false,
      });
    },
    [navigate, name, fallback],
  );
  return [typeof value === 'string' || typeof value === 'number' ? String(value) : fallback, set];
}

/** A part of the address's path: `purchase`, `requirement`, `document`, `section`; empty where the route has none. */
export function usePathPart(name: string): string {
  const params = useParams({ strict: false }) as Record<string, string | undefined>;
  return params[name] ?? '';
}

/** Id of the purchase that the page is about. */
export function usePurchaseId(): string {
  return usePathPart('purchase');
}
