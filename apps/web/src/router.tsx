import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouteComponent,
} from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { Toasts } from './design/toast.tsx';
import { NotFound, ProblemPage, Start, TenantLayout, Waiting } from './shell/layout.tsx';
import { PurchaseLayout } from './shell/purchase-layout.tsx';

const PAGES = import.meta.glob<{ default: ComponentType }>('./*/**/page.tsx');

/** A page's component, whose script is fetched when the page is gone to: `page('auth/sign-in')` is `src/auth/sign-in/page.tsx`. */
function page(folder: string): RouteComponent {
  const load = PAGES[`./${folder}/page.tsx`];
  return lazyRouteComponent(load ?? (() => Promise.reject(new Error(`There is no src/${folder}/page.tsx.`))));
}

const root = createRootRoute({
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

const tenant = createRoute({ getParentRoute: () => root, path: 't/$tenant', component: TenantLayout });
const below = (path: string, folder: string) =>
  createRoute({ getParentRoute: () => tenant, path, component: page(folder) });

const purchase = createRoute({ getParentRoute: () => tenant, path: 'purchases/$purchase', component: PurchaseLayout });
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

/** Every page has an address, and every page's script is fetched only when it is gone to. */
export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingComponent: Waiting,
  defaultErrorComponent: ProblemPage,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});
