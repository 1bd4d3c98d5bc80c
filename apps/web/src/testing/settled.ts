import type { Page } from 'playwright-core';

/** A page is there when the router has drawn it, with its heading, and nothing is waited for. */
export async function settled(page: Page, path?: string): Promise<void> {
  if (path !== undefined) await page.locator(`html[data-page="${path}"]`).waitFor();
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
}
