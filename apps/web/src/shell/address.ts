import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';

/**
 * One value in the address's query, so that a link shows what the reader sees: `const [lot, setLot] = useAddress('lot', 'all')`. Setting it
 * replaces the entry in the history; the empty string and the fallback leave it out. The value is there at once, though the router takes a
 * moment: what is typed into a field may not wait for it.
 */
export function useAddress(name: string, fallback = ''): [string, (value: string) => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const found = search[name];
  const inAddress = found === undefined || typeof found === 'object' ? fallback : String(found);
  const [ahead, setAhead] = useState<string | null>(null);
  // The address has caught up.
  if (ahead === inAddress) setAhead(null);
  const set = useCallback(
    (value: string) => {
      const next = value === '' ? fallback : value;
      setAhead(next);
      void navigate({
        to: '.',
        search: ((all: Record<string, unknown>) => ({ ...all, [name]: next === fallback ? undefined : next })) as never,
        replace: true,
        resetScroll: false,
      });
    },
    [navigate, name, fallback],
  );
  return [ahead ?? inAddress, set];
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
