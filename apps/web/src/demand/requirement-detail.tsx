import type { Demanded } from '@proviso/catalogue';
import { Link } from '@tanstack/react-router';
import type { DemandView, PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useTenant } from '../api/index.ts';
import { Badge, Button, ButtonLink, Card, Detail, Facts, Fold } from '../design/index.ts';
import { useFormats, useLanguage, useWords } from '../i18n/index.ts';
import { Comments } from './comments.tsx';
import { type Departing, DepartureDialog } from './departure-dialog.tsx';
import { Remarks } from './remarks.tsx';

/** One requirement: its words, its reasons, its level and values, with ways to depart from them. */
export function RequirementDetail(props: {
  one: Demanded;
  view: PurchaseView;
  demand: DemandView;
  mayEdit: boolean;
}): ReactNode {
  const t = useWords('demand');
  const s = useWords('shell');
  const formats = useFormats();
  const { id: tenant } = useTenant();
  const [departing, setDeparting] = useState<Departing | null>(null);
  const { one, view, demand, mayEdit } = props;
  const words = demand.words.requirements[one.id];
  const params = { tenant, purchase: view.purchase.id, requirement: one.id };
  return (
    <Detail>
      <Card
        title={
          <>
            <span className="mono">{one.id}</span> {words?.title}
          </>
        }
      >
        <p className="demand-sentence">{words?.sentence}</p>
        <p className="muted">{words?.why}</p>
        <Facts
          facts={[
            [t('level'), <Badge key="level">{s(`level-${one.level}`)}</Badge>],
            [t('weight'), formats.percent(one.weight / 1000)],
            [t('knockout'), one.knockout ? t('knockout-yes') : t('knockout-no')],
            ...(words?.check ? [[t('check'), words.check] as const] : []),
          ]}
        />
        <Parameters
          one={one}
          demand={demand}
          onChange={
            mayEdit ? (parameter, value) => setDeparting({ kind: 'set-parameter', parameter, value }) : undefined
          }
        />
        {mayEdit ? (
          <div className="row">
            <Button onPress={() => setDeparting({ kind: 'set-level', level: one.level })}>{t('change-level')}</Button>
            <Button look="danger" onPress={() => setDeparting({ kind: 'leave-out' })}>
              {t('leave-out')}
            </Button>
          </div>
        ) : null}
      </Card>
      <Card title={t('reasons')}>
        <ul className="lines">
          {words?.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
        <Notes one={one} demand={demand} />
        <RiskLinks one={one} demand={demand} address={params} />
        <div>
          <ButtonLink to="/t/$tenant/purchases/$purchase/thread/$requirement" params={params}>
            {t('thread')}
          </ButtonLink>
        </div>
      </Card>
      <Fold title={t('question')}>
        <p>{words?.question}</p>
      </Fold>
      <Fold title={t('clause')}>
        <p>{words?.clause}</p>
      </Fold>
      <Remarks view={view} requirement={one.id} />
      <Comments view={view} subject={`requirement:${one.id}`} />
      {departing ? (
        <DepartureDialog
          departing={departing}
          requirement={one.id}
          demand={demand}
          view={view}
          onClose={() => setDeparting(null)}
        />
      ) : null}
    </Detail>
  );
}

function Parameters(props: {
  one: Demanded;
  demand: DemandView;
  onChange?(parameter: string, value: number): void;
}): ReactNode {
  const t = useWords('demand');
  const { language } = useLanguage();
  const formats = useFormats();
  const { one, demand, onChange } = props;
  const known = demand.file.catalogue.requirements.find(({ id }) => id === one.id)?.parameters ?? [];
  if (known.length === 0) return null;
  return (
    <ul className="lines">
      {known.map(({ id, label, unit }) => (
        <li key={id} className="spread">
          <span>
            {label[language]}: <strong>{t(`unit-${unit}`, { n: one.parameters[id] ?? 0 })}</strong>
          </span>
          {onChange ? (
            <Button small onPress={() => onChange(id, one.parameters[id] ?? 0)}>
              {t('change-parameter')}
              <span className="unseen">: {label[language]}</span>
            </Button>
          ) : (
            <span className="unseen">{formats.number(one.parameters[id] ?? 0)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Notes({ one, demand }: { one: Demanded; demand: DemandView }): ReactNode {
  const t = useWords('demand');
  const s = useWords('shell');
  if (one.notes.length === 0) return null;
  return (
    <ul className="stack-tight small muted">
      {one.notes.map((note) => (
        <li key={JSON.stringify(note)}>
          {note.kind === 'capped-by-value'
            ? t('note-capped', { level: s(`level-${note.from}`) })
            : t('note-law', { law: demand.words.laws[note.law] ?? note.law, value: note.value })}
        </li>
      ))}
    </ul>
  );
}

function RiskLinks(props: {
  one: Demanded;
  demand: DemandView;
  address: { tenant: string; purchase: string };
}): ReactNode {
  const t = useWords('demand');
  const s = useWords('shell');
  const risks = new Map(
    props.one.reasons.flatMap((reason) => (reason.kind === 'risk' ? [[reason.risk, reason.rating] as const] : [])),
  );
  if (risks.size === 0) return null;
  return (
    <div className="stack-tight small">
      <h3>{t('risks')}</h3>
      <ul className="stack-tight">
        {[...risks].map(([risk, rating]) => (
          <li key={risk}>
            <Link to="/t/$tenant/purchases/$purchase/risks/$risk" params={{ ...props.address, risk }}>
              {props.demand.words.risks[risk]?.title ?? risk}
            </Link>{' '}
            ({s(`rating-${rating}`)})
          </li>
        ))}
      </ul>
    </div>
  );
}
