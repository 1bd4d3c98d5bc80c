export { type Api, type Asked, api, apiAt } from './client.ts';
export { keys } from './keys.ts';
export { isProblem, ProblemError } from './problem.ts';
export {
  type Conflict,
  type Giving,
  purchaseQuery,
  useBase,
  useDemand,
  useGive,
  useList,
  useOptionalList,
  usePart,
  usePurchase,
} from './purchase.ts';
export { meQuery, type Tenant, TenantProvider, useMe, useTenant } from './tenant.tsx';
