import './design/tokens.css';
import './design/base.css';
import './design/controls.css';
import './design/parts.css';
import './design/overlays.css';
import './shell/shell.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { ProblemError } from './api/problem.ts';
import { LanguageProvider } from './i18n/provider.tsx';
import { router } from './router.tsx';
import { Waiting } from './shell/layout.tsx';
import { applyTheme, keptTheme } from './shell/theme.ts';

applyTheme(keptTheme());
// Which page stands there, for style sheets, scripts that take pictures, and tests.
router.subscribe('onRendered', ({ toLocation }) => {
  document.documentElement.dataset.page = toLocation.href;
});

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal stays one; only a server that was not reached is asked again.
      retry: (count, error) => count < 2 && !(error instanceof ProblemError && error.status > 0 && error.status < 500),
    },
  },
});

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no #root.');
createRoot(place).render(
  <StrictMode>
    <LanguageProvider>
      <QueryClientProvider client={client}>
        <Suspense fallback={<Waiting />}>
          <RouterProvider router={router} />
        </Suspense>
      </QueryClientProvider>
    </LanguageProvider>
  </StrictMode>,
);
