/** Reads the PDFs named on the command line twice in this one process and prints the second pass's pages a second. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from '@proviso/documents';
import { loadReadingData, read } from '@proviso/reading';
import { loadRegistry } from '@proviso/standards';

const registry = loadRegistry();
const data = loadReadingData();
const files = process.argv.slice(2).map((path) => ({ path, bytes: readFileSync(path) }));

async function pass(): Promise<{ pages: number; cpu: number; parse: number }> {
  const before = process.cpuUsage();
  let pages = 0;
  let parsing = 0;
  for (const { path, bytes } of files) {
    const started = process.cpuUsage();
    const document = await parse(bytes, path).catch(() => null);
    const spent = process.cpuUsage(started);
    parsing += spent.user + spent.system;
    if (!document) continue;
    pages += document.pages ?? 0;
    const source = {
      path,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
      manifest: null,
    };
    read(document, { registry, data, engine: 'bench', asOf: '2026-01-01', source });
  }
  const spent = process.cpuUsage(before);
  return { pages, cpu: (spent.user + spent.system) / 1e6, parse: parsing / 1e6 };
}

await pass();
const { pages, cpu, parse: parsing } = await pass();
console.log('| pages | CPU s | pages/s a core | of it parsing | wanted |');
console.log('|---|---|---|---|---|');
console.log(
  `| ${pages} | ${cpu.toFixed(1)} | ${(pages / cpu).toFixed(0)} | ${((parsing / cpu) * 100).toFixed(0)} % | ≥ 100 pages/s |`,
);
