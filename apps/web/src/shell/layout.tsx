import { Outlet, useRouter } from '@tanstack/react-router';
import type { Me } from 'proviso-server/contract';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { isProblem, ProblemError, TenantProvider, useMe } from '../api/index.ts';
import { Button, EmptyState, ProblemNotice } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { usePathPart } from './address.ts';
import { Header, LanguageSwitch, ThemeSwitch } from './header.tsx';
import { firstTenant, keepTenant } from './kept-tenant.ts';

/** What stands there while a page's script, words or data are fetched. */
export function Waiting(): ReactNode {
  return (
    <div className="waiting" aria-busy="true">
      <span className="spinner" />
    </div>
  );
}

/** Pages that need nobody signed in: sign-in, set-up, joining. */
export function Outside({ children }: { children: ReactNode }): ReactNode {
  const t = useWords('shell');
  return (
    <div className="outside">
      <header className="header">
        <span className="brand">Proviso</span>
        <div className="header-settings">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </header>
      <main id="main" className="outside-main" tabIndex={-1} aria-label={t('content')}>
        {children}
      </main>
    </div>
  );
}

/** Fetches who is signed in; leads to the sign-in page, and back here after it, where nobody is. */
export function SignedIn({ children }: { children(me: Me): ReactNode }): ReactNode {
  const me = useMe();
  if (me.data) return children(me.data);
  if (me.error instanceof ProblemError && me.error.status === 401) return <ToSignIn />;
  if (me.error) return <ProblemPage error={me.error} reset={() => void me.refetch()} />;
  return <Waiting />;
}

/** Goes elsewhere, once: the router's own component goes again each time it is drawn. */
function Redirect({ href }: { href: string }): ReactNode {
  const { history } = useRouter();
  useEffect(() => history.replace(href), [history, href]);
  return <Waiting />;
}

/** Leads to the sign-in. The address to come back to is taken once: it changes while the way there is taken. */
function ToSignIn(): ReactNode {
  const router = useRouter();
  const [to] = useState(router.state.location.href);
  return <Redirect href={`/sign-in?to=${encodeURIComponent(to)}`} />;
}

/** The frame around every page of an organisation. */
export function TenantLayout(): ReactNode {
  return <SignedIn>{(me) => <TenantFrame me={me} />}</SignedIn>;
}

function TenantFrame({ me }: { me: Me }): ReactNode {
  const t = useWords('shell');
  const id = usePathPart('tenant');
  const belongs = me.memberships.some((one) => one.tenant === id);
  useEffect(() => {
    if (belongs) keepTenant(id);
  }, [belongs, id]);
  if (!belongs)
    return (
      <Outside>
        <EmptyState title={t('not-a-member-title')}>
          <p>{t('not-a-member-text')}</p>
        </EmptyState>
      </Outside>
    );
  return (
    <TenantProvider me={me} id={id}>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <Header />
      <main id="main" className="main" tabIndex={-1}>
        <Suspense fallback={<Waiting />}>
          <Outlet />
        </Suspense>
      </main>
    </TenantProvider>
  );
}

/** Leads a short address (`/`, `/purchases/…`, as letters may hold) to the organisation that was looked at last. */
export function Start(): ReactNode {
  return <SignedIn>{(me) => <Onward me={me} />}</SignedIn>;
}

function Onward({ me }: { me: Me }): ReactNode {
  const t = useWords('shell');
  const router = useRouter();
  const [{ pathname, searchStr }] = useState(router.state.location);
  const tenant = firstTenant(me);
  if (tenant === null)
    return (
      <Outside>
        <EmptyState title={t('no-organisation-title')}>
          <p>{t('no-organisation-text')}</p>
        </EmptyState>
      </Outside>
    );
  if (pathname.startsWith('/t/')) return <NotFound />;
  return <Redirect href={`/t/${tenant}${pathname === '/' ? '/home' : pathname}${searchStr}`} />;
}

export function NotFound(): ReactNode {
  const t = useWords('shell');
  return (
    <EmptyState title={t('not-found-title')}>
      <p>{t('not-found-text')}</p>
      <p>
        <a href="/">{t('nav-home')}</a>
      </p>
    </EmptyState>
  );
}

/** What a page shows that could not be made; keeps the frame around it. */
export function ProblemPage({ error, reset }: { error: unknown; reset?(): void }): ReactNode {
  const t = useWords('shell');
  if (error instanceof ProblemError && error.status === 404) return <NotFound />;
  const mayTry = reset && !isProblem(error, 'not-permitted');
  return (
    <div className="stack prose problem-page">
      <h1>{t('problem-page')}</h1>
      <ProblemNotice error={error} actions={mayTry ? <Button onPress={reset}>{t('try-again')}</Button> : undefined} />
    </div>
  );
}
