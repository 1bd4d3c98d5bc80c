import { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouteComponent,
} from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { apiAt, meQuery, ProblemError, purchaseQuery } from './api/index.ts';
import { Toasts } from './design/toast.tsx';
import { keptLanguage } from './i18n/language.ts';
import { loadWords } from './i18n/messages.ts';
import { NotFound, ProblemPage, Start, TenantLayout, Waiting } from './shell/layout.tsx';
import { PurchaseLayout } from './shell/purchase-layout.tsx';

const PAGES = import.meta.glob<{ default: ComponentType }>('./*/**/page.tsx');

/** Areas of words that are not called as their folder. */
const WORDS: Readonly<Record<string, string>> = { 'purchase/new': 'wizard' };

/**
 * A page's component, whose script and words are fetched when the page is gone to: `page('auth/sign-in')` is `src/auth/sign-in/page.tsx`.
 * Together, since React shows nothing for 300 ms more after each thing that it had to wait for.
 */
function page(folder: string): RouteComponent {
  const load =
    PAGES[`./${folder}/page.tsx`] ?? (() => Promise.reject(new Error(`There is no src/${folder}/page.tsx.`)));
  const area = WORDS[folder] ?? folder.split('/')[0] ?? '';
  return lazyRouteComponent(async () => {
    const [module] = await Promise.all([load(), loadWords(area, keptLanguage())]);
    return module;
  });
}

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: () => (
    <>
      <Outlet />
      <Toasts />
    </>
  ),
  notFoundComponent: NotFound,
});

const start = createRoute({ getParentRoute: () => root, path: '/', component: Start });
const elsewhere = createRoute({ getParentRoute: () => root, path: '$', component: Start });
const outside = (['sign-in', 'set-up', 'join', 'account'] as const).map((path) =>
  createRoute({ getParentRoute: () => root, path, component: page(`auth/${path}`) }),
);

// What every page below needs is asked for while its script is on its way; who needs it waits for it, and hears what went wrong.
const tenant = createRoute({
  getParentRoute: () => root,
  path: 't/$tenant',
  component: TenantLayout,
  loader: ({ context: { client } }) => void client.prefetchQuery(meQuery),
});
const below = (path: string, folder: string) =>
  createRoute({ getParentRoute: () => tenant, path, component: page(folder) });

const purchase = createRoute({
  getParentRoute: () => tenant,
  path: 'purchases/$purchase',
  component: PurchaseLayout,
  loader: ({ context: { client }, params }) => {
    const at = { id: params.tenant, api: apiAt(`/api/t/${params.tenant}`) };
    void client.prefetchQuery(purchaseQuery(at, params.purchase));
  },
});
const part = (path: string, folder = path) =>
  createRoute({ getParentRoute: () => purchase, path, component: page(folder) });

const tree = root.addChildren([
  start,
  elsewhere,
  ...outside,
  tenant.addChildren([
    below('home', 'home'),
    below('purchases', 'purchase'),
    below('purchases/new', 'purchase/new'),
    below('catalogue', 'catalogue'),
    below('catalogue/$entry', 'catalogue'),
    below('library', 'library'),
    below('library/$document', 'library'),
    below('suppliers', 'suppliers'),
    below('suppliers/$supplier', 'suppliers'),
    below('admin', 'admin'),
    below('admin/$section', 'admin'),
    purchase.addChildren([
      part('/', 'purchase/overview'),
      part('overview', 'purchase/overview'),
      part('risks'),
      part('risks/$risk', 'risks'),
      part('demand'),
      part('demand/$requirement', 'demand'),
      part('draft'),
      part('draft/$document', 'draft'),
      part('publish'),
      part('questions'),
      part('candidates'),
      part('opening'),
      part('evaluate'),
      part('proof'),
      part('award'),
      part('contract'),
      part('contract/$obligation', 'contract'),
      part('thread', 'thread'),
      part('thread/$requirement', 'thread'),
    ]),
  ]),
]);

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal stays one; only a server that was not reached is asked again.
      retry: (count, error) => count < 2 && !(error instanceof ProblemError && error.status > 0 && error.status < 500),
    },
  },
});

/** Every page has an address, and every page's script is fetched only when it is gone to. */
export const router = createRouter({
  routeTree: tree,
  context: { client },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingComponent: Waiting,
  defaultErrorComponent: ProblemPage,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});
