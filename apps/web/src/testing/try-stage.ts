import { rmSync } from 'node:fs';
import { launchBrowser } from '@proviso/study/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { builtFolder } from '../offer/testing/built-pages.ts';
import { openStage } from './stage.ts';

/** A browser and a workbench for the tests of a file; there from the first test to the last. */
export interface StageTrial {
  browser: Browser;
  stage: Awaited<ReturnType<typeof openStage>>;
}

/** Builds the pages and starts both. */
export function tryStage(): StageTrial {
  const trial = {} as StageTrial;
  let pages = '';
  beforeAll(async () => {
    pages = await builtFolder('all');
    [trial.browser, trial.stage] = await Promise.all([launchBrowser(), openStage({ pages })]);
  }, 120_000);
  afterAll(async () => {
    await trial.browser?.close();
    await trial.stage?.close();
    if (pages) rmSync(pages, { recursive: true, force: true });
  });
  return trial;
}
