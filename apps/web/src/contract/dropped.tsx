import type { PurchaseView } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { EmptyState, Table } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { supplierOf, useClauses } from './parts.ts';

/** What was demanded once and is no clause, with why: a buyer pays for what is missing when it is needed. */
export function DroppedClauses({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('contract');
  const clauseOf = useClauses(view.purchase.id);
  const { dropped } = view.purchase;
  return (
    <div className="stack">
      <p className="prose">{t('dropped-text')}</p>
      <Table
        caption={t('dropped')}
        rows={dropped}
        rowId={({ requirement, offer, because }) => `${requirement} ${offer} ${because}`}
        empty={
          <EmptyState title={t('dropped-none')}>
            <p>{t('dropped-none-text')}</p>
          </EmptyState>
        }
        columns={[
          {
            id: 'requirement',
            title: t('requirement'),
            cell: ({ requirement }) => (
              <>
                <span className="mono small">{requirement}</span> {clauseOf(requirement).title}
              </>
            ),
            by: ({ requirement }) => requirement,
          },
          {
            id: 'because',
            title: t('because'),
            cell: ({ because }) => t(`because-${because}`),
            by: ({ because }) => because,
          },
          { id: 'reason', title: t('reason'), cell: ({ reason }) => <span className="keep-lines">{reason}</span> },
          {
            id: 'supplier',
            title: t('supplier'),
            cell: ({ offer }) => supplierOf(view, offer),
            by: ({ offer }) => supplierOf(view, offer),
          },
        ]}
      />
    </div>
  );
}
