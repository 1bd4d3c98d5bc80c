/**
 * Prints what the supplier's page costs to load, after a build:
 *
 *   node apps/web/src/offer/testing/print-sizes.ts
 */
import { readFileSync } from 'node:fs';
import { type Manifest, scriptSizes } from './sizes.ts';

const dist = new URL('../../../dist/', import.meta.url);
const read = (file: string): Buffer => readFileSync(new URL(file, dist));
const manifest = JSON.parse(String(read('.vite/manifest.json'))) as Manifest;
const sizes = scriptSizes(manifest, read, 'offer.html', 'en');
for (const { file, bytes } of sizes) console.log(`${String(bytes).padStart(7)}  ${file}`);
console.log(`${String(sizes.reduce((sum, one) => sum + one.bytes, 0)).padStart(7)}  in all, of 110,000`);
