export { type DrawOptions, drawLineage } from './draw-lineage.ts';
export { type Lineage, type LineageNode, lineage } from './lineage.ts';
export { refresh } from './refresh/later.ts';
export type { RefreshOptions, RefreshResult } from './refresh/refresh.ts';
export { type FamilyView, loadRegistry, type Registry } from './registry.ts';
export { resolve } from './resolve.ts';
export { isOutOfForce, STALE } from './stale.ts';
export type * from './types.ts';
