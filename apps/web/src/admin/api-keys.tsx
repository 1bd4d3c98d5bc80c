import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiKey } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { keys, useList, useTenant } from '../api/index.ts';
import { Button, Card, Checkboxes, EmptyState, Field, ProblemNotice, submits, Table } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { SecretOnce } from './secret-once.tsx';

/** What other systems are let in for, in groups of the permission table. Keys that may do more are made by the API. */
const SCOPES = [
  'purchase.read',
  'published.read',
  'award.read',
  'supplier.read',
  'supplier.write',
  'library.read',
  'library.write',
  'catalogue.read',
  'probe.read',
  'probe.run',
  'export',
  'log.read',
] as const;

/** Keys for other systems: each with only what it needs, and an end. */
export function ApiKeys(): ReactNode {
  const t = useWords('admin');
  const formats = useFormats();
  const tenant = useTenant();
  const client = useQueryClient();
  const list = useList<ApiKey[]>('api-keys', '/api-keys');
  const refresh = () => client.invalidateQueries({ queryKey: keys.list(tenant.id, 'api-keys') });
  const end = useMutation({ mutationFn: (id: string) => tenant.api.delete(`/api-keys/${id}`), onSuccess: refresh });
  return (
    <div className="stack">
      <Table
        caption={t('part-api-keys')}
        rows={list}
        rowId={({ id }) => id}
        empty={
          <EmptyState title={t('api-keys-none')}>
            <p>{t('api-keys-none-text')}</p>
          </EmptyState>
        }
        columns={[
          { id: 'name', title: t('name'), cell: ({ name }) => name, by: ({ name }) => name },
          {
            id: 'scopes',
            title: t('scopes'),
            cell: ({ scopes }) => <span className="mono small">{scopes.join(' ')}</span>,
          },
          {
            id: 'expires',
            title: t('expires'),
            cell: ({ expires }) => (expires ? formats.day(expires) : t('never')),
            by: ({ expires }) => expires ?? '9',
          },
          {
            id: 'used',
            title: t('last-used'),
            cell: ({ lastUsed }) => (lastUsed ? formats.moment(lastUsed) : t('never')),
            by: ({ lastUsed }) => lastUsed ?? '',
          },
          {
            id: 'actions',
            title: <span className="unseen">{t('actions')}</span>,
            cell: ({ id, name }) => (
              <Button small look="danger" onPress={() => end.mutate(id)}>
                {t('end-key')}
                <span className="unseen"> {name}</span>
              </Button>
            ),
          },
        ]}
      />
      <ProblemNotice error={end.error} />
      <NewKey onMade={refresh} />
    </div>
  );
}

function NewKey({ onMade }: { onMade(): Promise<void> }): ReactNode {
  const t = useWords('admin');
  const tenant = useTenant();
  const [name, setName] = useState('');
  const [days, setDays] = useState('365');
  const [scopes, setScopes] = useState<string[]>([]);
  const make = useMutation({
    mutationFn: () =>
      tenant.api.post<{ key: string }>('/api-keys', { name, scopes, days: days === '' ? null : Number(days) }),
    async onSuccess() {
      setName('');
      setScopes([]);
      await onMade();
    },
  });
  return (
    <Card title={t('new-key')}>
      <form className="stack" onSubmit={submits(() => scopes.length > 0 && make.mutate())}>
        <div className="grid">
          <Field label={t('key-name')} hint={t('key-name-hint')} value={name} onChange={setName} maxLength={100} />
          <Field
            label={t('key-days')}
            hint={t('key-days-hint')}
            optional
            type="number"
            min={1}
            max={3650}
            value={days}
            onChange={setDays}
          />
        </div>
        <Checkboxes
          label={t('scopes')}
          wide
          options={SCOPES.map((id) => ({ id, text: t(`scope-${id}`), hint: id }))}
          value={scopes}
          onChange={setScopes}
        />
        <ProblemNotice error={make.error} />
        <div>
          <Button type="submit" look="primary" isPending={make.isPending} isDisabled={scopes.length === 0}>
            {t('new-key')}
          </Button>
        </div>
      </form>
      {make.data ? <SecretOnce secret={make.data.key} text={t('key-once-text')} /> : null}
    </Card>
  );
}
