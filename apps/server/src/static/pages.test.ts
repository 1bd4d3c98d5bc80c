import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mountPages } from './pages.ts';

let folder: string;
let app: FastifyInstance;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pages-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<title>Proviso</title>');
  await writeFile(join(folder, 'assets', 'page-new.js'), 'export {}');
  app = fastify();
  await mountPages(app, folder);
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

it.each([
  ['/', 200, 'no-cache'],
  ['/t/somewhere/purchases', 200, 'no-cache'],
  ['/assets/page-new.js', 200, 'public, max-age=31536000, immutable'],
  // Of the build before an upgrade.
  ['/assets/page-old.js', 404, undefined],
  ['/api/nothing', 404, undefined],
])('%s is answered with %i', async (url, status, cached) => {
  const { statusCode, headers } = await app.inject(url);
  expect([statusCode, headers['cache-control']]).toEqual([status, cached]);
});
