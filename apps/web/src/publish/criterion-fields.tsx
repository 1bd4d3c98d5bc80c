import type { ReactNode } from 'react';
import { Button, Card, Field, Select } from '../design/index.ts';
import { useWords } from '../i18n/index.ts';
import { type CriterionDraft, FORMULAS, type PlanFault } from './plan-draft.ts';

/** One award criterion: what it is, how much it counts, how an amount becomes points. */
export function CriterionFields(props: {
  draft: CriterionDraft;
  faults: readonly PlanFault['id'][];
  onChange(draft: CriterionDraft): void;
  onRemove?(): void;
}): ReactNode {
  const t = useWords('publish');
  const { draft, faults, onChange, onRemove } = props;
  const set = (field: keyof CriterionDraft) => (value: string) => onChange({ ...draft, [field]: value });
  const faultOf = (...ids: PlanFault['id'][]): string | null => {
    const found = ids.find((id) => faults.includes(id));
    return found === undefined ? null : t(`fault-${found}`);
  };
  return (
    <Card
      title={t(`kind-${draft.kind}`)}
      actions={
        onRemove ? (
          <Button small onPress={onRemove}>
            {t('remove-criterion')}
          </Button>
        ) : undefined
      }
    >
      <p className="muted small">{t(`kind-${draft.kind}-text`)}</p>
      <div className="grid">
        <Field
          label={t('weight')}
          hint={t('weight-hint')}
          type="number"
          min={1}
          max={100}
          value={draft.weight}
          onChange={set('weight')}
          error={faultOf('weight')}
        />
        {draft.kind === 'amount' ? (
          <Field
            label={t('criterion-name')}
            hint={t('criterion-name-hint')}
            value={draft.id}
            onChange={set('id')}
            error={faultOf('name', 'names')}
            maxLength={64}
          />
        ) : null}
        {draft.kind === 'requirements' ? null : (
          <Select
            label={t('formula')}
            hint={t(`formula-${draft.formula}-text`)}
            value={draft.formula}
            onChange={set('formula')}
            options={FORMULAS.map((id) => ({ id, text: t(`formula-${id}`) }))}
          />
        )}
      </div>
      {draft.kind !== 'requirements' && draft.formula === 'linear-to-cap' ? (
        <Field
          label={t('cap')}
          narrow
          inputMode="decimal"
          value={draft.cap}
          onChange={set('cap')}
          error={faultOf('cap')}
        />
      ) : null}
      {draft.kind !== 'requirements' && draft.formula === 'fixed-line' ? (
        <div className="grid">
          <Field
            label={t('best')}
            inputMode="decimal"
            value={draft.best}
            onChange={set('best')}
            error={faultOf('line')}
          />
          <Field label={t('worst')} inputMode="decimal" value={draft.worst} onChange={set('worst')} />
        </div>
      ) : null}
    </Card>
  );
}
