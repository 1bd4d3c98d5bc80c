import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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
