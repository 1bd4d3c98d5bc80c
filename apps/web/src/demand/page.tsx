import type { DemandView, PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useDemand, usePurchase } from '../api/index.ts';
import { Button, Card, Notice, PageHeader, Tabs } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { answersOf } from '../purchase/questions.ts';
import { Summary } from '../purchase/summary.tsx';
import { useAddress, usePurchaseId } from '../shell/index.ts';
import { Approval } from './approval.tsx';
import { Comments } from './comments.tsx';
import { ConsultationPart } from './consultation.tsx';
import { ContextEditor } from './context-editor.tsx';
import { Departures } from './departures.tsx';
import { Downloads } from './downloads.tsx';
import { NewerEdition } from './newer-edition.tsx';
import { NoDemand } from './no-demand.tsx';
import { Ready } from './ready.tsx';
import { Requirements } from './requirements.tsx';
import { Versions } from './versions.tsx';
import { WhatIf } from './what-if.tsx';
import './demand.css';

/** What suppliers are asked, and why: the requirements of a purchase with everything around them. */
export default function DemandPage(): ReactNode {
  const t = useWords('demand');
  const id = usePurchaseId();
  const view = usePurchase(id);
  const standing = useDemand(id);
  const [shown, show] = useAddress('demand');
  // After publication a change makes a version that only a correction puts in the place of what suppliers answer.
  const isPrepared = view.purchase.state === 'published' && standing !== null && standing.last > standing.n;
  const demand = useDemand(id, isPrepared && shown === 'prepared' ? standing.last : undefined);
  return (
    <>
      <PageHeader title={t('title')} actions={demand ? <Ready view={view} /> : undefined}>
        {t('intro')}
      </PageHeader>
      {isPrepared ? (
        <Prepared demand={standing} shown={shown === 'prepared'} onShow={(one) => show(one ? 'prepared' : '')} />
      ) : null}
      {demand ? <Parts view={view} demand={demand} /> : <NoDemand view={view} />}
    </>
  );
}

function Prepared(props: { demand: DemandView; shown: boolean; onShow(shown: boolean): void }): ReactNode {
  const t = useWords('demand');
  const { demand, shown, onShow } = props;
  return (
    <Notice
      title={shown ? t('prepared-shown', { n: demand.last }) : t('prepared', { n: demand.last })}
      actions={
        <Button onPress={() => onShow(!shown)}>
          {shown ? t('prepared-back', { n: demand.n }) : t('prepared-show', { n: demand.last })}
        </Button>
      }
    >
      <p>{t('prepared-text', { n: demand.n })}</p>
    </Notice>
  );
}

function Parts({ view, demand }: { view: PurchaseView; demand: DemandView }): ReactNode {
  const t = useWords('demand');
  const [part, setPart] = useAddress('part', 'requirements');
  const { state } = view.purchase;
  // A change starts from the newest version, so that none that is prepared gets lost.
  const mayEdit =
    view.actions.includes('demand.edit') &&
    (state === 'drafted' || (state === 'published' && demand.n === demand.last));
  return (
    <div className="stack">
      {demand.newer ? <NewerEdition view={view} demand={demand} mayTake={mayEdit} /> : null}
      <Tabs
        label={t('title')}
        selected={part}
        onSelect={setPart}
        tabs={[
          {
            id: 'requirements',
            title: t('part-requirements', { n: demand.file.demand.requirements.length }),
            content: <Requirements view={view} demand={demand} mayEdit={mayEdit} />,
          },
          { id: 'answers', title: t('part-answers'), content: <AnswersPart {...{ view, demand, mayEdit }} /> },
          {
            id: 'departures',
            title: t('part-departures', { n: demand.file.demand.context.departures.length }),
            content: <Departures view={view} demand={demand} mayEdit={mayEdit} />,
          },
          { id: 'what-if', title: t('part-what-if'), content: <WhatIf demand={demand} /> },
          {
            id: 'approval',
            title: t('part-approval'),
            content: (
              <div className="columns">
                <Approval view={view} demand={demand} />
                <Comments view={view} subject="demand" />
              </div>
            ),
          },
          {
            id: 'consultation',
            title: t('part-consultation'),
            content: <ConsultationPart view={view} demand={demand} />,
          },
          { id: 'versions', title: t('part-versions'), content: <Versions id={view.purchase.id} demand={demand} /> },
          { id: 'files', title: t('part-files'), content: <Downloads id={view.purchase.id} /> },
        ]}
      />
    </div>
  );
}

/** The answers that the requirements follow from, to read or to change. */
function AnswersPart(props: { view: PurchaseView; demand: DemandView; mayEdit: boolean }): ReactNode {
  const t = useWords('demand');
  const [editing, setEditing] = useState(false);
  const { view, demand, mayEdit } = props;
  if (editing) return <ContextEditor view={view} demand={demand} onDone={() => setEditing(false)} />;
  return (
    <div className="stack prose">
      <Card
        title={t('answers-title')}
        actions={mayEdit ? <Button onPress={() => setEditing(true)}>{t('answers-change')}</Button> : undefined}
      >
        <p className="muted">{mayEdit ? t('answers-text') : t('answers-text-reader')}</p>
      </Card>
      <Summary answers={answersOf(demand.file.demand.context)} />
    </div>
  );
}
