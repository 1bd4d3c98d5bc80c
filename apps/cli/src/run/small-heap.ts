import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 collect garbage before it piles up, for the rest of this process. Probing a long list makes much garbage and keeps little: left alone,
 * V8 lets it grow to several times what is in use where a machine has the memory. Costs about a fifth more computing.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=50');
  setFlagsFromString('--semi-space-growth-factor=1');
}
