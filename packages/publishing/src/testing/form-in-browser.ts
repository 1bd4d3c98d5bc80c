import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AnswerFile, DemandFile } from '@proviso/catalogue';
import { faultsOf, type Trial, tryInBrowser } from '@proviso/study/testing/browser-checks';
import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { vi } from 'vitest';
import { offlineForm } from '../offline-form/offline-form.ts';
import { ASKING, askingDemand } from './asking-demand.ts';

let trial: Trial;
let files = 0;

/** `tryInBrowser` for the tests of the form. */
export function tryForms(): void {
  vi.setConfig({ testTimeout: 60_000 });
  trial = tryInBrowser();
}

/** A file on disk, and its path. */
export function onDisk(name: string, content: string): string {
  files += 1;
  const path = join(trial.folder, `${files}-${name}`);
  writeFileSync(path, content);
  return path;
}

export interface Opening extends BrowserContextOptions {
  demand?: DemandFile;
  /** Runs before the page's own script. */
  before?: string;
}

/** Opens a form from disk, as a person would. */
export async function open({ demand = askingDemand(), before, ...options }: Opening = {}): Promise<Page> {
  const context = await trial.browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  if (before) await context.addInitScript(before);
  return openIn(context, onDisk('form.html', offlineForm(demand, 'en')));
}

/** Opens a form beside others of the same browser. */
export async function openIn(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  faultsOf(page, trial.faults);
  await page.goto(pathToFileURL(path).href);
  await ready(page);
  return page;
}

export const ready = (page: Page): Promise<void> => page.locator('html[data-ready]').waitFor();

/** Waits until so many requirements of `ASKING` are answered. */
export const progress = (page: Page, done: number): Promise<void> =>
  page.locator('#progress', { hasText: `${done} of ${ASKING.length} answered` }).waitFor();

export const card = (page: Page, id: string): Locator => page.getByRole('article', { name: id });

/** The label of the field with the focus, or what else tells it. */
export const focused = (page: Page): Promise<unknown> =>
  page.evaluate(`document.activeElement.labels?.[0]?.textContent ?? document.activeElement.id`);

/** Gives `ANSWERS`. */
export async function answerAll(page: Page): Promise<void> {
  await card(page, 'AA-01').getByLabel('Very well').check();
  await card(page, 'AA-02').getByLabel('Yes', { exact: true }).check();
  await card(page, 'AA-03').getByLabel('In how many days?').fill('7');
  await card(page, 'BB-01').getByLabel('Since when?').fill('2026-01-31');
  await card(page, 'BB-02').getByLabel('How do you do it?').fill('By hand.');
  await page.getByLabel('Your organisation').fill('Söhne & Co');
}

export async function fillSignature(page: Page): Promise<void> {
  await page.getByLabel('Your name').fill('Ada L.');
  await page.getByLabel('Your role').fill('Head of sales');
  await page.getByLabel('Date', { exact: true }).fill('2026-11-26');
  await page.getByLabel('I declare').check();
}

export async function saved(page: Page, button: string): Promise<{ name: string; path: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return { name: download.suggestedFilename(), path: await download.path() };
}

export async function savedAnswers(
  page: Page,
  button: string,
): Promise<{ name: string; path: string; file: AnswerFile }> {
  const { name, path } = await saved(page, button);
  return { name, path, file: JSON.parse(readFileSync(path, 'utf8')) };
}
