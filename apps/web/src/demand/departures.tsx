import type { Departure } from '@proviso/catalogue';
import type { DemandView, PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useVocabulary } from '../api/catalogue.ts';
import { Badge, Button, Card, EmptyState, Facts, GivingNotice } from '../design/index.ts';
import { useFormats, useLanguage, useWords } from '../i18n/index.ts';
import { AddDialog } from './add-dialog.tsx';
import { useChangeContext } from './change-context.ts';

/** Every deliberate departure with its explanation; each can be taken back. */
export function Departures(props: { view: PurchaseView; demand: DemandView; mayEdit: boolean }): ReactNode {
  const t = useWords('demand');
  const { view, demand, mayEdit } = props;
  const [adding, setAdding] = useState(false);
  const { giving, put } = useChangeContext(view.purchase.id);
  const { context } = demand.file.demand;
  const remove = (at: number): void =>
    void put({ ...context, departures: context.departures.toSpliced(at, 1) }, demand, view);
  return (
    <div className="stack prose">
      <div className="row">
        {mayEdit ? <Button onPress={() => setAdding(true)}>{t('add-requirement')}</Button> : null}
      </div>
      <GivingNotice giving={giving} />
      {context.departures.length === 0 ? (
        <EmptyState title={t('departures-none')}>
          <p>{t('departures-none-text')}</p>
        </EmptyState>
      ) : null}
      {context.departures.map((one, i) => (
        <DepartureCard
          key={`${one.requirement} ${one.kind} ${one.parameter}`}
          one={one}
          demand={demand}
          onRemove={mayEdit ? () => remove(i) : undefined}
        />
      ))}
      {adding ? <AddDialog view={view} demand={demand} onClose={() => setAdding(false)} /> : null}
    </div>
  );
}

function DepartureCard(props: { one: Departure; demand: DemandView; onRemove?(): void }): ReactNode {
  const t = useWords('demand');
  const s = useWords('shell');
  const { language } = useLanguage();
  const formats = useFormats();
  const { explainReasons } = useVocabulary();
  const { one, demand, onRemove } = props;
  const entry = demand.file.catalogue.requirements.find(({ id }) => id === one.requirement);
  const reason = explainReasons.find(({ id }) => id === one.reason);
  const parameter = entry?.parameters.find(({ id }) => id === one.parameter);
  return (
    <Card
      level={3}
      title={
        <>
          <span className="mono">{one.requirement}</span> {entry?.title[language]}
        </>
      }
      actions={
        onRemove ? (
          <Button small onPress={onRemove}>
            {t('depart-undo')}
          </Button>
        ) : undefined
      }
    >
      <p>
        {t(`departure-${one.kind}`, {
          level: s(`level-${one.level ?? 'basic'}`),
          parameter: parameter?.label[language] ?? one.parameter ?? '',
          value: one.value ?? 0,
        })}
      </p>
      <Facts
        facts={[
          [
            t('explain-reason'),
            <span key="reason" className="row">
              {reason?.text ?? one.reason}
              {reason?.accepted === false ? <Badge tone="warn">{t('explain-not-accepted')}</Badge> : null}
            </span>,
          ],
          [t('explain-text'), one.text],
          [t('explain-owner'), one.owner],
          [t('explain-review'), formats.day(one.review)],
        ]}
      />
    </Card>
  );
}
