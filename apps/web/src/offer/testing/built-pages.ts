import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page, Route } from 'playwright-core';
import { build } from 'vite';
import type { FakeAnswer } from './fake-offers.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The server's own policy, as far as pages can break it. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";

export const ORIGIN = 'https://buyer.example';

export interface Built {
  /** Path below the output folder → bytes. */
  files: ReadonlyMap<string, Buffer>;
  manifest: Record<string, { file: string; imports?: string[]; dynamicImports?: string[]; isEntry?: boolean }>;
}

/** Builds pages once, into memory: the supplier's alone, which takes a second, or all of them as they are shipped. */
export async function builtPages(which: 'offer' | 'all'): Promise<Built> {
  const outDir = await builtFolder(which);
  try {
    const paths = readdirSync(outDir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    const files = new Map(
      paths.map(({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [path.slice(outDir.length + 1), readFileSync(path)] as const;
      }),
    );
    return { files, manifest: JSON.parse(String(files.get('.vite/manifest.json'))) };
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

/** As `builtPages`, into a folder that the caller removes. */
export async function builtFolder(which: 'offer' | 'all'): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'proviso-pages-'));
  const before = process.env.NODE_ENV;
  // Else the libraries come as for developers: twice as large, and slow.
  process.env.NODE_ENV = 'production';
  try {
    await build({
      root: ROOT,
      configFile: which === 'all' ? join(ROOT, 'vite.config.ts') : false,
      logLevel: 'error',
      build: {
        target: 'es2022',
        outDir,
        emptyOutDir: true,
        manifest: true,
        assetsInlineLimit: 0,
        rolldownOptions: which === 'all' ? {} : { input: join(ROOT, 'offer.html') },
      },
    });
    return outDir;
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** A server of answers; null for no answer at all. */
export type Answers = (request: {
  method: string;
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  body: Uint8Array | null;
}) => Promise<FakeAnswer | null> | FakeAnswer | null;

/** Answers a page's requests from what was built and from the fake server; no other address exists. */
export async function serve(page: Page, { files }: Built, answers: Answers): Promise<void> {
  const answer = async (route: Route): Promise<void> => {
    const request = route.request();
    const { pathname, search } = new URL(request.url());
    if (pathname.startsWith('/api/')) {
      const asked = { method: request.method(), path: `${pathname}${search}`, headers: request.headers() };
      const found = await answers({ ...asked, body: request.postDataBuffer() });
      if (found === null) return route.abort();
      const { status, headers, bytes, body } = found;
      if (bytes) return route.fulfill({ status, headers, body: Buffer.from(bytes) });
      return route.fulfill({ status, headers, ...(body === undefined ? {} : { json: body }) });
    }
    // Addresses of the workbench are no files, also where one ends in the number of an obligation.
    const isPage = pathname.startsWith('/t/') || extname(pathname) === '';
    const path = pathname === '/offer' ? 'offer.html' : isPage ? 'index.html' : pathname.slice(1);
    const body = files.get(path);
    if (!body) return route.fulfill({ status: 404, body: '' });
    const contentType = TYPES[extname(path)] ?? 'application/octet-stream';
    return route.fulfill({ body, contentType, headers: { 'content-security-policy': POLICY } });
  };
  await page.route('**/*', answer);
}
