import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { catalogueModules } from './src/api/build/plugin.ts';
import { offlineFormFile } from './src/offline/build/plugin.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const pages = { index: `${root}index.html`, offer: `${root}offer.html` };

/** Two pages: the workbench, and the supplier's form, which shares no start-up code with it. Beside them lies what the offline form is made with. */
export default defineConfig({
  root,
  plugins: [react(), catalogueModules(), offlineFormFile()],
  build: {
    target: 'es2022',
    manifest: true,
    // The server's policy allows no `data:` scripts or styles.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: { input: Object.fromEntries(Object.entries(pages).filter(([, path]) => existsSync(path))) },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4180' } },
});
