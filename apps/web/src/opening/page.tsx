import { sealedParts } from '@proviso/procurement';
import type { OpeningView } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { usePart, usePurchase, useTenant } from '../api/index.ts';
import { Badge, Deadline, EmptyState, Notice, PageHeader, Table } from '../design/index.ts';
import { Declare, declarationOf } from '../evaluate/declare.tsx';
import { useFormats, useWords } from '../i18n/index.ts';
import { usePurchaseId } from '../shell/index.ts';
import { OpeningRecord } from './record.tsx';
import { Session } from './session.tsx';
import { WhoCanOpen } from './who.tsx';
import './opening.css';

/** Two people open the offers together: who is there, each one's share, the opening, and its record. */
export default function OpeningPage(): ReactNode {
  const t = useWords('opening');
  const id = usePurchaseId();
  const { purchase, actions } = usePurchase(id);
  const { notice, state } = purchase;
  const sealed = ['drafted', 'specified'].includes(state) || notice === null;
  return (
    <>
      <PageHeader title={t('title')}>{t('text')}</PageHeader>
      {sealed ? (
        <EmptyState title={t('not-published')}>
          <p>{t('not-published-text')}</p>
        </EmptyState>
      ) : (
        <Opening id={id} mayOpen={actions.includes('offer.open')} />
      )}
    </>
  );
}

function Opening({ id, mayOpen }: { id: string; mayOpen: boolean }): ReactNode {
  const t = useWords('opening');
  const { purchase } = usePurchase(id);
  const { person } = useTenant();
  const view = usePart<OpeningView>(id, 'opening', '/opening');
  const { notice, plan, openers, recovery } = purchase;
  const isOpener = mayOpen && (openers.includes(person) || recovery === person);
  const own = declarationOf(purchase, person);
  const confirmed = (part: string): boolean =>
    purchase.openings.some((one) => one.part === part && one.round === purchase.round && one.confirmed !== null);
  const quality = confirmed('quality');
  const waits = purchase.state === 'published';
  return (
    <div className="stack-roomy">
      {waits && notice ? (
        <Notice title={t('waits')}>
          <p>
            {t('waits-until')} <Deadline at={notice.opening.instant} zone={notice.opening.zone} />
          </p>
        </Notice>
      ) : null}
      {!waits && isOpener && own === 'none' ? <Declare id={id} lots={purchase.lots} /> : null}
      {own === 'conflict' ? <Notice tone="warn" title={t('barred')} /> : null}
      {!waits && isOpener && own === 'free' && !quality ? <Session id={id} part="quality" view={view} /> : null}
      {!waits && isOpener && own === 'free' && quality && plan?.priceApart ? (
        !confirmed('price') && (view.may.price || view.present.some(({ part }) => part === 'price')) ? (
          <Session id={id} part="price" view={view} />
        ) : (
          <Notice
            tone={confirmed('price') ? 'good' : 'neutral'}
            title={t(confirmed('price') ? 'price-opened' : 'price-later')}
          />
        )
      ) : null}
      {sealedParts(purchase).length > 0 ? (
        <section className="stack prose">
          <h2>{t('able')}</h2>
          <WhoCanOpen view={view} />
        </section>
      ) : null}
      {isOpener ? null : <p className="muted">{t('not-opener')}</p>}
      <Offers view={view} />
      {view.records.map((record) => (
        <OpeningRecord key={record.sha256} record={record} names={purchase} />
      ))}
    </div>
  );
}

function Offers({ view }: { view: OpeningView }): ReactNode {
  const t = useWords('opening');
  const formats = useFormats();
  const { purchase } = usePurchase(usePurchaseId());
  const lotTitle = (id: string): string => purchase.lots.find((one) => one.id === id)?.title ?? id;
  return (
    <section className="stack">
      <h2>{t('offers', { n: view.offers.length })}</h2>
      <Table
        caption={t('offers', { n: view.offers.length })}
        rows={view.offers}
        rowId={({ id }) => id}
        empty={<p className="muted">{t('offers-none')}</p>}
        columns={[
          { id: 'name', title: t('supplier'), cell: ({ name }) => name, by: ({ name }) => name },
          { id: 'lot', title: t('lot'), cell: ({ lot }) => lotTitle(lot), by: ({ lot }) => lotTitle(lot) },
          { id: 'at', title: t('received'), cell: ({ at }) => formats.moment(at), by: ({ at }) => at },
          {
            id: 'state',
            title: t('state'),
            cell: ({ late, opened, problem }) =>
              late ? (
                <Badge tone="warn">{t('late')}</Badge>
              ) : problem ? (
                <Badge tone="bad">{t('problem', { problem })}</Badge>
              ) : (
                <Badge tone={opened ? 'good' : 'neutral'}>{opened ? t('opened') : t('sealed')}</Badge>
              ),
          },
          {
            id: 'hashes',
            title: t('hashes'),
            cell: ({ hashes }) => (
              <details className="hashes">
                <summary>{t('hashes-show', { n: hashes.length })}</summary>
                <ul>
                  {hashes.map((hash) => (
                    <li key={hash}>
                      <code>{hash}</code>
                    </li>
                  ))}
                </ul>
              </details>
            ),
          },
        ]}
      />
    </section>
  );
}
