/**
 * Times `derive` on the whole catalogue for the example contexts; sizes the offline form without a key and with one, and times the latter in a
 * browser from opening the file until it can be used; printed as a table for docs/benchmarks.md.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { demandFileOf, demandHash, derive, loadCatalogue } from '@proviso/catalogue';
import { contextOf } from '@proviso/catalogue/check';
import { offlineForm } from '@proviso/publishing';
import { createLinkSecret, createPurchaseKeys } from '@proviso/sealing';
import { launchBrowser } from '@proviso/study/testing/browser';
import { parse } from 'yaml';
import { offlineForm as builtForm } from '../apps/web/src/offline/build/plugin.ts';
import { median, ROOT } from './measure.ts';

const PURCHASE = '0d9b7f4e-54a7-4a4e-8a55-5a2f2a1f9f10';

const catalogue = loadCatalogue();
const folder = join(ROOT, 'examples/contexts');
process.env.NODE_ENV = 'production';
const { script, words } = await builtForm();
const openers = await Promise.all(
  ['a', 'b'].map(async (id) => ({ id, recipient: (await createLinkSecret()).recipient })),
);
const { keys } = await createPurchaseKeys({ purchase: PURCHASE, openers, recovery: null, parts: ['quality', 'price'] });
const out = mkdtempSync(join(tmpdir(), 'proviso-forms-'));
const browser = await launchBrowser();

console.log(
  '| purchase | requirements | `derive`, ms, median of 200 (wanted ≤ 5) | offline form, KB (wanted ≤ 400) | with a key, KB (wanted ≤ 400) | opened from disk until it can be used, ms, median of 5 (wanted ≤ 1000) | of which computing, with layout after, ms |',
);
console.log('|---|---|---|---|---|---|---|');
for (const name of readdirSync(folder).sort()) {
  const context = contextOf(parse(readFileSync(join(folder, name), 'utf8')), catalogue);
  const took: number[] = [];
  let demand = derive(context, catalogue);
  for (let i = 0; i < 200; i++) {
    const start = performance.now();
    demand = derive(context, catalogue);
    took.push(performance.now() - start);
  }
  const file = demandFileOf(demand, catalogue);
  const asked = {
    purchase: {
      id: PURCHASE,
      lots: [{ id: 'all', title: 'All' }],
      zone: 'Europe/Brussels',
      closing: '2027-03-01T11:00Z',
    },
    demand: demandHash(demand),
    keys,
    price: { asked: true, apart: true },
  };
  const sealing = offlineForm(file, context.language, { script, words: words[context.language] ?? {}, asked });
  const path = join(out, `${name}.html`);
  writeFileSync(path, sealing);
  const opened: { passed: number; computed: number }[] = [];
  for (let i = 0; i < 5; i++) opened.push(await ready(path));
  const [plain, sealed] = [offlineForm(file, context.language), sealing].map((page) =>
    (Buffer.byteLength(page) / 1024).toFixed(0),
  );
  console.log(
    `| ${name} | ${demand.requirements.length} | ${median(took).toFixed(2)} | ${plain} | ${sealed} | ${median(opened.map(({ passed }) => passed)).toFixed(0)} | ${median(opened.map(({ computed }) => computed)).toFixed(0)} |`,
  );
}
await browser.close();
rmSync(out, { recursive: true, force: true });

/** Milliseconds from the start of the navigation until the form's script has built the page, and those of them that its thread computed. */
async function ready(path: string): Promise<{ passed: number; computed: number }> {
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await tools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(pathToFileURL(path).href);
  await page.locator('html[data-ready=yes]').waitFor();
  const { metrics } = await tools.send('Performance.getMetrics');
  // The script is the last of the page, and runs before its content counts as loaded.
  const passed = await page.evaluate('performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd');
  await context.close();
  return {
    passed: Number(passed),
    computed: (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000,
  };
}
