/**
 * `npm run pictures`: takes the pictures that docs/guide shows from the running product, by the very journey that the tests make. The pages are
 * those of the last build.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from '@proviso/study/testing/browser';
import { journey } from './journey.ts';
import { openStage } from './stage.ts';

const FOLDER = join(import.meta.dirname, '../../../../docs/guide/pictures');
/** Looks of the journey that a guide shows; the others are not written. */
const SHOWN: readonly string[] = [
  'set-up',
  'first-home',
  'people',
  'opener-key',
  'wizard-what',
  'overview',
  'risks',
  'team',
  'demand',
  'approval',
  'publish',
  'invitations',
  'offer-begin',
  'questions',
  'offer-filled',
  'opening-quality',
  'opening-record',
  'evaluate-compare',
  'evaluate-score',
  'evaluate-agree',
  'evaluate-deviations',
  'award-ranking',
  'award-sensitivity',
  'award-decision',
  'award-letters',
  'thread',
  'contract',
  'obligation',
  'home',
];

await mkdir(FOLDER, { recursive: true });
const [browser, stage] = await Promise.all([launchBrowser(), openStage()]);
try {
  await journey(browser, stage, 'en', async (name, page) => {
    if (!SHOWN.includes(name)) return;
    await page.evaluate('scrollTo(0, 0)');
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
    process.stderr.write(`${name}\n`);
  });
} finally {
  await browser.close();
  await stage.close();
}
