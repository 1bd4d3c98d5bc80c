/** Starts one part as `proviso probe --list` starts: with a small heap, and code that was compiled before. */
import module from 'node:module';
import { keepHeapSmall } from '../../apps/cli/src/run/small-heap.ts';

keepHeapSmall();
module.enableCompileCache();
await import('./figures.ts');
