/**
 * `npm run bench:probes [-- --quick]`: how many names a second, with how much memory, against servers in another process of this machine.
 * Writes its part of docs/benchmarks.md, unless --quick. Both processes share the machine's cores, so that a server's handshakes are in the figures.
 * It starts as `proviso probe --list` does.
 */
import module from 'node:module';
import { keepHeapSmall } from '../apps/cli/src/run/small-heap.ts';

keepHeapSmall();
module.enableCompileCache();
await import('./probes/figures.ts');
