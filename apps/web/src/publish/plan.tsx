import type { PurchaseView } from 'proviso-server/contract';
import { type ReactNode, useState } from 'react';
import { useBase, useDemand, useGive } from '../api/index.ts';
import {
  Button,
  Card,
  Checkbox,
  Checkboxes,
  Facts,
  GivingNotice,
  Notice,
  Select,
  submits,
  toast,
} from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { CriterionFields } from './criterion-fields.tsx';
import { type CriterionDraft, criterionOf, draftsOf, emptyCriterion, faultsOf, firstPlan } from './plan-draft.ts';

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
  const { plan } = purchase;
  if (!plan) return <p className="muted">{t('plan-none')}</p>;
  return (
    <Card title={t('part-plan')}>
      <Facts
        facts={[
          ...plan.criteria.map(
            (one) =>
              [
                one.kind === 'amount' ? one.id : t(`kind-${one.kind}`),
                `${one.weight} · ${one.kind === 'requirements' ? t('formula-scores') : t(`formula-${one.formula.kind}`)}`,
              ] as const,
          ),
          [t('tie-break'), plan.tieBreak.map((one) => (one === 'draw' ? t('tie-draw') : one)).join(' → ') || '–'],
          [t('price-apart'), plan.priceApart ? t('yes') : t('no')],
          [t('not-applicable'), plan.notApplicable.join(', ') || '–'],
        ]}
      />
      <p className="muted small">{t('plan-fixed')}</p>
    </Card>
  );
}

function PlanForm({ view }: { view: PurchaseView }): ReactNode {
  const t = useWords('publish');
  const s = useWords('shell');
  const { purchase } = view;
  const { base, adopt } = useBase(view, ({ plan }) => plan);
  const first = firstPlan();
  const [drafts, setDrafts] = useState<CriterionDraft[]>(() =>
    purchase.plan ? draftsOf(purchase.plan) : first.criteria,
  );
  const [priceApart, setApart] = useState(purchase.plan?.priceApart ?? first.priceApart);
  const [draws, setDraws] = useState(purchase.plan?.tieBreak.includes('draw') ?? true);
  const [breaks, setBreaks] = useState(purchase.plan?.tieBreak.find((one) => one !== 'draw') ?? 'security');
  const [notApplicable, setNotApplicable] = useState<string[]>(purchase.plan?.notApplicable ?? []);
  const [tried, setTried] = useState(false);
  const giving = useGive(purchase.id);
  const undo = useGive(purchase.id);
  const faults = faultsOf(drafts);
  const hasPrice = drafts.some(({ kind }) => kind === 'price');
  const names = drafts.map(({ id }) => id.trim());
  const finish = (): void => {
    const before = base.purchase.plan;
    setTried(false);
    adopt();
    toast({ text: t('plan-saved'), undo: before ? () => void undo.give('plan.set', before) : undefined });
  };
  const save = async (): Promise<void> => {
    setTried(true);
    if (faults.length > 0) return;
    const plan = {
      criteria: drafts.map(criterionOf),
      tieBreak: [...(names.includes(breaks) ? [breaks] : []), ...(draws ? ['draw'] : [])],
      notApplicable,
      priceApart: priceApart && hasPrice,
    };
    if (await giving.give('plan.set', plan, base)) finish();
  };
  return (
    <form className="stack prose" noValidate onSubmit={submits(() => void save())}>
      <p className="muted">{t('plan-text')}</p>
      {drafts.map((draft) => (
        <CriterionFields
          key={draft.key}
          draft={draft}
          faults={tried ? faults.filter(({ criterion }) => criterion === draft.key).map(({ id }) => id) : []}
          onChange={(next) => setDrafts(drafts.map((one) => (one.key === draft.key ? next : one)))}
          onRemove={
            draft.kind === 'requirements' ? undefined : () => setDrafts(drafts.filter((one) => one.key !== draft.key))
          }
        />
      ))}
      <div className="row">
        {hasPrice ? null : (
          <Button onPress={() => setDrafts([...drafts, emptyCriterion(nextKey(drafts), 'price')])}>
            {t('add-price')}
          </Button>
        )}
        <Button onPress={() => setDrafts([...drafts, emptyCriterion(nextKey(drafts), 'amount')])}>
          {t('add-amount')}
        </Button>
        <span role="status" className={faults.some(({ id }) => id === 'weights') ? 'field-error' : 'muted'}>
          {t('weights-sum', { n: drafts.reduce((sum, { weight }) => sum + (Number(weight) || 0), 0) })}
        </span>
      </div>
      <Card title={t('rules')}>
        {hasPrice ? (
          <Checkbox selected={priceApart} onChange={setApart} hint={t('price-apart-hint')}>
            {t('price-apart')}
          </Checkbox>
        ) : null}
        <Select
          label={t('tie-break')}
          hint={t('tie-break-hint')}
          value={names.includes(breaks) ? breaks : ''}
          onChange={setBreaks}
          empty={t('tie-none')}
          options={names.filter((one) => one !== '').map((id) => ({ id, text: id }))}
        />
        <Checkbox selected={draws} onChange={setDraws}>
          {t('tie-draw')}
        </Checkbox>
        <NotApplicable purchase={purchase} value={notApplicable} onChange={setNotApplicable} />
      </Card>
      {tried && faults.length > 0 ? (
        <Notice tone="bad">
          <ul>
            {[...new Set(faults.map(({ id }) => id))].map((id) => (
              <li key={id}>{t(`fault-${id}`)}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <GivingNotice giving={giving} onAgain={finish} />
      <div>
        <Button type="submit" look="primary" isPending={giving.pending}>
          {s('save')}
        </Button>
      </div>
    </form>
  );
}

const nextKey = (drafts: readonly CriterionDraft[]): number => Math.max(0, ...drafts.map(({ key }) => key)) + 1;

/** Only what is named here may be found not applicable later; else an offer could be helped by it. */
function NotApplicable(props: {
  purchase: PurchaseView['purchase'];
  value: string[];
  onChange(value: string[]): void;
}): ReactNode {
  const t = useWords('publish');
  const demand = useDemand(props.purchase.id);
  const able = props.purchase.demand?.lines.filter(({ canBeNotApplicable }) => canBeNotApplicable) ?? [];
  if (able.length === 0) return null;
  return (
    <Checkboxes
      label={t('not-applicable')}
      hint={t('not-applicable-hint')}
      options={able.map(({ id }) => ({ id, text: `${id} ${demand?.words.requirements[id]?.title ?? ''}` }))}
      value={props.value}
      onChange={props.onChange}
    />
  );
}
