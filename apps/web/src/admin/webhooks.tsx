import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { keys, useList, useTenant } from '../api/index.ts';
import { Button, Card, EmptyState, Field, ProblemNotice, submits, Table } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { SecretOnce } from './secret-once.tsx';

interface Webhook {
  id: string;
  url: string;
  events: string[];
  created: string;
}

/** Systems that are told when something happens; each call is signed. */
export function Webhooks(): ReactNode {
  const t = useWords('admin');
  const formats = useFormats();
  const tenant = useTenant();
  const client = useQueryClient();
  const list = useList<Webhook[]>('webhooks', '/webhooks');
  const refresh = () => client.invalidateQueries({ queryKey: keys.list(tenant.id, 'webhooks') });
  const remove = useMutation({ mutationFn: (id: string) => tenant.api.delete(`/webhooks/${id}`), onSuccess: refresh });
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState('*');
  const add = useMutation({
    mutationFn: () =>
      tenant.api.post<{ secret: string }>('/webhooks', { url, events: events.split(/[\s,]+/).filter(Boolean) }),
    async onSuccess() {
      setUrl('');
      await refresh();
    },
  });
  return (
    <div className="stack">
      <Table
        caption={t('part-webhooks')}
        rows={list}
        rowId={({ id }) => id}
        empty={
          <EmptyState title={t('webhooks-none')}>
            <p>{t('webhooks-none-text')}</p>
          </EmptyState>
        }
        columns={[
          {
            id: 'url',
            title: t('address'),
            cell: (one) => <span className="admin-ids">{one.url}</span>,
            by: (one) => one.url,
          },
          {
            id: 'events',
            title: t('events'),
            cell: (one) => <span className="mono small">{one.events.join(' ')}</span>,
          },
          { id: 'created', title: t('created'), cell: (one) => formats.day(one.created), by: (one) => one.created },
          {
            id: 'actions',
            title: <span className="unseen">{t('actions')}</span>,
            cell: (one) => (
              <Button small look="danger" onPress={() => remove.mutate(one.id)}>
                {t('remove')}
                <span className="unseen"> {one.url}</span>
              </Button>
            ),
          },
        ]}
      />
      <Card title={t('new-webhook')}>
        <form className="stack" onSubmit={submits(() => add.mutate())}>
          <Field label={t('address')} hint={t('address-hint')} value={url} onChange={setUrl} maxLength={2000} />
          <Field label={t('events')} hint={t('events-hint')} value={events} onChange={setEvents} />
          <ProblemNotice error={add.error ?? remove.error} />
          <div>
            <Button type="submit" look="primary" isPending={add.isPending}>
              {t('new-webhook')}
            </Button>
          </div>
        </form>
        {add.data ? <SecretOnce secret={add.data.secret} text={t('webhook-once-text')} /> : null}
      </Card>
    </div>
  );
}
