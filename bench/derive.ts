/** Times `derive` on the whole catalogue for the example contexts, and sizes the offline form; printed as a table for docs/benchmarks.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demandFileOf, derive, loadCatalogue } from '@proviso/catalogue';
import { contextOf } from '@proviso/catalogue/check';
import { offlineForm } from '@proviso/publishing';
import { parse } from 'yaml';
import { median, ROOT } from './measure.ts';

const catalogue = loadCatalogue();
const folder = join(ROOT, 'examples/contexts');
console.log('| purchase | requirements | `derive`, ms, median of 200 (wanted ≤ 5) | offline form, KB (wanted ≤ 400) |');
console.log('|---|---|---|---|');
for (const name of readdirSync(folder).sort()) {
  const context = contextOf(parse(readFileSync(join(folder, name), 'utf8')), catalogue);
  const took: number[] = [];
  let demand = derive(context, catalogue);
  for (let i = 0; i < 200; i++) {
    const start = performance.now();
    demand = derive(context, catalogue);
    took.push(performance.now() - start);
  }
  const form = offlineForm(demandFileOf(demand, catalogue), context.language);
  const size = (Buffer.byteLength(form) / 1024).toFixed(0);
  console.log(`| ${name} | ${demand.requirements.length} | ${median(took).toFixed(2)} | ${size} |`);
}
