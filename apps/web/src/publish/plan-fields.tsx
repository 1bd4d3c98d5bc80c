import type { ReactNode } from 'react';
import { useDemand } from '../api/index.ts';
import { Button, Card, Checkbox, Checkboxes, Notice, Select } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { CriterionFields } from './criterion-fields.tsx';
import { type CriterionDraft, emptyCriterion, faultsOf, type PlanDraft } from './plan-draft.ts';

/** Criteria and rules to edit. Once published, `fixed`: in which parts offers are sealed cannot change any more. */
export function PlanFields(props: {
  purchase: string;
  draft: PlanDraft;
  onChange(draft: PlanDraft): void;
  /** Was it sent, so that faults are shown? */
  tried: boolean;
  /** Requirements that may be named as possibly not applicable. */
  able: readonly string[];
  fixed?: boolean;
}): ReactNode {
  const t = useWords('publish');
  const { draft, onChange, tried, fixed = false } = props;
  const { criteria } = draft;
  const set = (change: Partial<PlanDraft>): void => onChange({ ...draft, ...change });
  const faults = faultsOf(criteria);
  const hasPrice = criteria.some(({ kind }) => kind === 'price');
  const names = criteria.map(({ id }) => id.trim());
  const mayRemove = ({ kind }: CriterionDraft): boolean =>
    kind !== 'requirements' && !(fixed && kind === 'price' && draft.priceApart);
  const add = (kind: 'price' | 'amount'): void =>
    set({ criteria: [...criteria, emptyCriterion(nextKey(criteria), kind)] });
  return (
    <>
      {criteria.map((one) => (
        <CriterionFields
          key={one.key}
          draft={one}
          faults={tried ? faults.filter(({ criterion }) => criterion === one.key).map(({ id }) => id) : []}
          onChange={(next) => set({ criteria: criteria.map((each) => (each.key === one.key ? next : each)) })}
          onRemove={mayRemove(one) ? () => set({ criteria: criteria.filter(({ key }) => key !== one.key) }) : undefined}
        />
      ))}
      <div className="row">
        {hasPrice ? null : <Button onPress={() => add('price')}>{t('add-price')}</Button>}
        <Button onPress={() => add('amount')}>{t('add-amount')}</Button>
        <span role="status" className={faults.some(({ id }) => id === 'weights') ? 'field-error' : 'muted'}>
          {t('weights-sum', { n: criteria.reduce((sum, { weight }) => sum + (Number(weight) || 0), 0) })}
        </span>
      </div>
      <Card title={t('rules')}>
        {hasPrice && !fixed ? (
          <Checkbox
            selected={draft.priceApart}
            onChange={(priceApart) => set({ priceApart })}
            hint={t('price-apart-hint')}
          >
            {t('price-apart')}
          </Checkbox>
        ) : null}
        <Select
          label={t('tie-break')}
          hint={t('tie-break-hint')}
          value={names.includes(draft.breaks) ? draft.breaks : ''}
          onChange={(breaks) => set({ breaks })}
          empty={t('tie-none')}
          options={criteria.flatMap(({ id, kind }) =>
            id.trim() === '' ? [] : { id: id.trim(), text: kind === 'amount' ? id : t(`kind-${kind}`) },
          )}
        />
        <Checkbox selected={draft.draws} onChange={(draws) => set({ draws })}>
          {t('tie-draw')}
        </Checkbox>
        <NotApplicable
          purchase={props.purchase}
          able={props.able}
          value={draft.notApplicable}
          onChange={(notApplicable) => set({ notApplicable })}
        />
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
    </>
  );
}

const nextKey = (drafts: readonly CriterionDraft[]): number => Math.max(0, ...drafts.map(({ key }) => key)) + 1;

/** Only what is named here may be found not applicable later; else an offer could be helped by it. */
function NotApplicable(props: {
  purchase: string;
  able: readonly string[];
  value: string[];
  onChange(value: string[]): void;
}): ReactNode {
  const t = useWords('publish');
  const demand = useDemand(props.purchase);
  if (props.able.length === 0) return null;
  return (
    <Checkboxes
      label={t('not-applicable')}
      hint={t('not-applicable-hint')}
      options={props.able.map((id) => ({ id, text: `${id} ${demand?.words.requirements[id]?.title ?? ''}` }))}
      value={props.value}
      onChange={props.onChange}
    />
  );
}
