import { hasSelection } from '@proviso/procurement';
import type { RequestsView } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { usePart, usePurchase, useTenant } from '../api/index.ts';
import { Badge, Deadline, EmptyState, Fold, Notice, PageHeader, Table } from '../design/index.ts';
import { Declare } from '../evaluate/declare.tsx';
import { useFormats, useWords } from '../i18n/index.ts';
import { usePurchaseId } from '../shell/index.ts';
import { DecideForm } from './decide-form.tsx';
import { RequestCard } from './request-card.tsx';
import './candidates.css';

/** Who asked to take part, and who may make an offer. */
export default function CandidatesPage(): ReactNode {
  const t = useWords('candidates');
  const id = usePurchaseId();
  const { purchase, actions } = usePurchase(id);
  const published = purchase.notice !== null && hasSelection(purchase);
  return (
    <>
      <PageHeader title={t('title')}>{t('text')}</PageHeader>
      {!published ? (
        <EmptyState title={t('none')}>
          <p>{t(hasSelection(purchase) ? 'none-unpublished' : 'none-procedure')}</p>
        </EmptyState>
      ) : actions.includes('request.read') ? (
        <Candidates id={id} />
      ) : (
        <p className="muted">{t('none-reader')}</p>
      )}
    </>
  );
}

function Candidates({ id }: { id: string }): ReactNode {
  const t = useWords('candidates');
  const view = usePart<RequestsView>(id, 'requests', '/requests');
  const { purchase, commands } = usePurchase(id);
  const { roles } = useTenant();
  const { notice } = purchase;
  if (view.stage === 'open')
    return (
      <Notice title={t('open')}>
        <p>
          {t('open-until')} {notice ? <Deadline at={notice.closing.instant} zone={notice.closing.zone} /> : null}
        </p>
      </Notice>
    );
  if (view.stage === 'barred')
    return (
      <Notice tone="warn" title={t('barred')}>
        <p>{t('barred-text')}</p>
      </Notice>
    );
  if (view.requests.length === 0)
    return (
      <EmptyState title={t('nobody')}>
        <p>{t('nobody-text')}</p>
      </EmptyState>
    );
  if (view.stage === 'undeclared')
    return (
      <div className="stack-roomy">
        <Came view={view} />
        <Declare id={id} lots={purchase.lots} />
      </div>
    );
  const decides = notice?.stage === 'selection' && commands.includes('candidates.decide');
  const counting = view.requests.filter(({ late, replaced }) => !late && !replaced);
  const others = view.requests.filter(({ late, replaced }) => late || replaced);
  return (
    <div className="stack-roomy">
      {decides && counting.length > 0 ? (
        <DecideForm id={id} requests={counting} />
      ) : (
        <>
          <Decided view={view} decided={notice?.stage === 'tender'} />
          <section className="stack" aria-labelledby="requests-title">
            <h2 id="requests-title">{t('requests', { n: counting.length })}</h2>
            {counting.map((one) => (
              <RequestCard key={one.id} purchase={id} request={one} />
            ))}
          </section>
        </>
      )}
      {others.length > 0 ? (
        <Fold title={t('others', { n: others.length })}>
          <p className="muted">{t('others-text')}</p>
          {others.map((one) => (
            <RequestCard key={one.id} purchase={id} request={one} />
          ))}
        </Fold>
      ) : null}
      {commands.includes('conflict.declare') && !roles.includes('auditor') ? (
        <Fold title={t('declare-later')}>
          <Declare id={id} lots={purchase.lots} />
        </Fold>
      ) : null}
    </div>
  );
}

/** Where it stands, for who only reads, and once all is decided. */
function Decided({ view, decided }: { view: RequestsView; decided: boolean }): ReactNode {
  const t = useWords('candidates');
  const chosen = view.requests.filter(({ decision }) => decision?.verdict === 'invited');
  if (decided)
    return (
      <Notice tone="good" title={t('decided')}>
        <p>{t('decided-text', { names: chosen.map(({ name }) => name).join(', ') })}</p>
      </Notice>
    );
  const inTime = view.requests.some(({ late }) => !late);
  return (
    <Notice title={t(inTime ? 'undecided' : 'nobody')}>
      <p>{t(inTime ? 'undecided-text' : 'nobody-text')}</p>
    </Notice>
  );
}

/** Who asked, without what they say: to know whether there is a conflict of interest. */
function Came({ view }: { view: RequestsView }): ReactNode {
  const t = useWords('candidates');
  const formats = useFormats();
  return (
    <section className="stack">
      <h2>{t('came')}</h2>
      <Table
        caption={t('came')}
        rows={view.requests}
        rowId={(one) => one.id}
        empty={null}
        columns={[
          { id: 'name', title: t('supplier'), cell: ({ name }) => name, by: ({ name }) => name },
          { id: 'at', title: t('received'), cell: ({ at }) => formats.moment(at), by: ({ at }) => at },
          {
            id: 'state',
            title: t('state'),
            cell: ({ late, replaced }) =>
              late ? (
                <Badge tone="warn">{t('late')}</Badge>
              ) : (
                <Badge tone={replaced ? 'neutral' : 'good'}>{t(replaced ? 'replaced' : 'in-time')}</Badge>
              ),
          },
        ]}
      />
    </section>
  );
}
