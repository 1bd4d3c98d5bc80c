import { rmSync } from 'node:fs';
import { launchBrowser } from '@proviso/study/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { builtFolder } from '../offer/testing/built-pages.ts';
import { journey } from './journey.ts';
import { openStage } from './stage.ts';

let browser: Browser;
let stage: Awaited<ReturnType<typeof openStage>>;
let pages: string;

beforeAll(async () => {
  pages = await builtFolder('all');
  [browser, stage] = await Promise.all([launchBrowser(), openStage({ pages })]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await stage?.close();
  if (pages) rmSync(pages, { recursive: true, force: true });
});

it('takes a purchase from nothing to its contract, in French, with three suppliers and two openers', async () => {
  const { winner, letters, owed } = await journey(browser, stage, 'fr');
  expect(winner).toContain('Bêta Nuage');
  expect(letters).toHaveLength(3);
  expect(owed).toBeGreaterThan(10);
  // Each is told of its own points and of who won, in the language of the purchase.
  const [won, ...lost] = letters.toSorted(
    (a, b) => Number(a.includes('pas été retenue')) - Number(b.includes('pas été retenue')),
  );
  expect(won).toContain('Votre offre a été retenue.');
  for (const letter of lost) expect(letter).toMatch(/Offre retenue\s: Bêta Nuage, 98,83 points sur 100\./u);
}, 600_000);
