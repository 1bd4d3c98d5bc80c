import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Built, builtPages, ORIGIN, serve } from '../offer/testing/built-pages.ts';
import type { FakeServer } from './fake-server.ts';

let built: Promise<Built> | undefined;

/** The pages as they are shipped, built once for all tests. */
export function shippedPages(): Promise<Built> {
  built ??= build();
  return built;
}

async function build(): Promise<Built> {
  // Vite builds React for tests where it is told that it is in one.
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    return await builtPages('all');
  } finally {
    process.env.NODE_ENV = before;
  }
}

/** What axe finds wrong with colours alone; after `axeViolations`, which has put axe into the page. */
export async function contrastFaults(page: Page): Promise<string[]> {
  return (await page.evaluate(
    `axe.run(document, { runOnly: ['color-contrast'], resultTypes: ['violations'] }).then(({ violations }) =>
       violations.flatMap((rule) => rule.nodes.map(({ target, failureSummary }) => target.join(' ') + ' ' + failureSummary)))`,
  )) as string[];
}

/** Goes to another page as a link does: without loading the script again. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => window.history.pushState(null, '', to), path);
}

export interface Trial {
  /** Opens an address of the workbench, answered by a fake server. */
  open(server: FakeServer, path: string, options?: BrowserContextOptions): Promise<Page>;
  /** Script errors and refusals by the policy; each test is held to none. */
  faults: string[];
}

/** A browser for the tests of a file, started by `launchBrowser` of the room for studies. */
export function tryWorkbench(launchBrowser: () => Promise<Browser>): Trial {
  const faults: string[] = [];
  let browser: Browser;
  let pages: Built;
  beforeAll(async () => {
    [browser, pages] = await Promise.all([launchBrowser(), shippedPages()]);
  }, 120_000);
  afterAll(() => browser?.close());
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(faults.splice(0)).toEqual([]);
  });
  return {
    faults,
    async open(server, path, options = {}) {
      const context = await browser.newContext({
        locale: 'en-GB',
        timezoneId: 'Europe/Brussels',
        viewport: { width: 1280, height: 900 },
        reducedMotion: 'reduce',
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        // Refusals that a test asks for are told by the browser too.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          faults.push(message.text());
      });
      await serve(page, pages, server.answer);
      await page.goto(`${ORIGIN}${path}`);
      return page;
    },
  };
}
