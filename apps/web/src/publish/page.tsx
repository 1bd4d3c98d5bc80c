import type { ReactNode } from 'react';
import { usePurchase } from '../api/index.ts';
import { PageHeader, Tabs } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { useAddress, usePurchaseId } from '../shell/index.ts';
import { hasRounds } from './bidders.ts';
import { Corrigenda } from './corrigenda.tsx';
import { Invitations } from './invitations.tsx';
import { Notice } from './notice.tsx';
import { Plan } from './plan.tsx';
import { Rounds } from './rounds.tsx';
import { Team } from './team.tsx';
import './publish.css';

/** Everything between ready requirements and offers: criteria, people, keys, dates, the notice, who is invited. */
export default function PublishPage(): ReactNode {
  const t = useWords('publish');
  const view = usePurchase(usePurchaseId());
  const [part, setPart] = useAddress('part', view.purchase.notice ? 'notice' : 'plan');
  return (
    <>
      <PageHeader title={t('title')}>{t('intro')}</PageHeader>
      <Tabs
        label={t('title')}
        selected={part}
        onSelect={setPart}
        tabs={[
          { id: 'plan', title: t('part-plan'), content: <Plan view={view} /> },
          { id: 'team', title: t('part-team'), content: <Team view={view} /> },
          { id: 'notice', title: t('part-notice'), content: <Notice view={view} /> },
          { id: 'invitations', title: t('part-invitations'), content: <Invitations view={view} /> },
          { id: 'corrigenda', title: t('part-corrigenda'), content: <Corrigenda view={view} /> },
          ...(hasRounds(view.purchase)
            ? [{ id: 'rounds', title: t('part-rounds'), content: <Rounds view={view} /> }]
            : []),
        ]}
      />
    </>
  );
}
