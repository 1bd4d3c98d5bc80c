import type { UnlockAnswer, UnlockRequest } from './unlock-worker.ts';

/** The key could not be unlocked; `code` is sealing's. */
export class UnlockError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/**
 * The opener's secret key out of its protection. It stays in the page's memory and goes nowhere.
 * @throws UnlockError `wrong-passphrase`, `broken-identity`, or `unknown` where the browser has too little memory
 */
export function unlock(request: UnlockRequest): Promise<string> {
  const worker = new Worker(new URL('./unlock-worker.ts', import.meta.url), { type: 'module' });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  worker.onmessage = ({ data }: MessageEvent<UnlockAnswer>) =>
    'identity' in data ? resolve(data.identity) : reject(new UnlockError(data.code));
  worker.onerror = () => reject(new UnlockError('unknown'));
  worker.postMessage(request);
  return promise.finally(() => worker.terminate());
}
