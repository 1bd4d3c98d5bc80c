import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { keys } from '../api/index.ts';

/** The address to go to after signing in: one of our own only, so that a link cannot lead elsewhere. */
export function safeReturn(to: unknown): string {
  if (typeof to !== 'string' || !to.startsWith('/')) return '/';
  // A browser reads `\` as `/`, and leaves out tabs and line breaks.
  if (/^\/[/\\]|[\t\r\n]/.test(to)) return '/';
  return to.startsWith('/sign-in') ? '/' : to;
}

/** Forgets who was signed in before, and goes on. */
export function useGoOn(): (to?: unknown) => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  return async (to) => {
    client.removeQueries({ queryKey: keys.me });
    router.history.push(safeReturn(to));
  };
}

/** The secret in the address's fragment, which browsers send to nobody. */
export function fragmentToken(): string {
  return decodeURIComponent(window.location.hash.slice(1));
}
