import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTenant } from '../api/index.ts';
import { PageHeader, Tabs } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { usePathPart } from '../shell/index.ts';
import { ApiKeys } from './api-keys.tsx';
import { Backup } from './backup.tsx';
import { Jobs } from './jobs.tsx';
import { Log } from './log.tsx';
import { OpenerKey } from './opener-key.tsx';
import { Outbox } from './outbox.tsx';
import { People } from './people.tsx';
import { Settings } from './settings.tsx';
import { Webhooks } from './webhooks.tsx';
import './admin.css';

/** Parts, and the roles of which one lets a person in; the server decides in any case. */
const PARTS = [
  { id: 'people', roles: ['owner', 'buyer', 'security', 'legal', 'auditor'], Part: People },
  { id: 'opener-key', roles: ['opener'], Part: OpenerKey },
  { id: 'log', roles: ['owner', 'auditor'], Part: Log },
  { id: 'outbox', roles: ['owner', 'auditor'], Part: Outbox },
  { id: 'settings', roles: ['owner'], Part: Settings },
  { id: 'api-keys', roles: ['owner'], Part: ApiKeys },
  { id: 'webhooks', roles: ['owner'], Part: Webhooks },
  { id: 'jobs', roles: ['owner', 'auditor'], Part: Jobs },
  { id: 'backup', roles: ['owner'], Part: Backup },
] as const;

/** People, keys, the log and what keeps the workbench running. */
export default function AdminPage(): ReactNode {
  const t = useWords('admin');
  const { id: tenant, roles } = useTenant();
  const navigate = useNavigate();
  const section = usePathPart('section');
  const shown = PARTS.filter((part) => part.roles.some((role) => roles.includes(role)));
  const [first] = shown;
  return (
    <>
      <PageHeader title={t('title')}>{t('intro')}</PageHeader>
      {first ? (
        <Tabs
          label={t('title')}
          selected={shown.some(({ id }) => id === section) ? section : first.id}
          onSelect={(id) =>
            void navigate({ to: '/t/$tenant/admin/$section', params: { tenant, section: id }, resetScroll: false })
          }
          tabs={shown.map(({ id, Part }) => ({ id, title: t(`part-${id}`), content: <Part /> }))}
        />
      ) : (
        <p className="muted">{t('nothing')}</p>
      )}
    </>
  );
}
