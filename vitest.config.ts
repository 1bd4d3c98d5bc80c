import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, the longest first: begun last, one of them would run on alone while the other cores have nothing to do. */
const LONG = ['journey.browser', 'browser', 'crash', 'commands/workbench', 'hosts', 'hostile'];

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONG.findIndex((part) => moduleId.includes(part));
      return at < 0 ? LONG.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts'],
    // Vitest leaves a core free, which on two cores is half of them.
    maxWorkers: '100%',
    // Files share a worker and what it has loaded, which is a third faster: a test restores what it replaces, and mocks no module.
    isolate: false,
    sequence: { sequencer: LongFirst },
    testTimeout: 60_000,
    // A hook may compile the registry or start a browser, on a busy machine too.
    hookTimeout: 60_000,
  },
});
