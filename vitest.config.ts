import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts'],
    // Vitest leaves a core free, which on two cores is half of them.
    maxWorkers: '100%',
    // Files share a worker and what it has loaded, which is a third faster: a test restores what it replaces, and mocks no module.
    isolate: false,
    testTimeout: 60_000,
    // A hook may compile the registry or start a browser, on a busy machine too.
    hookTimeout: 60_000,
  },
});
