import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Derived } from 'proviso-server/contract';
import { useEffect, useState } from 'react';
import { keys, useTenant } from '../api/index.ts';
import { useLanguage } from '../i18n/index.ts';

/** Milliseconds of quiet before an answer is tried out. */
const QUIET = 250;

/**
 * What a context would demand; nothing is kept. The last preview stays while the next is made. Null context: nothing to derive yet. Asks
 * again only when the context has rested for a moment.
 */
export function useDerived(context: unknown) {
  const tenant = useTenant();
  const { language } = useLanguage();
  const settled = useSettled(context === null ? null : JSON.stringify(context));
  return useQuery({
    queryKey: keys.list(tenant.id, 'derive', language, settled),
    queryFn: ({ signal }) =>
      tenant.api.post<Derived>('/derive', { context: JSON.parse(settled ?? 'null'), language }, { signal }),
    enabled: settled !== null,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** A value when it has rested for a moment. */
export function useSettled(value: string | null): string | null {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), QUIET);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
