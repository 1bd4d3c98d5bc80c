import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import type { PurchaseView } from 'proviso-server/contract';
import { type ReactNode, Suspense, useEffect } from 'react';
import { keys, purchaseQuery, type Tenant, usePurchase, useTenant } from '../api/index.ts';
import { Badge, Deadline, type Tone, toast } from '../design/index.ts';
import { useWords, type Words } from '../i18n/index.ts';
import { usePurchaseId } from './address.ts';
import { Waiting } from './layout.tsx';

/** Pages of a purchase, and the actions of which one lets a person see it. */
const PAGES = [
  { id: 'overview', needs: ['purchase.read'] },
  { id: 'risks', needs: ['purchase.read'] },
  { id: 'demand', needs: ['purchase.read'] },
  { id: 'draft', needs: ['library.read'] },
  { id: 'publish', needs: ['purchase.read'] },
  { id: 'questions', needs: ['published.read'] },
  { id: 'candidates', needs: ['request.read'] },
  { id: 'opening', needs: ['offer.list'] },
  { id: 'evaluate', needs: ['score.read', 'deviation.decide'] },
  { id: 'proof', needs: ['probe.read'] },
  { id: 'award', needs: ['award.read'] },
  { id: 'contract', needs: ['contract.read'] },
  { id: 'thread', needs: ['purchase.read'] },
] as const;

export const STATE_TONES: Readonly<Record<string, Tone>> = {
  drafted: 'neutral',
  specified: 'accent',
  published: 'good',
  closed: 'warn',
  opened: 'accent',
  evaluated: 'accent',
  awarded: 'good',
  contracted: 'good',
  ended: 'neutral',
  stopped: 'bad',
};

/** Requests are there from their publication on; only a selection stage has any. */
const selects = ({ notice, requests }: PurchaseView['purchase']): boolean =>
  notice?.stage === 'selection' || requests.length > 0;

/** The frame around the pages of one purchase: what it is, where it stands, where one can go. */
export function PurchaseLayout(): ReactNode {
  const id = usePurchaseId();
  return (
    <Suspense fallback={<Waiting />}>
      <PurchaseFrame key={id} id={id} />
    </Suspense>
  );
}

function PurchaseFrame({ id }: { id: string }): ReactNode {
  const t = useWords('shell');
  const tenant = useTenant();
  const view = usePurchase(id);
  useChangesOf(id, tenant, t);
  const { description, state } = view.purchase;
  const next = view.upcoming[0];
  const params = { tenant: tenant.id, purchase: id };
  const pages = PAGES.filter(
    ({ id: page, needs }) =>
      needs.some((one) => view.actions.includes(one)) && (page !== 'candidates' || selects(view.purchase)),
  );
  return (
    <>
      <div className="purchase-head">
        <nav aria-label={t('nav-crumbs')}>
          <ol className="crumbs">
            <li>
              <Link to="/t/$tenant/purchases" params={params}>
                {t('nav-purchases')}
              </Link>
            </li>
            {description.reference === null ? null : <li>{description.reference}</li>}
          </ol>
        </nav>
        <div className="row">
          <span className="purchase-title">{description.title}</span>
          <Badge tone={STATE_TONES[state] ?? 'neutral'}>{t(`state-${state}`)}</Badge>
          {next ? (
            <span className="small">
              {t(`due-${next.kind}`)}
              {t('colon')} <Deadline at={next.deadline.instant} zone={next.deadline.zone} />
            </span>
          ) : null}
        </div>
        <nav aria-label={t('nav-purchase')} className="purchase-nav" data-moves-focus>
          <ul>
            {pages.map(({ id: page }) => (
              <li key={page}>
                <Link to={`/t/$tenant/purchases/$purchase/${page}`} params={params} className="tab">
                  {t(`nav-${page}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      <Suspense fallback={<Waiting />}>
        <Outlet />
      </Suspense>
    </>
  );
}

/** Listens to what others do to the purchase, fetches it again and says so quietly. What the reader has typed is not touched. */
function useChangesOf(id: string, tenant: Tenant, t: Words): void {
  const client = useQueryClient();
  useEffect(() => {
    const events = new EventSource(tenant.api.address(`/purchases/${id}/events`));
    const stale = () => client.invalidateQueries({ queryKey: keys.purchase(tenant.id, id) });
    events.addEventListener('changed', (event) => {
      const { version, by } = dataOf<{ version: number; by: string }>(event);
      const view = client.getQueryData<PurchaseView>(purchaseQuery(tenant, id).queryKey);
      if (by === tenant.person || (view && version !== undefined && version <= view.version)) return;
      const name = by === undefined ? undefined : view?.names[by];
      void stale();
      toast({ text: name === undefined ? t('changed-by-other') : t('changed-by', { name }) });
    });
    for (const quiet of ['job', 'opening']) events.addEventListener(quiet, () => void stale());
    // What happened while the connection was down was not told.
    let broken = false;
    events.addEventListener('error', () => {
      broken = true;
    });
    events.addEventListener('open', () => {
      if (broken) void stale();
      broken = false;
    });
    return () => events.close();
  }, [id, tenant, client, t]);
}

function dataOf<T>(event: Event): Partial<T> {
  try {
    return JSON.parse((event as MessageEvent<string>).data) as Partial<T>;
  } catch {
    return {};
  }
}
