import type { Demand } from '@proviso/catalogue';
import { Link } from '@tanstack/react-router';
import type { DemandView, PurchaseView } from 'proviso-server/contract';
import type { ReactNode } from 'react';
import { useTenant } from '../api/index.ts';
import { Comments } from '../demand/comments.tsx';
import { Badge, Button, Card, Detail, Fold } from '../design/index.ts';
import { useLanguage, useWords } from '../i18n/index.ts';
import { RATING_TONES } from '../purchase/preview.tsx';

/** One risk: what can happen, why it is rated so, and which requirement answers which need. */
export function RiskDetail(props: {
  risk: Demand['risks'][number];
  demand: DemandView;
  view: PurchaseView;
  onRate?(): void;
}): ReactNode {
  const t = useWords('risks');
  const s = useWords('shell');
  const { language } = useLanguage();
  const { id: tenant } = useTenant();
  const { risk, demand, view, onRate } = props;
  const entry = demand.file.catalogue.risks.find(({ id }) => id === risk.id);
  const words = demand.words.risks[risk.id];
  return (
    <Detail>
      <Card
        title={words?.title ?? risk.id}
        actions={<Badge tone={RATING_TONES[risk.rating]}>{s(`rating-${risk.rating}`)}</Badge>}
      >
        <p>{words?.threat}</p>
        <h3>{t('why')}</h3>
        <p>
          {t('score', { likelihood: risk.likelihood, impact: risk.impact, score: risk.score })}{' '}
          {entry ? t('from', { likelihood: entry.likelihood.prior, impact: entry.impact.base }) : null}
        </p>
        <ul className="stack-tight">
          {risk.factors.map(({ side, by, because }) => (
            <li key={`${side} ${because.en}`}>
              <Badge tone={by > 0 ? 'warn' : 'good'}>
                {t(side)} {by > 0 ? `+${by}` : `−${-by}`}
              </Badge>{' '}
              {because[language]}
            </li>
          ))}
        </ul>
        {entry ? (
          <Fold title={t('basis')}>
            <p className="small">{entry.likelihood.basis}</p>
          </Fold>
        ) : null}
        {onRate ? (
          <div>
            <Button onPress={onRate}>{t('rate')}</Button>
          </div>
        ) : null}
      </Card>
      <Card title={t('needs')}>
        <ul className="lines">
          {risk.needs.map(({ id, answeredBy }) => (
            <li key={id} className="stack-tight">
              <span>{entry?.needs.find((need) => need.id === id)?.text[language] ?? id}</span>
              {answeredBy.length === 0 ? (
                <span>
                  <Badge tone="bad">{t('unanswered')}</Badge>
                </span>
              ) : (
                <ul className="stack-tight small">
                  {answeredBy.map((requirement) => (
                    <li key={requirement}>
                      <Link
                        to="/t/$tenant/purchases/$purchase/demand/$requirement"
                        params={{ tenant, purchase: view.purchase.id, requirement }}
                      >
                        {requirement} {demand.words.requirements[requirement]?.title}
                      </Link>
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
      </Card>
      <Comments view={view} subject={`risk:${risk.id}`} />
    </Detail>
  );
}
