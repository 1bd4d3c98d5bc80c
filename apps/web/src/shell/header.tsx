import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { api, useTenant } from '../api/index.ts';
import { Button } from '../design/button.tsx';
import { Select } from '../design/index.ts';
import { isLanguage, LANGUAGE_NAMES, LANGUAGES, useLanguage, useWords } from '../i18n/index.ts';
import { forgetKeptAnswers } from '../purchase/kept-answers.ts';
import { keepTenant } from './kept-tenant.ts';
import { chooseTheme, keptTheme, THEMES, type Theme } from './theme.ts';

const NAVIGATION = [
  { id: 'home', to: '/t/$tenant/home', roles: null },
  { id: 'purchases', to: '/t/$tenant/purchases', roles: null },
  { id: 'library', to: '/t/$tenant/library', roles: null },
  { id: 'suppliers', to: '/t/$tenant/suppliers', roles: ['owner', 'buyer', 'security', 'legal', 'auditor'] },
  { id: 'catalogue', to: '/t/$tenant/catalogue', roles: null },
  { id: 'admin', to: '/t/$tenant/admin', roles: null },
] as const;

/** Where one can go, whose pages these are, and how they look. */
export function Header(): ReactNode {
  const t = useWords('shell');
  const tenant = useTenant();
  const [open, setOpen] = useState(false);
  return (
    <header className="header">
      <Link to="/t/$tenant/home" params={{ tenant: tenant.id }} className="brand">
        Proviso
      </Link>
      <button
        type="button"
        className="button header-toggle"
        aria-expanded={open}
        aria-controls="header-parts"
        onClick={() => setOpen(!open)}
      >
        {t('menu')}
      </button>
      <div id="header-parts" className={open ? 'header-parts header-open' : 'header-parts'}>
        <nav aria-label={t('nav-main')} data-moves-focus>
          <ul className="header-links">
            {NAVIGATION.filter(({ roles }) => !roles || roles.some((one) => tenant.roles.includes(one))).map(
              ({ id, to }) => (
                <li key={id}>
                  <Link to={to} params={{ tenant: tenant.id }} className="header-link" onClick={() => setOpen(false)}>
                    {t(`nav-${id}`)}
                  </Link>
                </li>
              ),
            )}
          </ul>
        </nav>
        <div className="header-settings">
          <OrganisationSwitch />
          <LanguageSwitch />
          <ThemeSwitch />
          <Link to="/account" className="header-link">
            {t('nav-account')}
          </Link>
          <SignOut />
        </div>
      </div>
    </header>
  );
}

function OrganisationSwitch(): ReactNode {
  const t = useWords('shell');
  const { id, me } = useTenant();
  const navigate = useNavigate();
  if (me.memberships.length < 2) return null;
  return (
    <Select
      label={t('organisation')}
      hideLabel
      value={id}
      onChange={(tenant) => {
        keepTenant(tenant);
        void navigate({ to: '/t/$tenant/home', params: { tenant } });
      }}
      options={me.memberships.map((one) => ({ id: one.tenant, text: one.name }))}
    />
  );
}

export function LanguageSwitch(): ReactNode {
  const t = useWords('shell');
  const { language, choose } = useLanguage();
  return (
    <Select
      label={t('language')}
      hideLabel
      value={language}
      onChange={(value) => isLanguage(value) && choose(value)}
      options={LANGUAGES.map((id) => ({ id, text: LANGUAGE_NAMES[id] }))}
    />
  );
}

export function ThemeSwitch(): ReactNode {
  const t = useWords('shell');
  const [theme, setTheme] = useState<Theme>(keptTheme);
  return (
    <Select
      label={t('theme')}
      hideLabel
      value={theme}
      onChange={(value) => {
        const chosen = THEMES.find((one) => one === value) ?? 'system';
        setTheme(chosen);
        chooseTheme(chosen);
      }}
      options={THEMES.map((id) => ({ id, text: t(`theme-${id}`) }))}
    />
  );
}

function SignOut(): ReactNode {
  const t = useWords('shell');
  const client = useQueryClient();
  const navigate = useNavigate();
  return (
    <Button
      look="plain"
      onPress={() =>
        void api.post('/auth/sign-out', {}).finally(() => {
          forgetKeptAnswers();
          client.clear();
          void navigate({ to: '/sign-in' });
        })
      }
    >
      {t('sign-out')}
    </Button>
  );
}
