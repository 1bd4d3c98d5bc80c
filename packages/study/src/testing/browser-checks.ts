import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchBrowser } from './browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What the tests of a file try pages in; there from the first test to the last. */
export interface Trial {
  browser: Browser;
  /** For the pages, which are opened from disk. */
  folder: string;
  /** See `faultsOf`; each test is held to none. */
  faults: string[];
}

/** Starts a browser for the tests of a file, and holds each test to no script error, no refusal by the policy and no request. */
export function tryInBrowser(): Trial {
  const trial = { faults: [] as string[] } as Trial;
  beforeAll(async () => {
    trial.folder = mkdtempSync(join(tmpdir(), 'proviso-page-'));
    trial.browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await trial.browser?.close();
    rmSync(trial.folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    for (const context of trial.browser.contexts()) await context.close();
    expect(trial.faults.splice(0)).toEqual([]);
  });
  return trial;
}

/** Script errors, refusals by the page's own policy and any request, pushed to `faults` as they happen. */
export function faultsOf(page: Page, faults: string[]): void {
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => !/^(file|blob):/.test(request.url()) && faults.push(`asks for ${request.url()}`));
}

/** What axe finds against WCAG 2.2 A and AA and its own best practices. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then((result) =>
       result.violations.flatMap((rule) => rule.nodes.map((node) => rule.id + ': ' + node.target.join(' ') + ' ' + node.failureSummary)))`,
  );
  return found as string[];
}
