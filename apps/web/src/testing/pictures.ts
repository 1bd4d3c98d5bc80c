/**
 * `npm run pictures`: takes the pictures of docs/guide from the running product, by the very journey that the tests make. The pages are those of
 * the last build.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from '@proviso/study/testing/browser';
import { journey } from './journey.ts';
import { openStage } from './stage.ts';

const FOLDER = join(import.meta.dirname, '../../../../docs/guide/pictures');

await mkdir(FOLDER, { recursive: true });
const [browser, stage] = await Promise.all([launchBrowser(), openStage()]);
try {
  await journey(browser, stage, 'en', async (name, page) => {
    await page.evaluate('scrollTo(0, 0)');
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
    process.stderr.write(`${name}\n`);
  });
} finally {
  await browser.close();
  await stage.close();
}
