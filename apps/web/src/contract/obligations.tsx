import { isOverdue, type Obligation, owedObligations } from '@proviso/procurement';
import { Link } from '@tanstack/react-router';
import type { PurchaseView } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { useTenant } from '../api/index.ts';
import { Badge, EmptyState, Select, Table, useNow } from '../design/index.ts';
import { useFormats, useWords } from '../i18n/index.ts';
import { useAddress } from '../shell/index.ts';
import { rhythmOf, supplierOf, useClauses, usePeople } from './parts.ts';

const SHOWN = ['overdue', 'met', 'waived', 'all'] as const;

/** All obligations, the next first; by owner and by how they stand. */
export function Obligations({ view, selected }: { view: PurchaseView; selected: string }): ReactNode {
  const t = useWords('contract');
  const formats = useFormats();
  const { id: tenant, person } = useTenant();
  const now = useNow().toISOString();
  const { nameOf } = usePeople(view);
  const clauseOf = useClauses(view.purchase.id);
  const [owner, setOwner] = useAddress('owner');
  const [shown, setShown] = useAddress('show');
  const { purchase } = view;
  const owed = new Set(owedObligations(purchase));
  const late = (one: Obligation): boolean => isOverdue(purchase, one, now);
  const fits = (one: Obligation): boolean =>
    shown === 'all' || (shown === '' ? owed.has(one) : shown === 'overdue' ? late(one) : one.state === shown);
  const rows = purchase.obligations
    .filter((one) => fits(one) && (owner === '' || one.owner === owner))
    .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  const owners = [...new Set(purchase.obligations.map((one) => one.owner))];
  const several = new Set(purchase.contracts.map(({ offer }) => offer)).size > 1;
  return (
    <div className="stack">
      <div className="grid screen-only">
        <Select
          label={t('owner')}
          value={owner}
          onChange={setOwner}
          empty={t('everybody')}
          options={owners
            .map((id) => ({ id, text: id === person ? t('me', { name: nameOf(id) }) : nameOf(id) }))
            .toSorted((a, b) => formats.compare(a.text, b.text))}
        />
        <Select
          label={t('state')}
          value={shown}
          onChange={setShown}
          empty={t('show-owed')}
          options={SHOWN.map((id) => ({ id, text: t(`show-${id}`) }))}
        />
      </div>
      <Table
        caption={t('obligations')}
        rows={rows}
        rowId={({ id }) => id}
        empty={
          <EmptyState title={t('found-none')}>
            <p>{owner === '' && shown === '' ? t('all-kept') : t('found-none-text')}</p>
          </EmptyState>
        }
        columns={[
          {
            id: 'requirement',
            title: t('requirement'),
            cell: (one) => (
              <>
                <Link
                  to="/t/$tenant/purchases/$purchase/contract/$obligation"
                  params={{ tenant, purchase: purchase.id, obligation: one.id }}
                  search={(all: object) => all as never}
                  aria-current={one.id === selected ? 'true' : undefined}
                  resetScroll={false}
                >
                  <span className="mono small">{one.requirement}</span> {clauseOf(one.requirement).title}
                </Link>
                <div className="muted small contract-more">
                  {rhythmOf(one, t)}
                  {several ? ` · ${supplierOf(view, one.offer)}` : null}
                </div>
              </>
            ),
            by: (one) => one.requirement,
          },
          {
            id: 'due',
            title: t('due'),
            cell: (one) => (
              <>
                {formats.day(one.due)} <State one={one} late={late(one)} owed={owed.has(one)} />
              </>
            ),
            by: (one) => one.due,
          },
          { id: 'owner', title: t('owner'), cell: (one) => nameOf(one.owner), by: (one) => nameOf(one.owner) },
          {
            id: 'proof',
            title: t('proof-wanted'),
            cell: (one) => <span className="small">{clauseOf(one.requirement).proof.join('; ')}</span>,
          },
        ]}
      />
    </div>
  );
}

/** How an obligation stands, in words. */
export function State({ one, late, owed }: { one: Obligation; late: boolean; owed: boolean }): ReactNode {
  const t = useWords('contract');
  if (one.state === 'open' && !owed) return <Badge>{t('state-over')}</Badge>;
  if (late) return <Badge tone="bad">{t('state-overdue')}</Badge>;
  return <Badge tone={one.state === 'met' ? 'good' : 'neutral'}>{t(`state-${one.state}`)}</Badge>;
}
