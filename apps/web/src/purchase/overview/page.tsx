import { Link } from '@tanstack/react-router';
import type { PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useGive, usePurchase, useTenant } from '../../api/index.ts';
import {
  Button,
  ButtonAnchor,
  Card,
  Confirm,
  Deadline,
  Facts,
  Field,
  GivingNotice,
  Notice,
  PageHeader,
  toast,
} from '../../design/index.ts';
import { isLanguage, LANGUAGE_NAMES, useFormats, useWords } from '../../i18n/index.ts';
import { usePurchaseId } from '../../shell/index.ts';
import { DescriptionDialog } from '../description-dialog.tsx';
import { Lots } from '../lots.tsx';
import { pathOf } from '../path.ts';
import '../purchase.css';

/** Where a purchase stands, what comes next, and what it is. */
export default function OverviewPage(): ReactNode {
  const t = useWords('purchase');
  const id = usePurchaseId();
  const tenant = useTenant();
  const view = usePurchase(id);
  const { stopped } = view.purchase;
  return (
    <>
      <PageHeader
        title={t('overview-title')}
        actions={
          view.actions.includes('export') ? (
            <ButtonAnchor href={tenant.api.address(`/purchases/${id}/dossier.zip`)} download>
              {t('dossier')}
            </ButtonAnchor>
          ) : undefined
        }
      />
      {stopped ? (
        <Notice tone="warn" title={t('stopped')}>
          <p>{stopped.reason}</p>
        </Notice>
      ) : null}
      <div className="columns">
        <div className="stack">
          <Path view={view} tenant={tenant.id} />
          <Lots view={view} />
        </div>
        <div className="stack">
          <Upcoming view={view} />
          <Description view={view} />
          {view.commands.includes('purchase.stop') ? <Stop id={id} /> : null}
        </div>
      </div>
    </>
  );
}

const SIGNS = { done: '✓', next: '→', later: '' } as const;

function Path({ view, tenant }: { view: PurchaseView; tenant: string }): ReactNode {
  const t = useWords('purchase');
  return (
    <Card title={t('path')}>
      <ol className="path">
        {pathOf(view.purchase).map(({ id, page, state }) => (
          <li key={id} className={`path-${state}`} aria-current={state === 'next' ? 'step' : undefined}>
            <span className="path-sign" aria-hidden="true">
              {SIGNS[state]}
            </span>
            <div>
              <Link
                to={`/t/$tenant/purchases/$purchase/${page}`}
                params={{ tenant, purchase: view.purchase.id }}
                search={(id === 'plan' || id === 'team' ? { part: id } : {}) as never}
              >
                {t(`path-${id}`)}
              </Link>{' '}
              <span className="unseen">{t(`path-is-${state}`)}</span>
              {state === 'next' ? <p className="muted">{t(`path-${id}-next`)}</p> : null}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** Each moment once, with how many of the same there are: a contract may have a hundred obligations on one day. */
function Upcoming({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('purchase');
  const s = useWords('shell');
  if (view.upcoming.length === 0) return null;
  const moments = [...Map.groupBy(view.upcoming, ({ kind, deadline }) => `${kind} ${deadline.instant}`)];
  return (
    <Card title={t('deadlines')}>
      <ul className="lines">
        {moments.map(([key, same]) => {
          const [first] = same;
          if (!first) return null;
          const text = s(`due-${first.kind}`);
          return (
            <li key={key} className="stack-tight">
              <span>{same.length > 1 ? t('several', { text, n: same.length }) : text}</span>
              <span className="small">
                <Deadline at={first.deadline.instant} zone={first.deadline.zone} />
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function Description({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('purchase');
  const w = useWords('wizard');
  const formats = useFormats();
  const [open, setOpen] = useState(false);
  const { description, created, createdBy } = view.purchase;
  return (
    <Card
      title={t('description')}
      actions={
        view.commands.includes('purchase.describe') ? (
          <Button small onPress={() => setOpen(true)}>
            {w('change')}
          </Button>
        ) : undefined
      }
    >
      <Facts
        facts={[
          [t('reference'), description.reference ?? '–'],
          [t('procedure'), w(`procedure-${description.procedure}`)],
          [t('country'), formats.country(description.country)],
          [t('zone'), description.zone],
          [t('language'), isLanguage(description.language) ? LANGUAGE_NAMES[description.language] : ''],
          [t('duration'), w('months', { n: description.contractMonths })],
          ...(description.procedure === 'framework'
            ? ([
                [t('ceiling'), description.ceiling === null ? t('ceiling-none') : formats.money(description.ceiling)],
              ] as const)
            : []),
          [t('created'), `${formats.day(created)}, ${view.names[createdBy] ?? t('unknown-person')}`],
        ]}
      />
      {open ? <DescriptionDialog view={view} onClose={() => setOpen(false)} /> : null}
    </Card>
  );
}

function Stop({ id }: { id: string }): ReactNode {
  const t = useWords('purchase');
  const giving = useGive(id);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const stop = async (): Promise<void> => {
    if (!(await giving.give('purchase.stop', { reason }))) return;
    setOpen(false);
    toast({ text: t('stopped') });
  };
  return (
    <div>
      <Button look="danger" onPress={() => setOpen(true)}>
        {t('stop')}
      </Button>
      <Confirm
        title={t('stop')}
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={() => void stop()}
        confirm={t('stop')}
        danger
        pending={giving.pending}
      >
        <p>{t('stop-text')}</p>
        <Field label={t('stop-reason')} lines value={reason} onChange={setReason} />
        <GivingNotice giving={giving} onAgain={() => setOpen(false)} />
      </Confirm>
    </div>
  );
}
