import type { PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useBase, useGive } from '../api/index.ts';
import { Button, Card, Facts, GivingNotice, submits, toast } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { faultsOf, planDraftOf, planOf } from './plan-draft.ts';
import { usePlanFacts } from './plan-facts.ts';
import { PlanFields } from './plan-fields.tsx';

/** How offers will be compared. Fixed before publication, so that nobody can bend it to an offer. */
export function Plan({ view }: { view: PurchaseView }): ReactNode {
  return view.commands.includes('plan.set') ? (
    <PlanForm key={view.purchase.plan === null ? 'new' : 'set'} view={view} />
  ) : (
    <PlanText view={view} />
  );
}

function PlanText({ view: { purchase } }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const factsOf = usePlanFacts();
  const { plan } = purchase;
  if (!plan) return <p className="muted">{t('plan-none')}</p>;
  return (
    <Card title={t('part-plan')}>
      <Facts facts={factsOf(plan)} />
      <p className="muted small">{t('plan-fixed')}</p>
    </Card>
  );
}

function PlanForm({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const s = useWords('shell');
  const { purchase } = view;
  const { base, adopt } = useBase(view, ({ plan }) => plan);
  const [draft, setDraft] = useState(() => planDraftOf(purchase.plan));
  const [tried, setTried] = useState(false);
  const giving = useGive(purchase.id);
  const undo = useGive(purchase.id);
  const finish = (): void => {
    const before = base.purchase.plan;
    setTried(false);
    adopt();
    toast({ text: t('plan-saved'), undo: before ? () => void undo.give('plan.set', before) : undefined });
  };
  const save = async (): Promise<void> => {
    setTried(true);
    if (faultsOf(draft.criteria).length === 0 && (await giving.give('plan.set', planOf(draft), base))) finish();
  };
  const able = purchase.demand?.lines.filter(({ canBeNotApplicable }) => canBeNotApplicable).map(({ id }) => id) ?? [];
  return (
    <form className="stack prose" noValidate onSubmit={submits(() => void save())}>
      <p className="muted">{t('plan-text')}</p>
      <PlanFields purchase={purchase.id} draft={draft} onChange={setDraft} tried={tried} able={able} />
      <GivingNotice giving={giving} onAgain={finish} />
      <div>
        <Button type="submit" look="primary" isPending={giving.pending}>
          {s('save')}
        </Button>
      </div>
    </form>
  );
}
