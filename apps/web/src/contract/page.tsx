import { owedObligations } from '@proviso/procurement';
import type { PurchaseView } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { usePurchase, useTenant } from '../api/index.ts';
import { ButtonLink, EmptyState, Notice, PageHeader, Tabs } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { useAddress, usePathPart, usePurchaseId } from '../shell/index.ts';
import { CallOffs } from './call-offs.tsx';
import { Contracts } from './contracts.tsx';
import { DroppedClauses } from './dropped.tsx';
import { ObligationDetail } from './obligation-detail.tsx';
import { Obligations } from './obligations.tsx';
import './contract.css';

/** What a signed contract asks, of whom and by when; what was left out of it; its end. */
export default function ContractPage(): ReactNode {
  const t = useWords('contract');
  const view = usePurchase(usePurchaseId());
  return (
    <>
      <PageHeader title={t('title')}>{t('intro')}</PageHeader>
      {view.purchase.contracts.length === 0 ? <NoContract view={view} /> : <Parts view={view} />}
    </>
  );
}

function NoContract({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('contract');
  const { id: tenant } = useTenant();
  return (
    <EmptyState
      title={t('none-title')}
      actions={
        view.actions.includes('award.read') ? (
          <ButtonLink
            to="/t/$tenant/purchases/$purchase/award"
            params={{ tenant, purchase: view.purchase.id }}
            search={{ tab: 'decision' } as never}
          >
            {t('none-award')}
          </ButtonLink>
        ) : undefined
      }
    >
      <p>{t('none-text')}</p>
    </EmptyState>
  );
}

function Parts({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('contract');
  const formats = useFormats();
  const [part, setPart] = useAddress('part', 'obligations');
  const chosen = usePathPart('obligation');
  const { purchase } = view;
  const { ended } = purchase;
  const one = purchase.obligations.find(({ id }) => id === chosen);
  const isFramework = purchase.description.procedure === 'framework';
  return (
    <div className="stack">
      {ended ? (
        <Notice title={t('ended', { day: formats.day(ended.at) })}>
          <p className="keep-lines">{ended.reason}</p>
          <p>{t('ended-text')}</p>
        </Notice>
      ) : null}
      <Tabs
        label={t('title')}
        selected={part}
        onSelect={setPart}
        tabs={[
          {
            id: 'obligations',
            title: t('part-obligations', { n: owedObligations(purchase).length }),
            content: (
              <div className={one ? 'contract-columns' : 'stack'}>
                <Obligations view={view} selected={chosen} />
                {one ? <ObligationDetail key={one.id} one={one} view={view} /> : null}
              </div>
            ),
          },
          {
            id: 'dropped',
            title: t('part-dropped', { n: purchase.dropped.length }),
            content: <DroppedClauses view={view} />,
          },
          { id: 'contracts', title: t('part-contracts'), content: <Contracts view={view} /> },
          ...(isFramework
            ? [
                {
                  id: 'call-offs',
                  title: t('part-call-offs', { n: purchase.callOffs.length }),
                  content: <CallOffs view={view} />,
                },
              ]
            : []),
        ]}
      />
    </div>
  );
}
