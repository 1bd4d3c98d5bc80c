import { existsSync } from 'node:fs';
import { join } from 'node:path';
import files from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * Serves the built pages from a folder: files with a hash in their name for ever, and `index.html` for every address of the workbench's own
 * that is no file. A script of an earlier build is gone, and said to be: as `index.html` a browser would keep it for ever and fail in it.
 * Null: no pages.
 */
export async function mountPages(app: FastifyInstance, folder: string | null): Promise<void> {
  if (folder === null || !existsSync(join(folder, 'index.html'))) return;
  await app.register(async (scope) => {
    scope.addHook('onRoute', (options) => {
      options.config = { ...options.config, cameBy: 'pages' };
    });
    await scope.register(files, {
      root: folder,
      wildcard: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const lasting = path.startsWith(join(folder, 'assets'));
        reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    // What a supplier's link opens.
    scope.get('/offer', async (_, reply) => reply.sendFile('offer.html'));
    scope.get('/*', async ({ url }, reply) =>
      ['/api/', '/assets/'].some((start) => url.startsWith(start))
        ? reply.callNotFound()
        : reply.sendFile('index.html'),
    );
  });
}
