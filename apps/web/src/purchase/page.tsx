import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { PurchaseLine } from 'proviso-server/contract';
import { type ReactNode, useCallback, useDeferredValue } from 'react';
import { keys, useTenant } from '../api/index.ts';
import {
  Badge,
  ButtonLink,
  Deadline,
  EmptyState,
  Field,
  PageHeader,
  ProblemNotice,
  Select,
  VirtualList,
} from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { STATE_TONES, useAddress, Waiting } from '../shell/index.ts';
import './purchase.css';

const STATES = [
  'drafted',
  'specified',
  'published',
  'closed',
  'opened',
  'evaluated',
  'awarded',
  'contracted',
  'ended',
  'stopped',
];

/** All purchases of the organisation, the last changed first. */
export default function PurchasesPage(): ReactNode {
  const t = useWords('purchase');
  const s = useWords('shell');
  const tenant = useTenant();
  const [text, setText] = useAddress('q');
  const [state, setState] = useAddress('state');
  const mayCreate = tenant.roles.some((one) => one === 'owner' || one === 'buyer');
  const purchases = usePurchases(useDeferredValue(text), state);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = purchases;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  const rows = purchases.data?.pages.flatMap((one) => one.rows) ?? [];
  const create = mayCreate ? (
    <ButtonLink look="primary" to="/t/$tenant/purchases/new" params={{ tenant: tenant.id }}>
      {t('new')}
    </ButtonLink>
  ) : undefined;
  const filtered = text !== '' || state !== '';
  return (
    <>
      <PageHeader title={t('list-title')} actions={create}>
        {t('list-text')}
      </PageHeader>
      <div className="filters">
        <Field label={t('search')} type="search" optional value={text} onChange={setText} />
        <Select
          label={t('stage')}
          value={state}
          onChange={setState}
          empty={t('all-stages')}
          options={STATES.map((id) => ({ id, text: s(`state-${id}`) }))}
        />
      </div>
      <ProblemNotice error={purchases.error} />
      {purchases.isPending ? <Waiting /> : null}
      {purchases.isSuccess && rows.length === 0 ? (
        <EmptyState title={filtered ? t('none-found-title') : t('none-title')} actions={filtered ? undefined : create}>
          <p>{filtered ? t('none-found-text') : mayCreate ? t('none-text') : t('none-text-reader')}</p>
        </EmptyState>
      ) : (
        <VirtualList label={t('list-title')} rows={rows} rowId={({ id }) => id} estimate={66} onEnd={more}>
          {(row) => <Line row={row} tenant={tenant.id} />}
        </VirtualList>
      )}
    </>
  );
}

function Line({ row, tenant }: { row: PurchaseLine; tenant: string }): ReactNode {
  const t = useWords('purchase');
  const s = useWords('shell');
  const formats = useFormats();
  return (
    <div className="purchase-line">
      <div>
        <Link
          to="/t/$tenant/purchases/$purchase/overview"
          params={{ tenant, purchase: row.id }}
          className="purchase-line-title"
        >
          {row.title}
        </Link>
        <div className="muted small">
          {row.reference} · {t('changed', { day: formats.day(row.updated) })}
        </div>
      </div>
      <div className="row">
        {row.closing && row.state === 'published' ? (
          <span className="small">
            {s('due-closing')}
            {s('colon')} <Deadline at={row.closing} />
          </span>
        ) : null}
        <Badge tone={STATE_TONES[row.state] ?? 'neutral'}>{s(`state-${row.state}`)}</Badge>
      </div>
    </div>
  );
}

function usePurchases(text: string, state: string) {
  const tenant = useTenant();
  return useInfiniteQuery({
    queryKey: keys.purchases(tenant.id, text, state),
    queryFn({ pageParam, signal }) {
      const query = new URLSearchParams();
      if (text !== '') query.set('q', text);
      if (state !== '') query.set('state', state);
      if (pageParam !== null) query.set('after', pageParam);
      return tenant.api.get<{ rows: PurchaseLine[]; next: string | null }>(`/purchases?${query}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  });
}
