import type { RefreshOptions, RefreshResult } from './refresh.ts';

/** `refresh` of refresh.ts, whose readers of YAML and XML are loaded only when it is called: nothing else needs them. */
export async function refresh(options: RefreshOptions): Promise<RefreshResult[]> {
  const { refresh: run } = await import('./refresh.ts');
  return run(options);
}
