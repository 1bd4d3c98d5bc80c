import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Supplier, SupplierView } from 'proviso-server/contract';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { keys, useList, useTenant } from '../api/index.ts';
import {
  Badge,
  Button,
  ButtonLink,
  Dialog,
  EmptyState,
  Facts,
  Field,
  PageHeader,
  ProblemNotice,
  Table,
  toast,
} from '../design/index.ts';
import { submits } from '../design/submits.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { STATE_TONES, useAddress, usePathPart } from '../shell/index.ts';

/** Whom the organisation buys from, or may; and what each was asked for. */
export default function SuppliersPage(): ReactNode {
  const supplier = usePathPart('supplier');
  return supplier === '' ? <Suppliers /> : <History key={supplier} id={supplier} />;
}

function Suppliers(): ReactNode {
  const t = useWords('suppliers');
  const formats = useFormats();
  const tenant = useTenant();
  const suppliers = useList<Supplier[]>('suppliers', '/suppliers');
  const [text, setText] = useAddress('q');
  const [adding, setAdding] = useState(false);
  const wanted = useDeferredValue(text).trim().toLowerCase();
  const shown = suppliers.filter(({ name, email }) => `${name} ${email ?? ''}`.toLowerCase().includes(wanted));
  const mayAdd = tenant.roles.some((one) => one === 'owner' || one === 'buyer');
  const add = mayAdd ? (
    <Button look="primary" onPress={() => setAdding(true)}>
      {t('add')}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader title={t('title')} actions={add}>
        {t('text')}
      </PageHeader>
      {suppliers.length === 0 ? (
        <EmptyState title={t('none')} actions={add}>
          <p>{mayAdd ? t('none-text') : t('none-text-reader')}</p>
        </EmptyState>
      ) : (
        <div className="stack">
          <Field label={t('search')} type="search" optional value={text} onChange={setText} />
          <Table
            caption={t('title')}
            rows={shown}
            rowId={({ id }) => id}
            empty={<p className="muted">{t('none-found')}</p>}
            columns={[
              {
                id: 'name',
                title: t('name'),
                cell: ({ id, name }) => (
                  <Link to="/t/$tenant/suppliers/$supplier" params={{ tenant: tenant.id, supplier: id }}>
                    {name}
                  </Link>
                ),
                by: ({ name }) => name,
              },
              { id: 'email', title: t('email'), cell: ({ email }) => email ?? '–', by: ({ email }) => email ?? '' },
              {
                id: 'country',
                title: t('country'),
                cell: ({ country }) => (country ? formats.country(country) : '–'),
                by: ({ country }) => (country ? formats.country(country) : ''),
              },
            ]}
          />
        </div>
      )}
      {adding ? <AddDialog known={suppliers} onClose={() => setAdding(false)} /> : null}
    </>
  );
}

function AddDialog({ known, onClose }: { known: readonly Supplier[]; onClose(): void }): ReactNode {
  const t = useWords('suppliers');
  const tenant = useTenant();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [country, setCountry] = useState('');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const code = country.trim().toUpperCase();
  const countryWrong = code !== '' && !/^[A-Z]{2}$/.test(code);
  const twin = known.find((one) => one.name.trim().toLowerCase() === name.trim().toLowerCase());
  const send = async (): Promise<void> => {
    setPending(true);
    setError(null);
    try {
      const body = { name: name.trim(), email: email.trim() || null, country: code || null };
      await tenant.api.post<Supplier>('/suppliers', body);
      await client.invalidateQueries({ queryKey: keys.list(tenant.id, 'suppliers') });
      toast({ text: t('added', { name: body.name }) });
      onClose();
    } catch (problem) {
      setError(problem);
      setPending(false);
    }
  };
  return (
    <Dialog title={t('add')} open onClose={onClose} stays={pending}>
      <form className="stack" onSubmit={submits(() => void send())}>
        <Field
          label={t('name')}
          value={name}
          onChange={setName}
          maxLength={200}
          autoFocus
          error={twin ? t('twin', { name: twin.name }) : null}
        />
        <Field label={t('email')} hint={t('email-hint')} type="email" optional value={email} onChange={setEmail} />
        <Field
          label={t('country')}
          hint={t('country-hint')}
          optional
          narrow
          maxLength={2}
          value={country}
          onChange={setCountry}
          error={countryWrong ? t('country-fault') : null}
        />
        <ProblemNotice error={error} />
        <div className="row-end">
          <Button type="submit" look="primary" isPending={pending} isDisabled={name.trim() === '' || countryWrong}>
            {t('add')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function History({ id }: { id: string }): ReactNode {
  const t = useWords('suppliers');
  const s = useWords('shell');
  const formats = useFormats();
  const tenant = useTenant();
  const { supplier, history } = useList<SupplierView>('suppliers', `/suppliers/${id}`);
  return (
    <>
      <PageHeader
        title={supplier.name}
        actions={
          <ButtonLink to="/t/$tenant/suppliers" params={{ tenant: tenant.id }}>
            {t('all')}
          </ButtonLink>
        }
      />
      <div className="stack">
        <Facts
          facts={[
            [t('email'), supplier.email ?? '–'],
            [t('country'), supplier.country ? formats.country(supplier.country) : '–'],
          ]}
        />
        <h2>{t('history')}</h2>
        <Table
          caption={t('history')}
          rows={history}
          rowId={({ purchase, invited }) => `${purchase} ${invited}`}
          empty={<p className="muted">{t('history-none')}</p>}
          columns={[
            {
              id: 'title',
              title: t('purchase'),
              cell: (one) => (
                <Link
                  to="/t/$tenant/purchases/$purchase/overview"
                  params={{ tenant: tenant.id, purchase: one.purchase }}
                >
                  {one.title}
                </Link>
              ),
              by: (one) => one.title,
            },
            { id: 'reference', title: t('reference'), cell: (one) => one.reference, by: (one) => one.reference },
            {
              id: 'state',
              title: t('state'),
              cell: (one) => <Badge tone={STATE_TONES[one.state] ?? 'neutral'}>{s(`state-${one.state}`)}</Badge>,
            },
            { id: 'invited', title: t('invited'), cell: (one) => formats.day(one.invited), by: (one) => one.invited },
            {
              id: 'offers',
              title: t('offers'),
              number: true,
              cell: (one) => formats.number(one.offers),
              by: (one) => one.offers,
            },
          ]}
        />
      </div>
    </>
  );
}
