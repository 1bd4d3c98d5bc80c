import { wasOpened } from '@proviso/procurement';
import type { EvaluationView } from 'proviso-server/contract';
import { type ReactNode, useMemo } from 'react';
import { usePart, usePurchase, useTenant } from '../api/index.ts';
import { EmptyState, Fold, Notice, PageHeader, Select, Tabs } from '../design/index.ts';
import { useLanguage, useWords } from '../i18n/index.ts';
import { useAddress, usePurchaseId } from '../shell/index.ts';
import { Amounts } from './amounts.tsx';
import { Applicability } from './applicability.tsx';
import { Comparison } from './comparison.tsx';
import { Consensus } from './consensus.tsx';
import { Declare, declarationOf } from './declare.tsx';
import { Deviations, deviationsOf, isOpen } from './deviations.tsx';
import { Evidence } from './evidence.tsx';
import { Judging } from './judging.tsx';
import { LotState } from './lot-state.tsx';
import { cellsOfLot } from './scores.ts';
import './evaluate.css';

/** Answers side by side, blind scores, agreement, and the freeze. */
export default function EvaluatePage(): ReactNode {
  const t = useWords('evaluate');
  const id = usePurchaseId();
  const { purchase, actions } = usePurchase(id);
  const { person, roles } = useTenant();
  const isOpen = wasOpened(purchase);
  const own = declarationOf(purchase, person);
  const audits = roles.includes('auditor');
  return (
    <>
      <PageHeader title={t('title')}>{t(actions.includes('score.read') ? 'text' : 'text-deviations')}</PageHeader>
      {!isOpen && own !== 'none' ? (
        <EmptyState title={t('sealed')}>
          <p>{t('sealed-text')}</p>
        </EmptyState>
      ) : own === 'none' && !audits ? (
        <BeforeDeclared id={id} isOpen={isOpen} />
      ) : own === 'conflict' && purchase.lots.length === 1 ? (
        <Notice tone="warn" title={t('barred')}>
          <p>{t('barred-text')}</p>
        </Notice>
      ) : (
        <Evaluation id={id} />
      )}
    </>
  );
}

function BeforeDeclared({ id, isOpen }: { id: string; isOpen: boolean }): ReactNode {
  const t = useWords('evaluate');
  const { purchase, commands } = usePurchase(id);
  if (commands.includes('conflict.declare')) return <Declare id={id} lots={purchase.lots} />;
  return (
    <EmptyState title={t('sealed')}>
      <p>{isOpen ? t('declare-not-yours') : t('sealed-text')}</p>
    </EmptyState>
  );
}

function Evaluation({ id }: { id: string }): ReactNode {
  const t = useWords('evaluate');
  const { language } = useLanguage();
  const { person } = useTenant();
  const view = usePart<EvaluationView>(id, 'evaluation', `/evaluation?language=${language}`);
  const { purchase, commands, actions } = usePurchase(id);
  /** Legal and security decide on deviations; what evaluators make of an offer is not theirs to see. */
  const scores = actions.includes('score.read');
  const [lotId, setLot] = useAddress('lot', view.lots[0]?.id ?? '');
  const lot = view.lots.find((one) => one.id === lotId) ?? view.lots[0];
  const evaluates = view.evaluators.some((one) => one.id === person && !one.conflict);
  const [tab, setTab] = useAddress('tab', scores ? 'compare' : 'deviations');
  const cells = useMemo(() => (lot ? cellsOfLot(purchase, lot.id, view) : []), [purchase, lot, view]);
  if (!lot)
    return (
      <EmptyState title={t('no-lots')}>
        <p>{t('no-lots-text')}</p>
      </EmptyState>
    );
  const wanted = purchase.lots.find((one) => one.id === lot.id)?.requirements ?? null;
  const lines = wanted === null ? view.lines : view.lines.filter((line) => wanted.includes(line.id));
  const offers = view.offers.filter((one) => one.lot === lot.id);
  const own: EvaluationView = { ...view, lines };
  if (offers.length === 0)
    return (
      <EmptyState title={t('no-offers')}>
        <p>{t('no-offers-text')}</p>
      </EmptyState>
    );
  const parts = { id, view: own, lot, offers, cells };
  const tabs = [
    { id: 'compare', title: t('tab-compare'), content: <Comparison {...parts} /> },
    ...(evaluates && !lot.frozen ? [{ id: 'score', title: t('tab-score'), content: <Judging {...parts} /> }] : []),
    ...(scores && lot.revealed
      ? [{ id: 'agree', title: t('tab-agree'), content: <Consensus {...parts} mayWrite={evaluates} /> }]
      : []),
    ...(scores
      ? [
          {
            id: 'applicability',
            title: t('tab-applicability'),
            content: <Applicability {...parts} mayDecide={evaluates} />,
          },
        ]
      : []),
    {
      id: 'deviations',
      title: t('tab-deviations', { n: deviationsOf(purchase.deviations, offers).filter(isOpen).length }),
      content: <Deviations {...parts} />,
    },
    ...(scores && purchase.plan?.criteria.some(({ kind }) => kind === 'amount')
      ? [
          {
            id: 'amounts',
            title: t('tab-amounts'),
            content: <Amounts {...parts} mayWrite={evaluates && !lot.frozen} />,
          },
        ]
      : []),
    { id: 'files', title: t('tab-files'), content: <Evidence {...parts} /> },
  ];
  const selected = tabs.some((one) => one.id === tab) ? tab : 'compare';
  return (
    <div className="stack">
      {view.lots.length > 1 ? (
        <Select
          label={t('lot')}
          narrow
          value={lot.id}
          onChange={setLot}
          options={view.lots.map((one) => ({ id: one.id, text: one.title }))}
        />
      ) : null}
      <LotState {...parts} evaluates={evaluates} />
      <Tabs label={t('tabs')} selected={selected} onSelect={setTab} tabs={tabs} />
      {commands.includes('conflict.declare') ? (
        <Fold title={t('declare-later')}>
          <Declare id={id} lots={purchase.lots} />
        </Fold>
      ) : null}
    </div>
  );
}
