import { wasOpened } from '@proviso/procurement';
import type { RankingView } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { usePart, usePurchase, useTenant } from '../api/index.ts';
import { EmptyState, PageHeader, Select, Tabs } from '../design/index.ts';
import { Declare, declarationOf } from '../evaluate/declare.tsx';
import { useWords } from '../i18n/index.ts';
import { useAddress, usePurchaseId } from '../shell/index.ts';
import { Decision } from './decision.tsx';
import { Letters } from './letters.tsx';
import { Prices } from './prices.tsx';
import { Ranking } from './ranking.tsx';
import { Sensitivity } from './sensitivity.tsx';
import { Validity } from './validity.tsx';
import './award.css';

/** Who comes first and why, what would change it, and the decision with its letters. */
export default function AwardPage(): ReactNode {
  const t = useWords('award');
  const id = usePurchaseId();
  const { purchase, commands } = usePurchase(id);
  const { person } = useTenant();
  // Who has not declared sees no score, so that nothing would seem to be frozen.
  const own = declarationOf(purchase, person);
  const lots = purchase.lots.filter((lot) => !purchase.cancelled.some((one) => one.lot === lot.id));
  const [lotId, setLot] = useAddress('lot', lots[0]?.id ?? '');
  const lot = lots.find((one) => one.id === lotId) ?? lots[0];
  const frozen = purchase.evaluation.frozen.some((one) => one.lot === lot?.id);
  const priceOpen =
    !purchase.plan?.priceApart ||
    purchase.openings.some((one) => one.part === 'price' && one.round === purchase.round && one.done);
  return (
    <>
      <PageHeader title={t('title')}>{t('text')}</PageHeader>
      {lots.length > 1 && lot ? (
        <Select
          label={t('lot')}
          narrow
          value={lot.id}
          onChange={setLot}
          options={lots.map((one) => ({ id: one.id, text: one.title }))}
        />
      ) : null}
      {own === 'none' && wasOpened(purchase) && commands.includes('conflict.declare') ? (
        <Declare id={id} lots={purchase.lots} />
      ) : !lot || !frozen || !priceOpen ? (
        <div className="stack">
          <EmptyState title={frozen ? t('price-sealed') : t('not-yet')}>
            <p>{frozen ? t('price-sealed-text') : t('not-yet-text')}</p>
          </EmptyState>
          {lot && wasOpened(purchase) ? (
            <section className="stack">
              <h2>{t('tab-validity')}</h2>
              <Validity id={id} lot={lot.id} />
            </section>
          ) : null}
        </div>
      ) : (
        <Lot key={lot.id} id={id} lot={lot.id} />
      )}
    </>
  );
}

function Lot({ id, lot }: { id: string; lot: string }): ReactNode {
  const t = useWords('award');
  const view = usePart<RankingView>(id, 'ranking', `/ranking?lot=${encodeURIComponent(lot)}`);
  const { purchase } = usePurchase(id);
  const [tab, setTab] = useAddress('tab', 'ranking');
  const parts = { id, lot, view };
  const awarded = purchase.awards.some((one) => one.lot === lot && one.withdrawn === null);
  const tabs = [
    { id: 'ranking', title: t('tab-ranking'), content: <Ranking {...parts} /> },
    { id: 'sensitivity', title: t('tab-sensitivity'), content: <Sensitivity {...parts} /> },
    {
      id: 'prices',
      title: t('tab-prices', { n: new Set(view.lowPrices.map(({ offer }) => offer)).size }),
      content: <Prices {...parts} />,
    },
    { id: 'validity', title: t('tab-validity'), content: <Validity id={id} lot={lot} /> },
    { id: 'decision', title: t('tab-decision'), content: <Decision {...parts} /> },
    ...(awarded ? [{ id: 'letters', title: t('tab-letters'), content: <Letters {...parts} /> }] : []),
  ];
  const selected = tabs.some((one) => one.id === tab) ? tab : 'ranking';
  return <Tabs label={t('tabs')} selected={selected} onSelect={setTab} tabs={tabs} />;
}
