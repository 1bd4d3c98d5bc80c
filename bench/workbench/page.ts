import { launchBrowser } from '@proviso/study/testing/browser';

/** What a person with a cold browser waits for, in milliseconds. */
export interface PageFigures {
  /** Until the answers stand there. */
  shown: number;
  /** Until the arrow keys move through them. */
  usable: number;
}

/** Opens the comparison of all answers of a purchase five times, each with an empty cache. @throws Error where it does not come */
export async function timeEvaluation(
  url: string,
  { tenant, purchase, cookie }: { tenant: string; purchase: string; cookie: string },
): Promise<PageFigures[]> {
  const browser = await launchBrowser();
  const figures: PageFigures[] = [];
  try {
    for (let turn = 0; turn < 5; turn++) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
      await context.addCookies(
        cookie.split('; ').map((one) => {
          const [name = '', ...value] = one.split('=');
          return { name, value: value.join('='), url };
        }),
      );
      const page = await context.newPage();
      const began = performance.now();
      await page.goto(`${url}/t/${tenant}/purchases/${purchase}/evaluate`, { waitUntil: 'commit' });
      const grid = page.getByRole('grid');
      await grid.locator('[tabindex="0"]').waitFor();
      const shown = performance.now() - began;
      await grid.locator('[tabindex="0"]').focus();
      const before = await page.evaluate('document.activeElement.textContent');
      await page.keyboard.press('ArrowDown');
      await page.waitForFunction(`document.activeElement.textContent !== ${JSON.stringify(before)}`);
      figures.push({ shown, usable: performance.now() - began });
      await context.close();
    }
  } finally {
    await browser.close();
  }
  return figures;
}
