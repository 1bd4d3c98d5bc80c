import './design/tokens.css';
import './design/base.css';
import './design/controls.css';
import './design/parts.css';
import './design/overlays.css';
import './shell/shell.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { keptLanguage } from './i18n/language.ts';
import { loadWords } from './i18n/messages.ts';
import { LanguageProvider } from './i18n/provider.tsx';
import { router } from './router.tsx';
import { Waiting } from './shell/layout.tsx';
import { applyTheme, keptTheme } from './shell/theme.ts';

const LONGEST_BLANK_MS = 400;

applyTheme(keptTheme());
// Which page stands there, for style sheets, scripts that take pictures, and tests.
router.subscribe('onRendered', ({ toLocation }) => {
  document.documentElement.dataset.page = toLocation.href;
});

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no #root.');
// What stands at once needs no fallback, after which React would wait another 300 ms; but a slow network is told so.
const ready = Promise.all([loadWords('shell', keptLanguage()), router.load()]);
await Promise.race([ready.catch(() => undefined), new Promise((done) => setTimeout(done, LONGEST_BLANK_MS))]);
createRoot(place).render(
  <StrictMode>
    <LanguageProvider>
      <QueryClientProvider client={router.options.context.client}>
        <Suspense fallback={<Waiting />}>
          <RouterProvider router={router} />
        </Suspense>
      </QueryClientProvider>
    </LanguageProvider>
  </StrictMode>,
);
