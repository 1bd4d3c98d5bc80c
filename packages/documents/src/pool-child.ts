/** The process a pool starts: imports the module it is given, then answers one job at a time until the parent goes. */
import type { ChildMessage } from './pool.ts';

type Handle = (job: unknown) => unknown;

// Ctrl-C reaches the whole group; what to do about it is the parent's decision.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());

function say(message: ChildMessage): void {
  process.send?.(message);
}

const loading: Promise<Handle> = import(process.argv[2] ?? '').then((module: { default: Handle }) => module.default);

process.on('message', ({ job }: { job: unknown }) => {
  void answer(job);
});

async function answer(job: unknown): Promise<void> {
  const handle = await loading;
  try {
    say({ kind: 'value', value: await handle(job) });
  } catch (error) {
    say({
      kind: 'error',
      message: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : String(error),
    });
  }
}

await loading;
say({ kind: 'ready' });
