import { Link, useNavigate } from '@tanstack/react-router';
import type { DemandView, PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useDemand, usePurchase, useTenant } from '../api/index.ts';
import { NoDemand } from '../demand/no-demand.tsx';
import { Badge, Card, Notice, PageHeader } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { RATING_TONES, RATINGS } from '../purchase/preview.tsx';
import { usePathPart, usePurchaseId } from '../shell/index.ts';
import { RiskMatrix } from './matrix.tsx';
import { type Proposed, RateDialog } from './rate-dialog.tsx';
import { RiskDetail } from './risk-detail.tsx';
import './risks.css';

/** The risks of a purchase: how likely, how bad, why, and what answers each. */
export default function RisksPage(): ReactNode {
  const t = useWords('risks');
  const id = usePurchaseId();
  const view = usePurchase(id);
  const demand = useDemand(id);
  return (
    <>
      <PageHeader title={t('title')}>{t('intro')}</PageHeader>
      {demand ? <Risks demand={demand} view={view} /> : <NoDemand view={view} />}
    </>
  );
}

function Risks({ demand, view }: { demand: DemandView; view: PurchaseView }): ReactNode {
  const t = useWords('risks');
  const s = useWords('shell');
  const { id: tenant } = useTenant();
  const navigate = useNavigate();
  const selected = usePathPart('risk');
  const [proposed, setProposed] = useState<Proposed | null>(null);
  const { risks, open } = demand.file.demand;
  const mayRate = view.actions.includes('demand.edit') && view.purchase.state === 'drafted';
  const titleOf = (id: string): string => demand.words.risks[id]?.title ?? id;
  const purchase = view.purchase.id;
  const select = (risk: string) =>
    void navigate({
      to: '/t/$tenant/purchases/$purchase/risks/$risk',
      params: { tenant, purchase, risk },
      resetScroll: false,
    });
  const one = risks.find(({ id }) => id === selected);
  return (
    <div className="stack">
      {open.length > 0 ? (
        <Notice tone="warn" title={t('open-title')}>
          <ul>
            {open.map(({ risk, need }) => (
              <li key={`${risk} ${need}`}>{titleOf(risk)}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <div className="risk-columns">
        <div className="stack">
          <RiskMatrix
            risks={risks}
            titleOf={titleOf}
            selected={selected}
            onSelect={select}
            onRate={mayRate ? (risk, rating) => setProposed({ risk, ...rating }) : undefined}
          />
          <p className="muted small">{mayRate ? t('matrix-hint') : t('matrix-hint-reader')}</p>
          {RATINGS.map((rating) => (
            <RiskGroup
              key={rating}
              title={s(`rating-${rating}`)}
              risks={risks.filter((risk) => risk.rating === rating)}
              titleOf={titleOf}
              selected={selected}
              address={{ tenant, purchase }}
            />
          ))}
        </div>
        <div>
          {one ? (
            <RiskDetail
              key={one.id}
              risk={one}
              demand={demand}
              view={view}
              onRate={
                mayRate
                  ? () => setProposed({ risk: one.id, likelihood: one.likelihood, impact: one.impact })
                  : undefined
              }
            />
          ) : (
            <Card>
              <p className="muted">{t('choose-one')}</p>
            </Card>
          )}
        </div>
      </div>
      {proposed ? (
        <RateDialog demand={demand} view={view} proposed={proposed} onClose={() => setProposed(null)} />
      ) : null}
    </div>
  );
}

function RiskGroup(props: {
  title: string;
  risks: DemandView['file']['demand']['risks'];
  titleOf(id: string): string;
  selected: string;
  address: { tenant: string; purchase: string };
}): ReactNode {
  if (props.risks.length === 0) return null;
  return (
    <section className="stack-tight">
      <h2 className="risk-group">{props.title}</h2>
      <ul className="lines">
        {props.risks.map(({ id, rating, score }) => (
          <li key={id} className="spread">
            <Link
              to="/t/$tenant/purchases/$purchase/risks/$risk"
              params={{ ...props.address, risk: id }}
              aria-current={id === props.selected ? 'true' : undefined}
              resetScroll={false}
            >
              <span className="mono small">{id}</span> {props.titleOf(id)}
            </Link>
            <Badge tone={RATING_TONES[rating]}>{score}</Badge>
          </li>
        ))}
      </ul>
    </section>
  );
}
