import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Invitation, PurchaseView, Supplier } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { isProblem, keys, useList, usePart, useTenant } from '../api/index.ts';
import {
  Badge,
  Button,
  ButtonLink,
  Card,
  Confirm,
  EmptyState,
  Field,
  ProblemNotice,
  Select,
  submits,
  Table,
} from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { LinkOnce } from './link-once.tsx';

/** Suppliers with a link of their own; no account is needed. */
export function Invitations({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  if (!view.actions.includes('invitation.manage')) return <p className="muted">{t('invitations-none-reader')}</p>;
  return <InvitationList view={view} />;
}

function InvitationList({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const formats = useFormats();
  const { id } = view.purchase;
  const invitations = usePart<Invitation[]>(id, 'invitations', '/invitations');
  const [ending, setEnding] = useState<Invitation | null>(null);
  return (
    <div className="stack">
      <InviteForm view={view} />
      <Table
        caption={t('part-invitations')}
        rows={invitations}
        rowId={(one) => one.id}
        empty={
          <EmptyState title={t('invitations-none')}>
            <p>{t('invitations-none-text')}</p>
          </EmptyState>
        }
        columns={[
          { id: 'name', title: t('supplier'), cell: (one) => one.name, by: (one) => one.name },
          {
            id: 'state',
            title: t('state'),
            cell: (one) =>
              one.revoked ? <Badge tone="bad">{t('revoked')}</Badge> : <Badge tone="good">{t('valid')}</Badge>,
          },
          { id: 'expires', title: t('expires'), cell: (one) => formats.day(one.expires), by: (one) => one.expires },
          {
            id: 'used',
            title: t('last-used'),
            cell: (one) => (one.lastUsed ? formats.moment(one.lastUsed) : t('never')),
            by: (one) => one.lastUsed ?? '',
          },
          {
            id: 'end',
            title: <span className="unseen">{t('actions')}</span>,
            cell: (one) =>
              one.revoked ? null : (
                <Button small onPress={() => setEnding(one)}>
                  {t('revoke')}
                  <span className="unseen"> {one.name}</span>
                </Button>
              ),
          },
        ]}
      />
      <Revoke purchase={id} invitation={ending} onClose={() => setEnding(null)} />
    </div>
  );
}

function InviteForm({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const tenant = useTenant();
  const client = useQueryClient();
  const { id } = view.purchase;
  const suppliers = useList<Supplier[]>('suppliers', '/suppliers');
  const [supplier, setSupplier] = useState('');
  const [days, setDays] = useState('180');
  const invite = useMutation({
    mutationFn: (replace: boolean) =>
      tenant.api.post<{ link: string }>(`/purchases/${id}/invitations`, { supplier, days: Number(days), replace }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.part(tenant.id, id, 'invitations') }),
  });
  return (
    <Card title={t('invite')}>
      <p className="muted">{t('invite-text')}</p>
      <form className="stack" onSubmit={submits(() => supplier !== '' && invite.mutate(false))}>
        <div className="grid">
          <Select
            label={t('supplier')}
            empty={t('choose')}
            value={supplier}
            onChange={(one) => {
              setSupplier(one);
              // A refusal, and the offer to replace a link, were about the other supplier. A link that is shown once stays.
              if (invite.error) invite.reset();
            }}
            options={suppliers.map(({ id: own, name }) => ({ id: own, text: name }))}
          />
          <Field label={t('invite-days')} type="number" min={1} max={730} value={days} onChange={setDays} />
        </div>
        <ProblemNotice
          error={invite.error}
          actions={
            isProblem(invite.error, 'already-invited') ? (
              <Button onPress={() => invite.mutate(true)}>{t('invite-again')}</Button>
            ) : undefined
          }
        />
        <div className="row">
          <Button type="submit" look="primary" isPending={invite.isPending} isDisabled={supplier === ''}>
            {t('invite')}
          </Button>
          <ButtonLink to="/t/$tenant/suppliers" params={{ tenant: tenant.id }}>
            {t('new-supplier')}
          </ButtonLink>
        </div>
      </form>
      {invite.data ? <LinkOnce link={invite.data.link} text={t('link-text')} /> : null}
    </Card>
  );
}

function Revoke(props: { purchase: string; invitation: Invitation | null; onClose(): void }): ReactNode {
  const t = useWords('publish');
  const tenant = useTenant();
  const client = useQueryClient();
  const { purchase, invitation, onClose } = props;
  const revoke = useMutation({
    mutationFn: () => tenant.api.delete(`/purchases/${purchase}/invitations/${invitation?.id}`),
    async onSuccess() {
      await client.invalidateQueries({ queryKey: keys.part(tenant.id, purchase, 'invitations') });
      onClose();
    },
  });
  return (
    <Confirm
      title={t('revoke')}
      open={invitation !== null}
      onClose={onClose}
      onConfirm={() => revoke.mutate()}
      confirm={t('revoke')}
      danger
      pending={revoke.isPending}
    >
      <p>{t('revoke-text', { name: invitation?.name ?? '' })}</p>
      <ProblemNotice error={revoke.error} />
    </Confirm>
  );
}
