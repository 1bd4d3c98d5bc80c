import { wasOpened } from '@proviso/procurement';
import { Link } from '@tanstack/react-router';
import type { ProofView } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { usePart, usePurchase, useTenant } from '../api/index.ts';
import { EmptyState, Notice, PageHeader } from '../design/index.ts';
import { useLanguage, useWords } from '../i18n/index.ts';
import { usePurchaseId } from '../shell/index.ts';
import { Plan } from './plan.tsx';
import { Supplier } from './supplier.tsx';
import './proof.css';

/** What suppliers promised, beside what is seen from outside: from the opening to the end of the contract. */
export default function ProofPage(): ReactNode {
  const t = useWords('proof');
  const id = usePurchaseId();
  const { purchase } = usePurchase(id);
  return (
    <>
      <PageHeader title={t('title')}>{t('intro')}</PageHeader>
      {wasOpened(purchase) ? (
        <Proof id={id} />
      ) : (
        <EmptyState title={t('sealed')}>
          <p>{t('sealed-text')}</p>
        </EmptyState>
      )}
    </>
  );
}

function Proof({ id }: { id: string }): ReactNode {
  const t = useWords('proof');
  const shell = useWords('shell');
  const { id: tenant } = useTenant();
  const { language } = useLanguage();
  const view = usePart<ProofView>(id, 'proof', `/proof?language=${language}`);
  if (view.requirements.length === 0)
    return (
      <EmptyState title={t('no-checks')}>
        <p>{t('no-checks-text')}</p>
      </EmptyState>
    );
  return (
    <div className="stack">
      {view.looks ? null : <Notice title={t('looks-off')} />}
      {view.suppliers.length === 0 ? (
        <EmptyState title={t('nobody')}>
          <p>{t('nobody-text')}</p>
          <p>
            <Link to="/t/$tenant/purchases/$purchase/evaluate" params={{ tenant, purchase: id }}>
              {shell('nav-evaluate')}
            </Link>
          </p>
        </EmptyState>
      ) : (
        // Those under contract come first.
        view.suppliers
          .toSorted((a, b) => Number(b.contracted) - Number(a.contracted))
          .map((supplier) => <Supplier key={supplier.supplier} id={id} view={view} supplier={supplier} />)
      )}
      <Plan key={view.plan.version} id={id} view={view} />
    </div>
  );
}
